"""The loader of the suites: what it understands, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.reference import codebook
from orchestration.validation import AuditSeverity, SuiteError, planned_expectations

ENTRY = """
suite: sums
about: Sums.
expectations:
  - id: some_rule
    table: observations
    rule: Something holds.
    severity: error
    reason: Because.
    source: A source.
"""


def _suite(folder: Path, text: str) -> Path:
    (folder / "sums.yml").write_text(text, encoding="utf8")
    return folder


def test_every_expectation_of_ours_says_why_and_whence() -> None:
    planned = planned_expectations()

    assert {one.suite for one in planned} >= {"counts", "shares", "evidence", "completeness"}
    for one in planned:
        assert one.rule.endswith(".") and one.reason.endswith("."), one.id
        assert one.source and "{" not in one.id + one.rule, one.id


def test_entry_is_planned_once_per_table_when_it_names_several(tmp_path: Path) -> None:
    text = ENTRY.replace("id: some_rule", "id: '{table}_rule'").replace(
        "table: observations", "table: [fct_fees, fct_requests]"
    )
    folder = _suite(tmp_path, text + "    query: select '{table}' from audited\n")

    planned = planned_expectations(folder)

    assert [one.id for one in planned] == ["fct_fees_rule", "fct_requests_rule"]
    assert [one.query for one in planned] == [
        "select 'fct_fees' from audited",
        "select 'fct_requests' from audited",
    ]
    assert {one.severity for one in planned} == {AuditSeverity.ERROR}


def test_codes_come_from_the_codebook_when_a_set_names_a_list(tmp_path: Path) -> None:
    entry = "    type: expect_column_values_to_be_in_set\n    kwargs: {value_set: {codebook: %s}}\n"

    (planned,) = planned_expectations(_suite(tmp_path, ENTRY + entry % "channels"))

    assert planned.kwargs["value_set"] == sorted(codebook.channels())


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (ENTRY + "    query: select 1\n    color: red\n", "color"),
        (ENTRY, "either a query, or a type"),
        (ENTRY + "    query: select 1\n    type: expect_x\n", "either a query, or a type"),
        (ENTRY + "    query: select 1\n    kwargs: {}\n", "kwargs go with a type"),
        (ENTRY.replace("Because.", "''") + "    query: select 1\n", "need a text"),
        (ENTRY.replace("error", "fatal") + "    query: select 1\n", "severity"),
        (ENTRY.replace("some_rule", "Some rule") + "    query: select 1\n", "is no id"),
        (ENTRY.replace("suite: sums", "suite: other") + "    query: select 1\n", "calls itself"),
        (ENTRY + "    type: x\n    kwargs: {value_set: {codebook: moons}}\n", "no list 'moons'"),
        (ENTRY.replace("observations", "[a, b]") + "    query: select 1\n", "used twice"),
        ("suite: [", "sums.yml"),
    ],
)
def test_loader_raises_and_says_what_when_a_suite_is_wrong(
    tmp_path: Path, broken: str, complaint: str
) -> None:
    with pytest.raises(SuiteError, match=re.escape(complaint)):
        planned_expectations(_suite(tmp_path, broken))


def test_loader_raises_when_there_is_no_suite(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="no suite"):
        planned_expectations(tmp_path)

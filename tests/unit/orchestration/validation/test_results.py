"""What a person reads about an expectation."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from orchestration.validation.expectations import AuditSeverity, PlannedExpectation
from orchestration.validation.results import broken, held, not_evaluated


def _planned(severity: AuditSeverity = AuditSeverity.ERROR) -> PlannedExpectation:
    return PlannedExpectation(
        id="some_rule",
        suite="counts",
        table="observations",
        rule="Something holds.",
        severity=severity,
        reason="It matters.",
        source="A source.",
        query="select 1",
        gx_type=None,
        kwargs=MappingProxyType({}),
    )


def test_message_names_report_file_value_and_quote_when_a_row_breaks_the_rule() -> None:
    row = {"report_id": "r1", "source_uri": "a/b.txt", "value": 7.5, "quote": "收到7.5件"}

    result = broken(_planned(), {}, 1, (row,))

    assert result.message == (
        "Something holds. 1 row breaks this in marts.observations. "
        "First: report r1 (a/b.txt): value 7.5, quote «收到7.5件». "
        "Why it matters: It matters. "
        "Nothing is published: this is gongkai's own error, and what was published before stays "
        "as it is."
    )


@pytest.mark.parametrize(
    ("severity", "blocks", "consequence"),
    [
        (AuditSeverity.ERROR, True, "Nothing is published"),
        (AuditSeverity.WARN, False, "published all the same"),
    ],
)
def test_consequence_follows_from_severity_when_a_rule_is_broken(
    severity: AuditSeverity, blocks: bool, consequence: str
) -> None:
    result = broken(_planned(severity), {}, 3, ())

    assert result.blocks_publication is blocks
    assert "3 rows break this" in result.message and consequence in result.message


def test_warning_blocks_publication_when_it_could_not_be_evaluated() -> None:
    result = not_evaluated(_planned(AuditSeverity.WARN), "the table is missing.")

    assert result.blocks_publication
    assert "could not be checked: the table is missing." in result.message


def test_nothing_blocks_when_the_rule_holds() -> None:
    result = held(_planned(), {"element_count": 3})

    assert (result.success, result.blocks_publication, result.unexpected_count) == (True, False, 0)


def test_rows_are_plain_json_when_the_database_gives_other_types() -> None:
    row = {"day": date(2026, 1, 2), "sum": Decimal("1.5"), "parts": [{"n": Decimal(2)}], "no": None}

    (sample,) = broken(_planned(), {}, 1, (row,)).sample

    assert json.loads(json.dumps(dict(sample))) == {
        "day": "2026-01-02",
        "sum": 1.5,
        "parts": [{"n": 2.0}],
        "no": None,
    }


def test_message_is_cut_and_the_sample_whole_when_a_quote_is_long() -> None:
    result = broken(_planned(), {}, 1, ({"report_id": "r1", "quote": "长" * 5000},))

    assert len(result.message) < 600
    assert result.sample[0]["quote"] == "长" * 5000

"""What the audit says of a candidate that is missing, empty or not whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.validation import (
    AuditSeverity,
    CandidateMissing,
    planned_expectations,
    run_audit,
)

ALL = planned_expectations()


@pytest.fixture
def candidate(healthy_candidate: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(healthy_candidate, tmp_path / "candidate.duckdb"))


def _change(candidate: Path, *statements: str) -> None:
    with duckdb.connect(str(candidate)) as con:
        for statement in statements:
            con.execute(statement)


def test_audit_names_the_file_when_there_is_no_candidate(tmp_path: Path) -> None:
    with pytest.raises(CandidateMissing, match="no candidate warehouse at .*absent.duckdb"):
        run_audit(tmp_path / "absent.duckdb")


def test_audit_blocks_publication_when_a_table_is_missing(candidate: Path) -> None:
    _change(candidate, "drop table marts.fct_fees")

    results = run_audit(candidate)

    without_table = [result for result in results if result.table == "fct_fees"]
    assert without_table
    for result in without_table:
        assert result.blocks_publication and not result.evaluated
        assert "the candidate warehouse has no table marts.fct_fees" in result.message
    lost = next(r for r in results if r.expectation_id == "figure_of_current_report_is_fact")
    assert lost.blocks_publication and "fct_fees" in lost.message


def test_audit_blocks_publication_when_a_warning_cannot_be_evaluated(candidate: Path) -> None:
    warning = next(one for one in ALL if one.id == "report_year_plausible")
    assert warning.severity is AuditSeverity.WARN
    _change(candidate, "alter table marts.dim_report drop column landed_at")

    (result,) = run_audit(candidate, planned=[warning])

    assert result.blocks_publication and not result.evaluated
    assert "landed_at" in result.message


def test_audit_blocks_publication_when_a_column_of_a_library_expectation_is_missing(
    candidate: Path,
) -> None:
    (planned,) = [one for one in ALL if one.id == "observation_channel_in_codebook"]
    _change(candidate, "alter table marts.observations drop column channel")

    (result,) = run_audit(candidate, planned=[planned])

    assert result.blocks_publication and not result.evaluated
    assert "channel" in result.message


def test_message_tells_what_was_observed_when_a_whole_table_breaks_a_rule(candidate: Path) -> None:
    rows = replace(
        ALL[0],
        table="issues",
        query=None,
        gx_type="expect_table_row_count_to_equal",
        kwargs={"value": 7},
    )

    (result,) = run_audit(candidate, planned=[rows])

    assert not result.success and result.unexpected_count is None
    assert "The table breaks (observed: 1) this in marts.issues." in result.message


def test_every_expectation_holds_when_the_warehouse_is_empty(candidate: Path) -> None:
    with duckdb.connect(str(candidate)) as con:
        for (table,) in con.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall():
            con.execute(f"delete from marts.{table}")

    assert [result.message for result in run_audit(candidate) if not result.success] == []


def test_audit_lets_go_of_the_candidate_when_it_is_done(candidate: Path) -> None:
    run_audit(candidate, planned=ALL[:1])

    _change(candidate, "create table marts.later (id integer)")


def test_audit_reads_a_candidate_when_its_path_has_signs_that_mean_something_elsewhere(
    candidate: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "家 $HOME 100% a#b"
    folder.mkdir()
    moved = candidate.rename(folder / "候选.duckdb")

    results = run_audit(moved, folder / "data_docs", planned=ALL[:3])

    assert all(result.success for result in results)
    assert (folder / "data_docs" / "index.html").is_file()


def test_pages_of_the_last_audit_are_gone_when_a_new_one_is_written(
    candidate: Path, tmp_path: Path
) -> None:
    docs = tmp_path / "data_docs"
    for _ in range(2):
        run_audit(candidate, docs, planned=ALL[:1])

    assert len(list((docs / "validations").rglob("*.html"))) == 1


def test_data_docs_show_rule_report_and_quote_when_a_row_breaks_the_rule(
    candidate: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (planned,) = [one for one in ALL if one.id == "observation_value_possible"]
    _change(candidate, "update marts.observations set value = 5e12 where indicator = 'staff_total'")

    run_audit(candidate, tmp_path, planned=[planned])

    (page,) = (tmp_path / "validations").rglob("*.html")
    shown = page.read_text(encoding="utf8")
    assert planned.rule in shown and "r1" in shown and "工作人员2名" in shown
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []

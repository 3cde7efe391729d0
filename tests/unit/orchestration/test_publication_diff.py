"""The diff against the publication before: what came, went and changed, with before and after."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.publication_diff import read_diff_summary, write_diff

FAMILIES = ("disclosures", "requests", "staffing", "proceedings", "fees", "engagement")
_FACTS = """CREATE TABLE marts.fct_{family} (agency_key VARCHAR, report_year INTEGER,
    indicator VARCHAR, org_scope VARCHAR, category VARCHAR, category_label VARCHAR,
    channel VARCHAR, applicant_type VARCHAR, outcome VARCHAR, org_group VARCHAR, value DOUBLE,
    qualifier VARCHAR, share_pct DOUBLE)"""
_REPORTS = """CREATE TABLE marts.dim_report (agency_key VARCHAR, report_year INTEGER,
    org_scope VARCHAR, report_id VARCHAR, is_current BOOLEAN)"""
_FINDINGS = """CREATE TABLE marts.findings (agency_key VARCHAR, report_year INTEGER,
    finding_id VARCHAR, message_en VARCHAR)"""


def _warehouse(
    path: Path, facts: dict[str, float | None], report: str = "r1", findings: tuple[str, ...] = ()
) -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA meta")
        for family in FAMILIES:
            con.execute(_FACTS.format(family=family))
        con.execute(_REPORTS)
        con.execute(_FINDINGS)
        con.execute("INSERT INTO marts.dim_report VALUES ('a', 2020, 'own', ?, true)", [report])
        for indicator, value in facts.items():
            con.execute(
                "INSERT INTO marts.fct_requests (agency_key, report_year, indicator, org_scope, "
                "value, qualifier) VALUES ('a', 2020, ?, 'own', ?, 'exact')",
                [indicator, value],
            )
        for finding in findings:
            con.execute("INSERT INTO marts.findings VALUES ('a', 2020, ?, 'It differs.')", [finding])
    return path


def _diff(candidate: Path, previous: Path | None) -> list[tuple[object, ...]]:
    with duckdb.connect(str(candidate)) as con:
        write_diff(con, previous)
        return con.execute(
            "SELECT kind, change, item, before, after FROM meta.publication_diff ORDER BY ALL"
        ).fetchall()


def test_nothing_differs_when_the_contents_are_those_published(tmp_path: Path) -> None:
    old = _warehouse(tmp_path / "old.duckdb", {"x": 1}, findings=("f",))
    new = _warehouse(tmp_path / "new.duckdb", {"x": 1}, findings=("f",))

    assert _diff(new, old) == []
    assert read_diff_summary(new) == {}


def test_every_change_shows_before_and_after_when_facts_reports_and_findings_change(
    tmp_path: Path,
) -> None:
    old = _warehouse(tmp_path / "old.duckdb", {"same": 1, "changed": 2, "gone": 3}, "r1", ("f1",))
    new = _warehouse(tmp_path / "new.duckdb", {"same": 1, "changed": 5, "new": 4}, "r2", ("f2",))

    assert _diff(new, old) == [
        ("current_report", "changed", "own", "r1", "r2"),
        ("fact", "added", "new, own", None, "4.0 exact"),
        ("fact", "changed", "changed, own", "2.0 exact", "5.0 exact"),
        ("fact", "removed", "gone, own", "3.0 exact", None),
        ("finding", "added", "f2", None, "It differs."),
        ("finding", "removed", "f1", "It differs.", None),
    ]
    assert read_diff_summary(new) == {
        "current_report changed": 1,
        "fact added": 1,
        "fact changed": 1,
        "fact removed": 1,
        "finding added": 1,
        "finding removed": 1,
    }


def test_envelope_counts_facts_of_all_of_years_and_of_agencies(tmp_path: Path) -> None:
    old = _warehouse(tmp_path / "old.duckdb", {"x": 1, "y": 2})
    new = _warehouse(tmp_path / "new.duckdb", {"x": 1})
    _diff(new, old)

    with duckdb.connect(str(new), read_only=True) as con:
        assert con.execute("FROM meta.publication_envelope ORDER BY ALL").fetchall() == [
            ("agency", "a", 2, 1),
            ("all", "", 2, 1),
            ("year", "2020", 2, 1),
        ]


@pytest.mark.parametrize("is_older_version", [False, True])
def test_tables_stay_empty_when_there_is_nothing_to_compare_with(
    tmp_path: Path, is_older_version: bool
) -> None:
    previous = _warehouse(tmp_path / "it's old.duckdb", {"x": 1}) if is_older_version else None
    if previous:
        with duckdb.connect(str(previous)) as con:
            con.execute("DROP TABLE marts.findings")
    new = _warehouse(tmp_path / "new.duckdb", {"x": 1})

    assert _diff(new, previous) == []

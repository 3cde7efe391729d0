"""Corrections on the whole way: applied, and what stops a refresh when one no longer fits."""

from __future__ import annotations

from typing import Any

import duckdb
from refreshing_home import Place


def _figure(place: Place) -> dict[str, Any]:
    """A figure of the published warehouse that stands in no breakdown."""
    with duckdb.connect(str(place.home.published_db), read_only=True) as con:
        row = con.execute(
            """SELECT report_id, indicator, value FROM marts.fct_disclosures
               WHERE indicator = 'disclosed' AND category_label IS NULL AND channel IS NULL
               AND value IS NOT NULL AND org_scope = 'own' ORDER BY report_id LIMIT 1"""
        ).fetchone()
    assert row is not None
    return dict(zip(("report", "indicator", "value"), row, strict=True))


def _correct(place: Place, figure: dict[str, Any], expected: float) -> None:
    place.corrections.mkdir(exist_ok=True)
    (place.corrections / "disclosed.yml").write_text(
        f"""
- report: {figure["report"]}
  correct: figure
  indicator: {figure["indicator"]}
  value: 7
  expect: {{value: {expected}}}
  reason: for the test
  source: this test
""",
        encoding="utf8",
    )


def test_fact_is_corrected_when_the_correction_fits(copied: Place) -> None:
    figure = _figure(copied)
    _correct(copied, figure, expected=figure["value"])

    copied.refresh()

    query = "SELECT value, corrected_by FROM fct_disclosures WHERE corrected_by IS NOT NULL"
    shown = copied.gongkai("sql", query, "--csv").stdout.splitlines()
    assert shown[1:] == ["7.0,disclosed.yml#1"]


def test_refresh_stops_when_a_correction_no_longer_fits(copied: Place) -> None:
    figure = _figure(copied)
    _correct(copied, figure, expected=figure["value"] + 1)
    before = copied.home.published_db.read_bytes()

    result = copied.gongkai("refresh")

    assert result.returncode == 1
    assert "Nothing was published" in result.stderr
    assert "disclosed.yml, entry 1: it expects" in result.stderr
    assert "delete the entry" in result.stderr
    assert copied.home.published_db.read_bytes() == before


def test_refresh_stops_when_a_correction_file_is_broken(copied: Place) -> None:
    copied.corrections.mkdir()
    (copied.corrections / "typo.yml").write_text("- report: r0123456789abcdef\n  corect: year\n")
    before = copied.home.published_db.read_bytes()

    result = copied.gongkai("refresh")

    assert result.returncode == 1
    assert "typo.yml, entry 1:" in result.stderr
    assert "docs/corrections.md" in result.stderr
    assert copied.home.published_db.read_bytes() == before

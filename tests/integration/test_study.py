"""The worked study runs on the samples, and what it computes is what the reports say."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from refreshing_home import Place

from ingest.home import Home
from ingest.paths import PROJECT_ROOT

STUDY = PROJECT_ROOT / "docs" / "studies" / "requests_and_refusals.py"


def run_study(home: Path) -> dict[str, Any]:
    """What the cells of the study define."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_HOME", str(home))
        spec = importlib.util.spec_from_file_location("study", STUDY)
        assert spec and spec.loader
        study = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(study)
        return dict(study.app.run()[1])


@pytest.fixture(scope="module")
def study(samples_place: Place) -> dict[str, Any]:
    return run_study(samples_place.home.path)


@pytest.fixture
def changed(samples_place: Place, tmp_path: Path) -> Home:
    """A home with a copy of the samples' published file, to change."""
    home = Home.at(tmp_path)
    home.published_db.parent.mkdir(parents=True)
    shutil.copy(samples_place.home.published_db, home.published_db)
    return home


def test_eras_are_told_as_the_reports_say_when_run_on_the_samples(study: dict[str, Any]) -> None:
    columns = ("years", "reports", "say_nobody_asked", "median_received", "say_both", "refused_pct")
    assert study["by_era"].select(columns).rows() == [
        ("2008–2013", 8, 2, 4.5, 3, 10.9),  # 6 of 55
        ("2014–2018", 3, 0, 14.0, 2, 6.9),  # 2 of 29; one report prints no refusals
        ("2019–2020", 1, 0, 3.0, 1, 0.0),  # all reasons printed, all 0
        ("2021–2023", 2, 0, 18.0, 2, 8.3),  # 3 of 36
    ]


def test_own_figures_alone_are_counted_when_a_government_reports_for_all(
    study: dict[str, Any],
) -> None:
    names = study["reports"]["agency_name"].to_list()
    assert "婺源县人民政府办公室" in names
    assert "婺源县人民政府" not in names


def test_report_that_prints_no_refusals_has_null_when_compared(study: dict[str, Any]) -> None:
    series = study["same_agencies"].select("agency_name", "report_year", "refused", "refused_pct")
    assert series.rows() == [
        ("安庆市林业局", 2009, None, None),
        ("安庆市林业局", 2013, 1.0, 9.1),
        ("安庆市林业局", 2017, 2.0, 8.7),
        ("安庆市林业局", 2021, 3.0, 8.8),
    ]


def test_titles_say_what_the_tables_say_when_drawn(study: dict[str, Any]) -> None:
    finding = study["chart_refused"].to_dict()["title"]["text"]
    assert finding == "Of a hundred requests 10.9 were refused in 2008–2013, 8.3 in 2021–2023"
    subtitle = " ".join(study["chart_received"].to_dict()["title"]["subtitle"])
    assert "Requests received" in subtitle and "14 of them invented" in subtitle


def test_unknown_stays_unknown_when_no_report_prints_refusals(changed: Home) -> None:
    with duckdb.connect(str(changed.published_db)) as con:
        con.execute("DELETE FROM marts.fct_requests WHERE outcome LIKE 'denied%'")
    found = run_study(changed.path)
    assert found["by_era"]["refused_pct"].to_list() == [None] * 4
    assert found["by_era"]["refused_of_both"].to_list() == [None] * 4
    assert found["finding_refused"].startswith("Too few eras")
    assert "not known" in found["chart_refused"].to_json()


def test_study_runs_when_nothing_is_held(changed: Home) -> None:
    with duckdb.connect(str(changed.published_db)) as con:
        for table in ("agency_year", "fct_requests", "dim_report"):
            con.execute(f"DELETE FROM marts.{table}")
    found = run_study(changed.path)
    assert found["by_era"]["reports"].to_list() == [None] * 4
    assert found["finding_received"].startswith("Too few eras")


def test_page_is_written_when_the_notebook_is_exported(
    samples_place: Place, tmp_path: Path
) -> None:
    page = tmp_path / "study.html"
    copy = shutil.copy(STUDY, tmp_path)  # marimo writes a folder beside what it runs
    result = subprocess.run(
        [
            *(sys.executable, "-m", "marimo", "-q", "export", "html", str(copy)),
            *("-o", str(page), "--no-include-code"),
        ],
        env={
            **os.environ,
            "GONGKAI_HOME": str(samples_place.home.path),
            "PYTHONPATH": str(PROJECT_ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Of a hundred requests 10.9 were refused" in page.read_text(encoding="utf8")

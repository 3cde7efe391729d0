"""The audit as asset checks: what Dagster shows, and what a failed one holds back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from ingest.home import Home
from orchestration.validation import AuditSeverity, build_audit_checks, planned_expectations


@dg.asset
def candidate_warehouse() -> None:
    """Stands for the asset that builds the candidate."""


@dg.asset(deps=[candidate_warehouse])
def published_warehouse() -> None:
    """Stands for the asset that publishes it."""


@pytest.fixture
def home(healthy_candidate: Path, healthy_staging: Path, tmp_path: Path) -> Home:
    home = Home.at(tmp_path)
    for source, place in ((healthy_candidate, home.candidate_db), (healthy_staging, home.work_db)):
        place.parent.mkdir(exist_ok=True)
        shutil.copy(source, place)
    return home


def _run(home: Home) -> dg.ExecuteInProcessResult:
    definitions = dg.Definitions(
        assets=[candidate_warehouse, published_warehouse],
        asset_checks=build_audit_checks("candidate_warehouse"),
        resources={"home": home},
    )
    return definitions.resolve_implicit_global_asset_job_def().execute_in_process(
        raise_on_error=False
    )


def _change(home: Home, statement: str) -> None:
    with duckdb.connect(str(home.candidate_db)) as con:
        con.execute(statement)


def _published(result: dg.ExecuteInProcessResult) -> bool:
    return any(
        event.asset_key == dg.AssetKey("published_warehouse")
        for event in result.get_asset_materialization_events()
    )


def test_there_is_one_blocking_check_for_each_error_and_one_other_for_each_warning() -> None:
    (checks,) = build_audit_checks("candidate_warehouse")

    blocking = {spec.name: spec.blocking for spec in checks.check_specs}

    assert blocking == {
        one.id: one.severity is AuditSeverity.ERROR for one in planned_expectations()
    }
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", name) for name in blocking)


def test_candidate_is_published_when_every_expectation_holds(home: Home) -> None:
    result = _run(home)

    evaluations = result.get_asset_check_evaluations()
    assert result.success and _published(result)
    assert len(evaluations) == len(planned_expectations())
    assert all(evaluation.passed for evaluation in evaluations)
    assert all("observed" in evaluation.metadata for evaluation in evaluations)
    assert (home.data_docs_dir / "index.html").is_file()


def test_nothing_is_published_when_an_error_is_found(home: Home) -> None:
    _change(home, "update marts.observations set quote = '' where observation_id = 'r1-0001'")

    result = _run(home)

    assert not result.success and not _published(result)
    evaluations = {one.check_name: one for one in result.get_asset_check_evaluations()}
    assert len(evaluations) == len(planned_expectations())
    failed = evaluations["observation_has_quote"]
    assert not failed.passed and failed.severity is dg.AssetCheckSeverity.ERROR
    assert failed.description and "report r1" in failed.description
    sample = failed.metadata["sample"]
    assert isinstance(sample, dg.JsonMetadataValue) and isinstance(sample.data, list)
    assert sample.data[0]["report_id"] == "r1"


def test_candidate_is_published_when_only_a_warning_is_found(home: Home) -> None:
    _change(home, "update marts.check_shares set status = 'fails'")

    result = _run(home)

    evaluations = {one.check_name: one for one in result.get_asset_check_evaluations()}
    failed = evaluations["share_agrees_with_count"]
    assert not failed.passed and failed.severity is dg.AssetCheckSeverity.WARN
    assert result.success and _published(result)


def test_nothing_is_published_when_a_warning_cannot_be_evaluated(home: Home) -> None:
    _change(home, "drop table marts.check_shares")

    result = _run(home)

    assert not result.success and not _published(result)
    evaluations = {one.check_name: one for one in result.get_asset_check_evaluations()}
    assert "no table marts.check_shares" in (
        evaluations["share_agrees_with_count"].description or ""
    )

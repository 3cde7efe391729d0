from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import yaml

from ingest.home import Home
from orchestration.assets import WRITER_POOL
from orchestration.instance import (
    IN_PROCESS_TAG,
    free_stale_slots,
    open_instance,
    prepare_dagster_home,
    tidy_killed_runs,
)


def test_telemetry_is_off_and_one_writes_when_a_home_is_prepared(tmp_path: Path) -> None:
    folder = prepare_dagster_home(Home.at(tmp_path))

    config = yaml.safe_load((folder / "dagster.yaml").read_text())
    assert config["telemetry"] == {"enabled": False}
    assert config["concurrency"]["pools"]["default_limit"] == 1


def test_configuration_is_kept_when_a_person_edited_it(tmp_path: Path) -> None:
    config = prepare_dagster_home(Home.at(tmp_path)) / "dagster.yaml"
    config.write_text("telemetry: {enabled: false}\n")

    prepare_dagster_home(Home.at(tmp_path))

    assert config.read_text() == "telemetry: {enabled: false}\n"


def test_configuration_is_brought_up_to_date_when_nobody_edited_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = prepare_dagster_home(Home.at(tmp_path)) / "dagster.yaml"
    template = tmp_path / "template.yaml"
    template.write_text("nux: {enabled: false}\n")
    monkeypatch.setattr("orchestration.instance._TEMPLATE", template)

    prepare_dagster_home(Home.at(tmp_path))

    assert config.read_text() == template.read_text()
    config.write_text("mine: true\n")
    prepare_dagster_home(Home.at(tmp_path))
    assert config.read_text() == "mine: true\n"


def test_run_and_pool_slot_are_released_when_their_process_was_killed(tmp_path: Path) -> None:
    with open_instance(Home.at(tmp_path)) as instance:
        storage = instance.event_log_storage
        storage.initialize_concurrency_limit_to_default(WRITER_POOL)
        killed = instance.add_run(
            dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED, tags=IN_PROCESS_TAG)
        )
        alive = instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED))
        assert storage.claim_concurrency_slot(WRITER_POOL, killed.run_id, "staging").is_claimed
        assert not storage.claim_concurrency_slot(WRITER_POOL, alive.run_id, "staging").is_claimed

        tidy_killed_runs(instance)

        assert storage.claim_concurrency_slot(WRITER_POOL, alive.run_id, "staging").is_claimed
        statuses = {run.run_id: run.status for run in instance.get_runs()}
    assert statuses[killed.run_id] is dg.DagsterRunStatus.FAILURE
    assert statuses[alive.run_id] is dg.DagsterRunStatus.STARTED


def test_slot_is_free_when_a_run_that_held_it_was_killed_and_has_ended(tmp_path: Path) -> None:
    """As a run of the daemon leaves it, whose end was told by somebody else."""
    with open_instance(Home.at(tmp_path)) as instance:
        storage = instance.event_log_storage
        storage.initialize_concurrency_limit_to_default(WRITER_POOL)
        ended = instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.FAILURE))
        storage.claim_concurrency_slot(WRITER_POOL, ended.run_id, "staging")
        storage.claim_concurrency_slot(WRITER_POOL, ended.run_id, "waiting")

        free_stale_slots(instance)

        assert storage.claim_concurrency_slot(WRITER_POOL, "another", "staging").is_claimed

"""The event log of a refresh tells what Dagster's own would, whether events came one by one or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from ingest.home import Home
from orchestration.event_log import BatchedEventLog
from orchestration.instance import open_instance, prepare_dagster_home


@dg.asset(check_specs=[dg.AssetCheckSpec("whole", asset="one"), dg.AssetCheckSpec("odd", asset="one")])
def one() -> Iterator[dg.Output[None] | dg.AssetCheckResult]:
    yield dg.Output(None)
    yield dg.AssetCheckResult(passed=True, check_name="whole")
    yield dg.AssetCheckResult(passed=False, check_name="odd", severity=dg.AssetCheckSeverity.WARN)


@dg.asset(deps=[one])
def two() -> None: ...


_DONE = [
    dg.DagsterEventType.ASSET_MATERIALIZATION,
    dg.DagsterEventType.ASSET_CHECK_EVALUATION,
    dg.DagsterEventType.RUN_SUCCESS,
]


def _run(instance: dg.DagsterInstance) -> str:
    return dg.materialize([one, two], instance=instance).run_id


def _told(instance: dg.DagsterInstance, run_id: str) -> list[tuple[str, str]]:
    """Kind and message of what the run's page shows, in its order; what was planned sorted."""
    records = instance.get_records_for_run(run_id).records
    told = [r.event_log_entry.get_dagster_event() for r in records if r.event_log_entry.is_dagster_event]
    planned = sorted((e.event_type_value, e.message or "") for e in told if "PLANNED" in e.event_type_value)
    rest = [(e.event_type_value, e.message or "") for e in told if e.event_type in _DONE]
    return planned + rest


def _checks(instance: dg.DagsterInstance) -> dict[str, str]:
    storage = instance.event_log_storage
    found = {}
    for name in ("whole", "odd"):
        (record,) = storage.get_asset_check_execution_history(dg.AssetCheckKey(one.key, name), limit=5)
        found[name] = record.status.value
    return found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path)


def test_events_are_those_of_dagsters_own_log_when_they_are_stored_in_batches(home: Home, tmp_path: Path) -> None:
    plain = Home.at(tmp_path / "plain")
    with dg.DagsterInstance.from_config(str(prepare_dagster_home(plain))) as instance:
        assert type(instance.event_log_storage) is SqliteEventLogStorage
        expected = _told(instance, _run(instance))
        expected_checks = _checks(instance)

    with open_instance(home) as instance:
        assert isinstance(instance.event_log_storage, BatchedEventLog)
        run_id = _run(instance)

    # The UI opens the same files without our class.
    with dg.DagsterInstance.from_config(str(prepare_dagster_home(home))) as instance:
        assert _told(instance, run_id) == expected
        assert _checks(instance) == expected_checks
        assert instance.get_latest_materialization_event(two.key) is not None


def test_planned_events_are_one_transaction_when_a_run_begins(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    store = BatchedEventLog.store_event_batch

    def count(self: BatchedEventLog, events: list[object]) -> None:
        batches.append(len(events))
        store(self, events)

    monkeypatch.setattr(BatchedEventLog, "store_event_batch", count)
    with open_instance(home) as instance:
        _run(instance)

    assert batches == [4]  # two assets, two checks


def test_no_event_is_stored_when_one_of_a_batch_cannot_be(home: Home) -> None:
    with open_instance(home) as instance:
        run_id = _run(instance)
        storage = instance.event_log_storage
        before = len(instance.get_records_for_run(run_id).records)
        entry = instance.get_records_for_run(run_id).records[0].event_log_entry

        with pytest.raises(Exception, match="event"):
            storage.store_event_batch([entry, "no event"])  # type: ignore[list-item]

        assert len(instance.get_records_for_run(run_id).records) == before
        storage.store_event(entry)
        assert len(instance.get_records_for_run(run_id).records) == before + 1


def test_the_storage_that_a_person_chose_is_used_when_the_configuration_names_one(home: Home) -> None:
    config = prepare_dagster_home(home) / "dagster.yaml"
    config.write_text(f"storage: {{sqlite: {{base_dir: {home.path / 'elsewhere'}}}}}\n")

    with open_instance(home) as instance:
        _run(instance)

    assert (home.path / "elsewhere" / "history").is_dir()
    assert not (home.dagster_dir / "history" / "runs" / "index.db").exists()

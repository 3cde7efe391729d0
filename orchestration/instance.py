"""The Dagster instance of a home: its runs, schedules and logs.

What lives here: setting it up, and tidying what a killed refresh left in it. What does not: the
configuration itself (`dagster.yaml` beside this file).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import dagster as dg
import yaml
from dagster._core.instance import DagsterInstanceOverrides, InstanceRef

from ingest.home import Home, HomeNotWritable
from orchestration.event_log import BATCH_EVENTS, BatchedEventLog
from orchestration.tags import started_by

_TEMPLATE = Path(__file__).with_name("dagster.yaml")

# Marks runs that a `gongkai refresh` executes in its own process.
IN_PROCESS_TAG = started_by("gongkai refresh")
_STORAGES = {"storage", "run_storage", "event_log_storage", "schedule_storage"}
_UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def prepare_dagster_home(home: Home) -> Path:
    """Make the folder that DAGSTER_HOME names, with its configuration.

    One that a person edited is kept; one that an earlier version of gongkai wrote is replaced.
    Raises HomeNotWritable.
    """
    config = home.dagster_dir / "dagster.yaml"
    as_written = home.dagster_dir / ".dagster.yaml.as-written"
    try:
        home.dagster_dir.mkdir(parents=True, exist_ok=True)
        if not config.exists() or _are_equal(config, as_written):
            for copy in (config, as_written):
                if not _are_equal(copy, _TEMPLATE):
                    shutil.copyfile(_TEMPLATE, copy)
    except OSError as error:
        raise HomeNotWritable.because(error, home.path) from error
    return home.dagster_dir


def _are_equal(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def open_instance(home: Home) -> dg.DagsterInstance:
    """The instance of the home, as one process that runs a whole refresh uses it.

    Events that belong together are stored together (`event_log.py`). Where a person configured
    another storage, that one is used.
    """
    folder = prepare_dagster_home(home)
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", str(BATCH_EVENTS))
    configured = yaml.safe_load((folder / "dagster.yaml").read_text(encoding="utf-8")) or {}
    overrides = None if _STORAGES & set(configured) else _event_log(folder)
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(folder), overrides=overrides))


def _event_log(folder: Path) -> DagsterInstanceOverrides:
    """Where Dagster keeps its event log by itself, by the class that stores it in batches."""
    return {
        "event_log_storage": {
            "module": BatchedEventLog.__module__,
            "class": BatchedEventLog.__name__,
            "config": {"base_dir": str(folder / "history" / "runs")},
        }
    }


def free_stale_slots(instance: dg.DagsterInstance) -> None:
    """Free every slot of a pool that is taken or waited for.

    To be called by a process that holds the refresh lock, before it takes any: then no other run
    is under way, and a slot is taken by one that was killed. A run would wait for it for ever.
    """
    storage = instance.event_log_storage
    for pool in storage.get_concurrency_keys():
        info = storage.get_concurrency_info(pool)
        holders = {slot.run_id for slot in info.claimed_slots}
        for run_id in holders | {step.run_id for step in info.pending_steps}:
            storage.free_concurrency_slots_for_run(run_id)


def tidy_killed_runs(instance: dg.DagsterInstance) -> None:
    """Close the runs of refreshes that were killed, and free the pool slots they still hold.

    To be called by a process that holds the refresh lock: then no such run can be alive. Without
    it, the next run would wait for the slot of a dead one for ever.
    """
    free_stale_slots(instance)
    dead = dg.RunsFilter(statuses=_UNFINISHED, tags=IN_PROCESS_TAG)
    for run in instance.get_runs(dead):
        instance.report_run_failed(run, "The process of this refresh was killed.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)

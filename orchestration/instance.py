"""The Dagster instance of a home: its runs, schedules and logs.

What lives here: setting it up, and tidying what a killed refresh left in it. What does not: the
configuration itself (`dagster.yaml` beside this file).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg

from ingest.home import Home, HomeNotWritable
from orchestration.tags import started_by

_TEMPLATE = Path(__file__).with_name("dagster.yaml")

# Marks runs that a `gongkai refresh` executes in its own process.
IN_PROCESS_TAG = started_by("gongkai refresh")
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
    """The instance of the home."""
    return dg.DagsterInstance.from_config(str(prepare_dagster_home(home)))


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

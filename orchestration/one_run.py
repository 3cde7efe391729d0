"""One run of a home at a time, whoever started it: the executor of every run holds the lock.

What lives here: the executor that the UI, schedules and sensors run with, and closing the runs
whose process is gone. What does not: the lock itself (`ingest/locking.py`), runs in the process of
`gongkai refresh`, which holds the same lock (`commands/refresh.py`).

The pool keeps two steps from writing at once; the lock keeps two runs apart, so that none models
or publishes what the other is halfway through.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._utils.interrupts import raise_interrupts_as

from ingest.home import Home
from ingest.locking import AlreadyLocked, hold_lock
from orchestration.instance import free_stale_slots

_SECONDS_BETWEEN_LOOKS = 1
_RUNNING = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
# Between a run's start and its taking the lock lie milliseconds.
_SECONDS_TO_TAKE_THE_LOCK = 60


class RunClosedMeanwhile(Exception):
    """While this run waited for another one to end, it was closed."""


class OneRunExecutor(dg.Executor):
    """Runs a plan as `inner` does, once no other run of the home is under way."""

    def __init__(self, inner: dg.Executor, lock: Path) -> None:
        self._inner = inner
        self._lock = lock

    @property
    def retries(self) -> Any:
        """Those of `inner`."""
        return self._inner.retries

    @property
    def step_dependency_config(self) -> Any:
        """That of `inner`."""
        return self._inner.step_dependency_config

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[Any]:
        """The events of the run. Raises RunClosedMeanwhile."""
        with ExitStack() as held:
            self._wait_for_lock(plan_context, held)
            run = plan_context.instance.get_run_by_id(plan_context.run_id)
            if run is None or run.is_finished:
                raise RunClosedMeanwhile(
                    "This run was closed while it waited for another one to end. Start it again."
                )
            free_stale_slots(plan_context.instance)
            yield from self._inner.execute(plan_context, execution_plan)

    def _wait_for_lock(self, plan_context: Any, held: ExitStack) -> None:
        told = False
        while True:
            try:
                held.enter_context(hold_lock(self._lock))
                return
            except AlreadyLocked as error:
                if not told:
                    plan_context.log.info(
                        f"Waiting for the refresh of process {error.pid or 'unknown'} to end."
                    )
                    told = True
                # Dagster holds interrupts back here: let them end the wait.
                with raise_interrupts_as(dg.DagsterExecutionInterruptedError):
                    time.sleep(_SECONDS_BETWEEN_LOOKS)


def build_one_run_executor(home: Home) -> dg.ExecutorDefinition:
    """Dagster's executor of a process a step, for one run of the home at a time."""
    steps = dg.multiprocess_executor

    @dg.executor(
        name="one_run",
        config_schema=steps.config_schema.as_field(),
        requirements=steps.get_requirements({}),
    )
    def one_run(context: dg.InitExecutorContext) -> dg.Executor:
        create = steps.executor_creation_fn
        assert create is not None  # Dagster's own has one
        return OneRunExecutor(create(context), home.refresh_lock)

    return one_run


def close_dead_runs(instance: dg.DagsterInstance, home: Home, now: float) -> list[str]:
    """Close the runs that say they are running while nobody holds the lock; their ids.

    The machine or their process went down. Without this they would count as running for ever, and
    no queued run would be started. `now` is in seconds since 1970.
    """
    closed: list[str] = []
    try:
        with hold_lock(home.refresh_lock):
            for record in instance.get_run_records(dg.RunsFilter(statuses=_RUNNING)):
                started = record.start_time or record.create_timestamp.timestamp()
                if now - started < _SECONDS_TO_TAKE_THE_LOCK:
                    continue
                run = record.dagster_run
                instance.report_run_failed(run, "The process of this run is gone.")
                instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
                closed.append(run.run_id)
    except AlreadyLocked:
        pass  # a run is under way: whatever else says so waits for it
    return closed

"""Two runs of a home never overlap, and a dead one is in nobody's way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest

from ingest.home import Home
from ingest.locking import AlreadyLocked, hold_lock
from orchestration.assets import WRITER_POOL
from orchestration.instance import open_instance
from orchestration.one_run import OneRunExecutor, RunClosedMeanwhile, close_dead_runs


class Inner(dg.Executor):
    """Tells whether the lock was held while it ran."""

    def __init__(self, lock: Path) -> None:
        self.lock = lock
        self.found: list[str] = []

    @property
    def retries(self) -> Any:
        return None

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[Any]:
        try:
            with hold_lock(self.lock):
                self.found.append("free")
        except AlreadyLocked:
            self.found.append("held")
        yield "event"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path)


def context_of(run: dg.DagsterRun | None, logged: list[str]) -> Any:
    storage = SimpleNamespace(get_concurrency_keys=lambda: [])
    instance = SimpleNamespace(get_run_by_id=lambda _: run, event_log_storage=storage)
    log = SimpleNamespace(info=logged.append)
    return SimpleNamespace(instance=instance, run_id="run-1", log=log)


STARTED = dg.DagsterRun("refresh", run_id="run-1", status=dg.DagsterRunStatus.STARTED)


def test_lock_is_held_exactly_while_a_run_executes(home: Home) -> None:
    inner = Inner(home.refresh_lock)

    events = list(OneRunExecutor(inner, home.refresh_lock).execute(context_of(STARTED, []), None))

    assert events == ["event"]
    assert inner.found == ["held"]
    with hold_lock(home.refresh_lock):
        pass


def test_run_waits_and_says_so_when_a_refresh_is_running(home: Home) -> None:
    inner = Inner(home.refresh_lock)
    logged: list[str] = []
    executor = OneRunExecutor(inner, home.refresh_lock)
    run = threading.Thread(target=lambda: list(executor.execute(context_of(STARTED, logged), None)))
    with hold_lock(home.refresh_lock):
        run.start()
        while not logged:
            time.sleep(0.01)
        assert inner.found == []
    run.join()

    assert inner.found == ["held"]
    assert "Waiting for the refresh of process" in logged[0]
    assert len(logged) == 1


def test_run_gives_up_when_it_was_closed_while_it_waited(home: Home) -> None:
    closed = dg.DagsterRun("refresh", run_id="run-1", status=dg.DagsterRunStatus.FAILURE)
    inner = Inner(home.refresh_lock)

    with pytest.raises(RunClosedMeanwhile, match="Start it again"):
        list(OneRunExecutor(inner, home.refresh_lock).execute(context_of(closed, []), None))

    assert inner.found == []


@pytest.fixture
def instance(home: Home) -> Iterator[dg.DagsterInstance]:
    with open_instance(home) as opened:
        yield opened


def test_dead_run_is_closed_and_its_slot_freed_when_nobody_holds_the_lock(
    home: Home, instance: dg.DagsterInstance
) -> None:
    storage = instance.event_log_storage
    storage.initialize_concurrency_limit_to_default(WRITER_POOL)
    dead = instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED))
    queued = instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.NOT_STARTED))
    storage.claim_concurrency_slot(WRITER_POOL, dead.run_id, "staging")
    soon, later = time.time(), time.time() + 3600

    assert close_dead_runs(instance, home, soon) == [], "it may be about to take the lock"
    with hold_lock(home.refresh_lock):
        assert close_dead_runs(instance, home, later) == []
    assert close_dead_runs(instance, home, later) == [dead.run_id]
    assert close_dead_runs(instance, home, later) == []

    assert storage.claim_concurrency_slot(WRITER_POOL, queued.run_id, "staging").is_claimed
    statuses = {run.run_id: run.status for run in instance.get_runs()}
    assert statuses == {
        dead.run_id: dg.DagsterRunStatus.FAILURE,
        queued.run_id: dg.DagsterRunStatus.NOT_STARTED,
    }

"""Processes that work on jobs of many items, watched item by item.

What lives here: worker processes, a time limit and a memory limit an item, and what is done when an
item breaks one: the process is ended from outside, whatever code it is in (a C library need never
come back to Python), the item is given up, and the rest of its job is done by a fresh process. What
does not: what the work is (`batch.py` reads documents).
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

logger = logging.getLogger(__name__)

Job = TypeVar("Job")
Result = TypeVar("Result")

# How often the clock is looked at while nothing is reported, as a part of the time limit.
_LOOKS = 10
_LONGEST_LOOK = 1.0
_IDLE = -1


class Loss(StrEnum):
    """Why an item was given up."""

    TIMEOUT = "timeout"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Guard:
    """What an item may take: seconds (wall clock), and bytes of memory (0: no limit)."""

    seconds: float
    bytes: int = 0


# (job, items given up → why, called with each item's number before it is begun) → result
Work = Callable[[Any, Mapping[int, Loss], Callable[[int], None]], Any]


class WorkerFailed(Exception):
    """The work itself raised: a fault in every item, which must not pass for lost items."""


@dataclass(slots=True)
class _Task(Generic[Job]):
    number: int
    job: Job
    lost: dict[int, Loss] = field(default_factory=dict)


def work_in_order(
    work: Work, jobs: Iterator[Job], *, workers: int, guard: Guard
) -> Iterator[Any]:
    """The results of `work` for each job, in the order of the jobs.

    At most two jobs a worker are under way, so that memory stays bounded. `work` must be importable
    by a fresh process. Raises what `work` raises.
    """
    pool = [_Worker(work, guard) for _ in range(workers)]
    waiting: deque[_Task[Job]] = deque()
    done: dict[int, Any] = {}
    taken = given = 0
    has_more = True
    try:
        while True:
            while has_more and taken - given < 2 * workers:
                job = next(jobs, None)
                if job is None:
                    has_more = False
                    break
                waiting.append(_Task(taken, job))
                taken += 1
            for worker in pool:
                if waiting and worker.task is None:
                    worker.begin(waiting.popleft())
            while given in done:
                yield done.pop(given)
                given += 1
            if given == taken and not has_more:
                return
            if taken - given < 2 * workers and has_more:
                continue
            for worker in _reporting(pool, guard):
                task = worker.task
                assert task is not None
                outcome = worker.outcome()
                if isinstance(outcome, _Lost):
                    task.lost[outcome.item] = outcome.loss
                    waiting.appendleft(task)
                else:
                    done[task.number] = outcome
    finally:
        for worker in pool:
            worker.stop()


def _reporting(pool: list[_Worker], guard: Guard) -> list[_Worker]:
    """Wait for workers that are done, dead or beyond their time."""
    busy = {worker.connection: worker for worker in pool if worker.task is not None}
    ready = wait(list(busy), min(_LONGEST_LOOK, guard.seconds / _LOOKS))
    late = [worker for worker in busy.values() if worker.is_late()]
    found = [busy[connection] for connection in ready if isinstance(connection, Connection)]
    return found + [worker for worker in late if worker not in found]


@dataclass(frozen=True, slots=True)
class _Lost:
    item: int
    loss: Loss


class _Worker:
    """A process, started when it has something to do and again after it was ended."""

    def __init__(self, work: Work, guard: Guard) -> None:
        self._work = work
        self._guard = guard
        # Not fork: polars' threads do not survive it.
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None
        # The item under way and when it was begun (the system's monotonic clock).
        self._item = self._context.Value("q", _IDLE, lock=False)
        self._since = self._context.Value("d", 0.0, lock=False)
        self.connection: Connection
        self.task: _Task[Any] | None = None

    def begin(self, task: _Task[Any]) -> None:
        if self._process is None:
            self.connection, theirs = self._context.Pipe()
            self._process = self._context.Process(
                target=_serve,
                args=(theirs, self._work, self._guard.bytes, self._item, self._since),
                daemon=True,
            )
            self._process.start()
            theirs.close()
        self._item.value = _IDLE
        self.task = task
        with suppress(BrokenPipeError):  # it died: `outcome` says so
            self.connection.send((task.job, task.lost))

    def is_late(self) -> bool:
        is_busy: bool = self._item.value != _IDLE
        return is_busy and time.monotonic() - self._since.value > self._guard.seconds

    def outcome(self) -> Any:
        """The result of the task, or which item was lost; the worker is free afterwards.

        Raises what the work raised, and WorkerFailed where the process died outside any item.
        """
        self.task = None
        if not self.connection.poll():  # late: nothing has come
            return self._lost(Loss.TIMEOUT)
        try:
            is_error, value = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._lost(Loss.CRASH)
        if is_error:
            raise value
        return value

    def _lost(self, loss: Loss) -> _Lost:
        item = self._item.value
        code = self.stop()
        if item == _IDLE:
            raise WorkerFailed(
                f"A reading process ended by itself (status {code}) while it read no document: is the "
                "machine out of memory? Refresh again with fewer processes (GONGKAI_WORKERS)."
            )
        logger.warning("a worker was lost (%s, status %s) at item %d", loss, code, item)
        return _Lost(item, loss)

    def stop(self) -> int | None:
        """End the process, whatever it does."""
        if self._process is None:
            return None
        self._process.kill()
        self._process.join()
        code: int | None = self._process.exitcode
        self.connection.close()
        self._process = None
        return code


def _serve(
    connection: Connection, work: Work, max_bytes: int, item: Any, since: Any
) -> None:
    """The life of a worker: jobs in, results out, each item announced before it is begun."""
    _bound_memory(max_bytes)

    def begin(number: int) -> None:
        since.value = time.monotonic()
        item.value = number

    while True:
        try:
            job, lost = connection.recv()
        except (EOFError, ConnectionResetError):
            return  # whoever gave the work is gone
        try:
            answer = (False, work(job, lost, begin))
        except Exception as error:
            logger.exception("a job failed")
            answer = (True, error)
        item.value = _IDLE
        connection.send(answer)


def _bound_memory(max_bytes: int) -> None:
    """Let the system refuse memory beyond the limit: a MemoryError, or the end of this process."""
    if not max_bytes:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = max_bytes if hard == resource.RLIM_INFINITY else min(max_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))

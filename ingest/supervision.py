"""Processes that work on jobs of many items, watched item by item.

What lives here: worker processes, a time limit and a memory limit an item, and what is done when an
item breaks one: the process is ended from outside, whatever code it is in (a C library need never
come back to Python), the item is given up, and the rest of its job is done by a fresh process. What
does not: what the work is (`chunk.py` reads documents).
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from ingest.garbage import look_seldom

logger = logging.getLogger(__name__)

Job = TypeVar("Job")
Result = TypeVar("Result")

# How often the clock is looked at while nothing is reported, as a part of the time limit.
_LOOKS = 10
_LONGEST_LOOK = 1.0
_IDLE = -1
_AT_HAND = 2  # jobs of a worker: one under way and the next
_TAKEN_A_WORKER = 3


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

    Each worker has a job under way and one at hand, so that it need not wait while results are
    used; at most three jobs a worker are taken before the first is given, so that memory stays
    bounded. `work` must be importable by a fresh process. Raises what `work` raises.
    """
    pool = [_worker(work, guard) for _ in range(workers)]
    waiting: deque[_Task[Job]] = deque()
    done: dict[int, Any] = {}
    taken = given = 0
    has_more = True
    try:
        while True:
            while has_more and taken - given < _TAKEN_A_WORKER * workers:
                job = next(jobs, None)
                if job is None:
                    has_more = False
                    break
                waiting.append(_Task(taken, job))
                taken += 1
            for at_hand in range(_AT_HAND):
                for worker in pool:
                    if waiting and len(worker.tasks) == at_hand:
                        worker.begin(waiting.popleft())
            if given in done:
                yield done.pop(given)
                given += 1
                continue
            if given == taken and not has_more:
                return
            for worker in _reporting(pool, guard):
                outcome = worker.outcome()
                if isinstance(outcome, _Lost):
                    waiting.extendleft(reversed(outcome.tasks))
                elif outcome is not None:
                    done[outcome.number] = outcome.value
    finally:
        for worker in pool:
            worker.stop()


# Workers started before there is work, until they are used or the block that started them ends.
_ahead: list[_Worker] = []


@contextmanager
def started_ahead(work: Work, *, get_ready: Callable[[], None], guard: Guard) -> Iterator[None]:
    """A worker that is started now and calls `get_ready`, for the work that is done in the block.

    Both must be importable by a fresh process. What `get_ready` raises is left to the work, which
    meets it again. A worker that is not used is ended with the block.
    """
    worker = _Worker(work, guard)
    worker.start(get_ready)
    _ahead.append(worker)
    try:
        yield
    finally:
        if worker in _ahead:
            _ahead.remove(worker)
            worker.stop()


def _worker(work: Work, guard: Guard) -> _Worker:
    """One that was started ahead for this work, or one that starts when it is needed."""
    for worker in _ahead:
        if worker.is_for(work, guard):
            _ahead.remove(worker)
            return worker
    return _Worker(work, guard)


def _reporting(pool: list[_Worker], guard: Guard) -> list[_Worker]:
    """Wait for workers that are done, dead or beyond their time."""
    busy = {worker.connection: worker for worker in pool if worker.tasks}
    ready = wait(list(busy), min(_LONGEST_LOOK, guard.seconds / _LOOKS))
    late = [worker for worker in busy.values() if worker.is_late()]
    found = [busy[connection] for connection in ready if isinstance(connection, Connection)]
    return found + [worker for worker in late if worker not in found]


@dataclass(frozen=True, slots=True)
class _Done:
    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class _Lost:
    """What a worker leaves when it is ended: its tasks, one of which names the item given up."""

    tasks: list[_Task[Any]]


class _Worker:
    """A process, started when it has something to do and again after it was ended."""

    def __init__(self, work: Work, guard: Guard) -> None:
        self._work = work
        self._guard = guard
        # Not fork: polars' threads do not survive it.
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None
        # The task and the item under way and when it was begun (the system's monotonic clock).
        self._task = self._context.Value("q", _IDLE, lock=False)
        self._item = self._context.Value("q", _IDLE, lock=False)
        self._since = self._context.Value("d", 0.0, lock=False)
        self.connection: Connection
        self.tasks: deque[_Task[Any]] = deque()  # under way, and at hand

    def is_for(self, work: Work, guard: Guard) -> bool:
        return (self._work, self._guard) == (work, guard)

    def start(self, get_ready: Callable[[], None] | None = None) -> None:
        self._task.value = self._item.value = _IDLE
        self.connection, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_serve,
            args=(
                theirs, self._work, get_ready, self._guard.bytes,
                self._task, self._item, self._since,
            ),
            daemon=True,
        )  # fmt: skip
        self._process.start()
        theirs.close()

    def begin(self, task: _Task[Any]) -> None:
        if self._process is None:
            self.start()
        self.tasks.append(task)
        with suppress(BrokenPipeError, ConnectionResetError):  # it died: `outcome` says so
            self.connection.send((task.number, task.job, task.lost))

    def is_late(self) -> bool:
        is_busy: bool = self._item.value != _IDLE
        return is_busy and time.monotonic() - self._since.value > self._guard.seconds

    def outcome(self) -> _Done | _Lost | None:
        """What came of the first task, or what the worker leaves; None where it is not known yet.

        Raises what the work raised, and WorkerFailed where the process died outside any item.
        """
        if not self.connection.poll():
            # late, unless what it sends is on its way
            return self._lost(Loss.TIMEOUT) if self.is_late() else None
        try:
            is_error, value = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._lost(Loss.CRASH)
        if is_error:
            raise value
        return _Done(self.tasks.popleft().number, value)

    def _lost(self, loss: Loss) -> _Lost:
        task, item = self._task.value, self._item.value
        code = self.stop()
        if item == _IDLE:
            raise WorkerFailed(
                f"A reading process ended by itself (status {code}) while it read no document: is the "
                "machine out of memory? Refresh again with fewer processes (GONGKAI_WORKERS)."
            )
        logger.warning("a worker was lost (%s, status %s) at item %d", loss, code, item)
        left = list(self.tasks)
        self.tasks.clear()
        for unfinished in left:
            if unfinished.number == task:
                unfinished.lost[item] = loss
        return _Lost(left)

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
    connection: Connection,
    work: Work,
    get_ready: Callable[[], None] | None,
    max_bytes: int,
    task: Any,
    item: Any,
    since: Any,
) -> None:
    """The life of a worker: jobs in, results out, each item announced before it is begun."""
    _bound_memory(max_bytes)
    look_seldom()
    if get_ready is not None:
        with suppress(Exception):  # the work meets it again, and its error is an answer
            get_ready()
    # Results are sent beside the work: the other side takes them when it comes to it.
    answers: SimpleQueue[tuple[bool, Any]] = SimpleQueue()
    Thread(target=_send_all, args=(connection, answers), daemon=True).start()

    def begin(number: int) -> None:
        since.value = time.monotonic()
        item.value = number

    while True:
        try:
            number, job, lost = connection.recv()
        except (EOFError, ConnectionResetError):
            return  # whoever gave the work is gone
        task.value = number
        try:
            answer = (False, work(job, lost, begin))
        except Exception as error:
            logger.exception("a job failed")
            answer = (True, error)
        item.value = _IDLE
        answers.put(answer)
        gc.collect()
        gc.freeze()  # what is kept from job to job is not looked through again


def _send_all(connection: Connection, answers: SimpleQueue[tuple[bool, Any]]) -> None:
    try:
        while True:
            connection.send(answers.get())
    finally:
        os._exit(1)  # nobody listens, or an answer cannot be sent: the other side sees the end


def _bound_memory(max_bytes: int) -> None:
    """Let the system refuse memory beyond the limit: a MemoryError, or the end of this process."""
    if not max_bytes:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = max_bytes if hard == resource.RLIM_INFINITY else min(max_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))

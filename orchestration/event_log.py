"""The event log of a refresh, kept in the files of Dagster's own SQLite storage.

What lives here: storing many events in one transaction. What does not: which events there are
(Dagster), whose instance uses it (`instance.py`).

Before a run begins, Dagster tells what it intends to do: an event for each asset and each check,
some 280 here. Its SQLite storage opens one or two files for each of them, up to three times, and
commits: what a run does before its first step took 2.7 seconds, and takes 0.7 with one transaction.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Connection

# As many events are kept for one transaction: more than a run tells of beforehand.
BATCH_EVENTS = 5_000


class BatchedEventLog(SqliteEventLogStorage):
    """Dagster's SQLite event log, whose batches are stored whole or not at all."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._of_thread = threading.local()
        super().__init__(base_dir, inst_data)
        # Its own cannot be taken twice, and a batch holds the connections to two files.
        self._db_lock = threading.RLock()  # type: ignore[assignment]

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Any
    ) -> BatchedEventLog:
        return cls(inst_data=inst_data, **config_value)

    def store_event_batch(self, events: Sequence[Any]) -> None:
        """Store the events in their order; where one cannot be stored, none is. Raises what that raised."""
        with ExitStack() as stack:
            self._of_thread.batch = _Batch(stack)
            try:
                super().store_event_batch(events)
            finally:
                self._of_thread.batch = None

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        batch: _Batch | None = getattr(self._of_thread, "batch", None)
        if batch is None:
            with super()._connect(shard) as connection:
                yield connection
        else:
            yield batch.connection(shard, super()._connect)


class _Batch:
    """The connections of a batch, each opened when it is first asked for; they commit at its end."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._connections: dict[str, Connection] = {}

    def connection(self, shard: str, connect: Any) -> Connection:
        if shard not in self._connections:
            self._connections[shard] = self._stack.enter_context(connect(shard))
        return self._connections[shard]

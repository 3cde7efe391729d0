"""The published file, held open for reading, and exchanged when a new one is published.

What lives here: opening, noticing a new publication, running one query with a time limit. What does
not: the queries (`queries`), publishing (`orchestration/publishing.py`).

Requests run in threads; each asks through a cursor of its own. Whoever is in the middle of a
question keeps the publication it began with: the old file is closed when its last reader is done.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from explorer.queries.query import Query

_FETCH = 10_000


class NotPublished(Exception):
    """There is no published warehouse yet, or it cannot be opened."""


class OtherVersion(Exception):
    """The published file lacks a table or column: another version of gongkai made it."""


class TookTooLong(Exception):
    """A query was stopped at the time limit."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A result: names of the columns, and a tuple per row in their order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def first(self) -> dict[str, Any] | None:
        """The first row; None where there is none."""
        return next(iter(self), None)


@dataclass(slots=True)
class _Open:
    """One publication held open: which file, its connection, how many are reading it."""

    identity: tuple[int, int, int]
    connection: duckdb.DuckDBPyConnection
    readers: int = 0
    is_retired: bool = False


@dataclass(slots=True)
class Warehouse:
    """Read-only access to the published file at `path`, from many threads."""

    path: Path
    query_seconds: float = 10.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _current: _Open | None = None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One request's view: all its queries see the same publication.

        Raises NotPublished where there is nothing to read, OtherVersion where it is no publication.
        """
        opened = self._enter()
        try:
            with opened.connection.cursor() as cursor:
                try:
                    cursor.execute("SET search_path = 'gongkai.marts,gongkai.meta'")
                except duckdb.CatalogException as error:
                    raise OtherVersion(str(error)) from error
                yield Reading(cursor, self.query_seconds)
        finally:
            self._leave(opened)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._current is not None:
                self._retire(self._current)
            self._current = None

    def _enter(self) -> _Open:
        with self._lock:
            identity = self._identity()
            if self._current is None or self._current.identity != identity:
                opened = _Open(identity, self._connect())
                if self._current is not None:
                    self._retire(self._current)
                self._current = opened
            self._current.readers += 1
            return self._current

    def _leave(self, opened: _Open) -> None:
        with self._lock:
            opened.readers -= 1
            if opened.is_retired and opened.readers == 0:
                opened.connection.close()

    def _retire(self, opened: _Open) -> None:
        opened.is_retired = True
        if opened.readers == 0:
            opened.connection.close()

    def _identity(self) -> tuple[int, int, int]:
        try:
            stat = self.path.stat()
        except OSError as error:
            raise NotPublished(f"{self.path}: {error.strerror}") from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _connect(self) -> duckdb.DuckDBPyConnection:
        # Attached and not opened: DuckDB keeps one instance per path and process, so opening the
        # path again while the old file is being read would give the old file.
        connection = duckdb.connect(":memory:")
        name = str(self.path).replace("'", "''")
        try:
            connection.execute(f"ATTACH '{name}' AS gongkai (READ_ONLY)")
            connection.execute("SET enable_external_access = false")
        except duckdb.Error as error:
            connection.close()
            raise NotPublished(f"{self.path}: {error}") from error
        return connection


@dataclass(frozen=True, slots=True)
class Reading:
    """Questions of one request to one publication."""

    cursor: duckdb.DuckDBPyConnection
    query_seconds: float

    def ask(self, query: Query, *, limit: int | None = None, offset: int = 0) -> Rows:
        """The rows of a query, or `limit` of them from `offset` on.

        Raises TookTooLong and OtherVersion, as all questions do.
        """
        sql = query.sql if limit is None else f"{query.sql}\nLIMIT {limit:d} OFFSET {offset:d}"
        with self._stopping(self.query_seconds):
            self.cursor.execute(sql, dict(query.parameters))
            return Rows(self._columns(), tuple(self.cursor.fetchall()))

    def count(self, query: Query) -> int:
        """How many rows a query has."""
        with self._stopping(self.query_seconds):
            self.cursor.execute(
                f"SELECT count(*) FROM (\n{query.sql}\n) AS counted", dict(query.parameters)
            )
            return int(self.cursor.fetchall()[0][0])

    def stream(
        self, query: Query, seconds: float
    ) -> tuple[Sequence[str], Iterator[Sequence[tuple[Any, ...]]]]:
        """The columns of a query, and its rows in portions, within `seconds` in all."""
        with self._stopping(seconds):
            self.cursor.execute(query.sql, dict(query.parameters))
            return self._columns(), self._portions(seconds)

    def _portions(self, seconds: float) -> Iterator[Sequence[tuple[Any, ...]]]:
        with self._stopping(seconds):
            while rows := self.cursor.fetchmany(_FETCH):
                yield rows

    def _columns(self) -> tuple[str, ...]:
        return tuple(column[0] for column in self.cursor.description or ())

    @contextmanager
    def _stopping(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self.cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise TookTooLong(f"The query was stopped after {seconds:g} s.") from error
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OtherVersion(str(error)) from error
        finally:
            timer.cancel()

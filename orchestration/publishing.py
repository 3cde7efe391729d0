"""Publishing: the marts as a file of their own, and its taking the place of the published one.

What lives here: building the candidate, comparing it with what is published, and replacing that
whole. What does not: the audit in between (`orchestration/validation`), the tables themselves
(`dbt_project`), what is done about it with exports and former publications (`releasing.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from ingest.duckdb_files import raise_if_newer
from ingest.inputs import staged_inputs
from ingest.load import open_work_db
from orchestration.publication_diff import write_diff

# The storage of the published file: shells, drivers and R packages of DuckDB 1.2 and newer open it.
STORAGE_VERSION = "v1.2.0"

_META = """
CREATE SCHEMA meta;
CREATE TABLE meta.publication (
    publication_id VARCHAR, created_at TIMESTAMP,
    inputs VARCHAR, reader_version VARCHAR, model_version VARCHAR, follows VARCHAR
);
CREATE TABLE meta.tables (table_name VARCHAR, row_count BIGINT, fingerprint VARCHAR);
"""


# Beyond this the sorting works on the disk; without a limit it takes what the machine has.
_MEMORY = "1200MB"

_META_COMMENTS = {
    "TABLE meta.publication": "One row: which publication this file is and what it was made from",
    "COLUMN meta.publication.publication_id": "Hash of the contents of marts",
    "COLUMN meta.publication.created_at": "When it was made, UTC, and later than what it follows",
    "COLUMN meta.publication.inputs": "Hash of its documents; null after a partial build",
    "COLUMN meta.publication.reader_version": "Version of the reader, its rules and lists",
    "COLUMN meta.publication.model_version": "Version of the models, their lists and the audit",
    "COLUMN meta.publication.follows": "What was published before it and is compared with it",
    "TABLE meta.tables": "One row per table of marts",
}


class NothingToPublish(Exception):
    """There is no candidate, or no marts to make one from."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What a candidate or published file says of itself."""

    publication_id: str
    created_at: datetime
    inputs: str | None
    reader_version: str
    model_version: str
    row_counts: dict[str, int]
    follows: str | None = None  # the publication before it; null for files of older versions


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What publishing did: `previous` is what was published before, if anything was."""

    publication: Publication
    previous: Publication | None
    is_replaced: bool  # false where the contents are those published already

    def row_count_changes(self) -> dict[str, int]:
        """Table → rows more (or fewer) than before, for tables where that is not zero."""
        after = self.publication.row_counts
        before = self.previous.row_counts if self.previous else {}
        changes = {
            table: after.get(table, 0) - before.get(table, 0) for table in sorted({*after, *before})
        }
        return {table: change for table, change in changes.items() if change}


def stamp_models(work_db: Path, *, reader_version: str, model_version: str, is_whole: bool) -> None:
    """Note in the work file what its marts were just made from.

    After a partial build (`is_whole` false) the marts are made from more than one state of
    staging, so no inputs are noted.
    """
    with open_work_db(work_db) as con:
        inputs = staged_inputs(con) if is_whole else None
        con.execute("CREATE SCHEMA IF NOT EXISTS meta")
        con.execute(
            "CREATE OR REPLACE TABLE meta.models AS SELECT ?::VARCHAR AS inputs, "
            "?::VARCHAR AS reader_version, ?::VARCHAR AS model_version",
            [inputs, reader_version, model_version],
        )


def build_candidate(
    work_db: Path,
    candidate: Path,
    *,
    published: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Publication:
    """Copy schema `marts` of the work file into a fresh file `candidate`, with schema `meta`.

    Rows are sorted, so that equal contents make equal tables; comments on tables and columns go
    along. `published` is what the candidate is compared with, if it is a publication. Raises
    NothingToPublish where the work file holds no marts.
    """
    candidate.parent.mkdir(parents=True, exist_ok=True)
    remove_candidate(candidate)
    if not work_db.exists():
        raise NothingToPublish(f"There is no {work_db}: read and model some reports first.")
    try:
        previous = read_publication(published) if published else None
        made = now().astimezone(UTC).replace(tzinfo=None)
        if previous is not None:  # whatever the clock says: publications have an order
            made = max(made, previous.created_at + timedelta(microseconds=1))
        follows = previous.publication_id if previous else None
        compared = published if previous else None
        return _fill_candidate(work_db, candidate, compared, made, follows)
    except BaseException:
        remove_candidate(candidate)  # half a candidate is of no use, and its space may be what is missing
        raise


def _fill_candidate(
    work_db: Path, candidate: Path, previous: Path | None, made: datetime, follows: str | None
) -> Publication:
    settings: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "storage_compatibility_version": STORAGE_VERSION,
    }
    with duckdb.connect(str(candidate), config=settings) as con:
        with _attached(con, work_db):
            tables = _copy_marts(con)
            if not tables:
                raise NothingToPublish(f"{work_db} holds no marts: run the dbt models first.")
            models = con.execute("FROM work.meta.models").fetchall()[0]
        con.execute(_META)
        for place, comment in _META_COMMENTS.items():
            con.execute(f"COMMENT ON {place} IS {_quoted(comment)}")
        fingerprints = {table: _fingerprint(con, table) for table in tables}
        row_counts = {table: _count(con, table) for table in tables}
        head = [_digest(fingerprints), made, *models]
        con.execute("INSERT INTO meta.publication VALUES (?, ?, ?, ?, ?, ?)", [*head, follows])
        con.executemany(
            "INSERT INTO meta.tables VALUES (?, ?, ?)",
            [[table, row_counts[table], fingerprints[table]] for table in tables],
        )
        write_diff(con, previous)
        con.execute("CHECKPOINT")
    return _publication([*head, follows], row_counts)


def publish(candidate: Path, published: Path) -> PublishResult:
    """Put the candidate in the place of the published file, unless its contents are the same.

    Readers that have the old file open keep it; a reader that opens the name gets the one or the
    other, whole. Raises NothingToPublish where there is no candidate.
    """
    publication = read_publication(candidate)
    if publication is None:
        raise NothingToPublish(f"There is no candidate {candidate}: build it first.")
    previous = read_publication(published)
    if previous and previous.publication_id == publication.publication_id:
        remove_candidate(candidate)
        return PublishResult(publication, previous, is_replaced=False)
    sync(candidate)
    os.replace(candidate, published)
    sync(published.parent)
    return PublishResult(publication, previous, is_replaced=True)


def read_publication(path: Path) -> Publication | None:
    """What the file says of itself; None where there is no file or it is no publication.

    Raises NewerDuckDB: what a newer version wrote may be a publication, and is not to be replaced.
    """
    if not path.exists():
        return None
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            row = con.execute("FROM meta.publication").fetchone()
            counts = con.execute("SELECT table_name, row_count FROM meta.tables").fetchall()
    except duckdb.Error as error:
        raise_if_newer(error, path)
        return None
    return _publication(row, dict(counts)) if row else None


def _publication(head: Sequence[Any], row_counts: dict[str, int]) -> Publication:
    publication_id, created_at, inputs, reader_version, model_version, *follows = head
    return Publication(
        publication_id, created_at, inputs, reader_version, model_version, row_counts, *follows
    )


def _copy_marts(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Copy the tables (and views, as tables) of work.marts; their names, sorted."""
    con.execute("CREATE SCHEMA marts")
    tables = [
        table
        for (table,) in con.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_catalog = 'work' AND table_schema = 'marts' ORDER BY table_name"
        ).fetchall()
    ]
    for table in tables:
        con.execute(
            f'CREATE TABLE marts."{table}" AS SELECT * FROM work.marts."{table}" '
            f"ORDER BY {_total_order(con, table)}"
        )
    for statement in _comments(con):
        con.execute(statement)
    return tables


def _total_order(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """What gives the order of ALL columns: the first one where that is a key, as it mostly is.

    Sorting by all columns of a million rows, texts among them, takes many times as long.
    """
    first = con.execute(f'DESCRIBE work.marts."{table}"').fetchall()[0][0]
    ((rows, different),) = con.execute(
        f'SELECT count(*), count(DISTINCT "{first}") FROM work.marts."{table}"'
    ).fetchall()
    return f'"{first}"' if rows == different else "ALL"


def _comments(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    of_tables = con.execute(
        "SELECT table_name, comment FROM duckdb_tables() "
        "WHERE database_name = 'work' AND schema_name = 'marts' AND comment IS NOT NULL"
    ).fetchall()
    of_columns = con.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE database_name = 'work' AND schema_name = 'marts' AND comment IS NOT NULL"
    ).fetchall()
    for table, comment in of_tables:
        yield f'COMMENT ON TABLE marts."{table}" IS {_quoted(comment)}'
    for table, column, comment in of_columns:
        yield f'COMMENT ON COLUMN marts."{table}"."{column}" IS {_quoted(comment)}'


def contents_of(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, str]:
    """Row count and fingerprint of a table of marts, as `meta.tables` tells them."""
    return _count(con, table), _fingerprint(con, table)


def _fingerprint(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """A hash of a table's columns, comments and rows, whatever the order of the rows."""
    shape = con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE "
        "database_name = current_database() AND schema_name = 'marts' AND table_name = ? "
        "ORDER BY column_index",
        [table],
    ).fetchall()
    # A sum and not an exclusive or: two equal rows must not cancel each other.
    rows = con.execute(
        f'SELECT count(*), sum(hash(entry)::HUGEINT)::VARCHAR FROM marts."{table}" AS entry'
    ).fetchone()
    return _digest([shape, rows])


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f'SELECT count(*) FROM marts."{table}"').fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, work_db: Path) -> Iterator[None]:
    con.execute(f"ATTACH {_quoted(str(work_db))} AS work (READ_ONLY)")
    try:
        yield
    finally:
        con.execute("DETACH work")


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def remove_candidate(path: Path) -> None:
    """Remove a candidate file and what DuckDB may have left beside it."""
    for name in (path, path.with_name(path.name + ".wal")):
        name.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

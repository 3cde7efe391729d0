"""Loading: batches of rows into the staging tables of the work file, one transaction a batch.

What lives here: the staging tables in DuckDB, the invariants that every batch must hold, and which
documents are read already. What does not: how rows are made (`rows.py`), what is derived from
them (`dbt_project`), the published file (`orchestration/publishing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from ingest.duckdb_files import WorkFileDamaged, is_damage, raise_if_newer
from ingest.report_years import ReportYears
from ingest.schema import CORRECTIONS, KEYS, SECOND_LOOKS, STAGING, Frames

_DUCKDB_TYPES: Mapping[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Int32(): "INTEGER",
    pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE",
    pl.Date(): "DATE",
    pl.Datetime("us"): "TIMESTAMP",
    pl.Boolean(): "BOOLEAN",
}


class BrokenInvariant(Exception):
    """Rows of ours contradict each other: a fault of the program, never of a report."""


class WarehouseBusy(Exception):
    """Another process has the work file open for writing."""


@contextmanager
def open_work_db(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The work file, opened for writing, with its staging tables in place.

    Raises WarehouseBusy where another process writes it, NewerDuckDB and WorkFileDamaged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        con = duckdb.connect(str(path))
    except duckdb.Error as error:
        raise_if_newer(error, path)
        if is_damage(str(error)):
            raise WorkFileDamaged(path, error) from error
        if not isinstance(error, duckdb.IOException) or "lock" not in str(error):
            raise
        pid = re.search(r"PID (\d+)", str(error))
        holder = f"process {pid.group(1)}" if pid else "another process"
        raise WarehouseBusy(
            f"{path} is being written by {holder}. Wait until that refresh has ended and try "
            "again; readers of the published warehouse are not affected."
        ) from error
    try:
        create_staging(con)
        yield con
    except duckdb.Error as error:
        if is_damage(str(error)):
            raise WorkFileDamaged(path, error) from error
        raise
    finally:
        con.close()


def create_staging(con: duckdb.DuckDBPyConnection) -> None:
    """Create the schema `staging` and its tables, and columns of them, where they are missing.

    A column that a later version of the program brought is null until its document is read again.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS staging")
    there: dict[str, set[str]] = {}
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = 'staging'"
    ).fetchall():
        there.setdefault(table, set()).add(column)
    for table, schema in {**STAGING, "corrections": CORRECTIONS, "second_looks": SECOND_LOOKS}.items():
        columns = {name: _DUCKDB_TYPES[kind] for name, kind in schema.items()}
        if table not in there:
            listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            con.execute(f"CREATE TABLE staging.{table} ({listed})")
            continue
        for name in (name for name in columns if name not in there[table]):
            con.execute(f'ALTER TABLE staging.{table} ADD COLUMN "{name}" {columns[name]}')


def load_batch(con: duckdb.DuckDBPyConnection, frames: Frames) -> None:
    """Put a batch in place of whatever staging holds of its documents, all or nothing.

    Loading the same batch twice leaves the tables as loading it once. Raises BrokenInvariant,
    before anything is written, where the frames contradict the schema, each other or the text.
    """
    check_invariants(frames)
    document_ids = frames.documents.select("document_id")
    with _transaction(con):
        con.register("batch_documents", document_ids)
        try:
            _delete_documents(con)
        finally:
            con.unregister("batch_documents")
        for table in STAGING:
            _insert(con, table, getattr(frames, table))


def load_landing_issues(con: duckdb.DuckDBPyConnection, issues: pl.DataFrame) -> None:
    """Put the files that cannot be landed now in place of those that could not be before.

    `issues` has the schema of `schema.ISSUES`, all of stage land and without a document.
    """
    _check_schema("issues", issues)
    with _transaction(con):
        con.execute("DELETE FROM staging.issues WHERE stage = 'land' AND document_id IS NULL")
        _insert(con, "issues", issues)


def load_corrections(con: duckdb.DuckDBPyConnection, corrections: pl.DataFrame) -> None:
    """Put the corrections of today's files in place of those loaded before.

    `corrections` has the schema of `schema.CORRECTIONS`.
    """
    _check_schema("corrections", corrections)
    with _transaction(con):
        con.execute("DELETE FROM staging.corrections")
        _insert(con, "corrections", corrections)


def documents_read(
    con: duckdb.DuckDBPyConnection,
    reader_version: str,
    *,
    but_of: ReportYears | None = None,
) -> frozenset[str]:
    """The sha256 of the documents that this version of the reader has read.

    Those read as reports of the years `but_of` are left out.
    """
    rows = con.execute(
        "SELECT sha256 FROM staging.documents WHERE reader_version = ?", [reader_version]
    ).fetchall()
    read = frozenset(sha256 for (sha256,) in rows)
    if but_of is None:
        return read
    rows = con.execute(
        "SELECT sha256 FROM staging.reports WHERE report_year BETWEEN ? AND ?",
        [but_of.first, but_of.last],
    ).fetchall()
    return read - {sha256 for (sha256,) in rows}


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each staging table holds."""
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM staging.{name}" for name in STAGING)
    return dict(con.execute(query).fetchall())


def check_invariants(frames: Frames) -> None:
    """Raise BrokenInvariant, naming the row, where the frames of a batch do not hold together.

    Schemas are those of `schema.STAGING`; keys are unique; every row belongs to a document and, if
    it names one, a report of the batch; a document is read or quarantined with a code; and every
    observation's quote is `text[char_start:char_end]` of its report.
    """
    for table, key in KEYS.items():
        frame: pl.DataFrame = getattr(frames, table)
        _check_schema(table, frame)
        doubled = frame.filter(pl.col(key).is_duplicated() | pl.col(key).is_null())
        if doubled.height:
            raise BrokenInvariant(f"{table} has two rows, or none, for {key} {doubled[key][0]!r}")
    _check_belongs(frames.reports, "document_id", frames.documents, "reports")
    _check_belongs(frames.issues, "document_id", frames.documents, "issues")
    _check_belongs(frames.observations, "report_id", frames.reports, "observations")
    _check_belongs(frames.issues.drop_nulls("report_id"), "report_id", frames.reports, "issues")
    _check_status(frames.documents)
    _check_quotes(frames.reports, frames.observations)


def _check_schema(table: str, frame: pl.DataFrame) -> None:
    declared = CORRECTIONS if table == "corrections" else STAGING[table]
    if frame.schema != declared:
        raise BrokenInvariant(
            f"The frame for staging.{table} has the columns {dict(frame.schema)}, not "
            f"{dict(declared)} as ingest/schema.py declares"
        )


def _check_belongs(child: pl.DataFrame, key: str, parent: pl.DataFrame, table: str) -> None:
    stray = child.join(parent.select(key), on=key, how="anti")
    if stray.height:
        row_key = stray[KEYS[table]][0]
        raise BrokenInvariant(
            f"{table} row {row_key!r} names {key} {stray[key][0]!r}, which is not in its batch"
        )


def _check_status(documents: pl.DataFrame) -> None:
    wrong = documents.filter(
        ~pl.col("status").is_in(["read", "quarantined"]).fill_null(False)
        | ((pl.col("status") == "quarantined") != pl.col("quarantine_code").is_not_null())
    )
    if wrong.height:
        row = wrong.row(0, named=True)
        raise BrokenInvariant(
            f"document {row['document_id']!r} ({row['source_uri']}) has status {row['status']!r} "
            f"with quarantine_code {row['quarantine_code']!r}: a code goes with 'quarantined' only"
        )


def _check_quotes(reports: pl.DataFrame, observations: pl.DataFrame) -> None:
    texts = dict(reports.select("report_id", "text").iter_rows())
    evidence = observations.select("observation_id", "report_id", "quote", "char_start", "char_end")
    for observation_id, report_id, quote, start, end in evidence.iter_rows():
        text = texts[report_id]
        # A negative or overlong offset would slice to something, so the bounds are checked too.
        is_inside = start is not None and end is not None and 0 <= start <= end <= len(text)
        if not is_inside or text[start:end] != quote:
            raise BrokenInvariant(
                f"observation {observation_id!r} of report {report_id!r} quotes {quote!r}, but "
                f"characters {start} to {end} of the report's text are {text[start:end]!r}"
            )


@contextmanager
def _transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def _delete_documents(con: duckdb.DuckDBPyConnection) -> None:
    known = con.execute(
        "SELECT 1 FROM staging.documents SEMI JOIN batch_documents USING (document_id) LIMIT 1"
    ).fetchone()
    if known is None:  # as in a first refresh: looking through all rows for each batch adds up
        return
    con.execute(
        """
        DELETE FROM staging.observations WHERE report_id IN (
            SELECT report_id FROM staging.reports SEMI JOIN batch_documents USING (document_id)
        )
        """
    )
    for table in ("reports", "issues", "documents"):
        con.execute(
            f"DELETE FROM staging.{table} "
            "WHERE document_id IN (SELECT document_id FROM batch_documents)"
        )


def _insert(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    con.register("batch_rows", frame)
    try:
        con.execute(f"INSERT INTO staging.{table} BY NAME SELECT * FROM batch_rows")
    finally:
        con.unregister("batch_rows")

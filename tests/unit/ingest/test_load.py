from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from staging_frames import batch, with_column

from ingest.landing import refusal_issues
from ingest.ledger import Refusal
from ingest.load import (
    BrokenInvariant,
    WarehouseBusy,
    create_staging,
    documents_read,
    load_batch,
    load_corrections,
    load_landing_issues,
    open_work_db,
)
from ingest.schema import CORRECTIONS, STAGING, Frames


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_staging(connection)
        yield connection


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    return {
        table: con.execute(f"SELECT * FROM staging.{table} ORDER BY ALL").fetchall()
        for table in STAGING
    }


def test_tables_are_those_of_the_schema_when_created(con: duckdb.DuckDBPyConnection) -> None:
    for table, schema in STAGING.items():
        rows = con.sql(f"SELECT * FROM staging.{table}").to_arrow_table()
        assert pl.DataFrame(rows).schema == schema


def test_nothing_changes_when_a_batch_is_loaded_twice(con: duckdb.DuckDBPyConnection) -> None:
    load_batch(con, batch("a"))
    load_batch(con, batch("b"))
    before = contents(con)

    load_batch(con, batch("a"))

    assert contents(con) == before
    assert {table: len(rows) for table, rows in before.items()} == {
        "documents": 4,
        "reports": 2,
        "observations": 4,
        "issues": 2,
    }


def test_rows_of_a_document_are_replaced_when_read_by_another_version(
    con: duckdb.DuckDBPyConnection,
) -> None:
    load_batch(con, batch("a", "v1"))
    newer = batch("a", "v2")
    fewer = replace(newer, observations=newer.observations.head(1))

    load_batch(con, fewer)

    rows = con.execute("SELECT observation_id, reader_version FROM staging.observations").fetchall()
    assert rows == [(newer.observations["observation_id"][0], "v2")]


def test_old_observations_go_when_a_read_document_is_quarantined_later(
    con: duckdb.DuckDBPyConnection,
) -> None:
    load_batch(con, batch("a"))
    frames = batch("a")
    quarantined = replace(
        with_column(frames, "documents", status="quarantined", quarantine_code="not_a_report"),
        reports=frames.reports.clear(),
        observations=frames.observations.clear(),
    )

    load_batch(con, quarantined)

    assert contents(con)["reports"] == contents(con)["observations"] == []


@pytest.mark.parametrize(
    ("frames", "message"),
    [
        (with_column(batch(), "observations", quote="13条"), "quotes '13条'"),
        (with_column(batch(), "observations", char_end=10_000), "quotes"),
        (with_column(batch(), "observations", char_start=-3), "quotes"),
        (with_column(batch(), "observations", char_start=None), "quotes"),
        (with_column(batch(), "observations", observation_id="o"), "two rows"),
        (with_column(batch(), "observations", report_id="r0"), "not in its batch"),
        (with_column(batch(), "observations", report_id=None), "not in its batch"),
        (with_column(batch(), "reports", document_id="d0"), "not in its batch"),
        (with_column(batch(), "issues", document_id="d0"), "not in its batch"),
        (with_column(batch(), "documents", status="lost"), "status 'lost'"),
        (with_column(batch(), "documents", quarantine_code=None), "quarantine_code None"),
        (replace(batch(), reports=batch().reports.drop("text")), "ingest/schema.py"),
        (
            replace(batch(), reports=batch().reports.cast({"report_year": pl.Int64})),
            "ingest/schema.py",
        ),
    ],
)
def test_loading_raises_and_writes_nothing_when_an_invariant_is_broken(
    con: duckdb.DuckDBPyConnection, frames: Frames, message: str
) -> None:
    with pytest.raises(BrokenInvariant, match=message):
        load_batch(con, frames)

    assert not any(contents(con).values())


def test_batch_is_undone_when_a_write_fails_halfway(con: duckdb.DuckDBPyConnection) -> None:
    load_batch(con, batch("a", "v1"))
    before = contents(con)
    con.execute("DROP TABLE staging.issues")
    con.execute("CREATE TABLE staging.issues (document_id INTEGER)")

    with pytest.raises(duckdb.Error):
        load_batch(con, batch("a", "v2"))

    for table in ("documents", "reports", "observations"):
        rows = con.execute(f"SELECT * FROM staging.{table} ORDER BY ALL").fetchall()
        assert rows == before[table]


def test_landing_issues_are_replaced_when_loaded_again(con: duckdb.DuckDBPyConnection) -> None:
    load_batch(con, batch("a"))
    load_landing_issues(con, refusal_issues([Refusal("in/x", "file_empty", "empty")], "v1"))
    load_landing_issues(con, refusal_issues([Refusal("in/y", "file_empty", "empty")], "v1"))

    rows = con.execute("SELECT source_uri, stage FROM staging.issues ORDER BY ALL").fetchall()
    assert rows == [("in/y", "land"), (None, "identify")]


def test_documents_count_as_read_when_the_version_is_the_same(
    con: duckdb.DuckDBPyConnection,
) -> None:
    load_batch(con, batch("a", "v1"))

    assert documents_read(con, "v1") == {"a" * 64, "A" * 64}  # one of them quarantined
    assert documents_read(con, "v2") == set()


def test_busy_is_said_with_the_process_when_another_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    script = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy, match=f"process {writer.pid}"), open_work_db(path):
            pass
        writer.communicate("\n")


def test_column_is_added_when_an_older_program_made_the_tables(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute("ALTER TABLE staging.reports DROP COLUMN text_signature")
    con.execute("DROP TABLE staging.corrections")

    create_staging(con)
    load_batch(con, batch())

    assert con.execute("SELECT text_signature FROM staging.reports").fetchall() == [(None,)]


def test_corrections_are_those_of_the_last_load_when_loaded_twice(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for name in ("a.yml#1", "b.yml#1"):
        row = {"correction_id": name, "kind": "year", "report_id": "r"}
        load_corrections(con, pl.DataFrame([row], schema=CORRECTIONS))

    assert con.execute("SELECT correction_id FROM staging.corrections").fetchall() == [("b.yml#1",)]


def test_corrections_are_refused_when_their_columns_are_not_as_declared(
    con: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(BrokenInvariant, match=r"staging\.corrections"):
        load_corrections(con, pl.DataFrame({"correction_id": ["x"]}))

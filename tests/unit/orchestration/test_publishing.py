from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from ingest.home import Home
from orchestration.publishing import (
    NothingToPublish,
    Publication,
    build_candidate,
    publish,
    read_publication,
    stamp_models,
)

_MARTS = """
CREATE SCHEMA marts;
CREATE TABLE marts.numbers (id INTEGER, name VARCHAR);
INSERT INTO marts.numbers VALUES (2, '二'), (1, '一');
CREATE VIEW marts.names AS SELECT name FROM marts.numbers;
COMMENT ON TABLE marts.numbers IS 'It''s a table';
COMMENT ON COLUMN marts.numbers.name IS '名';
CREATE SCHEMA intermediate;
CREATE TABLE intermediate.hidden AS SELECT 1 AS x;
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path)
    home.make_dirs()
    change(home, _MARTS)
    stamp_models(home.work_db, reader_version="r1", model_version="m1", is_whole=True)
    return home


def change(home: Home, statements: str) -> None:
    with duckdb.connect(str(home.work_db)) as con:
        con.execute(statements)


def candidate(home: Home) -> Publication:
    return build_candidate(home.work_db, home.candidate_db)


def test_candidate_holds_marts_and_meta_only_when_built(home: Home) -> None:
    publication = build_candidate(
        home.work_db, home.candidate_db, now=lambda: datetime(2024, 1, 1, tzinfo=UTC)
    )

    with duckdb.connect(str(home.candidate_db), read_only=True) as con:
        tables = con.execute(
            "SELECT table_schema || '.' || table_name, table_type FROM information_schema.tables "
            "ORDER BY ALL"
        ).fetchall()
        numbers = con.execute("FROM marts.numbers").fetchall()
        comments = con.execute(
            "SELECT comment FROM duckdb_tables() WHERE schema_name = 'marts' AND comment <> '' "
            "UNION ALL SELECT comment FROM duckdb_columns() "
            "WHERE schema_name = 'marts' AND comment <> ''"
        ).fetchall()
    assert tables == [
        ("marts.names", "BASE TABLE"),
        ("marts.numbers", "BASE TABLE"),
        ("meta.publication", "BASE TABLE"),
        ("meta.publication_diff", "BASE TABLE"),
        ("meta.publication_envelope", "BASE TABLE"),
        ("meta.tables", "BASE TABLE"),
    ]
    assert numbers == [(1, "一"), (2, "二")]
    assert comments == [("It's a table",), ("名",)]
    assert publication.row_counts == {"names": 2, "numbers": 2}
    assert (publication.reader_version, publication.model_version) == ("r1", "m1")
    assert read_publication(home.candidate_db) == publication


@pytest.mark.parametrize("rows", ["(2, 'a'), (1, 'b')", "(2, 'b'), (2, 'a'), (1, NULL)", "(NULL, 'a')"])
def test_rows_stand_in_the_order_of_all_columns_whether_the_first_is_a_key_or_not(
    home: Home, rows: str
) -> None:
    change(home, f"DELETE FROM marts.numbers; INSERT INTO marts.numbers VALUES {rows}")

    candidate(home)

    with duckdb.connect(str(home.candidate_db), read_only=True) as con:
        in_order = con.execute("FROM marts.numbers ORDER BY ALL").fetchall()
        assert con.execute("FROM marts.numbers").fetchall() == in_order


def test_published_file_is_left_alone_when_the_contents_are_the_same(home: Home) -> None:
    candidate(home)
    assert publish(home.candidate_db, home.published_db).is_replaced
    before = home.published_db.read_bytes(), home.published_db.stat().st_ino
    change(home, "CREATE OR REPLACE TABLE marts.numbers AS FROM marts.numbers ORDER BY id")
    change(home, "COMMENT ON TABLE marts.numbers IS 'It''s a table'")
    change(home, "COMMENT ON COLUMN marts.numbers.name IS '名'")

    candidate(home)
    result = publish(home.candidate_db, home.published_db)

    assert not result.is_replaced
    assert (home.published_db.read_bytes(), home.published_db.stat().st_ino) == before
    assert not home.candidate_db.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE marts.numbers SET name = '壹' WHERE id = 1",
        "INSERT INTO marts.numbers VALUES (1, '一')",
        "INSERT INTO marts.numbers SELECT * FROM marts.numbers",
        "ALTER TABLE marts.numbers ALTER id TYPE BIGINT",
        "COMMENT ON COLUMN marts.numbers.name IS 'name'",
        "CREATE TABLE marts.more AS SELECT 1 AS x",
    ],
)
def test_published_file_is_replaced_when_anything_in_it_differs(home: Home, statement: str) -> None:
    candidate(home)
    publish(home.candidate_db, home.published_db)
    change(home, statement)

    candidate(home)

    assert publish(home.candidate_db, home.published_db).is_replaced


def test_row_count_changes_are_told_when_a_publication_is_replaced(home: Home) -> None:
    candidate(home)
    first = publish(home.candidate_db, home.published_db)
    assert first.previous is None
    assert first.row_count_changes() == {"names": 2, "numbers": 2}
    change(home, "DROP VIEW marts.names; DELETE FROM marts.numbers WHERE id = 1")
    change(home, "CREATE TABLE marts.more AS SELECT 1 AS x")

    candidate(home)
    second = publish(home.candidate_db, home.published_db)

    assert second.row_count_changes() == {"more": 1, "names": -2, "numbers": -1}


def test_nothing_is_published_when_there_is_no_candidate(home: Home) -> None:
    with pytest.raises(NothingToPublish, match="build it first"):
        publish(home.candidate_db, home.published_db)


@pytest.mark.parametrize("statement", ["DROP SCHEMA marts CASCADE", None])
def test_no_candidate_is_left_when_there_are_no_marts(home: Home, statement: str | None) -> None:
    if statement:
        change(home, statement)
    else:
        home.work_db.unlink()

    with pytest.raises(NothingToPublish):
        candidate(home)
    assert not home.candidate_db.exists()


def test_half_a_candidate_is_removed_when_copying_fails(home: Home) -> None:
    change(home, "CREATE VIEW marts.zz AS SELECT error('disk') AS x")

    with pytest.raises(duckdb.Error):
        candidate(home)

    assert list(home.candidate_db.parent.iterdir()) == []


_READ_TWICE = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("SELECT count(*) FROM marts.numbers").fetchone()[0], flush=True)
input()
print(con.execute("SELECT count(*), max(name) FROM marts.numbers").fetchone(), flush=True)
con.close()
print(duckdb.connect(sys.argv[1], read_only=True).sql("FROM marts.numbers").fetchall(), flush=True)
"""


def test_reader_keeps_the_old_file_when_it_is_replaced_under_it(home: Home) -> None:
    candidate(home)
    publish(home.candidate_db, home.published_db)
    with subprocess.Popen(
        [sys.executable, "-c", _READ_TWICE, str(home.published_db)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "2\n"
        change(home, "DELETE FROM marts.numbers WHERE id = 2")
        candidate(home)

        assert publish(home.candidate_db, home.published_db).is_replaced

        rest, _ = reader.communicate("\n")
    assert rest.splitlines() == ["(2, '二')", "[(1, '一')]"]


def test_state_is_not_current_when_the_models_were_built_in_part(home: Home) -> None:
    stamp_models(home.work_db, reader_version="r1", model_version="m1", is_whole=False)

    assert candidate(home).inputs is None

"""The published file: a new publication is seen, a reader keeps its own, nothing else is reached."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from explorer.queries.query import Query, build
from explorer.warehouse import NotPublished, TookTooLong, Warehouse

NUMBER = build("select number from numbers order by number")
ENDLESS = Query("select count(*) from range(1000000000) a, range(1000000000) b")


def publish(path: Path, number: int) -> None:
    new = path.with_suffix(".new")
    with duckdb.connect(str(new)) as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA meta")
        con.execute("CREATE TABLE marts.numbers AS SELECT ? AS number", [number])
    os.replace(new, path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "it's here.duckdb"
    publish(path, 1)
    return path


def test_new_publication_is_seen_and_a_reader_keeps_its_own(path: Path) -> None:
    warehouse = Warehouse(path)
    with warehouse.reading() as early:
        publish(path, 2)
        with warehouse.reading() as late:
            assert late.ask(NUMBER).rows == ((2,),)
        assert early.ask(NUMBER).rows == ((1,),)
    with warehouse.reading() as later:
        assert later.ask(NUMBER).rows == ((2,),)
    warehouse.close()


def test_old_publication_is_let_go_when_nobody_reads_it(path: Path) -> None:
    warehouse = Warehouse(path)
    with warehouse.reading():
        publish(path, 2)
        with warehouse.reading():
            pass
    open_files = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
                  if os.path.exists(f"/proc/self/fd/{fd}") or os.path.islink(f"/proc/self/fd/{fd}")]  # fmt: skip
    assert not [name for name in open_files if path.name in name and "deleted" in name]
    warehouse.close()


def test_query_that_takes_too_long_is_stopped(path: Path) -> None:
    warehouse = Warehouse(path, query_seconds=0.2)
    with warehouse.reading() as reading:
        with pytest.raises(TookTooLong):
            reading.ask(ENDLESS)
        assert reading.ask(NUMBER).rows == ((1,),)
    warehouse.close()


@pytest.mark.parametrize(
    "sql",
    [
        "insert into numbers values (3)",
        "create table gongkai.marts.other (number integer)",
        "select * from read_csv('/etc/passwd')",
        "copy numbers to 'numbers.csv'",
        "attach 'other.duckdb'",
    ],
)
def test_nothing_is_written_and_no_other_file_is_reached(path: Path, sql: str) -> None:
    warehouse = Warehouse(path)
    with warehouse.reading() as reading, pytest.raises(duckdb.Error):
        reading.ask(Query(sql))
    warehouse.close()


def test_file_that_is_no_warehouse_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_text("no database")
    for path in (broken, tmp_path / "missing.duckdb"):
        with pytest.raises(NotPublished, match=path.name), Warehouse(path).reading():
            pass


def test_portions_of_a_download_are_the_whole(path: Path) -> None:
    warehouse = Warehouse(path)
    query = Query("select * from range(25000) as r(n) order by n")
    with warehouse.reading() as reading:
        columns, portions = reading.stream(query, seconds=10)
        assert columns == ("n",)
        assert [n for rows in portions for (n,) in rows] == list(range(25000))
        assert reading.count(query) == 25000
    warehouse.close()

from __future__ import annotations

import csv
import gzip
import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from small_home import candidate, change

from ingest.home import Home
from orchestration.exports.codebook import UnknownType
from orchestration.exports.manifest import damaged_files, read_manifest, whole_exports
from orchestration.exports.tables import csv_path, parquet_path
from orchestration.exports.writing import ensure_exports
from orchestration.publishing import build_candidate, read_publication


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def exported(home: Home) -> Path:
    return ensure_exports(home, home.candidate_db).folder


def parquet_rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    path = str(folder / parquet_path(table))
    return duckdb.execute("SELECT * FROM read_parquet($path)", {"path": path}).fetchall()


def csv_rows(folder: Path, table: str) -> list[list[str]]:
    data = gzip.decompress((folder / csv_path(table)).read_bytes()).decode()
    return list(csv.reader(io.StringIO(data)))


def test_manifest_accounts_for_every_file_when_written(home: Home) -> None:
    made = ensure_exports(home, home.candidate_db)

    manifest = read_manifest(made.folder)
    assert manifest == made.manifest
    assert made.folder.name == manifest.publication_id
    names = {file.path for file in manifest.files}
    assert {*names, "manifest.json"} == set(contents(made.folder))
    assert {"agency_year.xlsx", "LICENSE.md", "CITATION.cff", "csv/verdicts.csv.gz"} <= names
    assert damaged_files(made.folder, manifest) == []
    rows = {file.table: file.rows for file in manifest.files if file.table}
    publication = read_publication(home.candidate_db)
    assert publication is not None
    assert rows == publication.row_counts
    assert {len(parquet_rows(made.folder, table)) == count for table, count in rows.items()} == {True}


def test_bytes_are_the_same_when_a_publication_is_exported_twice(home: Home) -> None:
    folder = exported(home)
    before = contents(folder)
    shutil.rmtree(folder)

    assert contents(exported(home)) == before


def test_tables_have_the_same_bytes_when_the_publication_was_made_at_another_time(
    home: Home,
) -> None:
    before = contents(exported(home))
    shutil.rmtree(home.exports_dir)
    later = datetime(2031, 2, 3, tzinfo=UTC)
    build_candidate(home.work_db, home.candidate_db, now=lambda: later)

    after = contents(exported(home))

    tables = [name for name in before if name.startswith(("csv/", "parquet/"))]
    assert len(tables) == 12
    assert {name: after[name] for name in tables} == {name: before[name] for name in tables}
    assert after["manifest.json"] != before["manifest.json"]


def test_csv_and_parquet_have_the_rows_of_the_warehouse_when_written(home: Home) -> None:
    folder = exported(home)

    with duckdb.connect(str(home.candidate_db), read_only=True) as con:
        assert parquet_rows(folder, "agency_year") == con.execute(
            "FROM marts.agency_year"
        ).fetchall()
    assert csv_rows(folder, "agency_year")[1:] == [
        ["a1", "甲局", "2011", "own", "r1", "23.0", "1234567.5", "2"],
        ["a1", "", "2009", "own", "r3", "", "", "0"],
        ["a2", "=乙局", "2010", "own", "r2", "0.0", "", "1"],
    ]
    assert csv_rows(folder, "dim_report")[1][:4] == [
        "r1", "true", "2012-01-31", "2024-05-06T07:08:09.010203Z",
    ]  # fmt: skip


def test_empty_text_and_null_are_told_apart_when_written_as_csv(home: Home) -> None:
    data = gzip.decompress((exported(home) / csv_path("observations")).read_bytes()).decode()

    assert 'o4,,,""\no5,,,\n' in data


def test_whole_folder_is_left_alone_when_asked_for_again(home: Home) -> None:
    first = ensure_exports(home, home.candidate_db)
    (first.folder / "csv" / "beside.txt").write_text("a person's own")

    again = ensure_exports(home, home.candidate_db)

    assert (first.is_new, again.is_new) == (True, False)
    assert again.manifest == first.manifest
    assert (first.folder / "csv" / "beside.txt").exists()


@pytest.mark.parametrize("harmed", ["manifest.json", "agency_year.xlsx", "csv/verdicts.csv.gz"])
def test_folder_is_written_anew_when_a_file_is_cut_short(home: Home, harmed: str) -> None:
    folder = exported(home)
    before = contents(folder)
    (folder / harmed).write_bytes(before[harmed][:-1] if harmed != "manifest.json" else b"{")
    assert whole_exports(folder, folder.name) is None

    assert contents(exported(home)) == before
    assert [path.name for path in home.exports_dir.iterdir()] == [folder.name]


def test_leftovers_of_a_killed_process_go_when_exports_are_written(home: Home) -> None:
    leftover = home.exports_dir / ".building-0123456789abcdef" / "csv"
    leftover.mkdir(parents=True)

    folder = exported(home)

    assert [path.name for path in home.exports_dir.iterdir()] == [folder.name]


def test_nothing_is_left_when_a_column_has_a_type_without_a_name(home: Home) -> None:
    change(home, "CREATE TABLE marts.odd AS SELECT [1, 2] AS list_of_numbers")
    candidate(home)

    with pytest.raises(UnknownType, match="list_of_numbers of odd"):
        ensure_exports(home, home.candidate_db)

    assert list(home.exports_dir.iterdir()) == []

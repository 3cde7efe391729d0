"""Files of a newer DuckDB and damaged ones: told with the way out, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from duckdb_damage import cut, flip, write_as_newer

from ingest.cli import main
from ingest.duckdb_files import NewerDuckDB, WorkFileDamaged
from ingest.home import Home
from ingest.load import open_work_db
from ingest.published import NothingPublished, open_published
from orchestration.commands.refresh import refresh
from orchestration.publishing import build_candidate, publish, read_publication, stamp_models


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a small work file, and what was published of it."""
    home = Home.at(tmp_path / "home")
    home.make_dirs()
    with open_work_db(home.work_db) as con:
        con.execute("CREATE SCHEMA marts")
        con.execute("CREATE TABLE marts.numbers AS SELECT hash(range) % 1_000_000_007 AS number FROM range(200_000)")
    stamp_models(home.work_db, reader_version="1", model_version="1", is_whole=True)
    build_candidate(home.work_db, home.candidate_db)
    publish(home.candidate_db, home.published_db)
    return home


def test_version_is_named_when_the_work_file_is_of_a_newer_one(home: Home) -> None:
    content = write_as_newer(home.work_db)

    with pytest.raises(NewerDuckDB, match="v9.1.0.*install that version"), open_work_db(home.work_db):
        pass

    assert home.work_db.read_bytes() == content


def test_version_is_named_when_a_query_meets_a_newer_published_file(home: Home) -> None:
    write_as_newer(home.published_db)

    result = CliRunner().invoke(main, ["sql", "select 1", "--home", str(home.path)])

    assert result.exit_code == 1
    assert "v9.1.0" in result.output
    assert "Delete it" not in result.output


def test_newer_published_file_is_not_replaced_when_a_candidate_is_ready(home: Home) -> None:
    build_candidate(home.work_db, home.candidate_db)
    content = write_as_newer(home.published_db)

    with pytest.raises(NewerDuckDB):
        publish(home.candidate_db, home.published_db)
    with pytest.raises(NewerDuckDB):
        build_candidate(home.work_db, home.candidate_db, published=home.published_db)

    assert home.published_db.read_bytes() == content


def test_refresh_stops_at_once_when_the_published_file_is_of_a_newer_version(
    home: Home, tmp_path: Path
) -> None:
    content = write_as_newer(home.published_db)
    (tmp_path / "inbox").mkdir()

    result = CliRunner().invoke(
        refresh, ["--home", str(home.path), "--inbox", str(tmp_path / "inbox")]
    )

    assert result.exit_code == 1
    assert "v9.1.0" in result.output
    assert home.published_db.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"not a database " * 1000])
def test_way_out_is_told_when_the_work_file_is_no_database(home: Home, content: bytes) -> None:
    home.work_db.write_bytes(content)

    with (
        pytest.raises(WorkFileDamaged, match="Move it away.*landing"),
        open_work_db(home.work_db),
    ):
        pass


def test_way_out_is_told_when_the_work_file_is_cut_off(home: Home) -> None:
    cut(home.work_db)

    with (
        pytest.raises(WorkFileDamaged, match="Move it away"),
        open_work_db(home.work_db) as con,
    ):
        con.execute("SELECT sum(number) FROM marts.numbers").fetchall()


def test_way_out_is_told_when_blocks_of_the_work_file_changed(home: Home) -> None:
    flip(home.work_db)

    with (
        pytest.raises(WorkFileDamaged, match="Move it away"),
        open_work_db(home.work_db) as con,
    ):
        con.execute("SELECT sum(number) FROM marts.numbers").fetchall()


def test_error_in_a_query_of_ours_is_no_damage(home: Home) -> None:
    with pytest.raises(duckdb.CatalogException), open_work_db(home.work_db) as con:
        con.execute("SELECT * FROM nowhere")


def test_damaged_published_file_is_told_and_made_anew(home: Home) -> None:
    home.published_db.write_bytes(b"not a database " * 1000)

    with pytest.raises(NothingPublished, match="publish it anew"), open_published(home.path):
        pass
    build_candidate(home.work_db, home.candidate_db, published=home.published_db)
    assert publish(home.candidate_db, home.published_db).is_replaced
    assert read_publication(home.published_db) is not None

"""`gongkai verify` finds what was changed behind its back, and says the way out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from duckdb_damage import flip, write_as_newer

from ingest.frozen import object_path
from ingest.home import Home
from ingest.landing import land
from ingest.load import open_work_db
from ingest.locking import hold_lock
from orchestration.commands.verify import verify
from orchestration.publishing import build_candidate, publish, stamp_models

REPORTS = ("一", "二", "三")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with three documents, a work file, a publication and an export of it."""
    home = Home.at(tmp_path / "home")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for report in REPORTS:
        (inbox / f"{report}.txt").write_text(report)
    land([inbox], home.path)
    with open_work_db(home.work_db) as con:
        con.execute("CREATE SCHEMA marts")
        con.execute("CREATE TABLE marts.numbers AS SELECT hash(range) % 1_000_000_007 AS number FROM range(200_000)")
    stamp_models(home.work_db, reader_version="1", model_version="1", is_whole=True)
    build_candidate(home.work_db, home.candidate_db)
    publish(home.candidate_db, home.published_db)
    exports = home.path / "exports" / "latest"
    exports.mkdir(parents=True)
    (exports / "numbers.parquet").write_bytes(b"PAR1")
    sha256 = hashlib.sha256(b"PAR1").hexdigest()
    manifest = {"tables": [{"file": "numbers.parquet", "rows": 0, "sha256": sha256}]}
    (exports / "manifest.json").write_text(json.dumps(manifest))
    return home


def run(home: Home) -> tuple[int, str]:
    result = CliRunner().invoke(verify, ["--home", str(home.path)])
    return result.exit_code, result.output


def frozen(home: Home, report: str) -> Path:
    return object_path(home, hashlib.sha256(report.encode()).hexdigest())


def test_nothing_is_changed_when_all_is_whole(home: Home) -> None:
    before = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}

    status, output = run(home)

    assert status == 0, output
    assert "3 frozen documents: whole" in output
    assert "All is whole." in output
    after = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}
    del after[home.refresh_lock]
    assert after == before


def test_document_is_named_when_its_bytes_changed_or_are_gone(home: Home) -> None:
    # As long as before: nothing but a hash can tell.
    frozen(home, "一").write_text("二")
    frozen(home, "三").unlink()

    status, output = run(home)

    assert status == 1
    assert f"{frozen(home, '一')}: damaged" in output
    assert "inbox/一.txt" in output
    assert f"{frozen(home, '三')}: missing" in output
    assert "2 not as they were" in output
    assert "Delete what is damaged" in output


def test_way_out_works_when_it_is_gone(home: Home, tmp_path: Path) -> None:
    frozen(home, "一").write_text("二")
    frozen(home, "三").unlink()
    assert run(home)[0] == 1

    frozen(home, "一").unlink()
    land([tmp_path / "inbox"], home.path)

    assert run(home)[0] == 0


def test_table_is_named_when_the_published_file_was_written_into(home: Home) -> None:
    with duckdb.connect(str(home.published_db)) as con:
        con.execute("UPDATE marts.numbers SET number = 0 WHERE number % 2 = 1")

    status, output = run(home)

    assert status == 1
    assert "marts.numbers is not what was published" in output
    assert "published anew" in output


@pytest.mark.parametrize("name", ["published_db", "work_db"])
def test_file_is_named_when_a_block_of_it_changed(home: Home, name: str) -> None:
    path: Path = getattr(home, name)
    flip(path)

    status, output = run(home)

    assert status == 1
    assert str(path) in output
    assert "gongkai refresh" in output


def test_table_is_named_when_it_was_dropped(home: Home) -> None:
    with duckdb.connect(str(home.published_db)) as con:
        con.execute("DROP TABLE marts.numbers")

    assert "marts.numbers is missing" in run(home)[1]


@pytest.mark.parametrize("content", [b"PAR2", None])
def test_export_is_named_when_it_is_not_what_its_manifest_says(
    home: Home, content: bytes | None
) -> None:
    file = home.path / "exports" / "latest" / "numbers.parquet"
    file.unlink() if content is None else file.write_bytes(content)

    status, output = run(home)

    assert status == 1
    assert str(file) in output


def test_version_is_told_when_a_file_is_of_a_newer_duckdb(home: Home) -> None:
    write_as_newer(home.published_db)

    status, output = run(home)

    assert status == 1
    assert "v9.1.0" in output


def test_work_file_is_left_alone_when_a_refresh_writes_it(home: Home) -> None:
    with hold_lock(home.refresh_lock):
        status, output = run(home)

    assert status == 0
    assert "not looked at" in output


def test_place_is_named_when_there_is_nothing(tmp_path: Path) -> None:
    status, output = run(Home.at(tmp_path / "none"))

    assert status == 1
    assert "--home" in output

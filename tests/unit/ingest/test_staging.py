from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from staging_frames import batch, with_column

from ingest.home import Home
from ingest.inputs import landed_inputs, staged_inputs
from ingest.landing import LandedDocument, land
from ingest.load import BrokenInvariant
from ingest.schema import Frames
from ingest.staging import read_into_staging, unread_documents


def quarantine_all(
    documents: Iterable[LandedDocument],
    *,
    workers: int,
    progress: Callable[[int], None] | None,
) -> Iterator[Frames]:
    """A reader that finds no report anywhere, one document a batch."""
    for document in documents:
        frames = batch()
        row = frames.documents.tail(1).with_columns(
            document_id=pl.lit(document.sha256), sha256=pl.lit(document.sha256)
        )
        yield replace(
            frames,
            documents=row,
            reports=frames.reports.clear(),
            observations=frames.observations.clear(),
            issues=frames.issues.with_columns(
                document_id=pl.lit(document.sha256), issue_id=pl.lit(document.sha256)
            ),
        )
        if progress:
            progress(1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("一")
    (inbox / "b.txt").write_text("二")
    (inbox / "empty.txt").touch()
    land([inbox], tmp_path / "home")
    return tmp_path / "home"


def read(home: Path, *, full: bool = False, version: str = "v1") -> tuple[int, dict[str, int]]:
    unread = unread_documents(home, version, full=full)
    refusals = land([home.parent / "inbox"], home).refusals
    result = read_into_staging(home, unread, refusals, read=quarantine_all, reader_version=version)
    assert result.read_count + result.skipped_count == result.landed_count == 2
    return result.read_count, result.quarantined


def test_documents_are_read_once_when_the_reader_stays_the_same(home: Path) -> None:
    assert read(home) == (2, {"not_a_report": 2})
    assert read(home) == (0, {})
    assert read(home, full=True) == (2, {"not_a_report": 2})


def test_documents_are_read_again_when_the_reader_has_changed(home: Path) -> None:
    read(home)

    assert unread_documents(home, "v2") == unread_documents(home, "v1", full=True)


def test_files_not_landed_are_issues_when_read(home: Path) -> None:
    read(home)

    with duckdb.connect(str(Home.at(home).work_db)) as con:
        rows = con.execute("SELECT stage, code FROM staging.issues ORDER BY ALL").fetchall()
    assert rows == [("identify", "not_a_report")] * 2 + [("land", "file_empty")]


def test_inputs_of_landing_and_staging_agree_only_when_all_is_read(home: Path) -> None:
    def staged() -> str:
        with duckdb.connect(str(Home.at(home).work_db)) as con:
            return staged_inputs(con)

    unread_documents(home, "v1")
    assert staged() != landed_inputs(home, "v1")
    read(home)
    assert staged() == landed_inputs(home, "v1")
    assert staged() != landed_inputs(home, "v2")
    (home.parent / "inbox" / "empty.txt").unlink()
    land([home.parent / "inbox"], home)
    assert staged() != landed_inputs(home, "v1")


def test_batches_before_stay_when_a_later_one_breaks_an_invariant(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.staging._BATCH_DOCUMENTS", 1)

    def break_second(
        documents: Iterable[LandedDocument],
        *,
        workers: int,
        progress: Callable[[int], None] | None,
    ) -> Iterator[Frames]:
        frames: list[Frames] = [batch("a"), with_column(batch("b"), "observations", quote="?")]
        yield from frames

    with pytest.raises(BrokenInvariant):
        read_into_staging(home, [], [], read=break_second, reader_version="v1")

    with duckdb.connect(str(Home.at(home).work_db)) as con:
        reports = con.execute("SELECT report_id FROM staging.reports").fetchall()
    assert reports == [("r" + "a" * 16,)]

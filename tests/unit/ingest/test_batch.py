"""Documents to frames: the same rows however they are read, and faults that cost one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from ingest import batch, chunk, schema
from ingest.landing import LandedDocument
from ingest.narrative.rules import BrokenRule
from ingest.paths import SAMPLES_DIR

_LANDED = datetime(2026, 1, 1)


def _landed(path: Path) -> LandedDocument:
    data = path.read_bytes()
    return LandedDocument(
        hashlib.sha256(data).hexdigest(), str(path.name), path.name, len(data), _LANDED, path
    )


@pytest.fixture(scope="module")
def documents() -> list[LandedDocument]:
    return [_landed(p) for p in sorted(SAMPLES_DIR.iterdir())]


def _tables(chunks: Iterator[schema.Frames]) -> dict[str, pl.DataFrame]:
    frames = list(chunks)
    return {name: pl.concat([getattr(f, name) for f in frames]) for name in schema.STAGING}


def test_frames_are_the_same_when_chunks_are_smaller(
    documents: list[LandedDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _tables(batch.read_documents(documents))
    monkeypatch.setattr(batch, "CHUNK_DOCUMENTS", 5)
    parts = _tables(batch.read_documents(documents))
    for name, table in whole.items():
        assert table.schema == schema.STAGING[name]
        assert table.equals(parts[name])


def test_frames_are_the_same_when_two_processes_read(
    documents: list[LandedDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _tables(batch.read_documents(documents))
    monkeypatch.setattr(batch, "CHUNK_DOCUMENTS", 6)
    monkeypatch.setattr(batch, "_PARALLEL_FROM", 6)
    seen: list[int] = []
    parallel = _tables(batch.read_documents(documents, workers=2, progress=seen.append))
    assert sum(seen) == len(documents)
    assert all(table.equals(parallel[name]) for name, table in whole.items())


def test_every_document_is_accounted_for_when_some_are_no_reports(
    documents: list[LandedDocument],
) -> None:
    tables = _tables(batch.read_documents(documents))
    assert tables["documents"].height == len(documents)
    read = tables["documents"].filter(pl.col("status") == "read").height
    assert read == tables["reports"].height == len(documents) - 2
    assert tables["observations"]["observation_id"].is_unique().all()


def test_quote_is_cut_from_the_text_at_its_offsets(documents: list[LandedDocument]) -> None:
    tables = _tables(batch.read_documents(documents))
    text = dict(tables["reports"].select("report_id", "text").iter_rows())
    for report, quote, start, end in (
        tables["observations"].select("report_id", "quote", "char_start", "char_end").iter_rows()
    ):
        assert text[report][start:end] == quote


def test_one_document_is_lost_when_the_reader_fails_on_it(
    documents: list[LandedDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = documents[3].source_uri
    read = chunk.read_document

    def fail(data: bytes, name: str, uri: str) -> object:
        if uri == broken:
            raise RuntimeError("a fault of ours")
        return read(data, name, uri)

    monkeypatch.setattr(chunk, "read_document", fail)
    tables = _tables(batch.read_documents(documents))
    lost = tables["documents"].filter(pl.col("quarantine_code") == "reader_failed")
    assert lost["source_uri"].to_list() == [broken]
    assert "a fault of ours" in tables["issues"].filter(pl.col("code") == "reader_failed")["message"][0]
    assert tables["reports"].height == len(documents) - 3


def test_frozen_copy_is_refused_when_its_bytes_changed(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("某县教育局2012年政府信息公开工作年度报告", encoding="utf8")
    document = _landed(path)
    path.write_text("other bytes", encoding="utf8")
    (frames,) = batch.read_documents([document])
    assert frames.documents["quarantine_code"].to_list() == ["frozen_damaged"]
    assert "report.txt" in frames.issues["message"][0]


def test_batch_stops_when_a_rule_file_is_broken(
    documents: list[LandedDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise BrokenRule("requests.toml, rule requests.completed: no macro {lnk} in macros.toml")

    chunk.check_reader.cache_clear()
    monkeypatch.setattr(chunk, "read_document", broken)
    with pytest.raises(BrokenRule, match="no macro"):
        list(batch.read_documents(documents))

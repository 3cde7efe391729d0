"""How fast reports are read, against a floor run beside each measurement.

The floor of narrative reading is what no reader can do without: decoding the bytes, folding the
script, putting the text into DuckDB. A ratio to it means the same on a fast machine and a slow one.
"""

from __future__ import annotations

import gc
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.batch import CHUNK_DOCUMENTS, read_documents
from ingest.chunk import read_chunk
from ingest.landing import LandedDocument
from ingest.narrative import memo
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR
from tests.bench import corpora
from tests.bench.floor import ROUNDS, best, floor_of

_GOLDEN = PROJECT_ROOT / "tests" / "golden" / "narrative"
_GOLDEN_PAGES = PROJECT_ROOT / "tests" / "golden" / "pages"


@dataclass(frozen=True)
class Measured:
    """One line of the page."""

    what: str
    value: str
    note: str = ""


def _read(documents: Sequence[LandedDocument], workers: int) -> int:
    return sum(frames.observations.height for frames in read_documents(documents, workers=workers))


def narrative(count: int) -> Iterator[Measured]:
    """Reports a second from frozen bytes to frames, two processes, and the ratio to the floor.

    The time that processes take to start is in it: `count` says how much that weighs. The labelled
    reports are few: read again and again, they say nothing new, so their first reading is apart.
    """
    sets = {
        "generated, short": corpora.planted(count, first=1_000_000),
        "generated, 2,000 characters": corpora.planted(count, first=2_000_000, length=2_000),
        "labelled, dense with figures, repeated": corpora.repeated(corpora.labelled(_GOLDEN), count),
    }
    with tempfile.TemporaryDirectory() as folder:  # before anything is kept of them
        labelled = corpora.frozen(iter(corpora.labelled(_GOLDEN)), Path(folder))
        _read_anew(labelled[:1])
        begun = time.perf_counter()
        _read_anew(labelled)
        seconds = time.perf_counter() - begun
    yield Measured("labelled, dense with figures, each once: one process", f"{len(labelled) / seconds:,.0f} reports/s", f"{len(labelled)} reports")
    for name, documents in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            landed = corpora.frozen(documents, Path(folder))
            characters = sum(len(d.path.read_text("utf8", "replace")) for d in landed) / len(landed)
            figures = _read(landed, 2) / len(landed)  # also wakes the converters
            both = best(lambda landed=landed: _read(landed, 2))  # type: ignore[misc]
            one = best(lambda landed=landed: _read_anew(landed[: count // 4]))  # type: ignore[misc]
            floor = floor_of(landed, Path(folder))
        size = f"{characters:,.0f} characters and {figures:.0f} figures a report"
        yield Measured(f"{name}: two processes", f"{len(landed) / both:,.0f} reports/s", f"{size}; {len(landed):,} reports")
        yield Measured(f"{name}: one process", f"{count // 4 / one:,.0f} reports/s")
        yield Measured(f"{name}: time over the floor's", f"{both / floor:.1f}", f"floor {floor / len(landed) * 1e6:.0f} µs a report")


def _read_anew(documents: Sequence[LandedDocument]) -> None:
    """Read in this process, with nothing kept of what was read before."""
    memo.forget()
    for start in range(0, len(documents), CHUNK_DOCUMENTS):
        read_chunk(documents[start : start + CHUNK_DOCUMENTS])


def pages(count: int) -> Iterator[Measured]:
    """Web pages with official tables a second, from frozen bytes to frames; `count` of each kind."""
    sets = {
        "HTML page with three tables": [
            SAMPLES_DIR / "anqing_forestry_2021.html",
            SAMPLES_DIR / "yuhua_houjiatang_2019_page.html",
            _GOLDEN_PAGES / "t11.html",
        ],
        "HTML page with the annex of 2014": [
            SAMPLES_DIR / "anqing_forestry_2017.html",
            _GOLDEN_PAGES / "t04.html",
            _GOLDEN_PAGES / "t07.html",
        ],
    }
    for name, paths in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            documents = corpora.repeated([path.read_bytes() for path in paths], count)
            landed = corpora.frozen(documents, Path(folder), suffix=".html")
            size = sum(document.byte_count for document in landed) / len(landed)
            both = max(_steady(landed, 2) for _ in range(ROUNDS))
            one = max(_steady(landed[: count // 2], 1) for _ in range(ROUNDS))
        note = f"{len(paths)} pages in turn, {size / 1000:.0f} kB each"
        yield Measured(f"{name}: two processes", f"{both:,.0f} pages/s", note)
        yield Measured(f"{name}: one process", f"{one:,.0f} pages/s")


def _steady(documents: Sequence[LandedDocument], workers: int) -> float:
    """Documents a second once each process has had its first chunk: to start one is not to read."""
    gc.collect()
    begun, before, done = 0.0, 0, 0
    for number, frames in enumerate(read_documents(documents, workers=workers), start=1):
        done += frames.documents.height
        if number <= workers:
            begun, before = time.perf_counter(), done
    return (done - before) / (time.perf_counter() - begun)


def memory(count: int) -> Iterator[Measured]:
    """Greatest memory of a process while reading `count` reports, and a tenth of them."""
    for some in (count // 10, count):
        with tempfile.TemporaryDirectory() as folder:
            landed = corpora.frozen(corpora.planted(some, first=3_000_000), Path(folder))
            _read(landed, 2)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        yield Measured(
            f"{some:,} reports read: greatest memory",
            f"{(own + 2 * children) / 1024:,.0f} MB",
            f"parent {own / 1024:,.0f} MB, each of two workers up to {children / 1024:,.0f} MB",
        )

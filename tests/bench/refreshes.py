"""Whole refreshes of generated corpora: time, memory, growth, and what a refresh costs that adds little.

What lives here: which refreshes are run and what is told of them. What does not: running and
watching one (`watching.py`), the reports (`tests/corpus/generate.py`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from ingest.landing import landed_documents
from tests.bench.floor import floor_of
from tests.bench.reading import Measured
from tests.bench.watching import Watched, watch
from tests.corpus.generate import Corpus

_CORPUS = Corpus(seed=1)
_NEW = 100
_OF_FLOOR = 4_000  # reports
# What builds the marts and looks at them: it grows with all that is held.
_MARTS = ("Building and testing the models",)
_WHOLE = (
    *_MARTS,
    "Copying the candidate warehouse",
    "Auditing the candidate",
    "Writing the exports",
)


def refreshes(small: int, large: int) -> Iterator[Measured]:
    """First refreshes of `small` and `large` corpora, then what is cheap on top of the large one."""
    with tempfile.TemporaryDirectory(prefix="gongkai_bench_") as folder:
        first = _first(Path(folder) / "small", small)
        yield from _told(f"first refresh of {small:,} reports", first, small)
    with tempfile.TemporaryDirectory(prefix="gongkai_bench_") as folder:
        place = Path(folder)
        whole = _first(place, large)
        yield from _told(f"first refresh of {large:,} reports", whole, large)
        floor = _floor(place)
        yield Measured("floor beside: decoding, folding and inserting a report", f"{floor * 1e6:.0f} µs")
        yield Measured(
            f"first refresh of {large:,} reports: time over the floor's", f"{whole.seconds / large / floor:.0f}"
        )
        growth = whole.seconds / first.seconds
        yield Measured(
            f"growth from {small:,} to {large:,}", f"{growth:.1f} ×", f"{large / small:.0f} × the reports"
        )
        nothing = _refresh(place)
        assert "Nothing new" in nothing.output, nothing.output
        yield Measured("refresh with nothing new", f"{nothing.seconds:.1f} s", _memory(nothing))
        _CORPUS.write(place / "more", _NEW, first=large, processes=1)
        (place / "more" / "inbox").rename(place / "inbox" / "more")
        more = _refresh(place)
        title = f"{_NEW} new on {large:,}"
        yield from _told(title, more, _NEW)
        yield Measured(f"{title}: beyond building the marts", f"{_but(more, _MARTS):.1f} s")
        floor = min(floor, _floor(place))
        yield Measured(
            f"{title}: beyond building, copying, auditing and exporting the marts",
            f"{_but(more, _WHOLE):.1f} s",
            f"the floor of {_but(more, _WHOLE) / floor / 1000:,.0f} thousand reports",
        )
        _assert_published(place, large + _NEW)


def _floor(place: Path) -> float:
    """Seconds of the floor for one report, of some that were landed here."""
    landed = landed_documents(place / "home")[:_OF_FLOOR]
    return floor_of(landed, place) / len(landed)


def _first(place: Path, count: int) -> Watched:
    _CORPUS.write(place, count)
    watched = _refresh(place)
    _assert_published(place, count)
    return watched


def _refresh(place: Path) -> Watched:
    watched = watch(
        ["refresh"],
        {"GONGKAI_HOME": str(place / "home"), "GONGKAI_INBOX": str(place / "inbox")},
    )
    assert watched.status == 0, watched.output
    return watched


def _assert_published(place: Path, count: int) -> None:
    """What was measured did its work: all reports are published."""
    published = place / "home" / "warehouse" / "gongkai.duckdb"
    with duckdb.connect(str(published), read_only=True) as con:
        ((reports,),) = con.execute("SELECT count(*) FROM marts.dim_report").fetchall()
    assert reports == count, f"{reports} of {count} reports are published"


def _told(title: str, watched: Watched, reports: int) -> Iterator[Measured]:
    yield Measured(
        title,
        f"{watched.seconds:.0f} s",
        f"{_memory(watched)}; {watched.cpu:.0f} s of processors; {reports / watched.seconds:,.0f} reports/s",
    )
    for stage in watched.stages:
        yield Measured(
            f"{title}: {stage.name.lower()}",
            f"{stage.seconds:.1f} s",
            f"{stage.memory / 1e6:,.0f} MB, {stage.cpu:.1f} s of processors",
        )


def _memory(watched: Watched) -> str:
    return f"{watched.memory / 1e6:,.0f} MB over all processes"


def _but(watched: Watched, names: tuple[str, ...]) -> float:
    return watched.seconds - sum(stage.seconds for stage in watched.stages if stage.name in names)

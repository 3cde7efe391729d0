"""Staging: what was landed and not read yet is read and loaded, batch by batch.

What lives here: the way from frozen documents to the staging tables, and what is told about it.
What does not: reading (`batch.py`), the tables and their invariants (`load.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from ingest.fetching.vanished import vanished_issues
from ingest.home import Home
from ingest.landing import LandedDocument, landed_documents, refusal_issues
from ingest.ledger import Refusal
from ingest.ledger_views import view_ledger
from ingest.load import (
    count_rows,
    documents_read,
    load_batch,
    load_landing_issues,
    open_work_db,
)
from ingest.report_years import ReportYears
from ingest.schema import STAGING, Frames

Progress = Callable[[int], None]


class ReadDocuments(Protocol):
    """The reader as staging calls it; `ingest.batch.read_documents` is the one there is."""

    def __call__(
        self, documents: Iterable[LandedDocument], *, workers: int, progress: Progress | None
    ) -> Iterator[Frames]: ...


# Replacing what was read before looks through the whole of each table, once a batch: so few
# batches; but what a batch holds is lost where a refresh is killed (some seconds of reading), and
# is in memory (some 10 MB).
_BATCH_DOCUMENTS = 2_000


@dataclass(frozen=True, slots=True)
class StagingResult:
    """What one run read, and how many rows each staging table holds after it."""

    landed_count: int
    read_count: int  # documents opened by the reader in this run, quarantined ones included
    quarantined: dict[str, int]  # of these, by issue code
    row_counts: dict[str, int]

    @property
    def skipped_count(self) -> int:
        """Documents that this version of the reader had read before."""
        return self.landed_count - self.read_count


def unread_documents(
    home: Path,
    reader_version: str,
    *,
    full: bool = False,
    report_years: ReportYears | None = None,
) -> list[LandedDocument]:
    """The landed documents that this version has not read; all if `full`, those of `report_years` too."""
    with open_work_db(Home.at(home).work_db) as con:
        read = frozenset() if full else documents_read(con, reader_version, but_of=report_years)
    return landed_documents(home, but=read)


def read_into_staging(
    home: Path,
    documents: Sequence[LandedDocument],
    refusals: Iterable[Refusal],
    *,
    read: ReadDocuments,
    reader_version: str,
    workers: int = 1,
    progress: Progress | None = None,
) -> StagingResult:
    """Read the documents and load them, one transaction a batch; then what could not be landed.

    The work file is open only while a batch is loaded: the reader's processes must not inherit
    it, and another refresh that has to give up does so at once.
    Raises BrokenInvariant and WarehouseBusy as `load.py` does; batches loaded before stay.
    """
    work_db = Home.at(home).work_db
    quarantined: Counter[str] = Counter()
    for frames in _gathered(read(documents, workers=workers, progress=progress)):
        with open_work_db(work_db) as con:
            load_batch(con, frames)
        quarantined.update(frames.documents["quarantine_code"].drop_nulls())
    with open_work_db(work_db) as con:
        refused = refusal_issues(refusals, reader_version)
        load_landing_issues(con, pl.concat([refused, vanished_issues(home, reader_version)]))
        row_counts = count_rows(con)
    return StagingResult(
        landed_count=len(view_ledger(Home.at(home).ledger).entries),
        read_count=len(documents),
        quarantined=dict(sorted(quarantined.items())),
        row_counts=row_counts,
    )


def _gathered(chunks: Iterable[Frames]) -> Iterator[Frames]:
    """Chunks put together to batches of _BATCH_DOCUMENTS documents or a chunk more."""
    held: list[Frames] = []
    for chunk in chunks:
        held.append(chunk)
        if sum(one.documents.height for one in held) >= _BATCH_DOCUMENTS:
            yield _together(held)
            held = []
    if held:
        yield _together(held)


def _together(chunks: Sequence[Frames]) -> Frames:
    return Frames(*(pl.concat([getattr(chunk, table) for chunk in chunks]) for table in STAGING))

"""Documents to frames, in chunks of bounded memory, on as many processes as there are cores.

What lives here: the chunks, and the processes that read them. What does not: what is done of a
chunk (`chunk.py`), watching processes (`supervision.py`), DuckDB (`load.py`).

Light to import: reading itself is imported by the process that does it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from ingest.landing import LandedDocument
from ingest.schema import Frames
from ingest.supervision import Guard, Loss, started_ahead, work_in_order

# A chunk of reports is some 10 MB of rows: small beside the 1 GB that a refresh may use, large
# beside the cost of handing it to another process.
CHUNK_DOCUMENTS = 128
# Fewer documents are read before another process has even started.
_PARALLEL_FROM = 3 * CHUNK_DOCUMENTS


def read_documents(
    documents: Iterable[LandedDocument],
    *,
    workers: int = 1,
    guard: Guard | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Frames]:
    """Read landed documents chunk by chunk, in the order given.

    `progress` is called with the number of documents of each chunk when it is done. The frames do
    not depend on `workers`. Nothing is raised for a document that cannot be read. With a `guard`
    reading is done in other processes, even by one worker, and a document that takes more is an
    issue (`timeout`, `reader_crashed`); without, few documents are read in this process.
    """
    chunks = _chunks(iter(documents))
    first = list(islice(chunks, _PARALLEL_FROM // CHUNK_DOCUMENTS))
    small = len(first) < _PARALLEL_FROM // CHUNK_DOCUMENTS
    rest = _join(first, chunks)
    processes = 1 if small else workers
    if guard is None and processes < 2:
        done = _one_by_one(rest)
    else:
        guard = guard or Guard(math.inf)
        done = work_in_order(_read_chunk, rest, workers=processes, guard=guard)
    for frames in done:
        if progress is not None:
            progress(frames.documents.height)
        yield frames


def _chunks(documents: Iterator[LandedDocument]) -> Iterator[list[LandedDocument]]:
    while chunk := list(islice(documents, CHUNK_DOCUMENTS)):
        yield chunk


def _join(
    first: Sequence[list[LandedDocument]], rest: Iterator[list[LandedDocument]]
) -> Iterator[list[LandedDocument]]:
    yield from first
    yield from rest


def _one_by_one(chunks: Iterator[list[LandedDocument]]) -> Iterator[Frames]:
    for chunk in chunks:
        yield _read_chunk(chunk)


def reader_ahead(guard: Guard) -> AbstractContextManager[None]:
    """A process that gets ready to read during the block, for what is read under this guard in it.

    Getting ready takes a second: imports, converters and rules.
    """
    return started_ahead(_read_chunk, get_ready=_get_ready, guard=guard)


def _get_ready() -> None:
    from ingest.chunk import check_reader

    check_reader()


def _read_chunk(
    documents: Sequence[LandedDocument],
    lost: Mapping[int, Loss] | None = None,
    begin: Callable[[int], None] = lambda number: None,
) -> Frames:
    from ingest.chunk import read_chunk

    return read_chunk(documents, lost, begin)

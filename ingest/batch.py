"""Documents to frames, in chunks of bounded memory, on as many processes as there are cores.

What lives here: the chunks, the processes, and what a fault of ours costs. What does not: reading
one document (`document.py`), making rows of what was read (`rows.py`), DuckDB (`load.py`).
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from ingest.document import NotRead, Report, read_document
from ingest.landing import FrozenBytesDamaged, LandedDocument
from ingest.model import Issue, Severity
from ingest.rows import Frames, to_frames
from ingest.supervision import Guard, Loss, work_in_order
from ingest.version import reader_version

logger = logging.getLogger(__name__)

# A chunk of reports is some 10 MB of rows: small beside the 1 GB that a refresh may use, large
# beside the cost of handing it to another process.
CHUNK_DOCUMENTS = 128
# Fewer documents are read before another process has even started.
_PARALLEL_FROM = 3 * CHUNK_DOCUMENTS


_PLAIN_REPORT = """某县教育局2012年政府信息公开工作年度报告
一、主动公开政府信息情况
全年主动公开政府信息45条,其中政策法规类30条,占66.7%。
二、依申请公开情况
收到申请2件,均已办结。未发生行政复议。"""


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
        done = work_in_order(read_chunk, rest, workers=processes, guard=guard)
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
        yield read_chunk(chunk)


def read_chunk(
    documents: Sequence[LandedDocument],
    lost: Mapping[int, Loss] | None = None,
    begin: Callable[[int], None] = lambda number: None,
) -> Frames:
    """Read some documents into frames.

    `begin` is called with the number of each before it is read; those in `lost` are not read, for
    a process was lost on them before.

    Raises what a broken rule file or list raises: that is a fault of ours in every document, and
    must not pass for documents that cannot be read.
    """
    _check_reader()
    read: list[tuple[LandedDocument, Report | NotRead]] = []
    for number, document in enumerate(documents):
        if lost and number in lost:
            read.append((document, _not_read(document, lost[number])))
        else:
            begin(number)
            read.append((document, _read(document)))
    return to_frames(read, reader_version())


@cache
def _check_reader() -> None:
    """Read a plain report before any other, so that a fault of the rules stops the batch."""
    read_document(_PLAIN_REPORT.encode(), "plain.txt", "plain.txt")


def _read(document: LandedDocument) -> Report | NotRead:
    """Read one document; a fault of ours costs this document only, and is told as such."""
    try:
        data = document.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != document.sha256:
            raise FrozenBytesDamaged(f"{document.path} no longer has the bytes that were landed")
        return read_document(data, document.file_name, document.source_uri)
    except (OSError, FrozenBytesDamaged) as error:
        message = (
            f"{document.source_uri}: the frozen copy cannot be used ({error}). Put the original "
            "back into an inbox and refresh with --full."
        )
        return NotRead("frozen_damaged", (Issue("land", "frozen_damaged", Severity.ERROR, message),))
    except Exception as error:
        logger.exception("reading %s failed", document.source_uri)
        message = (
            f"{document.source_uri}: the reader failed ({type(error).__name__}: {error}). The bytes "
            f"are kept as {document.sha256}; please report this with the file."
        )
        return NotRead("reader_failed", (Issue("read", "reader_failed", Severity.ERROR, message),))


def _not_read(document: LandedDocument, loss: Loss) -> NotRead:
    """What is told of a document that a process was lost on."""
    code, what, way_out = {
        Loss.TIMEOUT: (
            "timeout",
            "reading took longer than GONGKAI_MAX_DOCUMENT_SECONDS and was ended",
            "Save its text as .txt and put that in the inbox, or raise the limit",
        ),
        Loss.CRASH: (
            "reader_crashed",
            "the process that read it died: the file is damaged in a way that a library cannot "
            "bear, or needs more memory than GONGKAI_MAX_READER_BYTES",
            "Open it in the program it came from and save it anew",
        ),
    }[loss]
    message = (
        f"{document.source_uri}: {what}. {way_out}. The bytes are kept as {document.sha256}; please "
        "report this with the file."
    )
    return NotRead(code, (Issue("read", code, Severity.ERROR, message),))

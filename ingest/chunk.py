"""A chunk of documents to frames, in the process that reads: what a fault of one document costs.

What lives here: what is done of each document of a chunk, and what is told of one that cannot be
read. What does not: reading one document (`document.py`), making rows of what was read (`rows.py`),
chunks and processes (`batch.py`).

Heavy to import: converters and rules are built.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from ingest.document import NotRead, Report, read_document
from ingest.landing import FrozenBytesDamaged, LandedDocument
from ingest.model import Issue, Severity
from ingest.rows import to_frames
from ingest.schema import Frames
from ingest.supervision import Loss
from ingest.version import reader_version

logger = logging.getLogger(__name__)

_PLAIN_REPORT = """某县教育局2012年政府信息公开工作年度报告
一、主动公开政府信息情况
全年主动公开政府信息45条,其中政策法规类30条,占66.7%。
二、依申请公开情况
收到申请2件,均已办结。未发生行政复议。"""


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
    check_reader()
    read: list[tuple[LandedDocument, Report | NotRead]] = []
    for number, document in enumerate(documents):
        if lost and number in lost:
            read.append((document, _not_read(document, lost[number])))
        else:
            begin(number)
            read.append((document, _read(document)))
    return to_frames(read, reader_version())


@cache
def check_reader() -> None:
    """Read a plain report before any other, so that a fault of the rules stops the batch.

    Raises what a broken rule file or list raises.
    """
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

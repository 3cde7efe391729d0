"""WARC: what a crawler was answered, a document a record.

What lives here: which records hold a document. What does not: unpacking (`streams.py`); the format
itself is warcio's.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import IO, Any

from ingest.dumps.budget import Budget
from ingest.dumps.columns import url_file_name
from ingest.dumps.values import DumpDamaged, Fault, Member, tidy
from ingest.limits import MEBIBYTE

_RECORDS = frozenset({"response", "resource", "conversion"})
# What a report can be; a site's pictures, styles and scripts are passed over.
_MEDIA = (
    "text/html",
    "text/plain",
    "application/xhtml",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml",
    "application/octet-stream",
    # how servers name a file that a browser is to save
    "application/force-download",
    "application/x-download",
    "application/download",
    "application/x-pdf",
    "binary/octet-stream",
    "multipart/related",
    "message/rfc822",
)
_OK = "200"
_UNPACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "utf-8"})


def read_warc(stream: IO[bytes], uri: str, budget: Budget) -> Iterator[Member | Fault]:
    """The documents of the records, and a fault for each that should hold one and does not.

    Answers other than 200, requests, revisits and media that no report is in are passed over.
    Raises DumpDamaged where the file is cut off or is no WARC further on.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream, check_digests=False)
    held: Member | Fault | None = None  # until the next record is found where it should be
    number = misfits = 0
    while True:
        try:
            with _quiet():
                record = next(records, None)
        except Exception as error:
            if held is not None:
                yield held
            if isinstance(error, ArchiveLoadFailed):
                raise DumpDamaged(f"record {number + 1}: {error}") from error
            raise
        if held is not None:
            yield _misfit(held, f"{uri}/record {number}") if records.err_count > misfits else held
        if record is None:
            return
        number += 1
        misfits = records.err_count
        budget.take_member()
        held = None
        with _quiet():
            if record.rec_type in _RECORDS and _is_document(record):
                held = _document(record, f"{uri}/record {number}", budget)
            _require_whole(record)


def _quiet() -> contextlib.redirect_stderr[io.StringIO]:
    """Warcio writes what it thinks of a record to the terminal; it is told as a fault here."""
    return contextlib.redirect_stderr(io.StringIO())


def _misfit(item: Member | Fault, place: str) -> Fault:
    """What is told of a record that is longer or shorter than it says."""
    if isinstance(item, Fault):
        return item
    place = f"{place} ({item.source_uri})"
    return Fault(
        place,
        "member_damaged",
        f"{place} has another length than it says: its page is cut off, or has a stranger's bytes. "
        "Fetch it again and put it in the inbox.",
    )


def _is_document(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != _OK:
        return False
    media = record.content_type or "" if headers is None else headers.get_header("Content-Type")
    return holds_document(media)


def holds_document(media: str | None) -> bool:
    """Whether a report can be of this media type; where none is told, it can."""
    return not media or media.strip().lower().startswith(_MEDIA)


def _packing(record: Any) -> str:
    """The packing of an answer where it is one that warcio leaves alone."""
    headers = record.http_headers
    packing = ((headers and headers.get_header("Content-Encoding")) or "").strip().lower()
    return "" if packing in _UNPACKED else packing


def _document(record: Any, place: str, budget: Budget) -> Member | Fault:
    url = tidy(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    place = f"{place} ({url})" if url else place
    limit = budget.limits.document_bytes
    if record.rec_headers.get_header("WARC-Truncated"):
        return Fault(
            place,
            "member_cut_off",
            f"{place}: the crawler cut the page off; half a report would be read as a whole one. "
            "Fetch it again and put it in the inbox.",
        )
    packing = _packing(record)
    if packing:
        # Warcio unpacks brotli where that happens to be installed, and damage of one answer would
        # be damage of the dump.
        record.http_headers.remove_header("Content-Encoding")
    data = record.content_stream().read(limit + 1)
    budget.take_bytes(len(data))
    if len(data) > limit:
        return Fault(
            place,
            "member_too_large",
            f"{place} holds a document of more than {limit / MEBIBYTE:.1f} MiB. Fetch it alone, or "
            "raise GONGKAI_MAX_DOCUMENT_BYTES.",
        )
    if packing and data.lstrip()[:1] != b"<":  # else the crawler has unpacked it
        return Fault(
            place,
            "member_unsupported",
            f"{place} was answered packed as {tidy(packing)}, which is not unpacked here. Fetch it "
            "again without that and put it in the inbox.",
        )
    if not data:
        return Fault(
            place, "member_empty", f"{place} is empty. Fetch it again and put it in the inbox."
        )
    return Member(url or place, url_file_name(url, place.rpartition("/")[2]), data)


def _require_whole(record: Any) -> None:
    """Raise DumpDamaged where the file ended within the record: warcio gives what there is."""
    raw = record.raw_stream
    while raw.read(MEBIBYTE):
        pass
    if getattr(raw, "limit", 0) > 0:
        raise DumpDamaged("the file ends within a record")

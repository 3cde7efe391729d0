"""Documents to frames, in chunks of bounded memory, on as many processes as there are cores.

What lives here: turning what was read of each document into the rows of the four staging tables.
What does not: reading one document (`document.py`), the columns (`schema.py`), DuckDB (`load.py`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import polars as pl

from ingest import schema
from ingest.document import NotRead, Report, read_document
from ingest.landing import FrozenBytesDamaged, LandedDocument
from ingest.model import Evidence, Issue, Observation, Severity
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


@dataclass(frozen=True, slots=True)
class Frames:
    """The rows of a chunk of documents, in the schemas of `ingest.schema`."""

    documents: pl.DataFrame
    reports: pl.DataFrame
    observations: pl.DataFrame
    issues: pl.DataFrame


def read_documents(
    documents: Iterable[LandedDocument],
    *,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Frames]:
    """Read landed documents chunk by chunk, in the order given.

    `progress` is called with the number of documents of each chunk when it is done. The frames do
    not depend on `workers`. Nothing is raised for a document that cannot be read.
    """
    chunks = _chunks(iter(documents))
    first = list(islice(chunks, _PARALLEL_FROM // CHUNK_DOCUMENTS))
    small = len(first) < _PARALLEL_FROM // CHUNK_DOCUMENTS
    rest = _join(first, chunks)
    done = _one_by_one(rest) if small or workers < 2 else _in_parallel(rest, workers)
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


def _in_parallel(chunks: Iterator[list[LandedDocument]], workers: int) -> Iterator[Frames]:
    """Chunks in order, at most two a worker under way, so that memory stays bounded."""
    context = multiprocessing.get_context("spawn")  # polars' threads do not survive a fork
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        under_way: list[Future[Frames]] = []
        for chunk in chunks:
            under_way.append(pool.submit(read_chunk, chunk))
            if len(under_way) >= 2 * workers:
                wait(under_way[:1], return_when=FIRST_COMPLETED)
                yield under_way.pop(0).result()
        for future in under_way:
            yield future.result()


def read_chunk(documents: Sequence[LandedDocument]) -> Frames:
    """Read some documents into frames.

    Raises what a broken rule file or list raises: that is a fault of ours in every document, and
    must not pass for documents that cannot be read.
    """
    _check_reader()
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schema.STAGING}
    version = reader_version()
    for document in documents:
        _add_rows(rows, document, _read(document), version)
    return Frames(
        **{
            name: pl.DataFrame(rows[name], schema=columns, orient="row")
            for name, columns in schema.STAGING.items()
        }
    )


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


def report_id(sha256: str) -> str:
    """Key of the report of a document."""
    return "r" + sha256[:16]


def _add_rows(
    rows: dict[str, list[dict[str, Any]]],
    document: LandedDocument,
    read: Report | NotRead,
    version: str,
) -> None:
    page = read.page
    is_report = isinstance(read, Report)
    rows["documents"].append(
        {
            "document_id": document.sha256,
            "sha256": document.sha256,
            "source_uri": document.source_uri,
            "file_name": document.file_name,
            "media_type": page.media_type if page else None,
            "encoding": page.encoding if page else None,
            "byte_count": document.byte_count,
            "status": "read" if is_report else "quarantined",
            "quarantine_code": read.code if isinstance(read, NotRead) else None,
            "landed_at": document.landed_at,
            "reader_version": version,
        }
    )
    if isinstance(read, Report):
        rows["reports"].append(_report_row(document, read, version))
        key = report_id(document.sha256)
        rows["observations"] += [
            _observation_row(o, key, number, read.page.text, version)
            for number, o in enumerate(read.observations, start=1)
        ]
    rows["issues"] += [
        _issue_row(issue, document, number, is_report, version)
        for number, issue in enumerate(read.issues, start=1)
    ]


def _report_row(document: LandedDocument, report: Report, version: str) -> dict[str, Any]:
    identity = report.identity
    return {
        "report_id": report_id(document.sha256),
        "document_id": document.sha256,
        "source_uri": document.source_uri,
        "sha256": document.sha256,
        "title": identity.title,
        "agency_name": identity.agency_name,
        "agency_as_printed": identity.agency_as_printed,
        "agency_evidence": _evidence(identity.agency_evidence),
        "region_code": identity.region_code,
        "region_evidence": _evidence(identity.region_evidence),
        "report_year": identity.report_year,
        "year_evidence": _evidence(identity.year_evidence),
        "published_on": identity.published_on,
        "signed_on": identity.signed_on,
        "period_start": identity.period_start,
        "period_end": identity.period_end,
        "script": report.folded.script.value,
        "form": report.form.value,
        "org_scope": identity.org_scope.value,
        "media_type": report.page.media_type,
        "char_count": len(report.page.text),
        "text": report.page.text,
        "identity_confidence": identity.confidence,
        "landed_at": document.landed_at,
        "reader_version": version,
    }


def _evidence(evidence: Sequence[Evidence]) -> str:
    return json.dumps(
        [
            {"kind": e.kind, "text": e.text, "value": e.value, "char_start": e.start, "char_end": e.end}
            for e in evidence
        ],
        ensure_ascii=False,
    )  # fmt: skip


def _observation_row(
    o: Observation, report: str, number: int, text: str, version: str
) -> dict[str, Any]:
    return {
        "observation_id": f"{report}-{number:04d}",
        "report_id": report,
        "indicator": o.indicator,
        "category": o.category,
        "category_label": o.category_label,
        "channel": o.channel,
        "applicant_type": o.applicant_type,
        "outcome": o.outcome,
        "org_group": o.org_group,
        "value": o.value,
        "unit": o.unit,
        "value_text": o.value_text,
        "qualifier": o.qualifier.value,
        "share_pct": o.share_pct,
        "value_semantic": o.value_semantic.value,
        "org_scope": o.org_scope.value,
        "time_scope": o.time_scope.value,
        "form": o.form.value,
        "section": o.section,
        "table_name": o.table_name,
        "row_no": o.row_no,
        "column_no": o.column_no,
        "quote": text[o.start : o.end],
        "char_start": o.start,
        "char_end": o.end,
        "rule_id": o.rule_id,
        "reader_version": version,
    }


def _issue_row(
    issue: Issue, document: LandedDocument, number: int, is_report: bool, version: str
) -> dict[str, Any]:
    return {
        "issue_id": f"{document.sha256[:16]}-{number:03d}",
        "document_id": document.sha256,
        "report_id": report_id(document.sha256) if is_report else None,
        "source_uri": document.source_uri,
        "stage": issue.stage,
        "code": issue.code,
        "severity": issue.severity.value,
        "message": issue.message,
        "evidence": issue.evidence,
        "char_start": issue.start,
        "char_end": issue.end,
        "reader_version": version,
    }

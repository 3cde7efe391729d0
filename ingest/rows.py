"""What was read of documents, as rows of the four staging tables.

What lives here: the frames of a chunk, column by column. What does not: reading (`document.py`),
the columns' names and types (`schema.py`), chunks (`chunk.py`), DuckDB (`load.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from ingest import schema
from ingest.document import NotRead, Report
from ingest.duplicates import sign_text
from ingest.landing import LandedDocument
from ingest.model import Evidence, Issue, Observation
from ingest.schema import Frames

Row = tuple[Any, ...]


def to_frames(read: Iterable[tuple[LandedDocument, Report | NotRead]], version: str) -> Frames:
    """The frames of documents and what was read of them, by the reader's `version`."""
    documents: list[Row] = []
    reports: list[Row] = []
    issues: list[Row] = []
    keyed: list[tuple[str, Report]] = []
    for document, result in read:
        key = report_id(document.sha256)
        is_report = isinstance(result, Report)
        documents.append(_document_row(document, result, version))
        if isinstance(result, Report):
            reports.append(_report_row(document, result, version))
            keyed.append((key, result))
        issues += [
            _issue_row(issue, document, number, key if is_report else None, version)
            for number, issue in enumerate(result.issues, start=1)
        ]
    return Frames(
        _frame(documents, schema.DOCUMENTS),
        _frame(reports, schema.REPORTS),
        _observation_frame(keyed, version),
        _frame(issues, schema.ISSUES),
    )


def _frame(rows: Sequence[Row], columns: Mapping[str, Any]) -> pl.DataFrame:
    """Rows whose values stand in the order of the columns, as a frame."""
    return _of_columns(columns, zip(*rows, strict=True)) if rows else pl.DataFrame(schema=columns)


def _of_columns(columns: Mapping[str, Any], values: Iterable[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            pl.Series(name, column, dtype=kind)
            for (name, kind), column in zip(columns.items(), values, strict=True)
        ]
    )


def report_id(sha256: str) -> str:
    """Key of the report of a document."""
    return "r" + sha256[:16]


def _document_row(document: LandedDocument, read: Report | NotRead, version: str) -> Row:
    page = read.page
    return (
        document.sha256,
        document.sha256,
        document.source_uri,
        document.file_name,
        page.media_type if page else None,
        page.encoding if page else None,
        document.byte_count,
        "read" if isinstance(read, Report) else "quarantined",
        read.code if isinstance(read, NotRead) else None,
        document.landed_at,
        version,
    )


def _report_row(document: LandedDocument, report: Report, version: str) -> Row:
    identity = report.identity
    return (
        report_id(document.sha256),
        document.sha256,
        document.source_uri,
        document.sha256,
        identity.title,
        identity.agency_name,
        identity.agency_as_printed,
        _evidence(identity.agency_evidence),
        identity.region_code,
        _evidence(identity.region_evidence),
        identity.report_year,
        _evidence(identity.year_evidence),
        identity.published_on,
        identity.signed_on,
        identity.period_start,
        identity.period_end,
        report.folded.script.value,
        report.form.value,
        identity.org_scope.value,
        report.page.media_type,
        len(report.page.text),
        report.page.text,
        sign_text(report.folded.text),
        identity.confidence,
        document.landed_at,
        version,
    )


def _evidence(evidence: Sequence[Evidence]) -> str:
    return json.dumps(
        [
            {"kind": e.kind, "text": e.text, "value": e.value, "char_start": e.start, "char_end": e.end}
            for e in evidence
        ],
        ensure_ascii=False,
    )  # fmt: skip


def _observation_frame(reports: Sequence[tuple[str, Report]], version: str) -> pl.DataFrame:
    """The observations of reports and the reports' keys: no row is made, as there are many."""
    observed = [o for _, report in reports for o in report.observations]
    if not observed:
        return pl.DataFrame(schema=schema.OBSERVATIONS)
    columns: dict[str, Sequence[Any]] = dict(
        zip(Observation._fields, zip(*observed, strict=True), strict=True)
    )
    columns["char_start"], columns["char_end"] = columns.pop("start"), columns.pop("end")
    columns["observation_id"] = [
        f"{key}-{number:04d}"
        for key, report in reports
        for number in range(1, len(report.observations) + 1)
    ]
    columns["report_id"] = [key for key, report in reports for _ in report.observations]
    columns["quote"] = [
        report.page.text[o.start : o.end] for _, report in reports for o in report.observations
    ]
    columns["reader_version"] = [version] * len(observed)
    return _of_columns(schema.OBSERVATIONS, [columns[name] for name in schema.OBSERVATIONS])


def _issue_row(
    issue: Issue, document: LandedDocument, number: int, report: str | None, version: str
) -> Row:
    return (
        f"{document.sha256[:16]}-{number:03d}",
        document.sha256,
        report,
        document.source_uri,
        issue.stage,
        issue.code,
        issue.severity.value,
        issue.message,
        issue.evidence,
        issue.start,
        issue.end,
        version,
    )

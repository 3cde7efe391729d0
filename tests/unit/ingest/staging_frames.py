"""A small batch of staging rows for tests: one report read, one document quarantined."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import polars as pl

from ingest.schema import DOCUMENTS, ISSUES, OBSERVATIONS, REPORTS, Frames

TEXT = "全年主动公开政府信息12条，受理申请3件。"
LANDED_AT = datetime(2024, 1, 1)


def with_column(frames: Frames, table: str, **columns: Any) -> Frames:
    """The batch with a column of one table set to one value."""
    frame: pl.DataFrame = getattr(frames, table)
    changed = frame.with_columns(
        pl.lit(value, dtype=frame.schema[name]).alias(name) for name, value in columns.items()
    )
    return replace(frames, **{table: changed})


def batch(mark: str = "a", reader_version: str = "v1") -> Frames:
    """Rows whose ids carry `mark`, so that two batches can differ."""
    read, quarantined = mark * 64, mark.upper() * 64
    report_id = f"r{mark * 16}"
    common = {"reader_version": reader_version}
    document = {"media_type": "text/plain", "byte_count": 9, "landed_at": LANDED_AT, **common}
    documents = [
        {"document_id": read, "sha256": read, "source_uri": "in/r.txt", "status": "read"},
        {
            "document_id": quarantined,
            "sha256": quarantined,
            "source_uri": "in/q.txt",
            "status": "quarantined",
            "quarantine_code": "not_a_report",
        },
    ]
    report = {"report_id": report_id, "document_id": read, "sha256": read, "text": TEXT, **common}
    observations = [
        {
            "observation_id": f"{report_id}-{number:04d}",
            "report_id": report_id,
            "indicator": "disclosed_items",
            "value": value,
            "quote": TEXT[start:end],
            "char_start": start,
            "char_end": end,
            **common,
        }
        for number, (value, start, end) in enumerate([(12.0, 10, 13), (3.0, 18, 20)], start=1)
    ]
    issue = {
        "issue_id": f"i{mark}",
        "document_id": quarantined,
        "stage": "identify",
        "code": "not_a_report",
        "severity": "error",
        "message": "in/q.txt is no annual report",
        **common,
    }
    return Frames(
        documents=pl.DataFrame([document | row for row in documents], schema=DOCUMENTS),
        reports=pl.DataFrame([report], schema=REPORTS),
        observations=pl.DataFrame(observations, schema=OBSERVATIONS),
        issues=pl.DataFrame([issue], schema=ISSUES),
    )

"""The polars schema of every staging table: the contract between the reader and dbt.

What lives here: the column names and types of `staging.documents`, `staging.reports`,
`staging.observations`, `staging.issues` and `staging.corrections`, and the frames of a batch. What
does not: how rows are made (`rows.py`), how they reach DuckDB (`load.py`), what is derived from
them (`dbt_project`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import polars as pl

# UTC, without a zone. Typed as the classes beside it, which a schema takes as well.
_MOMENT: Any = pl.Datetime("us")

DOCUMENTS = pl.Schema(
    {
        "document_id": pl.String,  # sha256 of the bytes, hex
        "sha256": pl.String,
        "source_uri": pl.String,  # where the document was found first; the file's name is last
        "file_name": pl.String,
        "media_type": pl.String,  # text/plain, text/html, application/pdf, ...
        "encoding": pl.String,  # null where the bytes are not text
        "byte_count": pl.Int64,
        "status": pl.String,  # read | quarantined
        "quarantine_code": pl.String,  # an issue code, null where read
        "landed_at": _MOMENT,
        "reader_version": pl.String,
    }
)

REPORTS = pl.Schema(
    {
        "report_id": pl.String,  # 'r' + first 16 hex digits of the sha256
        "document_id": pl.String,
        "source_uri": pl.String,
        "sha256": pl.String,
        "title": pl.String,
        "agency_name": pl.String,  # simplified, full, with its place where the report tells it
        "agency_as_printed": pl.String,
        "agency_evidence": pl.String,  # JSON list: kind, text, char_start, char_end
        "region_code": pl.String,  # GB/T 2260
        "region_evidence": pl.String,  # JSON list: kind, text, region_code
        "report_year": pl.Int32,
        "year_evidence": pl.String,  # JSON list: kind, text, year
        "published_on": pl.Date,
        "signed_on": pl.Date,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "script": pl.String,  # hans | hant
        "form": pl.String,  # narrative | annex_2014 | std_2019 | std_2021
        "org_scope": pl.String,  # own | aggregate | system
        "media_type": pl.String,
        "char_count": pl.Int64,
        "text": pl.String,
        "text_signature": pl.String,  # MinHash of its sentences, hex; null where they are few
        "identity_confidence": pl.Float64,  # 0-1
        "landed_at": _MOMENT,
        "reader_version": pl.String,
    }
)

OBSERVATIONS = pl.Schema(
    {
        "observation_id": pl.String,  # report_id + '-' + four-digit number in reading order
        "report_id": pl.String,
        "indicator": pl.String,
        "category": pl.String,
        "category_label": pl.String,
        "channel": pl.String,
        "applicant_type": pl.String,
        "outcome": pl.String,
        "org_group": pl.String,
        "value": pl.Float64,  # canonical unit; null for a printed blank or a share alone
        "unit": pl.String,
        "value_text": pl.String,
        "qualifier": pl.String,  # exact | at_least | at_most | approx
        "share_pct": pl.Float64,
        "value_semantic": pl.String,  # number | stated_zero | blank | dash | none_text | share_only
        "org_scope": pl.String,  # own | aggregate | system | sub_unit
        "time_scope": pl.String,  # year | cumulative | previous_year | sub_period | plan
        "form": pl.String,
        "section": pl.String,
        "table_name": pl.String,
        "row_no": pl.Int32,
        "column_no": pl.Int32,
        "quote": pl.String,
        "char_start": pl.Int32,
        "char_end": pl.Int32,
        "rule_id": pl.String,
        "reader_version": pl.String,
    }
)

ISSUES = pl.Schema(
    {
        "issue_id": pl.String,
        "document_id": pl.String,
        "report_id": pl.String,  # null where the document gave no report
        "source_uri": pl.String,
        "stage": pl.String,  # land | decode | identify | read | tables | load
        "code": pl.String,
        "severity": pl.String,  # error (document not read) | warning (doubtful) | info
        "message": pl.String,  # plain English: what, where, the way out
        "evidence": pl.String,  # quoted text, may be null
        "char_start": pl.Int32,
        "char_end": pl.Int32,
        "reader_version": pl.String,
    }
)

# One row per entry of the files under data/corrections, replaced whole at each refresh. What an
# entry does not name is null.
CORRECTIONS = pl.Schema(
    {
        "correction_id": pl.String,  # file name + '#' + number of the entry, from 1
        "file_name": pl.String,
        "entry_no": pl.Int32,
        "kind": pl.String,  # agency | year | version | figure
        "report_id": pl.String,
        "agency_name": pl.String,  # agency: the right name and place
        "region_code": pl.String,
        "report_year": pl.Int32,  # year: the right one
        "indicator": pl.String,  # figure: which one, by its breakdown
        "category": pl.String,
        "category_label": pl.String,
        "channel": pl.String,
        "applicant_type": pl.String,
        "outcome": pl.String,
        "org_group": pl.String,
        "org_scope": pl.String,
        "value": pl.Float64,  # figure: the right number; null where it is withdrawn
        "is_withdrawn": pl.Boolean,
        "expect_agency_name": pl.String,  # what the warehouse says without the correction
        "expect_region_code": pl.String,
        "expect_report_year": pl.Int32,
        "expect_current_report_id": pl.String,
        "expect_value": pl.Float64,
        "reason": pl.String,
        "source": pl.String,
    }
)

# Written after the four tables above are loaded, for the tables of which sums fail
# (`ingest/second_look`).
SECOND_LOOKS = pl.Schema(
    {
        "observation_id": pl.String,
        "report_id": pl.String,
        "outcome": pl.String,  # same | differs | not_found
        "first_value": pl.Float64,
        "second_value": pl.Float64,  # null for a blank, or where nothing was found
        "second_text": pl.String,  # as the second reader has it
        "path": pl.String,  # the kind of document the second reader read
        "is_located": pl.Boolean,  # the cell (or one of two exchanged) that explains all failures
        "checks": pl.String,  # the identities that fail with it, separated by |
        "reader_version": pl.String,  # of the first reading
        "look_version": pl.String,
    }
)

STAGING = {
    "documents": DOCUMENTS,
    "reports": REPORTS,
    "observations": OBSERVATIONS,
    "issues": ISSUES,
}
KEYS = {
    "documents": "document_id",
    "reports": "report_id",
    "observations": "observation_id",
    "issues": "issue_id",
}


@dataclass(frozen=True, slots=True)
class Frames:
    """The rows of some documents, in the schemas of `STAGING`."""

    documents: pl.DataFrame
    reports: pl.DataFrame
    observations: pl.DataFrame
    issues: pl.DataFrame

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process as compressed Arrow streams.

        Columns repeat themselves: of pages with tables a fiftieth is left, and a pipe is slower than
        the compression.
        """
        return _unpacked, tuple(_packed(getattr(self, name)) for name in STAGING)


def _packed(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_ipc_stream(stream, compression="zstd")
    return stream.getvalue()


def _unpacked(*streams: bytes) -> Frames:
    return Frames(*(pl.read_ipc_stream(io.BytesIO(stream)) for stream in streams))

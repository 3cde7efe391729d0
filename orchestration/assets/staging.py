"""The layer staging: what was read of each document, in four tables of the work file."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import dagster as dg
from pydantic import Field

from ingest.batch import read_documents
from ingest.home import Home
from ingest.ledger_views import view_ledger
from ingest.report_years import ReportYears
from ingest.schema import STAGING
from ingest.staging import Progress, StagingResult, read_into_staging, unread_documents
from ingest.version import reader_version
from orchestration.assets import OWNERS, WRITER_POOL
from orchestration.metadata import preview_tables
from orchestration.resources import Intake
from orchestration.retrying import retried_if_passing

_DESCRIPTIONS = {
    "documents": "One row per frozen document: read, or quarantined with the reason.",
    "reports": "One row per report (年度报告) that was read: whose, of which year, its text.",
    "observations": "One row per number, stated zero or printed blank, with the quote it is from.",
    "issues": "What could not be landed or read, or is doubtful, with the way out.",
}
_PREVIEW_COLUMNS = {
    "documents": ("source_uri", "media_type", "status", "quarantine_code"),
    "reports": ("agency_name", "report_year", "form", "char_count", "source_uri"),
    "observations": ("indicator", "value", "unit", "quote", "rule_id"),
    "issues": ("source_uri", "stage", "code", "severity", "message"),
}


class StagingConfig(dg.Config):
    """What is read again though this version of the reader has read it, besides what is new."""

    full: bool = Field(default=False, description="Read all documents again.")
    from_year: int | None = Field(
        default=None, description="Read again the reports of this report year and later ones."
    )
    to_year: int | None = Field(
        default=None, description="The last report year to read again; default: from_year."
    )

    def report_years(self) -> ReportYears | None:
        """The years to read again. Raises ValueError where they run backwards."""
        if self.from_year is None:
            if self.to_year is not None:
                raise ValueError("to_year is given without from_year.")
            return None
        return ReportYears(self.from_year, self.to_year or self.from_year)


def build_staging_assets() -> dg.AssetsDefinition:
    """The four tables, which are stale where they were read by another version of the reader."""
    version = reader_version()

    @dg.multi_asset(
        name="staging",
        specs=[
            dg.AssetSpec(
                key=["staging", table],
                deps=["landed_documents"],
                group_name="staging",
                description=_DESCRIPTIONS[table],
                kinds={"python", "polars", "duckdb"},
                owners=OWNERS,
                code_version=version,
            )
            for table in STAGING
        ],
        pool=WRITER_POOL,
    )
    def staging_assets(
        context: dg.AssetExecutionContext,
        config: StagingConfig,
        home: dg.ResourceParam[Home],
        intake: dg.ResourceParam[Intake],
    ) -> Iterator[dg.MaterializeResult[None]]:
        """Read what is landed and not read yet, and load it."""
        with retried_if_passing():
            result = _read(context, config, home, intake)
            previews = preview_tables(home.work_db, "staging", _PREVIEW_COLUMNS)
        for table in STAGING:
            yield dg.MaterializeResult(
                asset_key=["staging", table],
                metadata={
                    "dagster/row_count": result.row_counts[table],
                    "preview": previews[table],
                    **(_tell_reading(result, reader_version()) if table == "documents" else {}),
                },
            )

    return staging_assets


def _read(
    context: dg.AssetExecutionContext, config: StagingConfig, home: Home, intake: Intake
) -> StagingResult:
    version = reader_version()
    unread = unread_documents(
        home.path, version, full=config.full, report_years=config.report_years()
    )
    return read_into_staging(
        home.path,
        unread,
        view_ledger(home.ledger).refusals.values(),
        read=partial(read_documents, guard=intake.guard),
        reader_version=version,
        workers=intake.workers,
        progress=_log_progress(context, len(unread)),
    )


def _tell_reading(result: StagingResult, version: str) -> dict[str, Any]:
    return {
        "read_now": result.read_count,
        "read_before": result.skipped_count,
        "quarantined_now": dg.MetadataValue.json(result.quarantined),
        "reader_version": version,
    }


def _log_progress(context: dg.AssetExecutionContext, total: int) -> Progress:
    """What the reader calls with the size of each chunk: logs how many documents are read."""
    done = 0

    def log(count: int) -> None:
        nonlocal done
        done += count
        context.log.info(f"read {done} of {total} documents")

    return log

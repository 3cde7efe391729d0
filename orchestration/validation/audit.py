"""The audit: what a caller asks, without the seconds that Great Expectations takes to import.

What lives here: the door to the audit. What does not: the run itself (`gx_run.py`), the
expectations (`suites/*.yml`), Dagster (`checks.py`), the decision to publish
(`orchestration/assets`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orchestration.validation.audit_page import write_audit_page
from orchestration.validation.expectations import (
    STAGING,
    PlannedExpectation,
    planned_expectations,
)
from orchestration.validation.results import AuditResult


class CandidateMissing(FileNotFoundError):
    """There is no candidate warehouse to audit."""


def run_audit(
    candidate: Path,
    data_docs_dir: Path | None = None,
    planned: Sequence[PlannedExpectation] | None = None,
    work_db: Path | None = None,
) -> list[AuditResult]:
    """Audits the tables of the DuckDB file `candidate`, read-only, and the staging of `work_db`.

    Returns one result per expectation, in the order of the suites (`planned`: all of them, but
    those about staging where no `work_db` is given: a published file has none). An expectation whose table or column is missing is a result that blocks publication. With
    `data_docs_dir`, the library's own report on this audit is written there, over the last one,
    and a page of ours that needs no network (`audit.html`).
    Raises `CandidateMissing` where there is no file.
    """
    if not candidate.is_file():
        raise CandidateMissing(
            f"there is no candidate warehouse at {candidate}; build the marts first"
        )
    # Here and not above: importing Great Expectations takes seconds, and definitions load often.
    from orchestration.validation.gx_run import audit_with_gx

    if planned is None:
        planned = [
            one for one in planned_expectations() if work_db is not None or one.schema != STAGING
        ]
    results = audit_with_gx(candidate, data_docs_dir, planned, work_db)
    if data_docs_dir is not None:
        write_audit_page(results, data_docs_dir)
    return results

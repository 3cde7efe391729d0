"""The audit as Dagster asset checks: one check per expectation, one run of the audit for all.

What lives here: the definition of the checks. What does not: the audit (`audit.py`), what is
expected (`suites/*.yml`), the asset that the checks stand behind (`orchestration/assets`).
"""

# No `from __future__ import annotations`: Dagster reads the type of `context` at run time.
from collections.abc import Iterator, Sequence

import dagster as dg

from ingest.home import Home
from orchestration.validation.audit import run_audit
from orchestration.validation.expectations import (
    AuditSeverity,
    PlannedExpectation,
    planned_expectations,
)
from orchestration.validation.results import AuditResult

_DAGSTER_SEVERITY = {
    AuditSeverity.ERROR: dg.AssetCheckSeverity.ERROR,
    AuditSeverity.WARN: dg.AssetCheckSeverity.WARN,
}


def build_audit_checks(asset: str | dg.AssetKey) -> list[dg.AssetChecksDefinition]:
    """The asset checks of `asset`, one per expectation, all evaluated by one run of the audit.

    The candidate and the folder of the data docs are those of the resource `home`. A failed
    expectation of severity error keeps everything behind `asset` from running; one of severity
    warn is shown and no more.
    """
    planned = planned_expectations()
    key = dg.AssetKey.from_coercible(asset)

    @dg.multi_asset_check(
        name="audit_candidate",
        description="Great Expectations on the candidate warehouse, evaluated in the database.",
        specs=[_spec(one, key) for one in planned],
    )
    def audit_candidate(
        context: dg.AssetCheckExecutionContext, home: dg.ResourceParam[Home]
    ) -> Iterator[dg.AssetCheckResult]:
        results = run_audit(home.candidate_db, home.data_docs_dir, work_db=home.work_db)
        for result in results:
            if not result.success:
                context.log.log(_LOG_LEVEL[result.severity], result.message)
            yield _check_result(result, key)
        _stop_if_unanswered(results)

    return [audit_candidate]


_LOG_LEVEL = {AuditSeverity.ERROR: "ERROR", AuditSeverity.WARN: "WARNING"}


def _spec(planned: PlannedExpectation, key: dg.AssetKey) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        name=planned.id,
        asset=key,
        description=f"{planned.rule}\n\nWhy: {planned.reason}\n\nSource: {planned.source}",
        blocking=planned.severity is AuditSeverity.ERROR,
        metadata={"suite": planned.suite, "table": f"{planned.schema}.{planned.table}"},
    )


def _check_result(result: AuditResult, key: dg.AssetKey) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=result.expectation_id,
        passed=result.success,
        severity=_DAGSTER_SEVERITY[result.severity],
        description=result.message,
        metadata={
            "observed": dg.MetadataValue.json(dict(result.observed)),
            "unexpected_count": dg.MetadataValue.int(result.unexpected_count)
            if result.unexpected_count is not None
            else dg.MetadataValue.null(),
            "sample": dg.MetadataValue.json([dict(row) for row in result.sample]),
        },
    )


def _stop_if_unanswered(results: Sequence[AuditResult]) -> None:
    """A check that only warns does not block in Dagster, not even where it could not be evaluated;
    the step has to fail for it.
    """
    unanswered = [result.message for result in results if not result.evaluated]
    if unanswered:
        raise dg.Failure(
            description="The audit could not be done in full:\n" + "\n".join(unanswered),
            allow_retries=False,
        )

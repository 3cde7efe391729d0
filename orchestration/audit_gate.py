"""The gate before publication: only a candidate whose own audit has passed goes through.

What lives here: finding in the event log whether that is so. What does not: the audit
(`validation`), publishing (`publishing.py`).

Within one run Dagster keeps the step behind a failed blocking check from running. The gate holds
where a person materialises the published warehouse alone, without the candidate and its checks.
"""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg
from dagster._core.storage.asset_check_execution_record import (
    COMPLETED_ASSET_CHECK_EXECUTION_RECORD_STATUSES,
    AssetCheckExecutionRecord,
)


class NotAudited(Exception):
    """The candidate was not audited since it was built, or its audit failed."""


def require_audit(
    instance: dg.DagsterInstance, candidate: dg.AssetKey, checks: Sequence[dg.AssetCheckKey]
) -> None:
    """Raise NotAudited unless each check was answered for the latest candidate, none with an error.

    Checks that only warn may fail.
    """
    built = instance.fetch_materializations(candidate, limit=1).records
    if not built:
        raise NotAudited(f"There is no candidate yet. {_WAY_OUT}")
    for check in checks:
        answer = _latest_answer(instance, check)
        evaluation = answer.evaluation if answer else None
        if not isinstance(evaluation, dg.AssetCheckEvaluation):
            raise NotAudited(f"The check {check.name} was not answered. {_WAY_OUT}")
        target = evaluation.target_materialization_data
        if target is None or target.storage_id != built[0].storage_id:
            raise NotAudited(f"The check {check.name} is about an earlier candidate. {_WAY_OUT}")
        if not evaluation.passed and evaluation.severity is dg.AssetCheckSeverity.ERROR:
            raise NotAudited(f"The audit failed: {evaluation.description or check.name}")


def _latest_answer(
    instance: dg.DagsterInstance, check: dg.AssetCheckKey
) -> AssetCheckExecutionRecord | None:
    """The latest answer to the check; a run that waits in the queue has planned one, not given it."""
    answers = instance.event_log_storage.get_asset_check_execution_history(
        check, limit=1, status=COMPLETED_ASSET_CHECK_EXECUTION_RECORD_STATUSES
    )
    return answers[0] if answers else None


_WAY_OUT = "Materialise candidate_warehouse together with its checks, then this."

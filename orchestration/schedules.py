"""Schedules. They start stopped: the operator turns them on in the UI."""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import fetch_and_refresh_job
from orchestration.tags import MONTH_TAG, started_by

_NOT_FAILED = [
    status
    for status in dg.DagsterRunStatus
    if status not in (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
]


# Agencies publish until the end of March and correct at any time; a month is the rhythm of both.
# At four in the morning, after the nightly maintenance windows of government sites.
@dg.schedule(
    name="monthly_refresh",
    job=fetch_and_refresh_job,
    cron_schedule="0 4 1 * *",
    execution_timezone="Asia/Shanghai",
    description=(
        "Fetches what sources are listed and refreshes, on the first of each month at 04:00 in "
        "Shanghai. However often a month ticks (a clock set back, a tick tried again), it gets one "
        "run, and another only where that one failed."
    ),
)
def monthly_refresh(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for the refresh of the month of the tick, unless the month has one."""
    month = f"{context.scheduled_execution_time:%Y-%m}"
    # Dagster compares run keys among ticks of one time only.
    begun = dg.RunsFilter(tags={MONTH_TAG: month}, statuses=_NOT_FAILED)
    for run in context.instance.get_runs(begun, limit=1):
        return dg.SkipReason(f"{month} has its run: {run.run_id}.")
    return dg.RunRequest(
        run_key=month, tags={**started_by("monthly_refresh"), MONTH_TAG: month}
    )

"""Schedules. They start stopped: the operator turns them on in the UI."""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import fetch_and_refresh_job

# Agencies publish until the end of March and correct at any time; a month is the rhythm of both.
# At four in the morning, after the nightly maintenance windows of government sites.
monthly_refresh = dg.ScheduleDefinition(
    name="monthly_refresh",
    job=fetch_and_refresh_job,
    cron_schedule="0 4 1 * *",
    execution_timezone="Asia/Shanghai",
    description="Fetches what sources are listed and refreshes, on the first of each month at 04:00 in Shanghai.",
)

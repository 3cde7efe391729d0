"""Tags of runs: what a list of runs is filtered by. Nothing else."""

from __future__ import annotations

_STARTED_BY = "gongkai/started_by"
MONTH_TAG = "gongkai/month"
REPORT_YEARS_TAG = "gongkai/report_years"


def started_by(what: str) -> dict[str, str]:
    """Who asked for the run: a schedule, a sensor or a command."""
    return {_STARTED_BY: what}

"""Sensors. What asks for refreshes starts stopped: the operator turns it on in the UI.

What lives here: when each looks and what it asks for. What does not: what an alert says
(`alerts.py`), which runs are dead (`one_run.py`).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from ingest.home import Home
from ingest.inbox import InboxMissing, find_files
from orchestration.alerts import Alert, AlertWays, deliver
from orchestration.jobs import refresh_job
from orchestration.one_run import close_dead_runs
from orchestration.reasons import reason_of
from orchestration.tags import started_by

_LONGEST_REASON = 500


def build_inbox_sensor(inboxes: Sequence[Path], home: Home) -> dg.SensorDefinition:
    """A sensor that asks for a refresh when the files of the inboxes have changed."""

    @dg.sensor(
        name="inbox_sensor",
        job=refresh_job,
        minimum_interval_seconds=60,
        description=(
            "Refreshes when a file of an inbox is new, changed or gone. Its cursor is a hash of "
            "the files' names, sizes and times, so that each state of the inboxes gets one run."
        ),
    )
    def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        try:
            listing = hash_listing(inboxes, home)
        except InboxMissing as missing:
            return dg.SkipReason(str(missing))
        if listing == context.cursor:
            return dg.SkipReason("No file of the inboxes has changed.")
        request = dg.RunRequest(run_key=listing, tags=started_by("inbox_sensor"))
        return dg.SensorResult(run_requests=[request], cursor=listing)

    return inbox_sensor


def hash_listing(inboxes: Sequence[Path], home: Home) -> str:
    """A hash of the names, sizes and times of the files; their bytes are left to landing.

    Raises InboxMissing.
    """
    digest = hashlib.sha256()
    for inbox in inboxes:
        for file in find_files(inbox, skip_dirs=home.own_dirs()):
            try:
                status = file.path.stat()
            except OSError:
                continue  # gone since it was listed: the next look has another listing
            digest.update(f"{file.source_uri}\t{status.st_size}\t{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def build_alert_sensor(ways: AlertWays, home: Home) -> dg.SensorDefinition:
    """A sensor that tells of every run that failed, where someone is to be told."""

    @dg.run_failure_sensor(
        name="alert_on_failure",
        # Runs of `gongkai refresh` belong to no code location.
        monitor_all_code_locations=True,
        description=(
            "Tells of every run of this home that failed: as JSON to GONGKAI_ALERT_WEBHOOK, as a "
            "line to GONGKAI_ALERT_FILE. On where one of these is set."
        ),
        default_status=(
            dg.DefaultSensorStatus.RUNNING if ways.are_given else dg.DefaultSensorStatus.STOPPED
        ),
    )
    def alert_on_failure(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        if not ways.are_given:
            return dg.SkipReason("Neither GONGKAI_ALERT_WEBHOOK nor GONGKAI_ALERT_FILE is set.")
        run = context.dagster_run
        alert = Alert(
            run_id=run.run_id,
            job=run.job_name,
            home=str(home.path),
            failed_at=_failed_at(context),
            reason=_reason(context),
        )
        deliver(alert, ways)
        return None

    return alert_on_failure


def _failed_at(context: dg.RunFailureSensorContext) -> str:
    stats = context.instance.get_run_stats(context.dagster_run.run_id)
    ended = datetime.fromtimestamp(stats.end_time, UTC) if stats.end_time else datetime.now(UTC)
    return ended.isoformat(timespec="seconds")


def _reason(context: dg.RunFailureSensorContext) -> str:
    """Why the step failed that failed first; the run's message where none did."""
    for event in context.get_step_failure_events():
        reason = reason_of(event.step_failure_data.error)
        if reason is not None:
            reason = f"{event.step_key}: {reason}"
            return reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON] + " …"
    return context.failure_event.message or "The run says no more."


def build_dead_run_sensor(home: Home) -> dg.SensorDefinition:
    """A sensor that closes runs whose process is gone, so that those in the queue can start."""

    @dg.sensor(
        name="dead_runs",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=(
            "Closes runs that a power cut or a kill left behind as running: they would keep every "
            "queued run from starting. Starts no runs."
        ),
    )
    def dead_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        closed = close_dead_runs(context.instance, home, time.time())
        return dg.SkipReason(
            f"Closed {', '.join(closed)}." if closed else "No run was left behind."
        )

    return dead_runs

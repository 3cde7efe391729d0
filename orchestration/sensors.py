"""Sensors. They start stopped: the operator turns them on in the UI."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from ingest.home import Home
from ingest.inbox import InboxMissing, find_files
from orchestration.jobs import refresh_job


def build_inbox_sensor(inboxes: Sequence[Path], home: Home) -> dg.SensorDefinition:
    """A sensor that asks for a refresh when the files of the inboxes have changed."""

    @dg.sensor(
        name="inbox_sensor",
        job=refresh_job,
        minimum_interval_seconds=60,
        description="Refreshes when a file of an inbox is new, changed or gone.",
    )
    def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        try:
            listing = hash_listing(inboxes, home)
        except InboxMissing as missing:
            return dg.SkipReason(str(missing))
        if listing == context.cursor:
            return dg.SkipReason("No file of the inboxes has changed.")
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=listing)], cursor=listing)

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

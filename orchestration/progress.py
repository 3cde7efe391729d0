"""Progress: what a person sees in the terminal while the assets run in this process.

What lives here: following Dagster's log messages, and showing them as one moving line and a list
of steps done. What does not: what is shown at the end (`commands/refresh.py`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from rich.console import Console
from rich.status import Status

# The steps of the job, in the words of the person who waits.
_STEP_NAMES = {
    "fetched_pages": "Fetching pages",
    "landed_documents": "Landing new documents",
    "staging": "Reading documents",
    "staging__corrections": "Reading corrections",
    "staging__second_looks": "Looking again at tables that do not add up",
    "dbt_models": "Building and testing the models",
    "candidate_warehouse": "Copying the candidate warehouse",
    "audit_candidate": "Auditing the candidate",
    "exports": "Writing the exports",
    "published_warehouse": "Publishing",
}

Follow = Callable[[str, str, str | None], None]


class StepDisplay:
    """A line per step: moving while it runs, with its seconds once it is done."""

    def __init__(self, console: Console, status: Status) -> None:
        self._console = console
        self._status = status
        self._started: dict[str, float] = {}

    def follow(self, step: str, message: str, event_type: str | None) -> None:
        """Take in one log message of a step; `event_type` where it is an event of Dagster's."""
        name = _STEP_NAMES.get(step, step)
        if event_type == "STEP_START":
            self._started[step] = time.monotonic()
            self._status.update(f"{name} …")
        elif event_type == "STEP_SUCCESS":
            self._console.print(f"[green]✓[/] {name} [dim]{self._seconds(step)}[/]")
        elif event_type == "STEP_FAILURE":
            self._console.print(f"[red]✗[/] {name} [dim]{self._seconds(step)}[/]")
        elif event_type is None:
            self._status.update(f"{name} … [dim]{message[:100]}[/]")

    def _seconds(self, step: str) -> str:
        return f"{time.monotonic() - self._started.get(step, time.monotonic()):.1f} s"


@contextmanager
def show_steps(console: Console) -> Iterator[Follow]:
    """Show the steps on the console for the length of the block."""
    with console.status("Starting …") as status:
        yield StepDisplay(console, status).follow


def following_logger(follow: Follow) -> dg.LoggerDefinition:
    """A Dagster logger that prints nothing and tells `follow` of every message of a step."""

    def follower(context: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.getLogger("gongkai.progress")
        # Dagster tells of its own events at level debug.
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.handlers = [_FollowHandler(follow)]
        return logger

    return dg.LoggerDefinition(follower, description="Tells the terminal's progress display.")


class _FollowHandler(logging.Handler):
    def __init__(self, follow: Follow) -> None:
        super().__init__()
        self._follow = follow

    def emit(self, record: logging.LogRecord) -> None:
        meta: dict[str, Any] = getattr(record, "dagster_meta", {})
        step = meta.get("step_key")
        if step is None:
            return
        event = meta.get("dagster_event")
        message = meta.get("orig_message") or record.getMessage()
        self._follow(step, message, event.event_type_value if event else None)

"""Resources: what assets are handed, as plain typed values that know nothing of Dagster.

What lives here: the Dagster side of them, whose fields the UI shows. What does not: the values
(`ingest/home.py`), and dbt (`dbt_runner.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from ingest.home import Home
from orchestration.settings import OrchestrationSettings


class HomeResource(dg.ConfigurableResource[Home]):
    """Hands assets the `Home` at `path`."""

    path: str

    def create_resource(self, context: dg.InitResourceContext) -> Home:
        """What the parameter `home` of an asset is."""
        return Home.at(Path(self.path))


@dataclass(frozen=True, slots=True)
class Intake:
    """Where documents come from and how many are read at once."""

    inboxes: tuple[Path, ...]
    max_document_bytes: int
    workers: int


class IntakeResource(dg.ConfigurableResource[Intake]):
    """Hands assets the `Intake`."""

    inboxes: list[str]
    max_document_bytes: int
    workers: int

    def create_resource(self, context: dg.InitResourceContext) -> Intake:
        """What the parameter `intake` of an asset is."""
        return Intake(tuple(map(Path, self.inboxes)), self.max_document_bytes, self.workers)


def build_resources(settings: OrchestrationSettings) -> dict[str, object]:
    """The resources of the assets for these settings."""
    return {
        "home": HomeResource(path=str(settings.home)),
        "intake": IntakeResource(
            inboxes=[str(inbox) for inbox in settings.inbox],
            max_document_bytes=settings.max_document_bytes,
            workers=settings.worker_count(),
        ),
    }

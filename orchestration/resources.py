"""Resources: what assets are handed, as plain typed values that know nothing of Dagster.

What lives here: the Dagster side of them, whose fields the UI shows. What does not: the values
(`ingest/home.py`), and dbt (`dbt_runner.py`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import dagster as dg

from ingest.fetching.fetch import FetchSettings
from ingest.home import Home
from ingest.limits import LandingLimits
from ingest.supervision import Guard
from orchestration.settings import OrchestrationSettings


class HomeResource(dg.ConfigurableResource[Home]):
    """Hands assets the `Home` at `path`."""

    path: str

    def create_resource(self, context: dg.InitResourceContext) -> Home:
        """What the parameter `home` of an asset is."""
        return Home.at(Path(self.path))


@dataclass(frozen=True, slots=True)
class Intake:
    """Where documents come from, how large they may be, and how they are read."""

    inboxes: tuple[Path, ...]
    limits: LandingLimits
    workers: int
    guard: Guard


class IntakeResource(dg.ConfigurableResource[Intake]):
    """Hands assets the `Intake`."""

    inboxes: list[str]
    limits: dict[str, int]
    workers: int
    max_document_seconds: float
    max_reader_bytes: int

    def create_resource(self, context: dg.InitResourceContext) -> Intake:
        """What the parameter `intake` of an asset is."""
        return Intake(
            inboxes=tuple(map(Path, self.inboxes)),
            limits=LandingLimits(**self.limits),
            workers=self.workers,
            guard=Guard(self.max_document_seconds, self.max_reader_bytes),
        )


@dataclass(frozen=True, slots=True)
class Corrections:
    """Where the files of corrections lie."""

    folder: Path


class CorrectionsResource(dg.ConfigurableResource[Corrections]):
    """Hands assets the `Corrections`."""

    folder: str

    def create_resource(self, context: dg.InitResourceContext) -> Corrections:
        """What the parameter `correcting` of an asset is."""
        return Corrections(Path(self.folder))


@dataclass(frozen=True, slots=True)
class Fetching:
    """The list of sources, and how they are fetched."""

    sources: Path
    contact: str
    allow_hosts: tuple[str, ...]
    parallel: int
    max_document_bytes: int

    def settings(self) -> FetchSettings:
        """What the fetch is told. Raises NoContact."""
        return FetchSettings(self.contact, self.allow_hosts, self.parallel, self.max_document_bytes)


class FetchingResource(dg.ConfigurableResource[Fetching]):
    """Hands assets the `Fetching`."""

    sources: str
    contact: str
    allow_hosts: list[str]
    parallel: int
    max_document_bytes: int

    def create_resource(self, context: dg.InitResourceContext) -> Fetching:
        """What the parameter `fetching` of an asset is."""
        return Fetching(
            sources=Path(self.sources),
            contact=self.contact,
            allow_hosts=tuple(self.allow_hosts),
            parallel=self.parallel,
            max_document_bytes=self.max_document_bytes,
        )


def build_resources(settings: OrchestrationSettings) -> dict[str, object]:
    """The resources of the assets for these settings."""
    return {
        "home": HomeResource(path=str(settings.home)),
        "intake": IntakeResource(
            inboxes=[str(inbox) for inbox in settings.inbox],
            limits=asdict(settings.landing_limits()),
            workers=settings.worker_count(),
            max_document_seconds=settings.max_document_seconds,
            max_reader_bytes=settings.max_reader_bytes,
        ),
        "fetching": FetchingResource(
            sources=str(settings.sources),
            contact=settings.fetch_contact,
            allow_hosts=list(settings.fetch_allow_hosts),
            parallel=settings.fetch_parallel,
            max_document_bytes=settings.max_document_bytes,
        ),
        "correcting": CorrectionsResource(folder=str(settings.corrections_dir)),
    }

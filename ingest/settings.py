"""Settings of the reader and the command line, from GONGKAI_* environment variables.

What lives here: where the home and the inboxes are, and limits. What does not: settings that only
Dagster needs (`orchestration/settings.py`), paths under the home (`home.py`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ingest.limits import MEBIBYTE, LandingLimits
from ingest.paths import PROJECT_ROOT, SOURCES_FILE
from ingest.supervision import Guard

_LIMITS = LandingLimits()


class IngestSettings(BaseSettings):
    """Built when a command starts, never at import, so that a test can set the environment."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", extra="ignore")

    home: Path = PROJECT_ROOT / "data"
    # Several inboxes are separated as in PATH. A relative inbox is kept as given, because the
    # source_uri of its documents begins with it; `landing.locate` says where it is looked for.
    inbox: Annotated[tuple[Path, ...], NoDecode] = (Path("data/samples"),)
    sources: Path = SOURCES_FILE
    # A mail address or a page: sites learn who fetches from them. Nothing is fetched without it.
    fetch_contact: str = ""
    # Hosts, separated by commas, that may be at addresses which are not of the public internet.
    fetch_allow_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    fetch_parallel: int = Field(default=4, ge=1)  # sources at once, never two of one host
    # The reasons for these defaults are in `limits.py`.
    max_document_bytes: int = Field(default=_LIMITS.document_bytes, gt=0)
    max_dump_bytes: int = Field(default=_LIMITS.dump_bytes, gt=0)
    max_dump_members: int = Field(default=_LIMITS.members, gt=0)
    max_dump_expanded_bytes: int = Field(default=_LIMITS.expanded_bytes, gt=0)
    max_dump_ratio: int = Field(default=_LIMITS.ratio, gt=0)
    max_dump_depth: int = Field(default=_LIMITS.depth, ge=1)
    # A report is read in milliseconds, the longest PDF in some ten seconds.
    max_document_seconds: float = Field(default=60.0, gt=0)
    # Of memory a reading process may take: 0 for no limit. Reports take some 300 MB.
    max_reader_bytes: int = Field(default=4096 * MEBIBYTE, ge=0)
    # 0: as many as the machine has cores.
    workers: int = Field(default=0, ge=0)

    @field_validator("home")
    @classmethod
    def _make_home_absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("inbox", mode="before")
    @classmethod
    def _split_inboxes(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(Path(part).expanduser() for part in value.split(os.pathsep) if part)
        return value

    @field_validator("sources")
    @classmethod
    def _make_sources_absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("fetch_allow_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    def landing_limits(self) -> LandingLimits:
        """What files and dumps may be."""
        return LandingLimits(
            document_bytes=self.max_document_bytes,
            dump_bytes=self.max_dump_bytes,
            members=self.max_dump_members,
            expanded_bytes=self.max_dump_expanded_bytes,
            ratio=self.max_dump_ratio,
            depth=self.max_dump_depth,
        )

    def reading_guard(self) -> Guard:
        """What reading one document may take."""
        return Guard(self.max_document_seconds, self.max_reader_bytes)

    def worker_count(self) -> int:
        """How many processes read at once."""
        return self.workers or os.cpu_count() or 1

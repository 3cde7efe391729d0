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

from ingest.paths import PROJECT_ROOT

MEBIBYTE = 1024 * 1024


class IngestSettings(BaseSettings):
    """Built when a command starts, never at import, so that a test can set the environment."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", extra="ignore")

    home: Path = PROJECT_ROOT / "data"
    # Several inboxes are separated as in PATH. A relative inbox is kept as given, because the
    # source_uri of its documents begins with it; `landing.locate` says where it is looked for.
    inbox: Annotated[tuple[Path, ...], NoDecode] = (Path("data/samples"),)
    # The largest report known is a scan of 40 MB; beyond this a file is an archive or a mistake.
    max_document_bytes: int = Field(default=64 * MEBIBYTE, gt=0)
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

    def worker_count(self) -> int:
        """How many processes read at once."""
        return self.workers or os.cpu_count() or 1

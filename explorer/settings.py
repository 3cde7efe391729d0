"""Settings of the explorer: those of the reader, where verdicts are kept, how long a query may take.

What lives here: the one `BaseSettings` built when the command starts. What does not: where things
lie under the home (`ingest/home.py`).
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from ingest.home import Home
from ingest.paths import VERDICTS_DIR
from ingest.settings import IngestSettings


class ExplorerSettings(IngestSettings):
    """Built when a command starts, never at import."""

    verdicts_dir: Path = VERDICTS_DIR
    # A page is meant to take less than one second of query time; what takes ten is stopped.
    explorer_query_seconds: float = Field(default=10.0, gt=0)
    # A download may be of every row of a large table.
    explorer_download_seconds: float = Field(default=600.0, gt=0)

    @property
    def published_db(self) -> Path:
        """The published warehouse that is shown."""
        return Home.at(self.home).published_db

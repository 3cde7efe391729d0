"""Settings of the orchestration: those of the reader, and what only Dagster and dbt need.

What lives here: the one `BaseSettings` that `build_definitions` builds, and the environment that a
dbt process is started with. What does not: where things lie under the home (`ingest/home.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import Field

from ingest.home import Home
from ingest.paths import CORRECTIONS_DIR, DBT_PROJECT_DIR, REFERENCE_DIR, VERDICTS_DIR
from ingest.settings import IngestSettings


class OrchestrationSettings(IngestSettings):
    """Built when definitions are built, never at import."""

    dbt_project_dir: Path = DBT_PROJECT_DIR
    reference_dir: Path = REFERENCE_DIR
    corrections_dir: Path = CORRECTIONS_DIR
    verdicts_dir: Path = VERDICTS_DIR
    # How many publications stay on the disk with their exports, the current one included.
    keep_publications: int = Field(default=3, ge=1)

    def home_layout(self) -> Home:
        """The places under the home."""
        return Home.at(self.home)

    def dbt_variables(self) -> dict[str, str]:
        """The environment variables that the dbt project and its profile read."""
        return {
            "GONGKAI_WORK_DB": str(self.home_layout().work_db),
            "GONGKAI_REFERENCE_DIR": str(self.reference_dir),
            "GONGKAI_VERDICTS_DIR": str(self.verdicts_dir),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        }

    def ui_variables(self) -> dict[str, str]:
        """The environment of `dagster dev`: this one, with this home and these inboxes."""
        return {
            **os.environ,
            "GONGKAI_HOME": str(self.home),
            "GONGKAI_INBOX": os.pathsep.join(map(str, self.inbox)),
            "DAGSTER_HOME": str(self.home_layout().dagster_dir),
        }


@contextmanager
def dbt_environment(settings: OrchestrationSettings) -> Iterator[None]:
    """Within the block, processes started inherit what dbt needs of this home.

    dagster-dbt hands its dbt process the environment of its own process and nothing else, so two
    homes in one process can only be kept apart by setting and restoring it around the start.
    """
    variables = settings.dbt_variables()
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

"""Helpers of the tests that run the whole refresh: a small inbox, the command, what is published.

What lives here: running `gongkai` as a person does, in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.home import Home
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

SAMPLES = sorted(SAMPLES_DIR.glob("*.txt"))


@dataclass(frozen=True)
class Place:
    """A home and its inbox."""

    path: Path

    @property
    def home(self) -> Home:
        return Home.at(self.path / "home")

    @property
    def inbox(self) -> Path:
        return self.path / "inbox"

    @property
    def corrections(self) -> Path:
        return self.path / "corrections"

    def gongkai(
        self, *arguments: str, before: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the command for this home; `before` is called in the new process."""
        return subprocess.run(
            [sys.executable, "-m", "ingest.cli", *arguments],
            cwd=PROJECT_ROOT,
            env={
                **os.environ,
                "GONGKAI_HOME": str(self.home.path),
                "GONGKAI_INBOX": str(self.inbox),
                "GONGKAI_CORRECTIONS_DIR": str(self.corrections),
                "COLUMNS": "200",
            },
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=before,
        )

    def refresh(self, *arguments: str) -> str:
        """A refresh that succeeds; what it prints."""
        result = self.gongkai("refresh", *arguments)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def published_rows(self, schema: str = "marts") -> dict[str, list[tuple[object, ...]]]:
        """Table → all its rows, of the published file."""
        with duckdb.connect(str(self.home.published_db), read_only=True) as con:
            tables = con.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", [schema]
            ).fetchall()
            return {
                table: con.execute(f"SELECT * FROM {schema}.{table} ORDER BY ALL").fetchall()
                for (table,) in tables
            }


def fill_inbox(place: Place, samples: list[Path]) -> None:
    """Copy sample reports into the inbox."""
    place.inbox.mkdir(parents=True, exist_ok=True)
    for sample in samples:
        shutil.copy(sample, place.inbox)


def copy_place(place: Place, to: Path) -> Place:
    """The same home and inbox elsewhere, for a test that changes them."""
    shutil.copytree(place.path, to, symlinks=True, dirs_exist_ok=True)
    return Place(to)

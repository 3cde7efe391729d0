"""Homes with a small generated corpus, in two states: what is published, and what comes next.

What lives here: the inboxes of both states and copies of homes. The states are made so that every
part of a refresh has something to do: new files, a file that changed, a dump, a file that cannot be
landed and one that goes away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ingest.home import Home
from ingest.paths import PROJECT_ROOT
from tests.corpus.generate import Corpus
from tests.soak.killing import environment_of

_CORPUS = Corpus(seed=5, years=5)


@dataclass(frozen=True)
class Place:
    """A home and its inbox under one folder."""

    path: Path

    @property
    def home(self) -> Home:
        return Home.at(self.path / "home")

    @property
    def inbox(self) -> Path:
        return self.path / "inbox"

    @property
    def published(self) -> Path:
        return self.home.published_db

    def environment(self) -> dict[str, str]:
        # The documents keep one name wherever the place lies: paths of inboxes are part of it.
        return environment_of(self.home.path, self.inbox) | {"GONGKAI_WORKERS": "1"}

    def refresh(self, *arguments: str) -> str:
        """A refresh that is left alone, and succeeds; what it prints."""
        result = subprocess.run(
            [sys.executable, "-m", "ingest.cli", "refresh", *arguments],
            cwd=PROJECT_ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf8",
            check=False,
        )
        assert result.returncode == 0, result.stdout
        return result.stdout

    def put(self, number: int, *, first: int = 0) -> None:
        """Put reports of the corpus into the inbox, each in a file."""
        self.inbox.mkdir(parents=True, exist_ok=True)
        for no in range(first, first + number):
            report = _CORPUS.report(no)
            (self.inbox / report.name).write_text(report.text, encoding="utf8")

    def put_dump(self, number: int, *, first: int) -> None:
        """Put reports of the corpus into the inbox, in one file of JSON lines."""
        scratch = self.path / "dump"
        _CORPUS.write(scratch, number, first=first, form="jsonl", processes=1)
        for dump in (scratch / "inbox").iterdir():
            os.replace(dump, self.inbox / dump.name)
        shutil.rmtree(scratch)

    def snapshot(self, to: Path) -> None:
        """Copy home and inbox, to come back to."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.path, to, symlinks=True)

    def restore(self, snapshot: Path) -> None:
        """Take home and inbox back to what they were."""
        shutil.rmtree(self.path)
        shutil.copytree(snapshot, self.path, symlinks=True)


def fill_first(place: Place, reports: int) -> None:
    """The first state of the inbox."""
    place.put(reports)
    (place.inbox / "empty.txt").touch()


def fill_second(place: Place, reports: int) -> None:
    """What comes upon the first state of so many reports."""
    place.put(5, first=reports)
    place.put_dump(5, first=reports + 5)
    (place.inbox / "empty.txt").unlink()
    (place.inbox / "noise.txt").write_bytes(bytes(range(256)) * 8)
    changed = place.inbox / _CORPUS.report(0).name
    changed.write_text(changed.read_text("utf8") + "附件略。\n", encoding="utf8")

"""Readers beside refreshes: starting them, and what they came to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.paths import PROJECT_ROOT


@dataclass
class Readings:
    """What all readers did, known once they have ended."""

    queries: int = 0
    failures: list[str] = field(default_factory=list)
    publications: set[str] = field(default_factory=set)


@contextmanager
def readers(home: Path, number: int, *, niceness: int = 0) -> Iterator[Readings]:
    """So many processes that query the published warehouse of the home during the block.

    With `niceness` above 0 they take what others leave of the processors.
    """
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.soak.reader", str(home), str(niceness)],
            cwd=PROJECT_ROOT,
            env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(number)
    ]
    readings = Readings()
    try:
        yield readings
    finally:
        for process in started:
            output, _ = process.communicate()  # closes its input, which ends it
            try:
                told = json.loads(output.splitlines()[-1])
            except (ValueError, IndexError):
                readings.failures.append(f"a reader ended by itself: {output}")
                continue
            readings.queries += told["queries"]
            readings.failures += told["failures"]
            readings.publications |= set(told["publications"])

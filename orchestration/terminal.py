"""The terminal during a run: kept for the progress display, everything else goes to a log.

What lives here: moving standard output and error of this process and its children into a file
while a block runs. What does not: what is displayed (`progress.py`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def log_everything_else(log: Path) -> Iterator[TextIO]:
    """Yield a stream to what was standard error; all else written in the block ends in `log`.

    Dagster captures the output of steps by moving file descriptors, and dbt is a process of its
    own: neither can be silenced from within Python.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with log.open("w", encoding="utf-8") as file, _terminal(kept[1]) as terminal:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield terminal
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            for descriptor in kept:
                os.close(descriptor)


def _terminal(descriptor: int) -> TextIO:
    encoding = sys.stderr.encoding or "utf-8"
    return open(os.dup(descriptor), "w", encoding=encoding, errors="replace")

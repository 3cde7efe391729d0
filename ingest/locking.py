"""A lock that one process of a home holds at a time; it ends with the process, however that ends.

What lives here: the lock file. What does not: DuckDB's own lock on its file (`load.py`).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyLocked(Exception):
    """Another process holds the lock; `pid` is its number, where it could be read."""

    def __init__(self, path: Path, pid: str) -> None:
        super().__init__(f"{path} is held by process {pid or '(unknown)'}")
        self.path = path
        self.pid = pid


@contextmanager
def hold_lock(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock at `path` for the length of the block.

    The file stays: deleting it would let two processes lock two files of one name. The system
    drops the lock with the process that held it, so a crash leaves nothing to clean up.
    Raises AlreadyLocked at once where another process holds it, unless `wait` is set.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            file.seek(0)
            raise AlreadyLocked(path, file.read().strip()) from error
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield

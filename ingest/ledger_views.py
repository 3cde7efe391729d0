"""The ledger as it is now, read once for many who only look at it.

What lives here: keeping the last ledger that this process read, as long as its file does not change.
What does not: the ledger itself (`ledger.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

from ingest.ledger import Ledger

_State = tuple[str, int, int, int]
_last: dict[_State, Ledger] = {}  # one at most


def view_ledger(path: Path) -> Ledger:
    """The ledger at `path`, to be looked at and not changed."""
    state = _state(path)
    if state not in _last:
        _remember(state, Ledger.read(path))
    return _last[state]


def take_ledger(path: Path) -> Ledger:
    """The ledger at `path`, to be changed by the caller, who holds the lock of the landing."""
    return _last.pop(_state(path), None) or Ledger.read(path)


def give_back(ledger: Ledger) -> None:
    """A ledger that was taken, with all that was recorded in it committed."""
    _remember(_state(ledger.path), ledger)


def _remember(state: _State, ledger: Ledger) -> None:
    _last.clear()
    _last[state] = ledger


def _state(path: Path) -> _State:
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return str(path), 0, 0, 0
    return str(path), status.st_ino, status.st_size, status.st_mtime_ns

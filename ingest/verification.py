"""Verification of the landing: whether every frozen document still has the bytes it was landed with.

What lives here: hashing them all again. What does not: mending (a refresh takes again what is
missing, from an inbox that has it), the published file (`orchestration/verifying.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.frozen import object_path
from ingest.home import Home
from ingest.ledger import Ledger

_CHUNK = 1024 * 1024


class Fault(StrEnum):
    """What is wrong with a frozen document."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"  # its bytes no longer have the hash in its name


@dataclass(frozen=True, slots=True)
class FrozenFault:
    """A frozen document that is not as it was landed; `source_uri` is the name it came under."""

    fault: Fault
    path: Path
    source_uri: str


def verify_landing(
    home: Home, progress: Callable[[], None] = lambda: None
) -> Iterator[FrozenFault]:
    """Hash every frozen document of the ledger; yield those that are not whole.

    `progress` is called once for each document. Reads only. Raises LedgerDamaged.
    """
    for entry in Ledger.read(home.ledger).entries.values():
        path = object_path(home, entry.sha256)
        fault = _fault(path, entry.sha256)
        progress()
        if fault is not None:
            yield FrozenFault(fault, path, entry.source_uri)


def _fault(path: Path, sha256: str) -> Fault | None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return Fault.MISSING
    except OSError:
        return Fault.UNREADABLE
    return None if digest.hexdigest() == sha256 else Fault.DAMAGED

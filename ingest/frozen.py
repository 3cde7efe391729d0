"""Frozen documents: bytes under their sha256 in `<home>/landing/objects`.

What lives here: writing, mending and reading them. What does not: which documents there are
(`ledger.py`) and where they come from (`landing.py`).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ingest.home import Home


class FrozenBytesDamaged(Exception):
    """A frozen document is missing, or its bytes no longer have the hash in its name."""


def object_path(home: Home, sha256: str) -> Path:
    """Where the bytes of that hash lie, or are to lie."""
    return home.objects_dir / sha256[:2] / sha256


def read_frozen(home: Path, sha256: str) -> bytes:
    """The bytes of a frozen document.

    Raises FrozenBytesDamaged where they are missing or not those that were frozen.
    """
    path = object_path(Home.at(home), sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FrozenBytesDamaged(
            f"The frozen document {path} cannot be read: {error.strerror}. Put the original back "
            "into an inbox and refresh with --full."
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FrozenBytesDamaged(
            f"The frozen document {path} no longer has the hash in its name: the disk or a person "
            "changed it. Delete it, put the original back into an inbox and refresh with --full."
        )
    return data


def freeze(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write the bytes so that the name exists only once all of them are on the disk.

    Without `sync` only once all are written: who freezes many makes sure of the disk at the end.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as handle:
            handle.write(data)
            if sync:
                handle.flush()
                os.fsync(handle.fileno())
        os.replace(unfinished, path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def mend(path: Path, data: bytes) -> None:
    """Freeze the bytes again where the frozen copy was deleted or cut short."""
    try:
        is_whole = path.stat().st_size == len(data)
    except FileNotFoundError:
        is_whole = False
    if not is_whole:
        freeze(path, data)

"""Frozen documents: bytes under their sha256 in `<home>/landing/objects`.

What lives here: writing, mending and reading them. What does not: which documents there are
(`ledger.py`) and where they come from (`landing.py`).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

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

    Without `sync` only once all are written: who freezes many makes sure of the disk at the end
    (a wait for the disk for each costs more than all else that landing does).
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with _open_new(unfinished) as handle:
            handle.write(data)
            if sync:
                handle.flush()
                os.fsync(handle.fileno())
        os.replace(unfinished, path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _open_new(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


def mend(path: Path, data: bytes) -> None:
    """Freeze the bytes again where the frozen copy was deleted or cut short."""
    try:
        is_whole = path.stat().st_size == len(data)
    except FileNotFoundError:
        is_whole = False
    if not is_whole:
        freeze(path, data)

"""Copying the exports of a publication elsewhere: another disk, or an object store.

What lives here: the copy, whole or not at all. What does not: writing them (`writing.py`).

A path is a folder of this machine; an address (`s3://bucket/place`, `gs://…`, `abfs://…`,
`file:///…`) is opened by pyarrow, which brings these stores and takes credentials from where each
store's own tools look for them. On a disk the folder gets its name when all is there; a store has
no names for folders, so the manifest is sent last: where it is, all is.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.fs

from orchestration.exports.manifest import MANIFEST, damaged_files, whole_exports
from orchestration.exports.writing import BUILDING, Exports
from orchestration.publishing import sync

_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://")
_CHUNK = 1 << 22


class CannotCopy(Exception):
    """The place cannot be written, or holds something else under that name."""


def copy_exports(exports: Exports, place: str) -> str:
    """Copy them to `<place>/<publication_id>`; where they are now, without any secret in it.

    What is there already and whole is left alone. Raises CannotCopy, OSError.
    """
    damaged = damaged_files(exports.folder, exports.manifest)
    if damaged:
        raise CannotCopy(
            f"{exports.folder} is damaged: {', '.join(damaged)}. Delete the folder; the next "
            "`gongkai export` writes it anew."
        )
    if _ADDRESS.match(place):
        return _send(exports, place)
    return str(_copy_to_disk(exports, Path(place).expanduser().absolute()))


def _copy_to_disk(exports: Exports, place: Path) -> Path:
    target = place / exports.folder.name
    if whole_exports(target, exports.manifest.publication_id) == exports.manifest:
        return target
    if target.exists():
        raise CannotCopy(f"{target} is there and is not whole: delete it, or name another place.")
    place.mkdir(parents=True, exist_ok=True)
    unfinished = place / f"{BUILDING}{target.name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        shutil.copytree(exports.folder, unfinished)
        for path in unfinished.rglob("*"):
            sync(path)
        unfinished.rename(target)
        sync(place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _send(exports: Exports, place: str) -> str:
    shown = _without_secrets(place).rstrip("/") + "/" + exports.folder.name
    try:
        store, base = pyarrow.fs.FileSystem.from_uri(place)
        for path in [*(file.path for file in exports.manifest.files), MANIFEST]:
            target = f"{base.rstrip('/')}/{exports.folder.name}/{path}"
            store.create_dir(target.rpartition("/")[0], recursive=True)
            # Left to itself pyarrow would compress once more what is named .gz.
            sink = store.open_output_stream(target, compression=None)
            with (exports.folder / path).open("rb") as source, sink:
                shutil.copyfileobj(source, sink, _CHUNK)
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these kinds
        reason = str(error).replace(place, _without_secrets(place))
        raise CannotCopy(f"{shown} cannot be written: {reason}") from error
    return shown


def _without_secrets(place: str) -> str:
    """The address without user, password and query."""
    parts = urlsplit(place)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

"""Kept publications: the last few stay on the disk, each with its exports, to be returned to.

What lives here: keeping a file, which ones there are, which of them go, and the name `latest` among
the exports. What does not: publishing (`publishing.py`), returning to one (`rollback.py`).

A kept publication is one more name of the published file (a hard link): no copy, no time. Where
the file system has no hard links it is copied. `exports/latest` is a symbolic link; where there
are none, a file `exports/latest.txt` holds the id instead.

Everything here is to be called while the publish lock is held, but for reading.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.home import Home
from orchestration.exports.manifest import MANIFEST
from orchestration.publishing import Publication, read_publication, sync

_NOT_POSSIBLE = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)


@dataclass(frozen=True, slots=True)
class Kept:
    """A publication on the disk. The current one is told even before it has a name of its own."""

    path: Path
    publication: Publication
    is_current: bool


def kept_path(home: Home, publication_id: str) -> Path:
    """Where a publication lies once it is kept."""
    return home.kept_dir / f"{publication_id}.duckdb"


def list_kept(home: Home) -> list[Kept]:
    """The publications that can be read, the newest first."""
    current = read_publication(home.published_db)
    held = {} if current is None else {current.publication_id: (home.published_db, current)}
    for path in sorted(home.kept_dir.glob("*.duckdb")):
        publication = read_publication(path)
        if publication is not None and publication.publication_id == path.stem:
            held.setdefault(publication.publication_id, (path, publication))
    newest_first = sorted(held.values(), key=lambda one: one[1].created_at, reverse=True)
    return [
        Kept(path, publication, is_current=path == home.published_db)
        for path, publication in newest_first
    ]


def unreadable(home: Home) -> list[Path]:
    """Kept files that this DuckDB cannot read, or that are not what their name says."""
    readable = {one.publication.publication_id for one in list_kept(home)}
    return sorted(path for path in home.kept_dir.glob("*.duckdb") if path.stem not in readable)


def previous_of(kept: Iterable[Kept]) -> Kept | None:
    """What was published before the current one: what it follows, or the next older one."""
    every = list(kept)
    current = next((one for one in every if one.is_current), None)
    if current is None:
        return None
    for one in every:
        if one.publication.publication_id == current.publication.follows:
            return one
    older = [one for one in every if one.publication.created_at < current.publication.created_at]
    return older[0] if older else None


def keep_published(home: Home) -> None:
    """Give the published file its name among the kept ones, in place of an older file of it."""
    publication = read_publication(home.published_db)
    if publication is None:
        return
    home.kept_dir.mkdir(parents=True, exist_ok=True)
    path = kept_path(home, publication.publication_id)
    if path.exists() and path.samefile(home.published_db):
        return
    put_in_place(home.published_db, path)


def put_in_place(source: Path, target: Path) -> None:
    """Let `target` be the file `source`, at once: as one more name of it, else as a copy."""
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        os.link(source, unfinished)
    except OSError as error:
        if error.errno not in _NOT_POSSIBLE:
            raise
        shutil.copyfile(source, unfinished)
        sync(unfinished)
    os.replace(unfinished, target)
    unfinished.unlink(missing_ok=True)  # left where both were names of one file already
    sync(target.parent)


def prune(home: Home, keep: int, *, also: Iterable[str | None] = ()) -> list[str]:
    """Remove all but `keep` publications and the exports that belong to none; the ids removed.

    The current one stays, then those named in `also`, then what the current one follows, then the
    newest. A kept file that cannot be read is left to a person, with its exports.
    """
    kept = list_kept(home)
    previous = previous_of(kept)
    wanted = [one.publication.publication_id for one in kept if one.is_current]
    wanted += [publication_id for publication_id in also if publication_id]
    wanted += [previous.publication.publication_id] if previous else []
    wanted += [one.publication.publication_id for one in kept]
    staying = set(list(dict.fromkeys(wanted))[:keep])
    staying |= {path.stem for path in unreadable(home)}
    removed = set()
    for path in home.kept_dir.glob("*.duckdb"):
        if path.stem not in staying:
            path.unlink()
            removed.add(path.stem)
    for folder in home.exports_dir.glob("*/"):
        if not folder.is_symlink() and not folder.name.startswith(".") and folder.name not in staying:
            shutil.rmtree(folder)
            removed.add(folder.name)
    for leftover in home.kept_dir.glob(".*.part"):
        leftover.unlink()
    return sorted(removed)


def point_latest(home: Home, publication_id: str) -> None:
    """Let `exports/latest` lead to the exports of this publication, at once."""
    link = home.exports_dir / "latest"
    told = link.with_suffix(".txt")
    unfinished = home.exports_dir / ".latest.part"
    unfinished.unlink(missing_ok=True)
    if link.is_dir() and not link.is_symlink():
        _remove_copy(link)
    try:
        os.symlink(publication_id, unfinished)
        os.replace(unfinished, link)
        told.unlink(missing_ok=True)
    except OSError as error:
        if error.errno not in _NOT_POSSIBLE:
            raise
        unfinished.write_text(publication_id + "\n", encoding="ascii")
        os.replace(unfinished, told)
    sync(home.exports_dir)


def _remove_copy(folder: Path) -> None:
    """Remove a copy of exports that stands where the link was: a home was copied with links followed."""
    if not (folder / MANIFEST).is_file():
        raise FileExistsError(
            f"{folder} is a folder that holds no exports. Move it away and refresh again: the link "
            "to the latest exports belongs there."
        )
    shutil.rmtree(folder)


def read_latest(home: Home) -> str | None:
    """The publication that `exports/latest` leads to; None where nothing does."""
    link = home.exports_dir / "latest"
    with suppress(OSError):
        return os.readlink(link)
    with suppress(OSError):
        return link.with_suffix(".txt").read_text(encoding="ascii").strip()
    return None

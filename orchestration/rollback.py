"""Returning to a kept publication: another file takes the published place, nothing is built.

What lives here: which one, and the order of the steps. What does not: the note that tells of it
(`ingest/rollback_note.py`), how the next refresh minds it (`releasing.py`, `refresh_state.py`).
"""

from __future__ import annotations

from ingest.home import Home
from ingest.locking import hold_lock
from ingest.rollback_note import forget_rollback, read_rollback, write_rollback
from orchestration.exports.writing import ensure_exports
from orchestration.kept import (
    Kept,
    keep_published,
    list_kept,
    point_latest,
    previous_of,
    put_in_place,
)
from orchestration.publishing import Publication


class CannotRollBack(Exception):
    """There is nothing to return to, or not to what was asked for."""


def roll_back(home: Home, publication_id: str | None = None, *, latest: bool = False) -> Publication:
    """Put a kept publication in the published place: by id, the newest made, or the previous.

    The id may be shortened while it names one. Readers get the old file or the new one, each
    with its exports. To be called while the refresh lock is held. Raises CannotRollBack.
    """
    with hold_lock(home.publish_lock, wait=True):
        keep_published(home)
        kept = list_kept(home)
        current = next((one.publication for one in kept if one.is_current), None)
        if current is None:
            raise CannotRollBack(f"Nothing is published in {home.path}: run `gongkai refresh`.")
        note = read_rollback(home, current.publication_id)
        newest = note.instead_of if note else current.publication_id
        target = _choose(kept, newest if latest else publication_id)
        if target.is_current:
            raise CannotRollBack(f"{current.publication_id} is what is published already.")
        wanted = target.publication
        ensure_exports(home, target.path)
        if wanted.publication_id == newest:
            put_in_place(target.path, home.published_db)
            forget_rollback(home)
        else:
            write_rollback(home, wanted.publication_id, newest)
            put_in_place(target.path, home.published_db)
        point_latest(home, wanted.publication_id)
    return wanted


def _choose(kept: list[Kept], asked: str | None) -> Kept:
    if asked is None:
        previous = previous_of(kept)
        if previous is None:
            raise CannotRollBack(
                "No earlier publication is kept. `gongkai publications` lists those that are; "
                "GONGKAI_KEEP_PUBLICATIONS says how many stay."
            )
        return previous
    found = [one for one in kept if one.publication.publication_id.startswith(asked)]
    if len(found) != 1:
        which = "no kept publication" if not found else f"{len(found)} kept publications"
        raise CannotRollBack(f"{asked} is the id of {which}. `gongkai publications` lists them.")
    return found[0]

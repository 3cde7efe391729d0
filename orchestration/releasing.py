"""Releasing a candidate: its exports, its taking the published place, and what is kept of former ones.

What lives here: the order of these steps, so that a process killed between any two leaves the old
publication or the new one, each with its exports. What does not: the steps (`publishing.py`,
`exports/writing.py`, `kept.py`), the audit before them (`audit_gate.py`).

1. The exports are written, under the candidate's id.
2. What is published gets its name among the kept ones, if it has none.
3. The candidate takes its place.
4. `exports/latest`, the new one's name among the kept ones, and what goes.

The next release does whatever of 4 was not done, and removes what 1 left unfinished.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.home import Home
from ingest.locking import hold_lock
from ingest.rollback_note import RollbackNote, forget_rollback, read_rollback
from orchestration.exports.manifest import whole_exports
from orchestration.exports.writing import Exports, ensure_exports, remove_unfinished
from orchestration.kept import keep_published, point_latest, prune, read_latest
from orchestration.publishing import (
    NothingToPublish,
    PublishResult,
    publish,
    read_publication,
    remove_candidate,
)


@dataclass(frozen=True, slots=True)
class Release:
    """What became of a candidate. `held_back` says why it was not published: a rollback."""

    result: PublishResult
    held_back: RollbackNote | None
    removed: tuple[str, ...]  # publications that are kept no longer


def export_candidate(home: Home) -> Exports:
    """Write the exports of the candidate, where they are not there. The candidate is audited."""
    with hold_lock(home.publish_lock, wait=True):
        return ensure_exports(home, home.candidate_db)


def release_candidate(home: Home, *, keep: int) -> Release:
    """Publish the candidate, which is audited, with its exports; keep the last `keep` in all.

    A candidate with the contents that a rollback put away stays away, until there are others or
    `gongkai rollback --latest` asks for it. Raises NothingToPublish where there is no candidate.
    """
    with hold_lock(home.publish_lock, wait=True):
        candidate = read_publication(home.candidate_db)
        if candidate is None:
            raise NothingToPublish(f"There is no candidate {home.candidate_db}: build it first.")
        ensure_exports(home, home.candidate_db)
        previous = read_publication(home.published_db)
        note = read_rollback(home, previous.publication_id) if previous else None
        keep_published(home)
        if note is not None and note.instead_of == candidate.publication_id:
            remove_candidate(home.candidate_db)
            result = PublishResult(candidate, previous, is_replaced=False)
        else:
            result = publish(home.candidate_db, home.published_db)
            forget_rollback(home)
            note = None
        removed = settle(home, keep=keep, note=note)
    return Release(result, note, tuple(removed))


def settle(home: Home, *, keep: int, note: RollbackNote | None) -> list[str]:
    """Bring names and leftovers in line with what is published; the ids of what was removed."""
    current = read_publication(home.published_db)
    if current is None:
        return []
    point_latest(home, current.publication_id)
    keep_published(home)
    remove_unfinished(home.exports_dir)
    return prune(home, keep, also=(note.instead_of if note else None,))


def is_settled(home: Home) -> bool:
    """Whether the published warehouse has its exports and `latest` leads there."""
    current = read_publication(home.published_db)
    if current is None or read_latest(home) != current.publication_id:
        return False
    folder = home.exports_dir / current.publication_id
    return whole_exports(folder, current.publication_id) is not None

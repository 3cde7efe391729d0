"""The note that an earlier publication was returned to, beside the published warehouse.

What lives here: reading and writing it. What does not: returning (`orchestration/rollback.py`).

The note speaks of the file beside it by its id. Where another one is published by now, it is of
no effect: a process killed between writing the note and replacing the file has changed nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import duckdb

from ingest.home import Home


@dataclass(frozen=True, slots=True)
class RollbackNote:
    """`publication_id` was put in the place of `instead_of`, the newest, at a time (UTC)."""

    publication_id: str
    instead_of: str
    at: str

    def in_words(self) -> str:
        """What was done, and what it means for the next refresh."""
        return (
            f"This is publication {self.publication_id}, returned to on {self.at}. The newer "
            f"{self.instead_of} is not published again until something is new, or until "
            "`gongkai rollback --latest`."
        )


def read_rollback(home: Home, current: str) -> RollbackNote | None:
    """The note, where it speaks of the publication with the id `current`."""
    try:
        note = RollbackNote(**json.loads(home.rollback_note.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return note if note.publication_id == current else None


def rollback_of(home: Home, con: duckdb.DuckDBPyConnection) -> RollbackNote | None:
    """The note that speaks of the warehouse that `con` has open."""
    row = con.execute("SELECT publication_id FROM meta.publication").fetchone()
    return read_rollback(home, row[0]) if row else None


def write_rollback(home: Home, publication_id: str, instead_of: str) -> None:
    """Note that `publication_id` is to stand in the place of `instead_of`."""
    note = RollbackNote(publication_id, instead_of, datetime.now(UTC).isoformat(timespec="seconds"))
    unfinished = home.rollback_note.with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(note)), encoding="utf-8")
    os.replace(unfinished, home.rollback_note)


def forget_rollback(home: Home) -> None:
    """Remove the note."""
    home.rollback_note.unlink(missing_ok=True)

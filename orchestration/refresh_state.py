"""What the published warehouse was made from, so that a refresh with nothing new ends at once.

What lives here: the note beside the work file that ties a publication to its inputs. What does
not: computing the inputs' version (`versions.py`), publishing (`publishing.py`).
"""

from __future__ import annotations

import json
import os

from ingest.home import Home
from ingest.rollback_note import read_rollback
from orchestration.publishing import Publication, read_publication
from orchestration.releasing import is_settled


def note_published(home: Home, publication: Publication) -> None:
    """Record what the published contents were made from.

    The published file does not always say it itself: it is left alone where new inputs give the
    same contents.
    """
    note = {
        "publication_id": publication.publication_id,
        "inputs": publication.inputs,
        "model_version": publication.model_version,
    }
    unfinished = home.refresh_state.with_suffix(".part")
    unfinished.write_text(json.dumps(note))
    os.replace(unfinished, home.refresh_state)


def is_up_to_date(home: Home, *, inputs: str, model_version: str) -> bool:
    """Whether the published file is there, with its exports, and is what these inputs give.

    After a rollback: whether they give what was rolled back, which is not published again.
    """
    publication = read_publication(home.published_db)
    if publication is None or not is_settled(home):
        return False
    rollback = read_rollback(home, publication.publication_id)
    try:
        note = json.loads(home.refresh_state.read_text())
    except (FileNotFoundError, ValueError):
        return False
    wanted = {
        "publication_id": rollback.instead_of if rollback else publication.publication_id,
        "inputs": inputs,
        "model_version": model_version,
    }
    return bool(note == wanted)

"""The publications of a home, one after the other, and what each of them changed.

What lives here: reading them off the published file and the kept ones, and a list of them in the
site that only grows, so that pruning kept files loses no history. What does not: comparing two
publications (`publication_diff.py`), the page (`templates/changelog.html`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.home import Home
from orchestration.publication_diff import read_diff_summary
from orchestration.publishing import read_publication

LIST = Path("changelog") / "publications.jsonl"


class UnreadableChangelog(Exception):
    """The list in the site cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A publication: `changes` are rows of its diff by kind, such as `fact added`."""

    created_at: str  # ISO 8601, UTC, to the second
    publication_id: str
    reader_version: str
    model_version: str
    row_counts: dict[str, int] = field(hash=False)
    changes: dict[str, int] = field(hash=False)


def read_entry(published: Path) -> Entry | None:
    """What a published file says of itself; None where it is no publication."""
    publication = read_publication(published)
    if publication is None:
        return None
    return Entry(
        publication.created_at.isoformat(timespec="seconds"),
        publication.publication_id,
        publication.reader_version,
        publication.model_version,
        publication.row_counts,
        read_diff_summary(published),
    )


def gather(home: Home, site: Path) -> list[Entry]:
    """All publications known: listed in the site before, kept in the home, published now.

    The newest first. Raises UnreadableChangelog rather than begin a new list.
    """
    files = [*sorted((home.published_db.parent / "kept").rglob("*.duckdb")), home.published_db]
    found = [*_listed(site / LIST), *filter(None, map(read_entry, files))]
    by_key = {(one.created_at, one.publication_id): one for one in found}
    return [by_key[key] for key in sorted(by_key, reverse=True)]


def write_list(entries: Iterable[Entry], site: Path) -> None:
    """Write the list, a JSON object a line, the oldest first."""
    path = site / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) for one in entries]
    path.write_text("".join(f"{line}\n" for line in reversed(lines)), encoding="utf8")


def _listed(path: Path) -> list[Entry]:
    if not path.exists():
        return []
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise UnreadableChangelog(
                f"{path}, line {number}, is no publication: {error}. It is the only history of "
                "publications that are not kept: mend the line, or move the file away to begin anew."
            ) from error
    return entries

"""Where things lie under a home (GONGKAI_HOME): one name for each place, made nowhere else.

What lives here: paths, and making the folders they need. What does not: where the project's own
files lie (`paths.py`), what is written into these places (`landing.py`, `load.py`,
`orchestration/publishing.py`). Two homes share nothing.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path


class HomeNotWritable(Exception):
    """A place under the home cannot be written: no permission, a full disk, a file in the way."""

    @classmethod
    def because(cls, error: OSError, home: Path) -> HomeNotWritable:
        """What the system said of a place under `home`, with the way out."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            way_out = f"The disk of {home} is full: free some space and try again."
        else:
            way_out = (
                f"Give this user write permission on {home}, or choose another home with --home "
                "(or GONGKAI_HOME)."
            )
        return cls(
            f"Cannot write {error.filename or home}: {error.strerror}. {way_out} Nothing that was "
            "published is changed."
        )


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of everything made at run time; `path` is absolute."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Home:
        """The home at `path`, which may be relative to the current folder or start with `~`."""
        return cls(path.expanduser().absolute())

    @property
    def objects_dir(self) -> Path:
        """Frozen bytes: `ab/<sha256>`, where ab are the first two digits."""
        return self.path / "landing" / "objects"

    @property
    def ledger(self) -> Path:
        """What was landed, when, and under which names."""
        return self.path / "landing" / "ledger.jsonl"

    @property
    def known_files(self) -> Path:
        """Files of inboxes that need not be read again as long as they do not change."""
        return self.path / "landing" / "known_files.json"

    @property
    def fetched_dir(self) -> Path:
        """Documents that were fetched, as WARC files in a folder a source: landed like an inbox."""
        return self.path / "landing" / "fetched"

    @property
    def fetching_dir(self) -> Path:
        """A folder a source: what is known of its pages, other answers, the round under way."""
        return self.path / "landing" / "fetching"

    @property
    def work_db(self) -> Path:
        """The writer's file: staging, then what dbt builds on it."""
        return self.path / "work" / "gongkai.duckdb"

    @property
    def dbt_dir(self) -> Path:
        """What dbt writes while parsing and running (its `target`)."""
        return self.path / "work" / "dbt"

    @property
    def refresh_lock(self) -> Path:
        """Held by the refresh that is running."""
        return self.path / "work" / "refresh.lock"

    @property
    def refresh_state(self) -> Path:
        """What the published warehouse was made from, so that nothing new is told at once."""
        return self.path / "work" / "refresh.json"

    @property
    def sql_history(self) -> Path:
        """What was typed at the prompt of `gongkai sql`."""
        return self.path / "work" / "sql_history"

    @property
    def published_db(self) -> Path:
        """The published warehouse, replaced whole and never written in place."""
        return self.path / "warehouse" / "gongkai.duckdb"

    @property
    def candidate_db(self) -> Path:
        """The next warehouse while it is audited."""
        return self.path / "warehouse" / ".candidate.duckdb"

    @property
    def kept_dir(self) -> Path:
        """The last publications, `<publication_id>.duckdb` each: names of files, not copies."""
        return self.path / "warehouse" / "kept"

    @property
    def publish_lock(self) -> Path:
        """Held by whoever changes what is published, exported or kept."""
        return self.path / "warehouse" / ".publish.lock"

    @property
    def rollback_note(self) -> Path:
        """Says that an earlier publication was returned to, and from which."""
        return self.path / "warehouse" / "rollback.json"

    @property
    def exports_dir(self) -> Path:
        """The tables as files for other programs, a folder `<publication_id>` per publication."""
        return self.path / "exports"

    @property
    def data_docs_dir(self) -> Path:
        """The pages of the last audit."""
        return self.path / "site" / "data_docs"

    @property
    def dagster_dir(self) -> Path:
        """DAGSTER_HOME of this home: runs, schedules, logs."""
        return self.path / "dagster"

    def own_dirs(self) -> frozenset[Path]:
        """Folders that the pipeline fills itself: an inbox that contains the home skips them."""
        names = ("landing", "work", "warehouse", "exports", "site", "dagster")
        return frozenset(self.path / name for name in names)

    def make_dirs(self) -> None:
        """Make the folders that a refresh writes into.

        Raises HomeNotWritable with the way out where that is not possible.
        """
        for place in (self.objects_dir, self.work_db.parent, self.published_db.parent):
            try:
                place.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise HomeNotWritable.because(error, self.path) from error

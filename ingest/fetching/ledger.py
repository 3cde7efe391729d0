"""The ledger of one source: every page it ever gave, and the round of fetching under way.

What lives here: the SQLite file and its transactions. What does not: the answers themselves
(`archive.py`), deciding what an answer means (`fetch_round.py`).

An answer counts once its transaction is done, which is after its bytes are on the disk: a process
that is killed at any moment leaves a ledger and archives from which the round goes on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ingest.fetching.pages import Kind, KnownPage, Outcome, Target

_TABLES = """
CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, sha256 TEXT, etag TEXT, last_modified TEXT,
    links TEXT NOT NULL, rules TEXT, first_seen_at TEXT NOT NULL, checked_at TEXT NOT NULL,
    changed_at TEXT, vanished_at TEXT
);
CREATE TABLE IF NOT EXISTS round (
    number INTEGER PRIMARY KEY AUTOINCREMENT, begun_at TEXT NOT NULL, ended_at TEXT, ending TEXT,
    rules TEXT NOT NULL, answer_count INTEGER NOT NULL DEFAULT 0,
    byte_count INTEGER NOT NULL DEFAULT 0, documents_end INTEGER NOT NULL DEFAULT 0,
    answers_end INTEGER NOT NULL DEFAULT 0
);
-- of the latest round only
CREATE TABLE IF NOT EXISTS answer (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT,
    links TEXT NOT NULL, at TEXT NOT NULL
);
-- of every round: what was new, changed, vanished
CREATE TABLE IF NOT EXISTS change (
    round INTEGER NOT NULL, at TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL,
    outcome TEXT NOT NULL, sha256_before TEXT, sha256 TEXT
);
"""
_TOLD = (Outcome.NEW, Outcome.CHANGED, Outcome.VANISHED)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of fetching; the ends are how many bytes of its archives count."""

    number: int
    begun_at: datetime
    rules: str
    answer_count: int
    byte_count: int
    documents_end: int
    answers_end: int

    @property
    def stamp(self) -> str:
        """The name of its archives: in the order of time, and never twice."""
        return f"{self.begun_at:%Y%m%dT%H%M%SZ}-{self.number:05}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of an address in the latest round."""

    url: str
    kind: Kind
    outcome: Outcome
    reason: str | None
    links: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """How far the archives are written, in bytes."""

    documents: int
    answers: int


class FetchLedger:
    """An open ledger. Used by one process at a time: who writes holds the source's lock."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[FetchLedger]:
        """The ledger at `path`, made where there is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        con = sqlite3.connect(path, isolation_level=None)
        try:
            con.executescript(_TABLES)
            yield cls(con)
        finally:
            con.close()

    def open_round(self) -> Round | None:
        """The round that has not ended; None where none is under way."""
        row = self._con.execute(
            "SELECT number, begun_at, rules, answer_count, byte_count, documents_end, answers_end "
            "FROM round WHERE ended_at IS NULL"
        ).fetchone()
        return None if row is None else Round(row[0], datetime.fromisoformat(row[1]), *row[2:])

    def begin(self, at: datetime, rules: str) -> Round:
        """Begin a round, and forget the answers of the one before."""
        with self._transaction():
            self._con.execute("DELETE FROM answer")
            self._con.execute(
                "INSERT INTO round (begun_at, rules) VALUES (?, ?)", (at.isoformat(), rules)
            )
        begun = self.open_round()
        assert begun is not None
        return begun

    def end(self, number: int, at: datetime, ending: str) -> None:
        """Note that a round has ended, after its archives were put in their place."""
        self._con.execute(
            "UPDATE round SET ended_at = ?, ending = ? WHERE number = ?",
            (at.isoformat(), ending, number),
        )

    def lose(self, number: int, at: datetime) -> None:
        """Note that the archives of a round are gone: what it gave counts as never had."""
        with self._transaction():
            self._con.execute(
                "UPDATE page SET sha256 = NULL, etag = NULL, last_modified = NULL "
                "WHERE url IN (SELECT url FROM answer WHERE outcome IN (?, ?))",
                (Outcome.NEW, Outcome.CHANGED),
            )
            self._con.execute("DELETE FROM answer")
            self.end(number, at, "archives lost")

    def page(self, url: str) -> KnownPage | None:
        """What is known of an address."""
        row = self._con.execute(
            "SELECT url, kind, sha256, etag, last_modified, links, rules, vanished_at "
            "FROM page WHERE url = ?",
            (url,),
        ).fetchone()
        if row is None:
            return None
        address, kind, sha256, etag, last_modified, links, rules, vanished_at = row
        return KnownPage(
            address, Kind(kind), sha256, etag, last_modified, _targets(links), rules, vanished_at
        )

    def due(self, at: datetime, recheck_days: int) -> list[Target]:
        """The documents had before that were not asked for since, the longest unseen first."""
        before = (at - timedelta(days=recheck_days)).isoformat()
        rows = self._con.execute(
            "SELECT url, kind FROM page WHERE sha256 IS NOT NULL AND checked_at <= ? "
            "AND url NOT IN (SELECT url FROM answer) ORDER BY checked_at, url",
            (before,),
        )
        return [Target(url, Kind(kind)) for url, kind in rows]

    def answers(self) -> list[Recorded]:
        """All that came of the latest round, in the order of asking."""
        rows = self._con.execute(
            "SELECT url, kind, outcome, reason, links FROM answer ORDER BY at, rowid"
        )
        return [_recorded(row) for row in rows]

    def vanished(self) -> list[tuple[str, str, str]]:
        """The documents that are gone from their site: address, sha256 as last had, since when."""
        return self._con.execute(
            "SELECT url, sha256, vanished_at FROM page WHERE vanished_at IS NOT NULL ORDER BY url"
        ).fetchall()

    def record(
        self,
        number: int,
        target: Target,
        outcome: Outcome,
        *,
        page: KnownPage | None,
        before: str | None,
        links: tuple[Target, ...],
        reason: str | None,
        byte_count: int,
        ends: Ends,
        at: datetime,
    ) -> None:
        """Record an answer, after it was written to the archives up to `ends`.

        `page` is what is known of the address from now on, None to leave that as it was; `before`
        the sha256 of the document as it was had before.
        """
        now = at.isoformat()
        with self._transaction():
            self._con.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)",
                (target.url, target.kind, outcome, reason, _text(links), now),
            )
            self._con.execute(
                "UPDATE round SET answer_count = answer_count + 1, byte_count = byte_count + ?, "
                "documents_end = ?, answers_end = ? WHERE number = ?",
                (byte_count, ends.documents, ends.answers, number),
            )
            if page is not None:
                self._keep(page, now, is_change=outcome in (Outcome.NEW, Outcome.CHANGED))
            if outcome in _TOLD:
                self._con.execute(
                    "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        now,
                        target.url,
                        target.kind,
                        outcome,
                        before,
                        page.sha256 if page else None,
                    ),
                )

    def advance(self, number: int, byte_count: int, ends: Ends) -> None:
        """Record that something was archived that is no answer to a target (robots.txt, an error)."""
        self._con.execute(
            "UPDATE round SET byte_count = byte_count + ?, documents_end = ?, answers_end = ? "
            "WHERE number = ?",
            (byte_count, ends.documents, ends.answers, number),
        )

    def _keep(self, page: KnownPage, now: str, *, is_change: bool) -> None:
        self._con.execute(
            "INSERT INTO page VALUES (:url, :kind, :sha256, :etag, :last_modified, :links, :rules, "
            ":now, :now, :changed_at, :vanished_at) ON CONFLICT (url) DO UPDATE SET "
            "kind = excluded.kind, sha256 = excluded.sha256, etag = excluded.etag, "
            "last_modified = excluded.last_modified, links = excluded.links, "
            "rules = excluded.rules, checked_at = excluded.checked_at, "
            "changed_at = coalesce(excluded.changed_at, changed_at), "
            "vanished_at = excluded.vanished_at",
            {
                "url": page.url,
                "kind": page.kind,
                "sha256": page.sha256,
                "etag": page.etag,
                "last_modified": page.last_modified,
                "links": _text(page.links),
                "rules": page.rules,
                "now": now,
                "changed_at": now if is_change else None,
                "vanished_at": page.vanished_at,
            },
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._con.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._con.execute("ROLLBACK")
            raise
        self._con.execute("COMMIT")


def _recorded(row: tuple[str, str, str, str | None, str]) -> Recorded:
    return Recorded(row[0], Kind(row[1]), Outcome(row[2]), row[3], _targets(row[4]))


def _text(links: Iterable[Target]) -> str:
    return json.dumps([[link.kind, link.url] for link in links], ensure_ascii=False)


def _targets(text: str) -> tuple[Target, ...]:
    return tuple(Target(url, Kind(kind)) for kind, url in json.loads(text))

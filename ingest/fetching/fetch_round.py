"""A round of fetching one source: from an answer to what is archived, recorded and told.

What lives here: begin or resume a round, what an answer means, when a round is at its bounds, and
its end. What does not: asking (`spider.py`), the files (`ledger.py`, `archive.py`).
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.dumps import holds_document
from ingest.fetching.archive import Archive, ArchiveLost, RoundArchives
from ingest.fetching.ledger import Ends, FetchLedger, Recorded, Round
from ingest.fetching.pages import Answer, Kind, KnownPage, Outcome, Target
from ingest.fetching.sources import Source
from ingest.home import Home

_GONE = (404, 410)
_NOT_MODIFIED = 304
_OK = 200
_REDIRECTS = (301, 302, 303, 307, 308)
# A round that a crash broke off is gone on with for so long. After that its first pages may have
# changed: what it has is landed, and a new one begins.
_RESUMED_FOR = timedelta(days=3)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time now, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Judged:
    outcome: Outcome
    reason: str | None = None


class FetchRound:
    """A round under way. `links` of an answer are found by whoever records it."""

    def __init__(
        self,
        source: Source,
        ledger: FetchLedger,
        round_: Round,
        archives: tuple[Archive, Archive],
        clock: Clock,
    ) -> None:
        self.source = source
        self._ledger = ledger
        self._number = round_.number
        self._documents, self._answers = archives
        self._clock = clock
        self._answer_count = round_.answer_count
        self._byte_count = round_.byte_count
        self._deadline = time.monotonic() + source.max_seconds
        self._rules = round_.rules
        self._admitted: set[str] = set()  # asked for, and not recorded yet
        self.left: Counter[str] = Counter()  # bound → addresses not asked for because of it

    def seconds_left(self) -> float:
        """How long the round may still take."""
        return self._deadline - time.monotonic()

    def admit(self, url: str) -> str | None:
        """Let an address be asked for; the bound that forbids it, in the name of its setting."""
        spent = self._spent(url)
        if spent is None:
            self._admitted.add(url)
        return spent

    def _spent(self, url: str) -> str | None:
        if self._answer_count + len(self._admitted - {url}) >= self.source.max_pages:
            return "max_pages"
        if self._byte_count >= self.source.max_bytes:
            return "max_bytes"
        if self.seconds_left() <= 0:
            return "max_seconds"
        return None

    def leave(self, limit: str) -> None:
        """Note that an address is not asked for in this round."""
        self.left[limit] += 1

    def due(self) -> list[Target]:
        """Documents had before that are to be asked for again."""
        targets = self._ledger.due(self._clock(), self.source.recheck_days)
        return [target for target in targets if self.source.follows(target.url)]

    def answers(self) -> list[Recorded]:
        """What came of the round so far."""
        return self._ledger.answers()

    def conditions(self, url: str) -> dict[str, str]:
        """The headers by which a site can say that nothing has changed.

        There are none where other rules found the links of the page: they are to be found anew in its body.
        """
        page = self._ledger.page(url)
        if page is None or page.rules != self._rules or page.vanished_at is not None:
            return {}
        if page.kind.is_document and page.sha256 is None:
            return {}
        headers = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
        return {name: value for name, value in headers.items() if value}

    def record(
        self,
        target: Target,
        answer: Answer,
        links: tuple[Target, ...],
        *,
        unreadable: str | None = None,
    ) -> Recorded:
        """Archive and record an answer; `unreadable` says why a list could not be read for links.

        Raises ArchiveBroken and sqlite3.Error where that is not possible.
        """
        before = self._ledger.page(target.url)
        digest = hashlib.sha256(answer.body).hexdigest()
        judged = _judge(target.kind, answer, digest, before)
        if unreadable is not None:
            judged = _Judged(Outcome.FAILED, f"cannot be read for links: {unreadable}")
        is_new = judged.outcome in (Outcome.NEW, Outcome.CHANGED)
        is_repeated = judged.outcome is Outcome.UNCHANGED and answer.status == _OK
        archive = self._documents if is_new else self._answers
        archive.write(target.url, answer, is_repeated=is_repeated)
        page = self._page_after(target, answer, judged.outcome, digest, before, links)
        if page is not None:
            links = page.links if answer.status == _NOT_MODIFIED else links
        self._record(target, judged, page, before, links, len(answer.body))
        return Recorded(target.url, target.kind, judged.outcome, judged.reason, links)

    def record_failure(self, target: Target, outcome: Outcome, reason: str) -> Recorded:
        """Record that an address gave no answer, or was not asked for."""
        before = self._ledger.page(target.url)
        self._record(target, _Judged(outcome, reason), None, before, (), 0)
        return Recorded(target.url, target.kind, outcome, reason, ())

    def keep_aside(self, url: str, answer: Answer) -> None:
        """Archive what is no last word: robots.txt, an error before another try."""
        self._answers.write(url, answer)
        self._byte_count += len(answer.body)
        self._ledger.advance(self._number, len(answer.body), self._ends())

    def _record(
        self,
        target: Target,
        judged: _Judged,
        page: KnownPage | None,
        before: KnownPage | None,
        links: tuple[Target, ...],
        byte_count: int,
    ) -> None:
        self._ledger.record(
            self._number,
            target,
            judged.outcome,
            page=page,
            before=before.sha256 if before is not None else None,
            links=links,
            reason=judged.reason,
            byte_count=byte_count,
            ends=self._ends(),
            at=self._clock(),
        )
        self._answer_count += 1
        self._admitted.discard(target.url)
        self._byte_count += byte_count

    def _ends(self) -> Ends:
        return Ends(self._documents.end, self._answers.end)

    def _page_after(
        self,
        target: Target,
        answer: Answer,
        outcome: Outcome,
        digest: str,
        before: KnownPage | None,
        links: tuple[Target, ...],
    ) -> KnownPage | None:
        """What is known of the address from now on; None where nothing was learnt."""
        if outcome in (Outcome.VANISHED, Outcome.STILL_VANISHED) and before is not None:
            since = before.vanished_at or self._clock().isoformat()
            return replace(before, vanished_at=since)
        if answer.status == _NOT_MODIFIED and before is not None:
            return replace(before, vanished_at=None)
        if outcome not in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.LISTED):
            return None
        return KnownPage(
            url=target.url,
            kind=target.kind,
            sha256=digest if target.kind.is_document else None,
            etag=answer.header("ETag"),
            last_modified=answer.header("Last-Modified"),
            links=links,
            rules=self._rules,
            vanished_at=None,
        )


@contextmanager
def running_round(
    source: Source, home: Home, about: dict[str, str], clock: Clock = utc_now
) -> Iterator[FetchRound]:
    """The round of a source, resumed where a crash broke one off; ended when the block ends well.

    To be called while the source's lock is held. A block that raises leaves the round unfinished:
    the next one goes on with it.
    """
    with FetchLedger.open(ledger_path(home, source.name)) as ledger:
        round_ = _resumable(source, home, ledger, clock) or ledger.begin(
            clock(), source.rules_version()
        )
        archives = RoundArchives(home, source.name, round_.stamp)
        ends = Ends(round_.documents_end, round_.answers_end)
        try:
            opened = archives.open(ends, about)
        except ArchiveLost:
            archives.discard()
            ledger.lose(round_.number, clock())
            round_ = ledger.begin(clock(), source.rules_version())
            archives = RoundArchives(home, source.name, round_.stamp)
            opened = archives.open(Ends(0, 0), about)
        running = FetchRound(source, ledger, round_, opened, clock)
        yield running
        for archive in opened:
            archive.close()
        archives.seal()
        ledger.end(round_.number, clock(), ", ".join(sorted(running.left)) or "finished")


def end_unfinished(name: str, home: Home, clock: Clock = utc_now) -> bool:
    """End the unfinished round of a source, so that what it has can be landed; whether there was one.

    To be called while the source's lock is held.
    """
    with FetchLedger.open(ledger_path(home, name)) as ledger:
        round_ = ledger.open_round()
        if round_ is None:
            return False
        _finish(name, home, ledger, round_, clock)
        return True


def ledger_path(home: Home, name: str) -> Path:
    """Where the ledger of the source of that name lies."""
    return home.fetching_dir / name / "ledger.sqlite"


def _resumable(source: Source, home: Home, ledger: FetchLedger, clock: Clock) -> Round | None:
    """The unfinished round that is to be gone on with; one that is not is ended."""
    round_ = ledger.open_round()
    if round_ is None:
        return None
    archives = RoundArchives(home, source.name, round_.stamp)
    is_fresh = clock() - round_.begun_at < _RESUMED_FOR
    if is_fresh and round_.rules == source.rules_version() and not archives.is_partly_sealed():
        return round_
    _finish(source.name, home, ledger, round_, clock)
    return None


def _finish(name: str, home: Home, ledger: FetchLedger, round_: Round, clock: Clock) -> None:
    archives = RoundArchives(home, name, round_.stamp)
    if not archives.is_partly_sealed():
        try:
            for archive in archives.open(Ends(round_.documents_end, round_.answers_end), {}):
                archive.close()
        except ArchiveLost:
            archives.discard()
            ledger.lose(round_.number, clock())
            return
    archives.seal()
    ledger.end(round_.number, clock(), "broken off")


def _judge(kind: Kind, answer: Answer, digest: str, before: KnownPage | None) -> _Judged:
    """What an answer means."""
    status = answer.status
    had = before.sha256 if before is not None else None
    if status in _REDIRECTS:
        return _Judged(Outcome.MOVED, f"redirected to {answer.header('Location') or 'nowhere'}")
    if not kind.is_document:
        if status == _OK or (status == _NOT_MODIFIED and before is not None):
            return _Judged(Outcome.LISTED)
        return _Judged(Outcome.FAILED, f"status {status}")
    if status == _NOT_MODIFIED and had is not None:
        return _Judged(Outcome.UNCHANGED)
    if status in _GONE:
        if had is None or before is None:
            return _Judged(Outcome.MISSING, f"status {status}")
        outcome = Outcome.STILL_VANISHED if before.vanished_at else Outcome.VANISHED
        return _Judged(outcome, f"status {status}")
    if status != _OK:
        return _Judged(Outcome.FAILED, f"status {status}")
    if not answer.body:
        return _Judged(Outcome.FAILED, "the page is empty")
    media = answer.header("Content-Type")
    if not holds_document(media):
        return _Judged(Outcome.OTHER_MEDIA, f"media type {media}")
    if had is None:
        return _Judged(Outcome.NEW)
    return _Judged(Outcome.UNCHANGED if had == digest else Outcome.CHANGED)

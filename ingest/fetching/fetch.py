"""Fetching the listed sources: a process for each, some at once, never two of one host.

What lives here: starting, following and ending those processes, and what came of each. What does
not: the crawl (`crawl.py`), printing (`ingest/commands/fetch.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from ingest.fetching.fetch_round import end_unfinished, ledger_path
from ingest.fetching.ledger import FetchLedger, Recorded
from ingest.fetching.pages import Outcome
from ingest.fetching.sources import Source
from ingest.home import Home
from ingest.limits import LandingLimits
from ingest.locking import AlreadyLocked, hold_lock
from ingest.paths import PROJECT_ROOT
from ingest.settings import IngestSettings

# A crawl ends by itself at its source's `max_seconds`, after the answer under way. One that does
# not hangs (a pattern that never comes to an end).
_GRACE_SECONDS = 120.0

Progress = Callable[[str, str, Outcome], None]  # source, address, outcome


class NoContact(Exception):
    """Nobody is named whom a site could write to."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch: who asks, which hosts may be anywhere, how many sources at once."""

    contact: str
    allow_hosts: tuple[str, ...] = ()
    parallel: int = 4
    max_document_bytes: int = LandingLimits().document_bytes

    @classmethod
    def of(cls, settings: IngestSettings) -> FetchSettings:
        """How the environment says to fetch. Raises NoContact."""
        return cls(
            contact=settings.fetch_contact,
            allow_hosts=settings.fetch_allow_hosts,
            parallel=settings.fetch_parallel,
            max_document_bytes=settings.max_document_bytes,
        )

    def __post_init__(self) -> None:
        """Raises NoContact."""
        contact = self.contact.strip()
        is_reachable = "@" in contact or contact.startswith(("http://", "https://"))
        if not is_reachable or not contact.isprintable() or not contact.isascii():
            raise NoContact(
                "Sites must be able to reach whoever fetches from them. Set GONGKAI_FETCH_CONTACT "
                "to your mail address or a page about your work, then fetch again."
            )


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What came of a source. `error` says why its round did not end; it goes on the next time."""

    source: Source
    answers: tuple[Recorded, ...]  # of the round, what was answered before a crash included
    left: Mapping[str, int]  # bound that was met → addresses not asked for because of it
    error: str | None

    def count(self, outcome: Outcome) -> int:
        """How many addresses had that outcome."""
        return Counter(answer.outcome for answer in self.answers)[outcome]

    @property
    def failures(self) -> tuple[Recorded, ...]:
        """What gave no answer, or an error."""
        return tuple(answer for answer in self.answers if answer.outcome is Outcome.FAILED)

    @property
    def is_gone_through(self) -> bool:
        """Whether everything that says where reports are could be read."""
        lists = [answer for answer in self.answers if not answer.kind.is_document]
        return self.error is None and not any(
            answer.outcome in (Outcome.FAILED, Outcome.REFUSED) for answer in lists
        )


def fetch(
    sources: Sequence[Source],
    home: Path,
    settings: FetchSettings,
    progress: Progress = lambda source, url, outcome: None,
) -> list[SourceResult]:
    """Fetch what is new or changed of these sources; the results are in their order.

    The documents are put where landing takes them. A source that fails does not stop the others.
    """
    place = Home.at(home)
    waiting = list(sources)
    running: dict[str, _Crawl] = {}
    messages: SimpleQueue[tuple[str, dict[str, Any] | None]] = SimpleQueue()
    results: dict[str, SourceResult] = {}
    try:
        while waiting or running:
            for source in _startable(waiting, running.values(), settings.parallel):
                waiting.remove(source)
                running[source.name] = _Crawl.start(source, place, settings, messages)
            name, message = _next_message(messages, running)
            if message is None:
                results[name] = running.pop(name).result(place)
            elif "outcome" in message:
                progress(name, message["url"], Outcome(message["outcome"]))
            else:
                running[name].last = message
    finally:
        for crawl in running.values():
            crawl.stop()
    return [results[source.name] for source in sources]


def end_unlisted(sources: Collection[Source], home: Path) -> list[str]:
    """End unfinished rounds of sources that are listed no more; their names.

    What such a round has got can be landed then.
    """
    place = Home.at(home)
    listed = {source.name for source in sources}
    ended = []
    for path in sorted(place.fetching_dir.glob("*/ledger.sqlite")):
        name = path.parent.name
        if name in listed:
            continue
        try:
            with hold_lock(path.parent / "lock"):
                if end_unfinished(name, place):
                    ended.append(name)
        except AlreadyLocked:
            continue  # a crawl that began while it was listed
    return ended


@dataclass(slots=True)
class _Crawl:
    """The process of one source."""

    source: Source
    process: subprocess.Popen[bytes]
    errors: Path
    started: float = field(default_factory=time.monotonic)
    last: dict[str, Any] = field(default_factory=dict)  # what it said at its end
    is_stopped: bool = False

    @classmethod
    def start(
        cls,
        source: Source,
        home: Home,
        settings: FetchSettings,
        messages: SimpleQueue[tuple[str, dict[str, Any] | None]],
    ) -> _Crawl:
        errors = home.fetching_dir / source.name / "crawl.err"
        errors.parent.mkdir(parents=True, exist_ok=True)
        with errors.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "ingest.fetching.crawl"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(_python_path())},
            )
        assert process.stdin is not None
        job = {
            "source": source.model_dump(mode="json"),
            "home": str(home.path),
            "contact": settings.contact.strip(),
            "allow_hosts": settings.allow_hosts,
            "max_document_bytes": settings.max_document_bytes,
        }
        with suppress(BrokenPipeError), process.stdin as stdin:  # it may be dead already
            stdin.write(json.dumps(job).encode())
        crawl = cls(source, process, errors)
        threading.Thread(target=crawl._listen, args=(messages,), daemon=True).start()
        return crawl

    def _listen(self, messages: SimpleQueue[tuple[str, dict[str, Any] | None]]) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # else it was killed within the line
                messages.put((self.source.name, json.loads(line)))
        self.process.wait()
        messages.put((self.source.name, None))

    def is_overdue(self) -> bool:
        allowed = self.source.max_seconds + self.source.timeout_seconds + _GRACE_SECONDS
        return not self.is_stopped and time.monotonic() - self.started > allowed

    def stop(self) -> None:
        self.is_stopped = True
        self.process.kill()  # safe at any moment: what is recorded is whole
        self.process.wait()

    def result(self, home: Home) -> SourceResult:
        error = self.last.get("error")
        if error is None and self.process.returncode != 0:
            error = self._why_ended()
        path = ledger_path(home, self.source.name)
        answers: list[Recorded] = []
        if path.exists():
            with FetchLedger.open(path) as ledger:
                answers = ledger.answers()
        return SourceResult(
            self.source,
            tuple(answers),
            self.last.get("left", {}),
            error,
        )

    def _why_ended(self) -> str:
        if self.is_stopped:
            return "the crawl went on beyond max_seconds and was stopped"
        if self.process.returncode < 0:
            return f"the crawl was killed by signal {-self.process.returncode}"
        lines = self.errors.read_text(errors="replace").strip().splitlines()
        return f"the crawl ended with an error: {lines[-1] if lines else 'none told'}"


def _startable(
    waiting: Sequence[Source], running: Collection[_Crawl], parallel: int
) -> Iterator[Source]:
    """The sources to start now: none of whose hosts is being asked by another."""
    busy = {host for crawl in running for host in crawl.source.all_hosts()}
    places = parallel - len(running)
    for source in waiting[:]:
        if places <= 0:
            return
        if busy.isdisjoint(source.all_hosts()):
            busy |= source.all_hosts()
            places -= 1
            yield source


def _next_message(
    messages: SimpleQueue[tuple[str, dict[str, Any] | None]], running: dict[str, _Crawl]
) -> tuple[str, dict[str, Any] | None]:
    while True:
        try:
            return messages.get(timeout=1.0)
        except Empty:
            for crawl in running.values():
                if crawl.is_overdue():
                    crawl.stop()


def _python_path() -> list[str]:
    """Where the new process finds this package, however this one found it."""
    inherited = os.environ.get("PYTHONPATH")
    return [str(PROJECT_ROOT), *([inherited] if inherited else [])]

"""Landing: every document is frozen under its sha256 before anything reads it.

What lives here: taking the files of inboxes, and telling which could not be taken and why. What
does not: finding files (`inbox.py`), archives and dumps (`unpacking.py`, `dumps`), the bytes
(`frozen.py`), the record of what was landed (`ledger.py`), reading documents (`batch.py`).
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from ingest.dumps import Member, unpacker_version
from ingest.frozen import FrozenBytesDamaged, freeze, mend, object_path, read_frozen
from ingest.home import Home, HomeNotWritable
from ingest.inbox import InboxFile, Unlandable, find_files, locate, printable, read_whole
from ingest.known_files import KnownFiles
from ingest.ledger import Dump, Entry, Ledger, Refusal
from ingest.ledger_views import give_back, take_ledger, view_ledger
from ingest.limits import LandingLimits
from ingest.locking import hold_lock
from ingest.model import Severity
from ingest.schema import ISSUES
from ingest.unchanged import Unchanged, status_of
from ingest.unpacking import Unpacking, is_dump, is_landed_whole, open_dump

__all__ = [
    "FrozenBytesDamaged", "LandedDocument", "LandingResult", "has_news", "land",
    "landed_documents", "read_frozen", "refusal_issues",
]  # fmt: skip

logger = logging.getLogger(__name__)

DEFAULT_LIMITS = LandingLimits()
# So many new documents are made sure to be on the disk one by one, which takes milliseconds each;
# where there are more, the disk is waited for once for every ten thousand: for all that this
# machine has written to it, whoever did.
_SYNCED_SINGLY = 200
_COMMIT_EVERY = 10_000
FETCHED = Path("fetched")  # the inbox that fetching fills


@dataclass(frozen=True, slots=True)
class LandedDocument:
    """A frozen document. `landed_at` is UTC without zone; `path` is where the bytes lie."""

    sha256: str
    source_uri: str
    file_name: str
    byte_count: int
    landed_at: datetime
    path: Path


@dataclass(frozen=True, slots=True)
class LandingResult:
    """What one landing did. `refusals` are all that stand now, not only this landing's."""

    new: tuple[LandedDocument, ...]
    seen_count: int  # files whose bytes were known before
    sighting_count: int  # of these, files under a name not seen before
    refusals: tuple[Refusal, ...]
    refusals_changed: bool

    @property
    def is_nothing_new(self) -> bool:
        """Whether everything in the inboxes was known before."""
        return not self.new and not self.refusals_changed


def land(
    inboxes: Sequence[Path],
    home: Path,
    *,
    limits: LandingLimits = DEFAULT_LIMITS,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LandingResult:
    """Freeze the documents of the inboxes, and of what was fetched, that were not seen before.

    Files that cannot be taken (empty, too large, unreadable, gone or still being written) become
    refusals, and the rest goes on. Archives and dumps are landed document by document, and read
    through once as long as they do not change. All documents of one landing have the same
    `landed_at`.
    Raises InboxMissing before anything is written, and HomeNotWritable where bytes cannot be kept;
    what was landed before that stays landed.
    """
    for inbox in inboxes:
        locate(inbox)
    place = Home.at(home)
    place.make_dirs()
    landed_at = now().astimezone(UTC).replace(tzinfo=None)
    try:
        with hold_lock(place.ledger.with_suffix(".lock"), wait=True):
            known = KnownFiles.read(place.known_files, unpacker_version(limits))
            landing = _Landing(place, take_ledger(place.ledger), known, landed_at, limits)
            with closing(landing):
                for inbox, name in _with_fetched(inboxes, place):
                    landing.take_inbox(inbox, name)
            give_back(landing.ledger)
            return landing.result()
    except OSError as error:
        raise HomeNotWritable.because(error, place.path) from error


def has_news(
    inboxes: Sequence[Path], home: Path, *, limits: LandingLimits = DEFAULT_LIMITS
) -> bool:
    """Whether `land` would record anything; nothing is written, and the first news ends the look.

    Raises InboxMissing.
    """
    place = Home.at(home)
    ledger = view_ledger(place.ledger)
    known = KnownFiles.read(place.known_files, unpacker_version(limits))
    unchanged = Unchanged(place, ledger, known, limits)
    met: set[str] = set()

    def is_news(refusal: Refusal) -> bool:
        met.add(refusal.source_uri)
        return ledger.refusals.get(refusal.source_uri) != refusal

    closed: list[Refusal] = []

    def note_folder(name: str, error: OSError) -> None:
        closed.append(_folder_refusal(name, error))

    all_inboxes = _with_fetched(inboxes, place)
    for inbox, name in all_inboxes:
        files = find_files(
            inbox, name=name, skip_dirs=place.own_dirs(), on_error=note_folder, newest_first=True
        )
        for file in files:
            if unchanged.holds(file):
                if file.source_uri in ledger.dumps:
                    met.update(ledger.refusals_of(file.source_uri))
                continue
            try:
                if is_dump(file):
                    with open_dump(file, limits) as (_, sha256):
                        is_known = is_landed_whole(place, ledger, file, sha256, limits)
                    if not is_known:
                        return True
                    met.update(ledger.refusals_of(file.source_uri))
                    continue
                sha256 = _digest(read_whole(file, limits.document_bytes))
            except Unlandable as refused:
                if is_news(Refusal(file.source_uri, refused.code, str(refused))):
                    return True
                continue
            is_known = ledger.is_sighted(sha256, file.source_uri)
            if not is_known or not object_path(place, sha256).exists():
                return True
    if any(map(is_news, closed)):
        return True
    return any(
        _is_under(source_uri, name)
        for source_uri in set(ledger.refusals) - met
        for _, name in all_inboxes
    )


def landed_documents(home: Path, *, but: Container[str] = ()) -> list[LandedDocument]:
    """The documents ever landed in this home, in order of landing, `but` those of these sha256."""
    place = Home.at(home)
    entries = view_ledger(place.ledger).entries
    return [_document(place, entry) for sha256, entry in entries.items() if sha256 not in but]


def refusal_issues(refusals: Iterable[Refusal], reader_version: str) -> pl.DataFrame:
    """Refusals as rows of the staging table `issues`: stage land, no document, no report."""
    rows = [
        {
            "issue_id": "land-" + _digest(f"{refusal.code} {refusal.source_uri}".encode())[:16],
            "source_uri": refusal.source_uri,
            "stage": "land",
            "code": refusal.code,
            "severity": Severity.ERROR.value,
            "message": refusal.message,
            "reader_version": reader_version,
        }
        for refusal in refusals
    ]
    return pl.DataFrame(rows, schema=ISSUES)


@dataclass(slots=True)
class _Landing:
    """One landing under way."""

    home: Home
    ledger: Ledger
    known: KnownFiles
    landed_at: datetime
    limits: LandingLimits
    new: list[LandedDocument] = field(default_factory=list)
    seen_count: int = 0
    sighting_count: int = 0
    refusals_changed: bool = False
    _committed: int = 0  # of the new documents
    _settled: list[tuple[str, os.stat_result, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep the order of landing where the clock was set back: of two versions of a report the
        one that was landed later counts.
        """
        last = next(reversed(self.ledger.entries.values()), None)
        if last is not None and last.landed_at > self.landed_at:
            self.landed_at = last.landed_at + timedelta(microseconds=1)

    def take_inbox(self, inbox: Path, name: Path) -> None:
        met: set[str] = set()

        def note_folder(name: str, error: OSError) -> None:
            refusal = _folder_refusal(name, error)
            met.add(refusal.source_uri)
            self._refuse(refusal)

        files = find_files(inbox, name=name, skip_dirs=self.home.own_dirs(), on_error=note_folder)
        unchanged = Unchanged(self.home, self.ledger, self.known, self.limits)
        for file in files:
            if unchanged.holds(file):
                if dump := self.ledger.dumps.get(file.source_uri):
                    met.update(self.ledger.refusals_of(file.source_uri))
                self.seen_count += dump.document_count if dump else 1
            elif is_dump(file):
                met.update(self._take_dump(file))
            else:
                met.add(file.source_uri)
                self._take_file(file)
        self._clear_vanished(name, met)

    def close(self) -> None:
        """Record all that was done; files need not be read again once that is on the disk."""
        self._commit()
        for source_uri, status, sha256 in self._settled:
            self.known.note(source_uri, status, sha256)
        self.known.write()

    def _commit(self) -> None:
        """Make sure of the disk: first of what was frozen, then of the ledger that tells of it."""
        if len(self.new) > max(self._committed, _SYNCED_SINGLY):
            os.sync()
        self.ledger.commit()
        self._committed = len(self.new)

    def result(self) -> LandingResult:
        return LandingResult(
            new=tuple(self.new),
            seen_count=self.seen_count,
            sighting_count=self.sighting_count,
            refusals=tuple(self.ledger.refusals[key] for key in sorted(self.ledger.refusals)),
            refusals_changed=self.refusals_changed,
        )

    def _take_file(self, file: InboxFile) -> None:
        status = status_of(file)
        try:
            data = read_whole(file, self.limits.document_bytes)
        except Unlandable as refused:
            self._refuse(Refusal(file.source_uri, refused.code, str(refused)))
            return
        self.refusals_changed |= self.ledger.clear(file.source_uri, self.landed_at)
        sha256 = self._take_document(Member(file.source_uri, file.file_name, data), dump=None)
        self._settle(file, status, sha256)

    def _take_dump(self, file: InboxFile) -> set[str]:
        """Land the documents of a dump; the names that are refused of it now."""
        status = status_of(file)
        try:
            with open_dump(file, self.limits) as (handle, sha256):
                if is_landed_whole(self.home, self.ledger, file, sha256, self.limits):
                    self.seen_count += self.ledger.dumps[file.source_uri].document_count
                    self._settle(file, status, sha256)
                    return self.ledger.refusals_of(file.source_uri)
                unpacking = Unpacking(file, handle, self.limits)
                for member in unpacking.documents():
                    self._take_document(member, dump=sha256)
        except Unlandable as refused:
            self._refuse(Refusal(file.source_uri, refused.code, str(refused)))
            return {file.source_uri}
        refusals = unpacking.refusals()
        told = {refusal.source_uri for refusal in refusals}
        for refusal in refusals:
            self._refuse(refusal)
        for stale in sorted(self.ledger.refusals_of(file.source_uri) - told):
            self.refusals_changed |= self.ledger.clear(stale, self.landed_at)
        version = unpacker_version(self.limits)
        dump = Dump(sha256, version, unpacking.document_count)
        self.ledger.unpack(file.source_uri, dump, self.landed_at)
        self._settle(file, status, sha256)
        return told

    def _settle(self, file: InboxFile, status: os.stat_result | None, sha256: str) -> None:
        """It need not be read again as it is: known once what it gave is on the disk."""
        if status is not None:
            self._settled.append((file.source_uri, status, sha256))

    def _take_document(self, member: Member, *, dump: str | None) -> str:
        """Freeze a document unless it is known; its sha256."""
        sha256 = _digest(member.data)
        path = object_path(self.home, sha256)
        if sha256 in self.ledger.entries:
            self.seen_count += 1
            self.sighting_count += self.ledger.sight(sha256, member.source_uri, self.landed_at)
            mend(path, member.data)
            return sha256
        freeze(path, member.data, sync=len(self.new) < _SYNCED_SINGLY)
        entry = Entry(
            sha256, member.source_uri, member.file_name, len(member.data), self.landed_at, dump
        )
        self.ledger.land(entry)
        self.new.append(_document(self.home, entry))
        if len(self.new) - self._committed >= _COMMIT_EVERY:
            self._commit()
        return sha256

    def _refuse(self, refusal: Refusal) -> None:
        if self.ledger.refuse(refusal, self.landed_at):
            logger.warning("%s", refusal.message)
            self.refusals_changed = True

    def _clear_vanished(self, name: Path, met: set[str]) -> None:
        """A refused file that its owner took away is no longer an issue."""
        for source_uri in list(self.ledger.refusals):
            if source_uri not in met and _is_under(source_uri, name):
                self.refusals_changed |= self.ledger.clear(source_uri, self.landed_at)


def _with_fetched(inboxes: Sequence[Path], home: Home) -> list[tuple[Path, Path]]:
    """Each inbox and the name it is known by; what was fetched is the last of them.

    That one's name does not hold the home's place: a home that is moved has landed all it had.
    """
    named = [(inbox, inbox) for inbox in inboxes]
    return [*named, (home.fetched_dir, FETCHED)] if home.fetched_dir.is_dir() else named


def _folder_refusal(name: str, error: OSError) -> Refusal:
    return Refusal(
        name,
        "unreadable_folder",
        f"The folder {name} cannot be listed: {error.strerror}. Give this user permission to read "
        "it and refresh again.",
    )


def _is_under(source_uri: str, inbox: Path) -> bool:
    name = printable(inbox)
    return source_uri == name or source_uri.startswith(f"{name}/")


def _document(home: Home, entry: Entry) -> LandedDocument:
    return LandedDocument(
        sha256=entry.sha256,
        source_uri=entry.source_uri,
        file_name=entry.file_name,
        byte_count=entry.byte_count,
        landed_at=entry.landed_at,
        path=object_path(home, entry.sha256),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""The landing ledger: which documents were landed, when, and under which names they were seen.

What lives here: reading and appending the events of `landing/ledger.jsonl`, one JSON object a
line. What does not: looking into inboxes and freezing bytes (`landing.py`).

The file is only ever appended to, by `commit`, once what it tells of is on the disk. A line cut
short by a crash is dropped when it is next opened: its document is then landed again, with the same
bytes under the same name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

_LOOK_BACK = 65_536
_LINES_AT_ONCE = 1_000_000  # bytes


class LedgerDamaged(Exception):
    """The ledger holds a line that this program did not write."""


class Event(StrEnum):
    """What happened to bytes that were met in an inbox."""

    LANDED = "landed"  # new bytes were frozen
    SIGHTED = "sighted"  # bytes frozen before, under a name not seen before
    REFUSED = "refused"  # a file that could not be landed, with the reason
    CLEARED = "cleared"  # a refused file is gone, or can be landed now
    UNPACKED = "unpacked"  # a dump was read through to its end


@dataclass(frozen=True, slots=True)
class Entry:
    """A frozen document as the ledger knows it: `landed_at` (UTC) is set once, at first sight."""

    sha256: str
    source_uri: str
    file_name: str
    byte_count: int
    landed_at: datetime
    dump: str | None = None  # sha256 of the dump that it was unpacked from


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump as it was read through: its bytes, the version of unpacking, how much it gave."""

    sha256: str
    version: str
    document_count: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be landed."""

    source_uri: str
    code: str
    message: str


@dataclass(slots=True)
class Ledger:
    """The state that the events add up to, and the way to add one."""

    path: Path
    entries: dict[str, Entry] = field(default_factory=dict)  # by sha256, in order of landing
    names: dict[str, set[str]] = field(default_factory=dict)  # sha256 -> its names but the first
    refusals: dict[str, Refusal] = field(default_factory=dict)  # by source_uri
    dumps: dict[str, Dump] = field(default_factory=dict)  # by source_uri
    _dump_documents: dict[str, list[str]] = field(default_factory=dict)  # sha256 of dump -> of each
    _pending: list[str] = field(default_factory=list)  # lines that are not written yet

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """The ledger at `path`; an absent file is an empty ledger."""
        ledger = cls(path)
        for event in _whole_lines(path):
            ledger._apply(event)
        return ledger

    def is_sighted(self, sha256: str, source_uri: str) -> bool:
        """Whether these bytes were seen under this name."""
        entry = self.entries.get(sha256)
        return entry is not None and (
            entry.source_uri == source_uri or source_uri in self.names.get(sha256, ())
        )

    def land(self, entry: Entry) -> None:
        """Record new bytes, after they have been frozen."""
        self._record(
            {
                "event": Event.LANDED,
                "sha256": entry.sha256,
                "source_uri": entry.source_uri,
                "file_name": entry.file_name,
                "byte_count": entry.byte_count,
                "at": entry.landed_at.isoformat(),
                **({"dump": entry.dump} if entry.dump else {}),
            }
        )

    def unpack(self, source_uri: str, dump: Dump, at: datetime) -> None:
        """Record that a dump was read through, after its documents were frozen."""
        self._record(
            {
                "event": Event.UNPACKED,
                "source_uri": source_uri,
                "sha256": dump.sha256,
                "version": dump.version,
                "document_count": dump.document_count,
                "at": at.isoformat(),
            }
        )

    def documents_of(self, dump: str) -> list[str]:
        """The sha256 of the documents that were new when the dump of that sha256 was unpacked."""
        return self._dump_documents.get(dump, [])

    def refusals_of(self, dump_uri: str) -> set[str]:
        """The names that are refused of a dump: its own, and those of places in it."""
        return {
            uri for uri in self.refusals if uri == dump_uri or uri.startswith(f"{dump_uri}/")
        }

    def sight(self, sha256: str, source_uri: str, at: datetime) -> bool:
        """Record another name of known bytes; false where that name is known already."""
        if self.is_sighted(sha256, source_uri):
            return False
        self._record(
            {
                "event": Event.SIGHTED,
                "sha256": sha256,
                "source_uri": source_uri,
                "at": at.isoformat(),
            }
        )
        return True

    def refuse(self, refusal: Refusal, at: datetime) -> bool:
        """Record that a file could not be landed; false where the same is known already."""
        if self.refusals.get(refusal.source_uri) == refusal:
            return False
        self._record(
            {
                "event": Event.REFUSED,
                "source_uri": refusal.source_uri,
                "code": refusal.code,
                "message": refusal.message,
                "at": at.isoformat(),
            }
        )
        return True

    def clear(self, source_uri: str, at: datetime) -> bool:
        """Record that a refused file is refused no longer; false where it was not refused."""
        if source_uri not in self.refusals:
            return False
        self._record({"event": Event.CLEARED, "source_uri": source_uri, "at": at.isoformat()})
        return True

    def commit(self) -> None:
        """Write what was recorded since the last time, and make sure that it is on the disk.

        To be called once the bytes that it tells of are.
        """
        if not self._pending:
            return
        _cut_torn_line(self.path)
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(self._pending)
            file.flush()
            os.fsync(file.fileno())
        self._pending.clear()

    def _record(self, event: dict[str, Any]) -> None:
        self._pending.append(json.dumps(event, ensure_ascii=False) + "\n")
        self._apply(event)

    def _apply(self, event: dict[str, Any]) -> None:
        kind, source_uri = event["event"], event["source_uri"]
        if kind == Event.LANDED:
            sha256, dump = event["sha256"], event.get("dump")
            self.entries[sha256] = Entry(
                sha256, source_uri, event["file_name"], event["byte_count"], _time(event["at"]), dump
            )
            if dump is not None:
                self._dump_documents.setdefault(dump, []).append(sha256)
        elif kind == Event.SIGHTED:
            self.names.setdefault(event["sha256"], set()).add(source_uri)
        elif kind == Event.REFUSED:
            self.refusals[source_uri] = Refusal(source_uri, event["code"], event["message"])
            self._forget_dump(source_uri)
        elif kind == Event.CLEARED:
            self.refusals.pop(source_uri, None)
            self._forget_dump(source_uri)
        elif kind == Event.UNPACKED:
            self.dumps[source_uri] = Dump(event["sha256"], event["version"], event["document_count"])
        else:
            raise LedgerDamaged(
                f"{self.path} tells of {kind!r} at {source_uri}, which this version does not know. Was it "
                "written by a newer one? Use that, or restore the file from a backup."
            )


    def _forget_dump(self, source_uri: str) -> None:
        """What is refused of a dump has changed since it was read through: it must be once more."""
        for uri in [u for u in self.dumps if source_uri == u or source_uri.startswith(f"{u}/")]:
            del self.dumps[uri]


@lru_cache(maxsize=64)  # all documents of a landing have the same
def _time(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The events of the file; what stands behind its last line end was torn by a crash."""
    if not path.exists():
        return
    with path.open("rb") as file:
        number = 0
        while lines := file.readlines(_LINES_AT_ONCE):
            if not lines[-1].endswith(b"\n"):
                lines.pop()
            try:  # many at once: a hundred thousand one by one take half a second longer
                yield from json.loads(b"[" + b",".join(lines) + b"]")
            except ValueError:
                yield from _one_by_one(path, lines, number)
            number += len(lines)


def _one_by_one(path: Path, lines: list[bytes], before: int) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=before + 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise LedgerDamaged(
                f"Line {number} of {path} is not JSON: something else wrote into it. Delete "
                "that line (its document is landed again), or restore the file from a backup."
            ) from error


def _cut_torn_line(path: Path) -> None:
    """Drop what a crash left after the last line end, so that the next line starts on its own."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        at = end
        while at > 0:
            at = max(0, at - _LOOK_BACK)
            file.seek(at)
            if (found := file.read(_LOOK_BACK).rfind(b"\n")) >= 0:
                at += found + 1
                break
        if at != end:
            file.truncate(at)

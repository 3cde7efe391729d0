"""Unpacking: what of an inbox is a dump, and what it gives to be landed and refused.

What lives here: opening a dump of an inbox, whether it was landed before, how many of its faults
are told one by one. What does not: the formats (`dumps`), keeping the documents (`landing.py`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ingest.dumps import Fault, Member, may_be_dump, read_dump, unpacker_version
from ingest.frozen import object_path
from ingest.home import Home
from ingest.inbox import InboxFile, Limit, is_regular, open_unchanging, unreadable
from ingest.ledger import Ledger, Refusal
from ingest.limits import LandingLimits

# Faults of one kind that are told one by one; what is beyond is told as a number.
MOST_TOLD = 100
_CHUNK = 1024 * 1024


def is_dump(file: InboxFile) -> bool:
    """Whether a file holds documents rather than being one; a file that cannot be opened does not."""
    try:
        if not is_regular(file):
            return False
        with file.path.open("rb") as handle:
            return may_be_dump(handle, file.file_name)
    except OSError:
        return False  # whoever reads it whole says why it cannot be


@contextmanager
def open_dump(file: InboxFile, limits: LandingLimits) -> Iterator[tuple[BinaryIO, str]]:
    """A dump at its start, and its sha256. Raises Unlandable as `open_unchanging` does."""
    limit = Limit(limits.dump_bytes, "Split it, or raise GONGKAI_MAX_DUMP_BYTES.")
    with open_unchanging(file, limit) as handle:
        try:
            digest = hashlib.sha256()
            while chunk := handle.read(_CHUNK):
                digest.update(chunk)
            handle.seek(0)
        except OSError as error:
            raise unreadable(file.source_uri, error) from error
        yield handle, digest.hexdigest()


def is_landed_whole(
    home: Home, ledger: Ledger, file: InboxFile, sha256: str, limits: LandingLimits
) -> bool:
    """Whether these bytes were read through before, in the same way, and all they gave is there."""
    dump = ledger.dumps.get(file.source_uri)
    if dump is None or (dump.sha256, dump.version) != (sha256, unpacker_version(limits)):
        return False
    return all(object_path(home, document).exists() for document in ledger.documents_of(sha256))


class Unpacking:
    """One dump being read through: its documents as they come, its faults at the end."""

    def __init__(self, file: InboxFile, handle: BinaryIO, limits: LandingLimits) -> None:
        self._file = file
        self._handle = handle
        self._limits = limits
        self._refusals: dict[str, Refusal] = {}
        self._untold: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self.document_count = 0

    def documents(self) -> Iterator[Member]:
        """The documents. Raises Unlandable where the dump was changed meanwhile."""
        size = self._handle.seek(0, 2)
        self._handle.seek(0)
        for item in read_dump(self._handle, self._file.source_uri, size, self._limits):
            if isinstance(item, Fault):
                self._note(item)
            else:
                self.document_count += 1
                yield item

    def refusals(self) -> list[Refusal]:
        """What could not be landed of the dump."""
        uri = self._file.source_uri
        more = [
            Refusal(
                f"{uri}/further {code}",
                code,
                f"{uri}: {count:,} further places were not landed for the reason {code}; the first "
                f"{MOST_TOLD} are told one by one. Mend them all and refresh again.",
            )
            for code, count in sorted(self._untold.items())
        ]
        return [*self._refusals.values(), *more]

    def _note(self, fault: Fault) -> None:
        if self._told[fault.code] == MOST_TOLD:
            self._untold[fault.code] += 1
            return
        self._told[fault.code] += 1
        refusal = Refusal(fault.source_uri, fault.code, fault.message)
        self._refusals.setdefault(refusal.source_uri, refusal)

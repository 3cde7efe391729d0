"""Files that need not be read again: not written since they were landed, and what they gave is whole.

What lives here: that question, asked of each file of an inbox. What does not: what the system said
of a file (`known_files.py`), what was landed (`ledger.py`), landing (`landing.py`).
"""

from __future__ import annotations

import os

from ingest.home import Home
from ingest.inbox import InboxFile
from ingest.known_files import KnownFiles
from ingest.ledger import Ledger
from ingest.limits import LandingLimits
from ingest.unpacking import is_landed_whole


def status_of(file: InboxFile) -> os.stat_result | None:
    """What the system says of the file; None where it says nothing: whoever reads it says why."""
    try:
        return os.stat(file.place)
    except OSError:
        return None


class Unchanged:
    """Whether a file was not written since it was landed, and what it gave is there whole."""

    def __init__(
        self, home: Home, ledger: Ledger, known: KnownFiles, limits: LandingLimits
    ) -> None:
        self._home, self._ledger, self._known, self._limits = home, ledger, known, limits
        self._objects = str(home.objects_dir)

    def holds(self, file: InboxFile) -> bool:
        """Whether the file need not be read; reads nothing, whatever is not certain is no."""
        status = status_of(file)
        sha256 = self._known.sha256_of(file.source_uri, status) if status else None
        if sha256 is None:
            return False
        if file.source_uri in self._ledger.dumps:
            return is_landed_whole(self._home, self._ledger, file, sha256, self._limits)
        return self._ledger.is_sighted(sha256, file.source_uri) and self._is_whole(sha256)

    def _is_whole(self, sha256: str) -> bool:
        try:
            size = os.stat(f"{self._objects}/{sha256[:2]}/{sha256}").st_size
        except OSError:
            return False
        return size == self._ledger.entries[sha256].byte_count

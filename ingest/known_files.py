"""Files of inboxes as they were when their bytes were last hashed: unchanged ones are not read again.

What lives here: telling from what the system says of a file (size, times, inode, device) that it
was not written since, and keeping that from one landing to the next. What does not: what was landed
(`ledger.py`), which decides; this can be deleted, and every file is read once more.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

# A file that was written this shortly before it was read may be written again within the same tick
# of its file system's clock (2 s on FAT), so that nothing but its bytes would tell.
_UNSETTLED_NS = 2_000_000_000


class KnownFiles:
    """name → what the system said of the file, and the sha256 that it had then."""

    def __init__(self, path: Path, version: str, marks: dict[str, str]) -> None:
        self._path = path
        self._version = version
        self._marks = marks
        self._is_changed = False

    @classmethod
    def read(cls, path: Path, version: str) -> KnownFiles:
        """What was kept at `path`; nothing where it is absent, torn, or of another `version`.

        `version` is of how files are landed: a file that would be landed otherwise is not known.
        """
        try:
            kept = json.loads(path.read_bytes())
            marks = kept["marks"] if kept["version"] == version else {}
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            marks = {}  # it only saves time
        return cls(path, version, marks)

    def sha256_of(self, source_uri: str, status: os.stat_result) -> str | None:
        """The sha256 of the bytes of the file; None where it may have been written since."""
        mark = self._marks.get(source_uri)
        if mark is None:
            return None
        stamp, _, sha256 = mark.rpartition(" ")
        return sha256 if stamp == _stamp(status) else None

    def note(self, source_uri: str, status: os.stat_result, sha256: str) -> None:
        """Keep what the system said of the file before its bytes were read, and their sha256."""
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _UNSETTLED_NS:
            self._marks[source_uri] = f"{_stamp(status)} {sha256}"
            self._is_changed = True

    def write(self) -> None:
        """Keep what was noted, where anything was."""
        if not self._is_changed:
            return
        unfinished = self._path.with_suffix(".part")
        # Names that no UTF-8 can hold never get here: `inbox.printable` makes text of them.
        kept = json.dumps({"version": self._version, "marks": self._marks}, ensure_ascii=False)
        unfinished.write_text(kept, encoding="utf-8")
        os.replace(unfinished, self._path)
        self._is_changed = False


def _stamp(status: os.stat_result) -> str:
    """What changes where a file is written, also where its time of writing is set back (ctime)."""
    return (
        f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} "
        f"{status.st_ino} {status.st_dev}"
    )

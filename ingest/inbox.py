"""Inboxes: which files of a folder are documents, under which name each is known, and its bytes.

What lives here: finding files, in the same order each time, what is passed over, and reading a
file whole or saying why not. What does not: keeping the bytes (`landing.py`), deciding whether they are reports (`ingest/identity`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.limits import MEBIBYTE
from ingest.paths import PROJECT_ROOT

# Files that stand beside reports and are none: labels of the tests, notes to the reader of the
# folder, and what desktops and office programs leave behind. `docs/operations.md` lists them.
_IGNORED_SUFFIXES = (".gold.json", ".md")
_IGNORED_PREFIXES = (".", "~$", "readme")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})


class InboxMissing(Exception):
    """An inbox was named that is not there."""


class Unlandable(Exception):
    """A file that cannot be landed: `code` says why, the message names the way out."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file to land: where it is, and the name it is known by (as given, file name last)."""

    place: str  # on the disk; a string, as of a hundred thousand most are only asked for their times
    source_uri: str

    @property
    def path(self) -> Path:
        return Path(self.place)

    @property
    def file_name(self) -> str:
        return self.source_uri.rpartition("/")[2]


def locate(inbox: Path) -> Path:
    """Where `inbox` is: a relative one is looked for in the current folder, then the project's.

    Raises InboxMissing with the way out.
    """
    candidates = [inbox.expanduser().absolute()]
    if not inbox.is_absolute():
        candidates.append(PROJECT_ROOT / inbox)
    for candidate in candidates:
        # Not Path.exists, which raises where a folder above is closed to this user.
        if os.path.exists(candidate):
            return candidate
    raise InboxMissing(
        f"There is no inbox {inbox} (looked at {' and '.join(map(str, candidates))}). "
        "Name an existing file or folder with --inbox, or in GONGKAI_INBOX."
    )


def find_files(
    inbox: Path,
    *,
    name: Path | None = None,
    skip_dirs: Collection[Path] = (),
    on_error: Callable[[str, OSError], None] = lambda name, error: None,
    newest_first: bool = False,
) -> Iterator[InboxFile]:
    """The documents of an inbox, sorted by name, folders within folders included.

    With `newest_first` the folders changed last come before others, for who looks for news.

    An inbox that is itself a file is taken whatever its name. Files are known by the inbox as given,
    or by `name` in its place. `skip_dirs` (absolute) are passed over; `on_error` is told the name of each folder that cannot be listed.
    Raises InboxMissing where there is nothing of that name.
    """
    root = locate(inbox)
    known_as = name or inbox
    if not root.is_dir():
        yield InboxFile(str(root), printable(known_as))
        return

    def tell(error: OSError) -> None:
        on_error(printable(known_as / Path(error.filename).relative_to(root)), error)

    for folder, folders, files in os.walk(root, onerror=tell):
        here = Path(folder)
        folders[:] = sorted(
            folder_name
            for folder_name in folders
            if not folder_name.startswith(".") and here / folder_name not in skip_dirs
        )
        if newest_first:
            folders.sort(key=lambda folder_name: _changed_at(here / folder_name), reverse=True)
        called = known_as / here.relative_to(root)
        prefix = "" if called == Path() else os.path.join(called.as_posix(), "")
        inside = os.path.join(folder, "")
        for file_name in sorted(files):
            if not is_ignored(file_name):
                plain = prefix + file_name
                is_utf8 = plain.isascii() or _is_utf8(plain)  # of a million names nearly all are
                name_known = plain if is_utf8 else printable(called / file_name)
                yield InboxFile(inside + file_name, name_known)


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0  # who lists it says why


def _is_utf8(name: str) -> bool:
    """Whether the bytes of the name, as the system gave them, are UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_whole(file: InboxFile, max_bytes: int) -> bytes:
    """The bytes of a file.

    Raises Unlandable where they cannot be had, are none, or are more than `max_bytes`.
    """
    limit = Limit(max_bytes, "Split it, or raise GONGKAI_MAX_DOCUMENT_BYTES.")
    with open_unchanging(file, limit) as handle:
        try:
            data = handle.read(max_bytes + 1)
        except OSError as error:
            raise unreadable(file.source_uri, error) from error
    if not data:
        raise Unlandable(
            "file_empty",
            f"{file.source_uri} is empty (0 bytes). Fetch the document again and put it in its place.",
        )
    return data


@dataclass(frozen=True, slots=True)
class Limit:
    """How many bytes a file may have, and what to do where it has more."""

    max_bytes: int
    way_out: str


@contextmanager
def open_unchanging(file: InboxFile, limit: Limit) -> Iterator[BinaryIO]:
    """A file open for reading that nobody writes meanwhile.

    Raises Unlandable where it cannot be read, is too large, or was changed within the block.
    """
    name = file.source_uri
    try:
        # Opening a pipe would wait for its writer, so the kind is looked at first.
        if not is_regular(file):
            raise Unlandable(
                "not_a_file", f"{name} is no ordinary file (a pipe or a device). Take it away."
            )
        handle = file.path.open("rb")
    except OSError as error:
        raise unreadable(name, error) from error
    with handle:
        before = os.fstat(handle.fileno())
        if before.st_size > limit.max_bytes:
            raise Unlandable(
                "file_too_large",
                f"{name} has {before.st_size / MEBIBYTE:.1f} MiB, more than the limit of "
                f"{limit.max_bytes / MEBIBYTE:.1f} MiB. {limit.way_out}",
            )
        yield handle
        after = os.fstat(handle.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unlandable(
            "file_changing",
            f"{name} changed while it was read: a program is still writing it. Refresh again when "
            "it is done.",
        )


def is_regular(file: InboxFile) -> bool:
    """Whether it is no pipe, device or folder. Raises OSError."""
    return stat.S_ISREG(file.path.stat().st_mode)


def unreadable(name: str, error: OSError) -> Unlandable:
    """What to tell of a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return Unlandable(
            "file_vanished",
            f"{name} was removed while the inbox was read. Put it back and refresh again if it is "
            "still wanted.",
        )
    return Unlandable(
        "file_unreadable",
        f"{name} cannot be read: {error.strerror}. Give this user permission to read it, or "
        "copy it again if the disk it is on fails.",
    )


def is_ignored(file_name: str) -> bool:
    """Whether a file of this name stands beside reports without being one."""
    name = file_name.lower()
    return (
        name.startswith(_IGNORED_PREFIXES)
        or name.endswith(_IGNORED_SUFFIXES)
        or name in _IGNORED_NAMES
    )


def printable(path: Path) -> str:
    """The path as text that any database can hold.

    Names made on a Chinese Windows often are GB18030 bytes on another system's disk: these are
    decoded; what is neither UTF-8 nor GB18030 keeps its bytes as escapes.
    """
    raw = os.fsencode(path.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")

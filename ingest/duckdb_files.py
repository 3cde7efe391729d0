"""DuckDB files that cannot be used: of a newer version, or damaged; told apart, with a way out.

What lives here: which of the two an error of DuckDB means, and the sentence for it. What does not:
opening the files (`load.py`, `published.py`, `orchestration/publishing.py`).
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

# In the main header: after a checksum the magic word, 52 bytes on the version of the writer.
_MAGIC = (8, b"DUCK")
_WRITER = slice(52, 84)
_SIGNS_OF_DAMAGE = (
    "Corrupt database file",
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Failed to load metadata pointer",
)


class NewerDuckDB(Exception):
    """A file was written by a version of DuckDB that is newer than the one installed."""

    def __init__(self, path: Path) -> None:
        writer = _version_of_writer(path) or "a newer version"
        super().__init__(
            f"{path} was written by DuckDB {writer}; the one installed here, {duckdb.__version__}, "
            "cannot open it. Run the gongkai that wrote it, or install that version of duckdb. "
            "The file is left as it is."
        )


class WorkFileDamaged(Exception):
    """The work file cannot be read."""

    def __init__(self, path: Path, error: duckdb.Error) -> None:
        first_line = str(error).partition("\n")[0]
        super().__init__(
            f"The work file {path} is damaged ({first_line}). Move it away and run `gongkai "
            "refresh`: everything in it is made again from the landing. Nothing published is "
            "changed."
        )


def raise_if_newer(error: duckdb.Error, path: Path) -> None:
    """Raise NewerDuckDB where the error, met on opening the file, says so."""
    if re.search(r"created with a newer version|storage version number", str(error)):
        raise NewerDuckDB(path) from error


def is_damage(text: str) -> bool:
    """Whether the words of an error of DuckDB mean that a file is damaged."""
    return any(sign in text for sign in _SIGNS_OF_DAMAGE)


def _version_of_writer(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            header = file.read(_WRITER.stop)
    except OSError:
        return None
    start, magic = _MAGIC
    if header[start : start + len(magic)] != magic:
        return None
    version = header[_WRITER].rstrip(b"\0").decode("ascii", "replace")
    return version if re.fullmatch(r"v?\d+[\w.+-]*", version) else None

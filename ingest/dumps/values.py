"""What a dump gives: documents, and places that could not be read.

What lives here: the values, and how places in a dump are named. What does not: bounds (`limits.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DRIVE = re.compile(r"^[A-Za-z]:")
# Longer names are no names; file systems end at 255 bytes a part.
_MAX_NAME = 1_000


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a dump: its bytes, and the name it is known by (as given, file name last)."""

    source_uri: str
    file_name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """A place of a dump that gave no document, or the whole dump: why, and the way out."""

    source_uri: str
    code: str
    message: str


class DumpRefused(Exception):
    """The rest of a dump is not read: `code` says why, the message names the way out."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class DumpDamaged(Exception):
    """The dump ends or breaks where it should not; what came before it is good."""


def decode_name(raw: bytes) -> str:
    """A member's name as text: UTF-8, or what a Chinese Windows writes, else bytes as escapes."""
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def member_path(name: str) -> str:
    r"""A member's name as the end of a source_uri: relative, without `..`, one line.

    The name is a label only: no file is ever opened or written by it.

    >>> member_path("/a/../../b.txt"), member_path("C:\\x\\y.html")
    ('a/b.txt', 'x/y.html')
    """
    name = _DRIVE.sub("", tidy(name).replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "(no name)"


def tidy(name: str) -> str:
    """A name or address on one line, in characters that any database can hold."""
    name = name[:_MAX_NAME]
    if not name.isprintable():  # controls, lone surrogates, marks that turn the line around
        name = "".join(c if c.isprintable() else " " for c in name)
    return name.strip()

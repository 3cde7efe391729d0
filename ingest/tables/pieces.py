"""The pieces of a table in reading order: labels, values and blanks.

What lives here: what a piece is, and telling a value from words. What does not: cutting tables and
lines into pieces (`stream.py`, `pipes.py`), what a label says (`labels.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from ingest.tables.cells import BLANK, CellValue, read_cell


class Kind(IntEnum):
    """What a piece is: words, a value, an empty cell."""

    TEXT = 0
    VALUE = 1
    EMPTY = 2


# To look a member up in its class takes four times as long, and a page asks thousands of times.
TEXT, VALUE, EMPTY = Kind


class Piece(NamedTuple):
    """A cell or token; `text` is folded, `line` numbers the row or line it stands in."""

    kind: Kind
    start: int
    end: int
    line: int
    text: str
    value: CellValue | None


@dataclass(frozen=True, slots=True)
class Stream:
    """Pieces in reading order. In a grid a row ends with its line; elsewhere it may run on."""

    pieces: tuple[Piece, ...]
    grid: bool
    loose: bool  # lines of spaced tokens, as the text layer of a PDF gives them
    parsed: bool = False  # cells from a parser: as many as the document has


def piece_at(aligned: str, start: int, end: int, line: int) -> Piece:
    """The cell or token `aligned[start:end]`, spaces around it left out."""
    kind, before, behind, text, value = _look(aligned[start:end])
    # as Piece(...) would, in half the time: a page has some three hundred
    return tuple.__new__(Piece, (kind, start + before, end - behind, line, text, value))


@lru_cache(maxsize=8192)  # most cells of most tables say what others say
def _look(text: str) -> tuple[Kind, int, int, str, CellValue | None]:
    """What a cell is, the spaces before and behind its text, that text, and its value."""
    if text.isdecimal():
        return VALUE, 0, 0, text, read_cell(text)
    stripped = text.strip()
    if not stripped:
        return EMPTY, 0, 0, "", BLANK
    before = len(text) - len(text.lstrip())
    value = read_cell(stripped)
    kind = TEXT if value is None else VALUE
    return kind, before, len(text) - before - len(stripped), stripped, value


def blank_at(at: int, line: int) -> Piece:
    """An empty cell, which has a place and no text."""
    return Piece(EMPTY, at, at, line, "", BLANK)

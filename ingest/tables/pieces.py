"""The pieces of a table in reading order: labels, values and blanks.

What lives here: what a piece is, and telling a value from words. What does not: cutting tables and
lines into pieces (`stream.py`, `pipes.py`), what a label says (`labels.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from ingest.tables.cells import BLANK, CellValue, read_cell


class Kind(IntEnum):
    """What a piece is: words, a value, an empty cell."""

    TEXT = 0
    VALUE = 1
    BLANK = 2


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
    text = aligned[start:end]
    if text.isdecimal():  # most cells, by far
        return Piece(Kind.VALUE, start, end, line, text, read_cell(text))
    stripped = text.strip()
    if not stripped:
        return Piece(Kind.BLANK, start, end, line, "", BLANK)
    if len(stripped) != len(text):
        start += len(text) - len(text.lstrip())
        end = start + len(stripped)
    value = read_cell(stripped)
    kind = Kind.TEXT if value is None else Kind.VALUE
    return Piece(kind, start, end, line, stripped, value)


def blank_at(at: int, line: int) -> Piece:
    """An empty cell, which has a place and no text."""
    return Piece(Kind.BLANK, at, at, line, "", BLANK)

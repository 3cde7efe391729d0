"""A report's text cut into pieces, each with the marks that cover it.

What lives here: cutting at the edges of marks that nest and overlap as they like, and laying lines
of cells out as rows. What does not: what a mark means and how it looks (`templates/report.html`),
where the marks come from (`queries/report.py`, `left_alone.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# How tables are stored: one row a line, cells joined by " | " (`ingest/formats/rendering.py`).
_SEPARATOR = re.compile(r"[ \t]*[|｜][ \t]*")
_NUMBER = re.compile(r"\s*[-+]?[\d０-９][\d０-９.,，．]*\s*[%％]?\s*|\s*[-—/]+\s*")
_FEWEST_ROWS = 2  # a single line with bars is a page's navigation rather than a table


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open interval of the text; `core` is the number inside it, where that is known."""

    key: str
    kind: str  # a family of indicators, or what else the interval is
    start: int
    end: int
    core: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same marks cover, the shortest mark first: that one is theirs.

    `opens` are marks that begin with this piece, `is_first` tells whether the shortest one does.
    """

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    is_core: bool = False

    @property
    def is_first(self) -> bool:
        """Does the mark that the piece belongs to begin here?"""
        return bool(self.marks) and self.marks[0] in self.opens


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row of the text; `separator` is the bar or line end behind it as printed."""

    pieces: tuple[Piece, ...]
    separator: tuple[Piece, ...]
    column_span: int = 1

    @property
    def is_number(self) -> bool:
        """Does a number stand in it, and nothing else?"""
        return _NUMBER.fullmatch("".join(piece.text for piece in self.pieces)) is not None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text (`pieces`), or rows of cells (`rows`)."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def cut(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The text in pieces; joined they are the text. Marks are clipped to it, empty ones left out."""
    size = len(text)
    clipped = sorted(
        (m for m in marks if max(m.start, 0) < min(m.end, size)), key=lambda m: (m.start, -m.end)
    )
    edges = {0, size}
    for mark in clipped:
        edges |= {max(mark.start, 0), min(mark.end, size)}
        if mark.core is not None:
            edges |= {e for e in mark.core if mark.start <= e <= mark.end and 0 <= e <= size}
    return list(_sweep(text, clipped, sorted(edges)))


def _sweep(text: str, marks: Sequence[Mark], edges: Sequence[int]) -> Iterator[Piece]:
    following, open_marks = 0, list[Mark]()
    for start, end in pairwise(edges):
        open_marks = [m for m in open_marks if m.end > start]
        opened = following
        while following < len(marks) and max(marks[following].start, 0) <= start:
            following += 1
        opens = tuple(marks[opened:following])
        open_marks += opens
        covering = tuple(sorted(open_marks, key=lambda m: m.end - m.start))
        core = covering[0].core if covering else None
        is_core = core is not None and core[0] <= start and end <= core[1]
        yield Piece(text[start:end], start, covering, opens, is_core)


def lay_out(text: str, pieces: Sequence[Piece]) -> list[Block]:
    """The pieces in blocks, lines of cells as rows. Everything joined is the text."""
    blocks: list[Block] = []
    cursor = _Cursor(pieces)
    for is_table, lines in _runs(text):
        if not is_table:
            blocks.append(Block(pieces=tuple(cursor.take(sum(map(len, lines))))))
            continue
        rows = [_cells(line, cursor) for line in lines]
        widest = max(map(len, rows))
        blocks.append(Block(rows=tuple(_widened(cells, widest) for cells in rows)))
    return blocks


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Lines with their ends, those of one table together."""
    rows: list[str] = []
    others: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+$", text):
        if _SEPARATOR.search(line):
            rows.append(line)
            continue
        if len(rows) >= _FEWEST_ROWS:
            if others:
                yield False, others
            yield True, rows
            others = []
        else:
            others += rows
        rows = []
        others.append(line)
    if len(rows) < _FEWEST_ROWS:
        others, rows = others + rows, []
    if others:
        yield False, others
    if rows:
        yield True, rows


def _cells(line: str, cursor: _Cursor) -> list[Cell]:
    body = len(line.removesuffix("\n"))
    cells: list[Cell] = []
    at = 0
    for bar in _SEPARATOR.finditer(line):
        end = len(line) if bar.end() == body else bar.end()  # a bar that ends the row
        cells.append(_cell(cursor, bar.start() - at, end - bar.start()))
        at = end
    if at < len(line):
        cells.append(_cell(cursor, body - at, len(line) - body))
    return cells


def _cell(cursor: _Cursor, length: int, separator: int) -> Cell:
    return Cell(tuple(cursor.take(length)), tuple(cursor.take(separator)))


def _widened(cells: list[Cell], widest: int) -> tuple[Cell, ...]:
    """A row with fewer cells than others.

    One with numbers stands to the right: cells above reach down on its left. One of words alone is
    a heading whose columns are not known any more: it becomes one cell, its bars shown.
    """
    missing = widest - len(cells)
    if missing == 0:
        return tuple(cells)
    if any(cell.is_number for cell in cells):
        return (Cell(cells[0].pieces, cells[0].separator, 1 + missing), *cells[1:])
    pieces = [piece for cell in cells for piece in (*cell.pieces, *cell.separator)]
    end = len(cells[-1].separator)
    return (Cell(tuple(pieces[: len(pieces) - end]), cells[-1].separator, widest),)


class _Cursor:
    """Hands pieces out by length, cutting those that reach further."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._index = 0
        self._offset = 0

    def take(self, length: int) -> Iterator[Piece]:
        while length > 0:
            piece = self._pieces[self._index]
            left = len(piece.text) - self._offset
            if self._offset == 0 and left <= length:
                yield piece
            else:
                end = min(left, length) + self._offset
                opens = piece.opens if self._offset == 0 else ()
                yield Piece(
                    piece.text[self._offset : end], piece.start + self._offset, piece.marks,
                    opens, piece.is_core,
                )  # fmt: skip
            if left <= length:
                self._index, self._offset = self._index + 1, 0
            else:
                self._offset += length
            length -= left

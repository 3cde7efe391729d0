"""Cells of flattened text between pipes, tabs or commas, in all the ways converters print them.

What lives here: a row in one line, a cell a line; what a lone pipe means. What does not: lines
without separators, parsed tables (`stream.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.tables.pieces import EMPTY, TEXT, VALUE, Piece, blank_at, piece_at

PIPES = re.compile(r"[|│┃¦┆┊]")
MANY_TABS = 2  # a line with as many tabs came out of a spreadsheet or a Word table
_FEWEST_OPEN = 2  # rows that end without a pipe; a single one has a line end in a cell
_REQUESTS = 7  # values of a row of the table of requests


class Line(NamedTuple):
    """A line that is not blank, with its cells where something parts them."""

    start: int
    end: int
    text: str
    cells: list[str] | None  # between pipes or tabs; None for a line without


def open_ends(lines: Sequence[Line]) -> tuple[bool, bool]:
    """Whether rows begin and end without a pipe: one that does stand there has a blank beside it."""
    rows = [x for x in lines if x.cells is not None and len(x.cells) > MANY_TABS]
    begin = sum(bool(x.cells and x.cells[0].strip()) for x in rows)
    end = sum(bool(x.cells and x.cells[-1].strip()) for x in rows)
    begins_open = begin * 2 > len(rows)
    return begins_open, begins_open and end >= _FEWEST_OPEN and end * 10 >= len(rows)


def cells_of_line(
    aligned: str, line: Line, number: int, open_ends: tuple[bool, bool]
) -> list[Piece]:
    """A row in one line: cells between pipes, the pipes that open and close the line being none."""
    cells: list[Piece] = []
    at = line.start
    parts = line.cells or []
    piped = "\t" not in line.text
    begins, ends = open_ends
    last = len(parts) - 1
    for i, part in enumerate(parts):
        outer = piped and not part and ((i == 0 and not begins) or (i == last and not ends))
        if not outer:
            cells.append(piece_at(aligned, at, at + len(part), number))
        at += len(part) + 1
    return cells


def cells_over_lines(aligned: str, lines: Sequence[Line]) -> list[Piece]:
    """One cell a line, a pipe after it or alone between two: an empty place is a blank cell."""
    trailing = sum(len(line.text) > 1 and bool(PIPES.match(line.text[-1])) for line in lines)
    leading = sum(len(line.text) > 1 and line.cells is None for line in lines)
    if trailing > leading:
        return _cells_before_pipes(aligned, lines)
    return _cells_between_pipes(aligned, lines)


def _cells_before_pipes(aligned: str, lines: Sequence[Line]) -> list[Piece]:
    """A pipe ends a cell, on its line; where it stands alone the cell is empty, or a row begins."""
    pieces = [
        _cell_of_line(aligned, line, number)
        if PIPES.sub("", line.text).strip()
        else blank_at(line.start, number)
        for number, line in enumerate(lines)
    ]
    openers: set[int] = set()
    last = TEXT  # what the last cell was that is not empty
    for i, piece in enumerate(pieces):
        if piece.kind is TEXT and i > 0:
            if len(lines[i - 1].text) == 1 and pieces[i - 1].kind is EMPTY:
                openers.add(i - 1)
            elif last is VALUE:
                return pieces  # a row begins without one: pipes alone are empty cells
        last = piece.kind if piece.kind is not EMPTY else last
    return [piece for i, piece in enumerate(pieces) if i not in openers]


def _cell_of_line(aligned: str, line: Line, number: int) -> Piece:
    body = PIPES.sub(" ", line.text)
    opened = len(body) - len(body.lstrip())
    closed = len(body) - len(body.rstrip())
    return piece_at(aligned, line.start + opened, line.end - closed, number)


def _cells_between_pipes(aligned: str, lines: Sequence[Line]) -> list[Piece]:
    """A pipe stands between two cells, or behind every cell, also the last of a row."""
    cells: list[Piece] = []
    pipes: list[int] = []  # before each cell
    waiting = 0
    blanks: list[list[Piece]] = []  # empty places before each cell, should they be cells
    open_places: list[Piece] = []
    for number, line in enumerate(lines):
        first, last = PIPES.match(line.text[0]), PIPES.match(line.text[-1])
        if PIPES.sub("", line.text).strip():
            if first is not None:
                open_places += [blank_at(line.start, number)] if waiting else []
                waiting += 1
            cells.append(_cell_of_line(aligned, line, number))
            pipes.append(waiting)
            blanks.append(open_places)
            waiting, open_places = int(last is not None), []
        else:
            open_places += [blank_at(line.start, number)] if waiting else []
            waiting += 1
    closing = _pipes_close_rows(cells, pipes)
    pieces: list[Piece] = []
    for i, cell in enumerate(cells):
        pieces += blanks[i]
        ends_row = cell.kind is TEXT and i > 0 and cells[i - 1].kind is not TEXT
        if ends_row and pipes[i] and not closing:  # the last cell of the row before was empty
            pieces.append(blank_at(cell.start, cell.line))
        pieces.append(cell)
    return pieces + open_places


def _pipes_close_rows(cells: Sequence[Piece], pipes: Sequence[int]) -> bool:
    """Whether a pipe stands behind the last cell of a row as well.

    Between a label and the next stand as many pipes as the row has values and blanks, or one more.
    A row without blanks decides; where none is, the wide rows of the table of requests do.
    """
    runs: list[tuple[int, int]] = []  # pipes and values between one label and the next
    count = values = 0
    for cell, before in zip(cells, pipes, strict=True):
        count += before
        if cell.kind is not TEXT:
            values += 1
            continue
        if values:
            runs.append((count, values))
        count = values = 0
    if not runs or min(count - values for count, values in runs) < 1:
        return False
    wide = [count for count, _ in runs if count >= _REQUESTS]
    return not wide or wide.count(_REQUESTS) * 2 < len(wide)

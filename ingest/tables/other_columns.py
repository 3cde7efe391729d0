"""Columns that the form does not have: of departments or quarters, of running numbers, two halves.

What lives here: choosing the column of totals, leaving out running numbers, putting halves that
stand side by side one below the other. What does not: rows that are too many (`align.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter

from ingest.tables.entries import apart_from_units, is_unit
from ingest.tables.forms import TableForm
from ingest.tables.labels import Role, label_key
from ingest.tables.pieces import TEXT, VALUE, Piece, Stream
from ingest.tables.words import table_words

FEWEST_COLUMNS = 2  # of each of two halves: label and number
FEWEST_NUMBERED = 5  # rows numbered 1, 2, 3 … one after the other: no chance any more


def total_column(stream: Stream, form: TableForm) -> tuple[int, int] | None:
    """The place of the column of totals among the value columns, and how many these are.

    The columns are named behind that of units. None where there is one column, or no total.
    """
    if not form.lexicon.unit_column:
        return None
    names = _column_names(stream, form)
    totals = [i for i, name in enumerate(names) if name in table_words().total_columns]
    return (totals[0], len(names)) if len(names) > 1 and len(totals) == 1 else None


def _column_names(stream: Stream, form: TableForm) -> list[str]:
    names: list[str] = []
    behind = False
    for piece in apart_from_units(stream.pieces):
        word = "".join(piece.text.split())
        uses = form.lexicon.uses(label_key(piece.text))
        if piece.kind is not TEXT or any(u.role in (Role.ROW, Role.GROUP) for u in uses):
            break
        if behind:
            names.append(word)
        behind = behind or (is_unit(piece, form.lexicon) and bool(names or word == "单位"))
    return names


def in_one_column(stream: Stream, form: TableForm) -> Stream:
    """The pieces of a table without running numbers, two halves side by side one below the other."""
    if not stream.grid:
        return replace(stream, pieces=tuple(_without_row_numbers(stream.pieces)))
    if not form.lexicon.unit_column:
        return stream
    rows = [list(row) for _, row in groupby(stream.pieces, key=attrgetter("line"))]
    halves = [_halves(row) for row in rows]
    if not any(_is_header_twice(a, b) for a, b in halves):
        return stream
    left = [piece for a, _ in halves for piece in a]
    right = [piece for _, b in halves for piece in b]
    shift = stream.pieces[-1].line + 1
    below = [piece._replace(line=piece.line + shift) for piece in right]
    return replace(stream, pieces=(*left, *below))


def _is_header_twice(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    words = all(p.kind is TEXT for p in left)
    return bool(left) and words and [p.text for p in left] == [p.text for p in right]


def _halves(row: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """A header printed twice is cut in two, and so is every row as long."""
    middle, odd = divmod(len(row), 2)
    return (row, ()) if odd or middle < FEWEST_COLUMNS else (row[:middle], row[middle:])


def _without_row_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the running number that stands before each label, where rows are numbered."""
    before_label = [
        a
        for a, b in pairwise(pieces)
        if a.kind is VALUE and b.kind is TEXT and a.text.isdecimal()
    ]
    numbered: list[Piece] = []
    for piece in before_label:
        if not numbered or int(piece.text) == int(numbered[-1].text) + 1:
            numbered.append(piece)
    if len(numbered) < FEWEST_NUMBERED or len(numbered) * 5 < len(before_label) * 3:
        return list(pieces)
    starts = {piece.start for piece in numbered}
    return [piece for piece in pieces if piece.start not in starts]

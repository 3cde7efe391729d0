"""The annex with columns or numbers that the form does not have, as districts print it.

What lives here: choosing the column of totals beside those of departments, towns or quarters, and
leaving out the running number of rows. What does not: rows the form does not have (`align.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.tables.entries import apart_from_units, is_unit
from ingest.tables.forms import TableForm
from ingest.tables.labels import Role, label_key
from ingest.tables.stream import Kind, Piece, Stream
from ingest.tables.words import table_words

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
        if piece.kind is not Kind.TEXT or any(u.role in (Role.ROW, Role.GROUP) for u in uses):
            break
        if behind:
            names.append(word)
        behind = behind or (is_unit(piece, form.lexicon) and bool(names or word == "单位"))
    return names


def without_row_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the running number that stands before each label, where rows are numbered."""
    before_label = [
        a
        for a, b in pairwise(pieces)
        if a.kind is Kind.VALUE and b.kind is Kind.TEXT and a.text.isdecimal()
    ]
    numbered: list[Piece] = []
    for piece in before_label:
        if not numbered or int(piece.text) == int(numbered[-1].text) + 1:
            numbered.append(piece)
    if len(numbered) < FEWEST_NUMBERED or len(numbered) * 5 < len(before_label) * 4:
        return list(pieces)
    starts = {piece.start for piece in numbered}
    return [piece for piece in pieces if piece.start not in starts]

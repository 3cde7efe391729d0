"""Fitting the values printed behind a label to the cells of its row.

What lives here: one row at a time; blanks that are cells and blanks that are left of merged cells,
digits torn apart, values printed once per merged column, blanks that vanished. What does not:
which label the values belong to (`align.py`). Where more than one reading is possible nothing is
read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ingest.model import ValueSemantic
from ingest.tables.cells import BLANK, CellValue
from ingest.tables.habits import NO_HABITS, Habits, Padding, last_is_sum, numbers_of
from ingest.tables.pieces import EMPTY, VALUE, Piece

Check = Callable[[Sequence[Decimal]], bool]  # whether numbers of a row add up as the form says
MOST_TORN = 2  # numbers of one row torn apart by spaces; more leave too many readings


class Slot(NamedTuple):
    """What stands in one official cell: a piece, or several that make one number."""

    value: CellValue
    start: int
    end: int


class Fit(NamedTuple):
    """The slots of a row (None: not known), how they were found, and whether to tell a person."""

    slots: tuple[Slot | None, ...]
    inferred: str | None = None  # what the inference rests on, part of the rule's id
    note: str | None = None  # issue code


_WORDS = CellValue(ValueSemantic.NONE_TEXT, None, readable=False)  # where a number belongs


def _slot(piece: Piece) -> Slot:
    return Slot(piece.value or _WORDS, piece.start, piece.end)


def _slots(pieces: Iterable[Piece]) -> tuple[Slot, ...]:
    new = tuple.__new__  # what calling the class does, in half the time
    return tuple([new(Slot, (value or _WORDS, s, e)) for _, s, e, _, _, value in pieces])


def fit_row(
    pieces: Sequence[Piece], width: int, habits: Habits = NO_HABITS, check: Check | None = None
) -> Fit:
    """Fit the pieces behind a label to `width` cells.

    `check` is the arithmetic of the row where the form has one. It may confirm a reading, never
    replace a number.
    """
    filled = [p for p in pieces if p.kind is not EMPTY]
    if len(filled) == width:
        return Fit(_slots(filled))
    short = len(filled) < width == len(pieces)
    if filled and short and (_beside_padding(pieces, habits) or _unlike_others(width, habits)):
        return Fit((None,) * width, note="unresolved")
    if len(pieces) == width:
        return Fit(_slots(pieces))
    if not filled:
        return Fit((None,) * width, note="blank" if pieces else "vanished")
    numbers = [p for p in filled if p.kind is VALUE]
    if width == len(numbers) == 1:  # beside a number words are a unit or a note
        return Fit((_slot(numbers[0]),))
    if len(filled) > width:
        return _too_many(filled, width, check, habits)
    if len(pieces) > width:
        return _windowed(pieces, filled, width, habits)
    if len(filled) < len(pieces):
        return Fit((None,) * width, note="unresolved")
    return _too_few(filled, width, check, habits)


def _windowed(pieces: Sequence[Piece], filled: Sequence[Piece], width: int, habits: Habits) -> Fit:
    mask = habits.masks.get((width, len(pieces)))
    if mask is not None:
        window = [pieces[i] for i in mask]
    elif habits.padding is Padding.LEADING:
        window = list(pieces[-width:])
    elif habits.padding is Padding.TRAILING:
        window = list(pieces[:width])
    else:
        return Fit((None,) * width, note="unresolved")
    lost = sum(p.kind is not EMPTY for p in window) != len(filled)
    if lost or (_edge_blank(pieces, window) and not habits.edge_blank):
        return Fit((None,) * width, note="unresolved")
    return Fit(_slots(window))


def _beside_padding(pieces: Sequence[Piece], habits: Habits) -> bool:
    """Whether a blank stands where this table has places of merged cells: a cell may be lost."""
    if habits.edge_blank:
        return False
    if habits.padding is Padding.LEADING:
        return pieces[0].kind is EMPTY
    return habits.padding is Padding.TRAILING and pieces[-1].kind is EMPTY


def _unlike_others(width: int, habits: Habits) -> bool:
    """Whether complete rows of this width all have places of merged cells that this one lacks."""
    lengths = [length for w, length in habits.masks if w == width]
    return bool(lengths) and min(lengths) > width


def _edge_blank(pieces: Sequence[Piece], window: Sequence[Piece]) -> bool:
    """Whether a blank cell touches the places of merged cells: one more may be a lost cell."""
    if window[-1] is not pieces[-1] and window[-1].kind is EMPTY:
        return True
    return window[0] is not pieces[0] and window[0].kind is EMPTY


def _too_many(filled: Sequence[Piece], width: int, check: Check | None, habits: Habits) -> Fit:
    repeated = _merged_repeats(filled, width) if habits.repeats else None
    if repeated is not None:
        return Fit(_slots(repeated), inferred="merged_repeat", note="inferred")
    surplus = len(filled) - width
    if check is not None and surplus <= MOST_TORN and _on_one_line(filled):
        readings = _regroupings(filled, width, check)
        if len(readings) == 1:
            return Fit(readings[0], inferred="row_sum", note="inferred")
    return Fit((None,) * width, note="unresolved")


def _on_one_line(filled: Sequence[Piece]) -> bool:
    return len({p.line for p in filled}) == 1


def _merged_repeats(filled: Sequence[Piece], width: int) -> list[Piece] | None:
    """A merged cell printed once per column it covers: equal neighbours fold in one way only."""
    texts = [p.text for p in filled]
    surplus = len(filled) - width
    doubles = [i for i in range(1, len(texts)) if texts[i] == texts[i - 1]]
    if len(doubles) < surplus or width > 3:  # only the first table has merged value cells
        return None
    results = {
        tuple(t for i, t in enumerate(texts) if i not in dropped)
        for dropped in map(set, combinations(doubles, surplus))
    }
    if len(results) != 1:
        return None
    dropped = set(doubles[:surplus])
    return [p for i, p in enumerate(filled) if i not in dropped]


def _regroupings(
    filled: Sequence[Piece], width: int, check: Check
) -> list[tuple[Slot | None, ...]]:
    """Every way to join neighbouring digit groups into `width` numbers that add up."""
    found: list[tuple[Slot | None, ...]] = []
    joints = range(1, len(filled))
    for joined in combinations(joints, len(filled) - width):
        groups: list[list[Piece]] = []
        for i, piece in enumerate(filled):
            if i in joined:
                groups[-1].append(piece)
            else:
                groups.append([piece])
        slots = [_join(group) for group in groups]
        if any(slot is None for slot in slots):
            continue
        numbers = [s.value.number for s in slots if s is not None and s.value.number is not None]
        if len(numbers) == width and check(numbers):
            found.append(tuple(slots))
    return found


def _join(group: Sequence[Piece]) -> Slot | None:
    if len(group) == 1:
        return _slot(group[0])
    text = "".join(p.text for p in group)
    if not text.isdecimal() or text.startswith("0"):
        return None
    value = CellValue(ValueSemantic.NUMBER, Decimal(text))
    return Slot(value, group[0].start, group[-1].end)


def _too_few(filled: Sequence[Piece], width: int, check: Check | None, habits: Habits) -> Fit:
    """Blank cells that left no trace.

    Where every row prints one number twice, it is the total and the only column that adds up to
    it. Which column that is the table does not say; natural persons, the first, are who asks where
    only one kind asks, so it is read so, marked as inferred and reported. Where
    every row prints one number, agencies were seen to fill in only the totals. Of other rows only
    a last number that is the sum of the others is certain: the total.
    """
    nothing: tuple[Slot | None, ...] = (None,) * width
    numbers = numbers_of(filled)
    if check is not last_is_sum or numbers is None:
        return Fit(nothing, note="unresolved")
    if len(numbers) == width - 1 and habits.total_blank:
        return Fit((*_slots(filled), Slot(BLANK, 0, 0)), inferred="total_blank", note="inferred")
    if habits.only_total:
        blank = Slot(BLANK, 0, 0)
        alone = (*([blank] * (width - 1)), _slot(filled[0]))
        return Fit(alone, inferred="only_total", note="inferred")
    if not 2 <= len(numbers) < width - 1 or not last_is_sum(numbers) or 0 in numbers:
        return Fit(nothing, note="unresolved")  # one number less may be a lost cell
    total = _slot(filled[-1])
    if habits.one_kind:
        blank = Slot(BLANK, 0, 0)
        only = (_slot(filled[0]), *([blank] * (width - 2)), total)
        return Fit(only, inferred="only_column", note="inferred")
    return Fit((*nothing[1:], total), inferred="row_sum", note="unresolved")

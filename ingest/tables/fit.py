"""Fitting the values printed behind a label to the cells of its row.

What lives here: one row at a time; blanks that are cells and blanks that are left of merged cells,
digits torn apart, values printed once per merged column, blanks that vanished. What does not:
which label the values belong to (`align.py`). Where more than one reading is possible nothing is
read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import combinations

from ingest.model import ValueSemantic
from ingest.tables.cells import CellValue
from ingest.tables.stream import Kind, Piece

Check = Callable[[Sequence[Decimal]], bool]  # whether numbers of a row add up as the form says
MOST_TORN = 2  # numbers of one row torn apart by spaces; more leave too many readings


class Padding(Enum):
    """Where merged cells leave empty places in the complete rows of a table."""

    UNKNOWN = "unknown"
    NONE = "none"
    LEADING = "leading"  # between the label and the first value
    TRAILING = "trailing"  # behind the last value


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in one official cell: a piece, or several that make one number."""

    value: CellValue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fit:
    """The slots of a row (None: not known), how they were found, and whether to tell a person."""

    slots: tuple[Slot | None, ...]
    inferred: str | None = None  # what the inference rests on, part of the rule's id
    note: str | None = None  # issue code


def _slot(piece: Piece) -> Slot:
    value = piece.value
    if value is None:  # words where a number belongs
        value = CellValue(ValueSemantic.NONE_TEXT, None, readable=False)
    return Slot(value, piece.start, piece.end)


def padding_of(rows: Sequence[tuple[Sequence[Piece], int]]) -> Padding:
    """Learn from complete rows where the empty places of merged cells stand."""
    seen: set[Padding] = set()
    for pieces, width in rows:
        filled = [i for i, p in enumerate(pieces) if p.kind is not Kind.BLANK]
        if len(filled) != width or width == 1:
            continue
        leading, trailing = filled[0], len(pieces) - 1 - filled[-1]
        if leading and not trailing:
            seen.add(Padding.LEADING)
        elif trailing and not leading:
            seen.add(Padding.TRAILING)
        elif not leading and not trailing:
            seen.add(Padding.NONE)
        else:
            return Padding.UNKNOWN
    seen.discard(Padding.NONE)
    if len(seen) == 1:
        return seen.pop()
    return Padding.UNKNOWN if seen else Padding.NONE


def last_is_sum(numbers: Sequence[Decimal]) -> bool:
    """Whether the last number is the sum of those before it."""
    return sum(numbers[:-1]) == numbers[-1]


def fit_row(
    pieces: Sequence[Piece], width: int, padding: Padding, check: Check | None = None
) -> Fit:
    """Fit the pieces behind a label to `width` cells.

    `check` is the arithmetic of the row where the form has one. It may confirm a reading, never
    replace a number.
    """
    filled = [p for p in pieces if p.kind is not Kind.BLANK]
    if len(filled) == width or len(pieces) == width:
        return Fit(tuple(_slot(p) for p in (filled if len(filled) == width else pieces)))
    if not filled:
        return Fit((None,) * width, note="blank" if pieces else "vanished")
    if len(filled) > width:
        return _too_many(filled, width, check)
    if len(pieces) > width:
        return _windowed(pieces, filled, width, padding)
    if len(filled) < len(pieces):
        return Fit((None,) * width, note="unresolved")
    return _too_few(filled, width, check)


def _windowed(
    pieces: Sequence[Piece], filled: Sequence[Piece], width: int, padding: Padding
) -> Fit:
    if padding is Padding.LEADING:
        window = pieces[-width:]
    elif padding is Padding.TRAILING:
        window = pieces[:width]
    else:
        return Fit((None,) * width, note="unresolved")
    if sum(p.kind is not Kind.BLANK for p in window) != len(filled):
        return Fit((None,) * width, note="unresolved")
    return Fit(tuple(_slot(p) for p in window))


def _numbers(pieces: Sequence[Piece]) -> list[Decimal] | None:
    numbers = [p.value.number for p in pieces if p.value is not None and p.value.number is not None]
    return numbers if len(numbers) == len(pieces) else None


def _too_many(filled: Sequence[Piece], width: int, check: Check | None) -> Fit:
    repeated = _merged_repeats(filled, width)
    if repeated is not None:
        return Fit(tuple(_slot(p) for p in repeated), inferred="merged_repeat", note="inferred")
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


def _too_few(filled: Sequence[Piece], width: int, check: Check | None) -> Fit:
    """Blank cells that left no trace.

    Two equal numbers are the total and the only column that adds up to it. Which column that is
    the row does not say; natural persons, the first, are who asks where one kind asks, so it is
    read so, marked as inferred and reported. Of other rows only a last number that is the sum of
    the others is certain: the total.
    """
    nothing: tuple[Slot | None, ...] = (None,) * width
    numbers = _numbers(filled)
    if check is not last_is_sum or numbers is None or len(numbers) < 2 or len(numbers) >= width - 1:
        return Fit(nothing, note="unresolved")
    if numbers[-1] != sum(numbers[:-1]):
        return Fit(nothing, note="unresolved")
    total = _slot(filled[-1])
    if len(numbers) == 2:
        return Fit((_slot(filled[0]), *nothing[2:], total), inferred="only_column", note="inferred")
    if numbers[-1] == 0:
        return Fit(nothing, note="unresolved")
    return Fit((*nothing[1:], total), inferred="row_sum", note="unresolved")

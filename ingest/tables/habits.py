"""How a table prints its rows, learned from all of them together.

What lives here: where merged cells leave empty places, which cells an agency leaves blank. What
does not: fitting one row (`fit.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ingest.tables.pieces import EMPTY, Piece, Stream

MANY = 7  # values of a row of the table of requests
FEWEST_SHORT = 3  # rows that leave the same cells empty, before it is a habit


class Padding(Enum):
    """Where merged cells leave empty places in the rows of a table."""

    UNKNOWN = "unknown"
    LEADING = "leading"  # between the label and the first value
    TRAILING = "trailing"  # behind the last value


@dataclass(frozen=True, slots=True)
class Habits:
    """How a table prints its rows, learned from all of them together."""

    masks: Mapping[tuple[int, int], tuple[int, ...] | None]  # (width, cells) -> cells with values
    padding: Padding  # where the cells without values stand
    one_kind: bool  # every row that prints anything prints one number twice, never zero
    only_total: bool  # every row that prints anything prints one number
    total_blank: bool  # every short row is short by one and leaves out its last cell
    edge_blank: bool  # blank first or last cells are too many to be cells that were lost
    repeats: bool  # merged cells are printed once for every column they cover


NO_HABITS = Habits(
    {},
    Padding.UNKNOWN,
    one_kind=False,
    only_total=False,
    total_blank=False,
    edge_blank=False,
    repeats=False,
)


def habits_of(
    rows: Sequence[tuple[Sequence[Piece], int]], stream: Stream, *, sums: bool, repeats: bool
) -> Habits:
    """Learn from the rows of a table (pieces, width); `sums`: the last of a row is its sum."""
    masks: dict[tuple[int, int], tuple[int, ...] | None] = {}
    for pieces, width in rows:
        mask = tuple([i for i, p in enumerate(pieces) if p.kind is not EMPTY])
        if len(mask) != width:
            continue
        shape = width, len(pieces)
        masks[shape] = mask if masks.get(shape, mask) == mask else None
    return Habits(
        masks, _padding(masks, rows, stream), sums and _one_kind(rows), sums and _only_total(rows),
        sums and _total_blank(rows), _edges(rows), repeats,
    )  # fmt: skip


def _padding(
    masks: Mapping[tuple[int, int], tuple[int, ...] | None],
    rows: Sequence[tuple[Sequence[Piece], int]],
    stream: Stream,
) -> Padding:
    """What complete rows show; without any, what the lengths of rows show.

    Labels of different depth merge different numbers of cells: where the longest rows are longer
    than the values and the shortest are not, the surplus belongs to the labels. Who fills up rows
    at their end makes them all equally long.
    """
    seen: set[Padding] = set()
    for (width, length), mask in masks.items():
        if width == 1 or length == width:
            continue
        if mask == tuple(range(length - width, length)):
            seen.add(Padding.LEADING)
        elif mask == tuple(range(width)):
            seen.add(Padding.TRAILING)
        else:
            return Padding.UNKNOWN
    widest = max((width for _, width in rows), default=0)
    if seen == {Padding.TRAILING} and not _equally_long(rows, widest, stream):
        return Padding.UNKNOWN
    if len(seen) == 1:
        return seen.pop()
    lengths = {len(pieces) for pieces, width in rows if width == widest and pieces}
    if seen or widest < MANY or not lengths:
        return Padding.UNKNOWN
    if min(lengths) > widest:  # leaf labels merge nothing
        return Padding.TRAILING if _equally_long(rows, widest, stream) else Padding.UNKNOWN
    return Padding.LEADING if max(lengths) > widest else Padding.UNKNOWN


def _equally_long(
    rows: Sequence[tuple[Sequence[Piece], int]], widest: int, stream: Stream
) -> bool:
    """Whether all rows have as many cells, labels counted; of a cell a line it is not known."""
    if not stream.grid:
        return True
    cells = Counter(p.line for p in stream.pieces)
    return len({cells[pieces[0].line] for pieces, width in rows if width == widest and pieces}) == 1


def _one_kind(rows: Sequence[tuple[Sequence[Piece], int]]) -> bool:
    """Only one kind of applicant asked all year, and zeros are left out."""
    printed = (numbers_of(pieces) for pieces, _ in rows if pieces)
    return all(n is not None and len(n) == 2 and n[0] == n[1] > 0 for n in printed)


def _only_total(rows: Sequence[tuple[Sequence[Piece], int]]) -> bool:
    """Every row prints one number: some agencies fill in only the totals."""
    printed = [pieces for pieces, _ in rows if pieces]
    return len(printed) >= FEWEST_SHORT and all(len(pieces) == 1 for pieces in printed)


def _edges(rows: Sequence[tuple[Sequence[Piece], int]]) -> bool:
    short = [
        pieces
        for pieces, width in rows
        if len(pieces) >= width > 1
        and 0 < len(pieces) - [p.kind for p in pieces].count(EMPTY) < width
    ]
    return len(short) >= FEWEST_SHORT


def _total_blank(rows: Sequence[tuple[Sequence[Piece], int]]) -> bool:
    """Every short row is short by one, and what is printed last is never the sum of the others."""
    short = [pieces for pieces, width in rows if pieces and len(pieces) != width]
    if len(short) < FEWEST_SHORT or any(len(pieces) != MANY - 1 for pieces in short):
        return False
    numbers = [n for n in map(numbers_of, short) if n is not None and any(n)]
    return bool(numbers) and not any(last_is_sum(n) for n in numbers)


def last_is_sum(numbers: Sequence[Decimal]) -> bool:
    """Whether the last number is the sum of those before it."""
    return sum(numbers[:-1]) == numbers[-1]


def numbers_of(pieces: Sequence[Piece]) -> list[Decimal] | None:
    """The numbers of pieces; None where one of them is no number."""
    numbers = [p.value.number for p in pieces if p.value is not None and p.value.number is not None]
    return numbers if len(numbers) == len(pieces) else None

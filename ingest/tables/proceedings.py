"""The table of reconsideration and litigation: one row of fifteen values under three blocks.

What lives here: finding that row and checking the order of blocks and outcomes by the header. It
has no row labels, so the header decides. What does not: emitting observations (`emit.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ingest.tables.fit import Fit, fit_row
from ingest.tables.labels import Lexicon, Role, label_key
from ingest.tables.pieces import EMPTY, TEXT, VALUE, Piece, Stream
from ingest.tables.recognise import Label, read_labels

BLOCKS = 3
OUTCOMES = 5  # upheld, corrected, other, pending, total
WIDTH = BLOCKS * OUTCOMES
_BLOCK_NAMES = ("行政复议", "未经复议直接起诉", "复议后起诉")
MOST_STRAY = 2  # numbers of a page or of a label that may stand before the row


@dataclass(frozen=True, slots=True)
class Proceedings:
    """The labels of the header, the row that was fitted, and where each printed column belongs."""

    labels: tuple[Label, ...]
    fit: Fit
    pieces: tuple[Piece, ...]
    places: tuple[int, ...] | None  # None: the header contradicts itself
    unsure: bool = False  # the order of the form was taken in place of an odd one


def blocks_add_up(numbers: Sequence[Decimal]) -> bool:
    """Whether each block's last number is the sum of its other four."""
    return all(
        sum(numbers[b : b + OUTCOMES - 1]) == numbers[b + OUTCOMES - 1]
        for b in range(0, WIDTH, OUTCOMES)
    )


def read_proceedings(stream: Stream, lexicon: Lexicon) -> Proceedings | None:
    """Read the table from its pieces; None where its header is not there."""
    texts = [p for p in stream.pieces if p.kind is TEXT]
    labels = [x for x in read_labels(texts, lexicon, -1) if x.role not in (None, Role.GROUP)]
    if sum(x.role is Role.COLUMN for x in labels) + 2 * _blocks(labels) < OUTCOMES - 1:
        return None
    labels = _from_own_header(labels)
    row = _value_row(stream, labels)
    pieces = (_three_rows(stream, labels) if len(row) == OUTCOMES else None) or row
    places: tuple[int, ...] | None = tuple(range(WIDTH))
    if pieces[:1] == row[:1] and len(pieces) == len(row):
        places = _places(labels)
    fit = fit_row(pieces, WIDTH, check=blocks_add_up)
    if not stream.parsed and _may_be_shifted(pieces):
        fit = Fit((None,) * WIDTH, note="unresolved")
    unsure = places is None and stream.loose  # the text of a PDF prints headers by height
    return Proceedings(
        tuple(labels), fit, tuple(pieces), tuple(range(WIDTH)) if unsure else places, unsure
    )


def _from_own_header(labels: Sequence[Label]) -> list[Label]:
    """Leave out labels of tables before this one in the same frame: 总计 stands there too."""
    own = next(
        (
            i
            for i, x in enumerate(labels)
            if (x.role is Role.COLUMN and x.index == 0) or (x.role is Role.CAPTION and x.index > 0)
        ),
        0,
    )
    while own > 0 and labels[own - 1].role in (Role.CAPTION, Role.HEADER):
        own -= 1
    return list(labels[own:])


def _may_be_shifted(pieces: Sequence[Piece]) -> bool:
    """Whether the only blank is the last cell: converters fill up rows that lost one there."""
    blank = [i for i, p in enumerate(pieces) if p.kind is EMPTY]
    return len(pieces) == WIDTH and blank == [WIDTH - 1]


def _blocks(labels: Sequence[Label]) -> int:
    return len({x.index for x in labels if x.role is Role.CAPTION and x.index > 0})


def _value_row(stream: Stream, labels: Sequence[Label]) -> list[Piece]:
    """The first run of values behind the header that is more than a stray number."""
    first = labels[0].start if labels else 0
    runs: list[list[Piece]] = []
    run: list[Piece] = []
    for piece in stream.pieces:
        if piece.start < first:
            continue
        broken = piece.kind is TEXT or (stream.grid and run and piece.line != run[-1].line)
        if broken and run:
            runs.append(run)
            run = []
        if piece.kind is not TEXT:
            run.append(piece)
    runs.append(run)
    filled = [r for r in runs if sum(p.kind is VALUE for p in r) > MOST_STRAY]
    if filled:
        return filled[0]
    whole = [r for r in runs if len(r) == WIDTH]
    some = [r for r in runs if any(p.kind is VALUE for p in r)]
    return next(iter(whole + some), [])


def _three_rows(stream: Stream, labels: Sequence[Label]) -> list[Piece] | None:
    """The blocks one below the other, each named before its five values, in the form's order."""
    blocks: dict[int, list[Piece]] = {}
    block = -1
    for piece in stream.pieces:
        if piece.start < labels[0].start:
            continue
        if piece.kind is TEXT:
            named = [i for i, name in enumerate(_BLOCK_NAMES) if name in label_key(piece.text)]
            block = named[-1] if named else block
        elif block >= 0:
            blocks.setdefault(block, []).append(piece)
    whole = sorted(blocks) == list(range(BLOCKS)) and all(len(b) == OUTCOMES for b in blocks.values())
    outcomes = [x.index for x in labels if x.role is Role.COLUMN]
    in_order = outcomes == list(range(OUTCOMES)) * (len(outcomes) // OUTCOMES)
    return [p for b in range(BLOCKS) for p in blocks[b]] if whole and in_order else None


def _runs(outcomes: Sequence[int]) -> int:
    """How many times the outcomes begin anew: more than once a block they are in another order."""
    return 1 + sum(b <= a for a, b in pairwise(outcomes))


def _places(labels: Sequence[Label]) -> tuple[int, ...] | None:
    """The official place of every printed column, as far as the header tells another order."""
    order = [x.index for x in labels if x.role is Role.CAPTION and x.index > 0]
    outcomes = [x.index for x in labels if x.role is Role.COLUMN]
    blocks = [0, 2, 1] if order[:2] == [2, 1] else [0, 1, 2]
    if len(outcomes) != WIDTH:
        if _runs(outcomes) > BLOCKS:
            return None
        return tuple(b * OUTCOMES + o for b in blocks for o in range(OUTCOMES))
    places: list[int] = []
    for printed, block in enumerate(blocks):
        own = outcomes[printed * OUTCOMES : (printed + 1) * OUTCOMES]
        if sorted(own) != list(range(OUTCOMES)):
            return None
        places += [block * OUTCOMES + o for o in own]
    return tuple(places)

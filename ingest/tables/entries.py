"""From pieces to entries: labels and the values that follow them.

What lives here: pairing the labels in a run of text with the values printed next. What does not:
recognising labels (`recognise.py`), deciding about labels nobody knows and values that do not fit
(`align.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter

from ingest.tables.labels import LONGEST_LABEL, Lexicon, Role
from ingest.tables.pieces import TEXT, VALUE, Piece, Stream
from ingest.tables.recognise import Label, read_labels
from ingest.tables.words import table_words


@dataclass(slots=True)
class Entry:
    """Labels in a run, and the values that follow before the next label."""

    labels: list[Label] = field(default_factory=list)
    values: list[Piece] = field(default_factory=list)
    units: list[Piece] = field(default_factory=list)
    columns: tuple[Label, ...] = ()  # the column labels in force
    after_group: bool = False  # values stand directly after a group label


def entries_of(stream: Stream, lexicon: Lexicon) -> list[Entry]:
    """Labels with the values after them, for the whole of a table."""
    if lexicon.unit_column:
        stream = replace(stream, pieces=tuple(apart_from_units(stream.pieces)))
    return list(_grid_entries(stream, lexicon) if stream.grid else _run_entries(stream, lexicon))


@cache
def _unit_pattern() -> re.Pattern[str]:
    units = sorted(table_words().unit_words, key=len, reverse=True)
    return re.compile(r"(.*?\S)[\s,]+(" + "|".join(r"\s*".join(map(re.escape, u)) for u in units) + ")")


@lru_cache(maxsize=4096)
def _unit_behind(text: str) -> tuple[int, int] | None:
    """Where a label ends and the unit behind it begins; None where none is behind it."""
    behind = None if _is_unit_word(text) else _unit_pattern().fullmatch(text)
    return behind and (behind.end(1), behind.start(2))


def apart_from_units(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Labels and their unit as pieces of their own, a unit broken over two cells or lines as one."""
    for piece in _whole_units(pieces):
        short = piece.kind is TEXT and len(piece.text) <= LONGEST_LABEL
        behind = _unit_behind(piece.text) if short else None
        if behind is None:
            yield piece
            continue
        end, start = behind
        yield piece._replace(end=piece.start + end, text=piece.text[:end])
        yield piece._replace(start=piece.start + start, text=piece.text[start:])


def _whole_units(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Units of two characters joined that narrow columns break: 万 above 元."""
    units = table_words().unit_words
    skip = False
    for i, piece in enumerate(pieces):
        if skip:
            skip = False
            continue
        if len(piece.text) == 1 and piece.kind is TEXT and i + 1 < len(pieces):
            following = pieces[i + 1]
            if len(following.text) == 1 and piece.text + following.text in units:
                piece = piece._replace(text=piece.text + following.text, end=following.end)
                skip = True
        yield piece


class _Columns:
    """The column labels in force: those printed since the last row label."""

    def __init__(self) -> None:
        self.labels: tuple[Label, ...] = ()
        self._open = False

    def take(self, labels: Sequence[Label]) -> None:
        fresh = tuple(label for label in labels if label.role is Role.COLUMN)
        if fresh:
            self.labels = (self.labels + fresh) if self._open else fresh
            self._open = True

    def close(self) -> None:
        self._open = False


def is_unit(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether a piece is the unit between label and number."""
    return lexicon.unit_column and piece.kind is TEXT and _is_unit_word(piece.text)


@lru_cache(maxsize=1024)
def _is_unit_word(text: str) -> bool:
    return "".join(text.split()).strip("()") in table_words().unit_words


def _grid_entries(stream: Stream, lexicon: Lexicon) -> Iterator[Entry]:
    """One entry a row; rows without values lend their text to the label of the next row."""
    columns = _Columns()
    waiting: list[Piece] = []
    last_row = -1
    for row in _rows(stream.pieces):
        units = [p for p in row if is_unit(p, lexicon)] if lexicon.unit_column else []
        cells = [p for p in row if not is_unit(p, lexicon)] if units else row
        texts = [p for p in cells if p.kind is TEXT]
        labels = read_labels(texts, lexicon, last_row)
        rows = [label for label in labels if label.role is Role.ROW]
        if waiting and not rows:
            joined = read_labels([*waiting, *texts], lexicon, last_row)
            rows = [label for label in joined if label.role is Role.ROW]
            labels = joined if rows else labels
        columns.take(labels)
        if not rows and not any(p.kind is VALUE for p in row):
            waiting = texts if all(label.role is None for label in labels) else []
            continue
        waiting = []
        label_end = rows[-1].end if rows else (texts[-1].end if texts else row[0].start)
        if rows:  # a merged label that is printed once for every column it covers
            printed = next((p.text for p in texts if p.end == label_end), None)
            label_end = max([label_end] + [p.end for p in texts if p.text == printed])
        if not rows and texts and row[0].kind is not TEXT:
            label_end = row[0].start
        entry = Entry(
            labels=rows[-1:] or [label for label in labels if label.role is None][-1:],
            values=[p for p in cells if p.start >= label_end],
            units=units,
            columns=columns.labels,
            after_group=not rows and any(label.role is Role.GROUP for label in labels),
        )
        if rows:
            last_row = rows[-1].index
            columns.close()
        yield entry


def _rows(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    return (list(row) for _, row in groupby(pieces, attrgetter("line")))


def _run_entries(stream: Stream, lexicon: Lexicon) -> Iterator[Entry]:
    """Runs of text and runs of values in turn, as far as the stream tells."""
    columns = _Columns()
    entry = Entry()
    texts: list[Piece] = []
    last_row = -1
    for piece in stream.pieces:
        if is_unit(piece, lexicon):
            entry.units.append(piece)
            continue
        if piece.kind is TEXT:
            if entry.values:
                yield entry
                entry = Entry()
            texts.append(piece)
            continue
        if texts:
            last_row = _take_run(entry, texts, lexicon, columns, last_row)
            texts = []
        entry.values.append(piece)
    if texts:
        if entry.values:
            yield entry
            entry = Entry()
        _take_run(entry, texts, lexicon, columns, last_row)
    yield entry


def _take_run(
    entry: Entry, texts: list[Piece], lexicon: Lexicon, columns: _Columns, last_row: int
) -> int:
    labels = read_labels(texts, lexicon, last_row)
    columns.take(labels)
    entry.columns = columns.labels
    entry.labels = [label for label in labels if label.role in (Role.ROW, None)]
    entry.after_group = bool(labels) and labels[-1].role is Role.GROUP
    rows = [label for label in labels if label.role is Role.ROW]
    if rows:
        columns.close()
        return rows[-1].index
    return last_row

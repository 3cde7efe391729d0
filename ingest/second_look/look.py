"""Reading single cells again in the stream of another reader.

What lives here: finding a row by its label and its numbers. What does not: the streams
(`streams.py`), which cells are looked at (`staged.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from opencc import OpenCC

from ingest.second_look.equations import Place
from ingest.second_look.streams import Item

_ENUMERATION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．])"
)
_BRACKETED = re.compile(r"[（(].*?[)）]")
_NOT_CJK = re.compile("[^\u4e00-\u9fff]+")
# Units that the annex prints between a label and its number.
_UNITS = ("条", "件", "次", "篇", "个", "人", "人次", "万元", "")
_COURT_COLUMNS = 15  # table 4 has no labels but this many cells in one row
_COURT_BEFORE = "起诉"  # of 复议后起诉, the last caption before them


class Outcome(StrEnum):
    """What the second look made of a cell."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Look:
    """`value` and `text` are what the second reader has in the cell; null for a blank."""

    outcome: Outcome
    value: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers and blanks in a row, and the words right before them (ideographs only)."""

    words: str
    items: tuple[Item, ...]


def runs_of(stream: Sequence[Item]) -> list[Run]:
    """The runs of a stream, to be looked at once for each cell."""
    return list(_runs(stream))


def look_at(runs: Sequence[Run], place: Place, first: float | None) -> Look:
    """Look at a cell again; `first` is what the first reader has there.

    Not found where no row, or rows with different numbers, could be meant.
    """
    rows = list(_court_rows(runs) if place.table == "t4" else _labelled_rows(runs, place))
    found = {(row[place.column].number, row[place.column].text) for row in rows}
    if len({number for number, _ in found}) != 1:
        return Look(Outcome.NOT_FOUND)
    value, text = next(iter(found))
    outcome = Outcome.SAME if value == first else Outcome.DIFFERS
    return Look(outcome, value, text)


def _runs(stream: Sequence[Item]) -> Iterator[Run]:
    words: list[str] = []
    items: list[Item] = []
    for item in stream:
        if item.is_word:
            if items:
                yield Run(_key("".join(words)), tuple(items))
                words, items = [], []
            words.append(item.text)
        else:
            items.append(item)
    if items:
        yield Run(_key("".join(words)), tuple(items))


def _labelled_rows(runs: Sequence[Run], place: Place) -> Iterator[tuple[Item, ...]]:
    keys = {_key(_ENUMERATION.sub("", place.row.label)), _key(_bare(place.row.label))}
    units = _UNITS if place.table == "annex" else ("",)
    endings = tuple(key + unit for key in keys if key for unit in units)
    for run in runs:
        if run.words.endswith(endings):
            row = _cells(run.items, len(place.row.cells))
            if row is not None:
                yield row


def _court_rows(runs: Sequence[Run]) -> Iterator[tuple[Item, ...]]:
    seen_caption = False
    for run in runs:
        seen_caption = seen_caption or _COURT_BEFORE in run.words
        row = _cells(run.items, _COURT_COLUMNS)
        if seen_caption and row is not None:
            yield row


def _cells(items: tuple[Item, ...], count: int) -> tuple[Item, ...] | None:
    """As many cells as the row has; a page number between dashes may follow."""
    rest = items[count:]
    if len(items) < count or (rest and not (rest[0].is_blank and rest[0].text)):
        return None
    return items[:count]


def _bare(label: str) -> str:
    return _BRACKETED.sub("", _ENUMERATION.sub("", label))


def _key(text: str) -> str:
    """The ideographs of a text, simplified."""
    return _NOT_CJK.sub("", _to_simplified().convert(text))


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")

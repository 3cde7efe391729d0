"""Category tables that a conversion flattened: 「4 | 政策法规 | 46 |」, or one cell a line.

What lives here: runs of label and number that once were the rows of a table on what was disclosed.
What does not: the official tables (`ingest/tables`), lists inside sentences (`lists.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.model import ValueSemantic
from ingest.narrative.categories import category_code, clean_label
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label

_NUMBER = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d{1,7})(?:条|件|篇)?$")
# a cell that is nothing but a number: a text without three of them holds no such table
_NUMBER_CELL = re.compile(
    r"(?:^|[|\n])[^\S\n]*+(?:[^\s\d|,。;:()]{2,16} ?)?\d[\d,]*(?:条|件|篇)?(?: +[\d.]{1,6}%)?[^\S\n]*(?=[|\n]|$)"
)
# a row whose cells only spaces part: 机构职能 5 0.6%
_SPACED = re.compile(r"(?P<label>[^\s\d,。;:()]{2,16}) ?(?P<number>\d{1,7}(?:条|件|篇)?)(?: +(?P<share>\d{1,3}(?:\.\d+)?%))?$")
_SHARE = re.compile(r"^(\d{1,3}(?:\.\d+)?)%$")
_TOTAL = re.compile(r"^(?:合|总)\s*计$")
_LEAST_ROWS = 3  # fewer rows are a list, or chance
_ABOUT = re.compile(r"类别|类型|栏目|主动公开|信息公开|公开信息|公开情况")
_ABOUT_CHANNELS = re.compile(r"公开[^。]{0,20}(?:渠道|载体|方式|形式|途径)|(?:渠道|载体|平台)[^。]{0,12}公开")
_HEADER = re.compile(r"(?:信息|公开)?(?:类别|类型|分类|栏目)")
_HEAD = 60  # characters before a run in which its header row stands
_ROUND = 400  # characters before a run that must speak of what was disclosed
# a run whose labels are no categories at all is another table
_KNOWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str
    line: int = -1  # number of the line of pipes in which it stands; -1 without pipes


@dataclass(frozen=True, slots=True)
class _Row:
    label: _Cell
    number: _Cell
    share: _Cell | None


def flattened_categories(text: str, section: str = "disclosure") -> Iterator[Reading]:
    """Readings of flattened category tables; offsets count in `text`, the folded text."""
    if len(_NUMBER_CELL.findall(text)) < _LEAST_ROWS:
        return
    for run in _runs(text):
        channels = _channels(run)
        if channels and _ABOUT_CHANNELS.search(text[max(0, run[0].label.start - _ROUND) : run[0].label.start]):
            for row, channel in channels:
                yield replace(_reading(row, section), channel=channel, category_label=None, rule_id="disclosure.channel.flattened_table")  # fmt: skip
            continue
        rows = [r for r in run if not _TOTAL.match(r.label.text)]
        known = sum(category_code(r.label.text) is not None for r in rows)
        before = text[max(0, run[0].label.start - _ROUND) : run[0].label.start]
        if len(rows) < _LEAST_ROWS or not _ABOUT.search(before):
            continue
        if known < _KNOWN_SHARE * len(rows) and not (known and _HEADER.search(before[-_HEAD:])):
            continue
        for row in run:
            reading = _reading(row, section)
            if _TOTAL.match(row.label.text):
                reading.category_label, reading.weak = None, True
                reading.rule_id = "disclosure.total.flattened_table"
            yield reading


def _channels(run: list[_Row]) -> list[tuple[_Row, str]]:
    """The rows with their channels where every row but the total names one, else none."""
    rows = [r for r in run if not _TOTAL.match(r.label.text)]
    named = [(r, c) for r in rows if (c := find_label("disclosure_channel", r.label.text)) is not None]
    return named if len(named) == len(rows) >= _LEAST_ROWS and len({c for _, c in named}) > 1 else []


def _reading(row: _Row, section: str) -> Reading:
    last = row.share or row.number
    value = _NUMBER.match(row.number.text)
    share = _SHARE.match(row.share.text) if row.share else None
    assert value is not None
    return Reading(
        indicator="disclosed",
        value=float(value[1].replace(",", "")),
        start=row.label.start,
        end=last.end,
        value_text=row.number.text,
        rule_id="disclosure.category.flattened_table",
        category_label=clean_label(row.label.text),
        share_pct=float(share[1]) if share else None,
        value_semantic=ValueSemantic.NUMBER,
        section=section,
    )


def _runs(text: str) -> Iterator[list[_Row]]:
    """Stretches of rows without anything between them."""
    cells = [c for c in _cells(text) if c.text]
    run: list[_Row] = []
    at = 0
    while at < len(cells):
        row, used = _row(cells, at)
        if row is None:
            if run:
                yield run
            run = []
            at += 1
        else:
            run.append(row)
            at += used
    if run:
        yield run


def _cells(text: str) -> Iterator[_Cell]:
    """Lines, and the cells of lines with pipes."""
    for match in re.finditer(r"[^\n|]+", text):
        words = match.group()
        lead = len(words) - len(words.lstrip())
        stripped = words.strip()
        start = match.start() + lead
        piped = text[match.start() - 1 : match.start()] == "|" or text[match.end() : match.end() + 1] == "|"
        spaced = None if piped else _SPACED.match(stripped)
        if spaced is None:
            line = text.count("\n", 0, start) if piped else -1
            yield _Cell(start, start + len(stripped), stripped, line)
            continue
        for name in ("label", "number", "share"):
            if spaced[name] is not None:
                yield _Cell(start + spaced.start(name), start + spaced.end(name), spaced[name])


def _row(cells: list[_Cell], at: int) -> tuple[_Row | None, int]:
    """A row that starts at a cell: [ordinal] label number [share]; how many cells it takes."""
    used = 0
    if (
        _NUMBER.match(cells[at].text)
        and at + 2 < len(cells)
        and _is_label(cells[at + 1].text)
        and _NUMBER.match(cells[at + 2].text)
    ):
        used = 1  # the ordinal of the row
    if at + used + 1 >= len(cells):
        return None, 1
    label, number = cells[at + used], cells[at + used + 1]
    if not _is_label(label.text) or not _NUMBER.match(number.text):
        return None, 1
    share = None
    if at + used + 2 < len(cells) and _SHARE.match(cells[at + used + 2].text):
        share = cells[at + used + 2]
    used += 3 if share else 2
    while (
        number.line >= 0 and at + used < len(cells) and cells[at + used].line == number.line
        and not _NUMBER.match(cells[at + used].text)
    ):  # fmt: skip
        used += 1  # a cell of remarks at the end of the row
    return _Row(label, number, share), used


def _is_label(words: str) -> bool:
    return _TOTAL.match(words) is not None or (
        clean_label(words) is not None and not re.search(r"[\d,。;:]", words)
    )

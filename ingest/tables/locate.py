"""Where official tables stand: which parsed tables of a page, which lines of its text.

What lives here: finding, by labels, the parts of a page that belong to a table. What does not:
which form the table follows (`read.py`), reading it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ingest.model import Page, Table
from ingest.tables.forms import table_forms
from ingest.tables.labels import SHORT, Role, label_key, short_key
from ingest.tables.stream import LONGEST_CELL
from ingest.tables.words import table_words

TABLES = ("t2", "t3", "t4", "annex")
MOST_RANGES = 12  # places in a page where one table may stand; more is a directory, no report
MOST_LINES = 2500  # one cell a line, the largest form has some 500; the rest is blank lines
LONGEST_LINE = 1000  # characters; longer ones are paragraphs or pages that lost their line ends
LONGEST_HEADER_LINE = 60  # characters of a line that may belong to the header before an anchor
_PROSE = re.compile("。")
_BRACKETED = re.compile(r"\([^()]*\)")
_NOT_CJK = re.compile("[^\u4e00-\u9fff]+")
# Labels that stand in this table and in no sentence of a report as a cell of their own.
_FIND = {
    "t2": ("信息内容", "第二十条第一项", "第二十条第五项", "现行有效件数", "对外公开总数量", "行政规范性文件"),
    "t3": ("勾稽关系", "申请人情况", "本年新收政府信息公开", "属于国家秘密"),
    "t4": ("未经复议直接起诉", "结果维持", "复议后起诉"),
    "annex": ("统计指标", "主动公开政府信息数"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text as offsets, and the line each offset lies in."""

    spans: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        low, high = 0, len(self.spans)
        while high - low > 1:
            middle = (low + high) // 2
            if self.spans[middle][0] <= offset:
                low = middle
            else:
                high = middle
        return low


def lines_of(aligned: str) -> Lines:
    """Cut a text into lines; one that holds a whole report is cut at its sentences and headings."""
    spans: list[tuple[int, int]] = []
    at = 0
    for line in aligned.split("\n"):
        if len(line) > LONGEST_LINE and "|" not in line:
            spans += _parts(aligned, at, at + len(line))
        else:
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return Lines(tuple(spans))


def _parts(aligned: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences, numbered headings and stretches between them of a line."""
    cuts = {start, end}
    for match in _part_pattern().finditer(aligned, start, end):
        cuts |= {match.start(), match.end()} if match.lastgroup == "heading" else {match.end()}
    places = sorted(cuts)
    return list(pairwise(places))


@cache
def _part_pattern() -> re.Pattern[str]:
    words = table_words().headings
    gap = r"[^\u4e00-\u9fff\d]{0,2}"
    headings = [gap.join(key) for name, keys in words.items() if name != "annex" for key in keys]
    longest_first = "|".join(sorted(headings, key=len, reverse=True))
    return re.compile(rf"。|(?P<heading>[一二三四五六七]、\s?(?:{longest_first}))(?=\s)")


@cache
def _find_pattern() -> re.Pattern[str]:
    """All anchors, their characters perhaps apart.

    One flat alternation: only so does the regex engine skip ahead by first characters.
    """
    gap = r"[^\u4e00-\u9fff\d。,;]{0,12}"  # spaces, brackets, a pinyin gloss
    anchors = (anchor for anchors in _FIND.values() for anchor in anchors)
    return re.compile("|".join(gap.join(map(re.escape, a)) for a in anchors))


@cache
def _table_of_anchor() -> dict[str, str]:
    return {anchor: table for table, anchors in _FIND.items() for anchor in anchors}


@cache
def _header_characters(table: str) -> frozenset[str]:
    """The characters of all labels of a table: what a header line before the anchor is made of."""
    return frozenset(
        c
        for form in table_forms()
        if form.table == table
        for key in form.lexicon.prefixes
        for c in key
    )


@cache
def _heading_pattern() -> re.Pattern[str]:
    keys = [k for name, words in table_words().headings.items() if name != "annex" for k in words]
    longest_first = sorted(map(re.escape, keys), key=len, reverse=True)
    return re.compile("(?:年度?)?(?:" + "|".join(longest_first) + ")")


def is_prose(line: str) -> bool:
    """A line of a sentence: it has a full stop outside brackets and no cells."""
    return "。" in line and "|" not in line and bool(_PROSE.search(_BRACKETED.sub("", line)))


def is_heading(line: str) -> bool:
    """A line that is the heading of a section."""
    if len(line) > LONGEST_HEADER_LINE or "|" in line:
        return False
    return _heading_pattern().fullmatch(short_key(line.strip())) is not None


@cache
def _sections() -> dict[str, str]:
    return {key: name for name, keys in table_words().headings.items() for key in keys}


def heading_lines(aligned: str, lines: Lines) -> dict[str, tuple[int, int]]:
    """The last heading of each section that stands alone on its line: name -> offsets.

    The last, because a table of contents comes first.
    """
    found: dict[str, tuple[int, int]] = {}
    for start, end in lines.spans:
        if not 4 < end - start <= LONGEST_HEADER_LINE:
            continue
        line = aligned[start:end].strip()
        if "公开" in line or "诉讼" in line or "问题" in line:
            name = _sections().get(label_key(line)) or _sections().get(short_key(line))
            if name is not None:
                found[name] = (start, end)
    return found


@dataclass(frozen=True, slots=True)
class Hit:
    """An anchor of a table: its line and the table it speaks for."""

    line: int
    table: str


def find_anchors(aligned: str, lines: Lines) -> list[Hit]:
    """Every anchor that does not stand in a sentence, in reading order."""
    hits: list[Hit] = []
    for match in _find_pattern().finditer(aligned):
        number = lines.at(match.start())
        start, end = lines.spans[number]
        if not is_prose(aligned[start:end]):
            hits.append(Hit(number, _table_of_anchor()[_NOT_CJK.sub("", match.group())]))
    return hits


def ranges_of(aligned: str, lines: Lines, hits: Sequence[Hit], table: str) -> list[tuple[int, int]]:
    """The line ranges (first, behind last) in which `table` may stand, in reading order."""
    ranges: list[tuple[int, int]] = []
    others = [hit.line for hit in hits if hit.table != table]
    for hit in hits:
        if hit.table != table or (ranges and hit.line < ranges[-1][1]):
            continue
        if len(ranges) == MOST_RANGES:
            break
        first = _first_line(aligned, lines, hit.line, table)
        behind = bisect_right(others, hit.line)
        stop = others[behind] if behind < len(others) else len(lines.spans)
        ranges.append((first, _last_line(aligned, lines, hit.line, stop)))
    return ranges


def _first_line(aligned: str, lines: Lines, number: int, table: str) -> int:
    """Go back over header lines: short ones made of the characters of the table's labels."""
    characters = _header_characters(table)
    first = number
    for at in range(number - 1, max(-1, number - 80), -1):
        start, end = lines.spans[at]
        line = aligned[start:end].strip()
        if not line:
            continue
        words = _NOT_CJK.sub("", line)
        if len(line) > LONGEST_HEADER_LINE or not characters.issuperset(words) or is_heading(line):
            break
        if words:
            first = at
    return first


def _last_line(aligned: str, lines: Lines, number: int, stop: int) -> int:
    for at in range(number + 1, min(stop, number + MOST_LINES)):
        start, end = lines.spans[at]
        line = aligned[start:end]
        if is_prose(line) or is_heading(line):
            return at
    return min(stop, number + MOST_LINES)


@cache
def _row_pattern(table: str) -> re.Pattern[str]:
    """Labels that tell a parsed table of this kind from others: rows, columns, captions."""
    keys = {
        key
        for form in table_forms()
        if form.table == table
        for key in form.lexicon.prefixes
        if len(key) > SHORT
        and any(u.role in (Role.ROW, Role.COLUMN, Role.CAPTION) for u in form.lexicon.uses(key))
    }
    return re.compile("|".join(sorted(map(re.escape, keys), key=len, reverse=True)))


# Different labels that must be there: 行政许可 alone stands in many a list.
_ENOUGH = {"t2": 3, "t3": 1, "t4": 3, "annex": 3}


def tables_of_page(page: Page, aligned: str) -> dict[str, list[Table]]:
    """The parsed tables of a page that belong to each official table, in reading order.

    A table that runs on over a page end is several parsed tables.
    """
    found: dict[str, list[Table]] = {}
    for parsed in page.tables:
        labels = _labels_in(_words_of_cells(parsed, aligned))
        for table, count in zip(TABLES, labels, strict=True):
            continues = bool(found.get(table)) and table in ("t2", "annex")
            if count >= (1 if continues else _ENOUGH[table]):
                found.setdefault(table, []).append(parsed)
    return found


@lru_cache(maxsize=128)  # many tables print the labels of their form and no other words
def _labels_in(words: str) -> tuple[int, ...]:
    """How many different labels of each of `TABLES` stand in the words of cells."""
    return tuple(len(set(_row_pattern(table).findall(words))) for table in TABLES)


def _words_of_cells(parsed: Table, aligned: str) -> str:
    """The ideographs of every cell that has some, a cell a line."""
    cells = [aligned[c.start : c.end] for c in parsed.cells if c.end - c.start <= LONGEST_CELL]
    return "\n".join(filter(None, [_ideographs(cell) for cell in cells if not cell.isdecimal()]))


@lru_cache(maxsize=8192)  # the labels of the forms are those of most cells
def _ideographs(cell: str) -> str:
    return _NOT_CJK.sub("", cell)

"""Telling a line end that wraps a sentence from one that ends it.

What lives here: hard-wrapped text (PDF text layers, e-mailed reports), page numbers between lines.
What does not: sentences and sections (`sentences.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

_WIDE_RUN = re.compile("[^\\0-\u2e7f]+")
_PAGE_NUMBER = re.compile(r"^[ ]*(?:[-—]+ ?\d{1,3} ?[-—]+|第 ?\d{1,3} ?页(?: ?共 ?\d+ ?页)?)[ ]*$")
_HEADING = re.compile(
    r"^[ ]*(?:第?[一二三四五六七八九十]{1,3}[、.章部]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)](?!\d)|[①-⑳㈠-㈩•·|])"
)
# a heading by itself: its line ends where it ends, however wide it is
_BARE_HEADING = re.compile(
    r"^[ ]*(?:第?[一二三四五六七八九十]{1,3}[、.章部]|\([一二三四五六七八九十]{1,3}\))[^,。;:!?\d]{2,40}"
    r"(?:情况|措施|问题|概述|概况|方面|打算|内容|形式|建设|工作|诉讼|事项|说明)[ ]*$"
)
_FINISHED = re.compile(r"[。;:!?|](?:[”\")》]*)[ ]*$")
_WRAP_SHARE = 0.8  # a wrapped line fills at least this part of the widest usual line
_MINIMUM_WIDTH = 30  # columns; narrower columns of text are tables
_LONG_CHAIN = 4  # that many full lines in a row are prose even before their sentence ends
_BLOCK_SHARE = 8  # paragraphs set apart by blank lines: at least every eighth line end is one
_PROSE = re.compile(r"[,。;]|^[ ]*[\u4e00-\u9fff]{1,12}\d")  # a line of a sentence, not a cell or a title
_WORD_END = re.compile(r"[\u4e00-\u9fff][ ]*$")
_WORD_START = re.compile(r"[ ]*[\u4e00-\u9fff]")
_MINIMUM_LINES = 3  # that many full, unfinished lines make a wrapped text
# a number on a line of its own in the midst of a sentence: the lines of such a text end anywhere
# (patterns that begin with the character itself are looked for ten times as quickly)
_LONE_NUMBER = re.compile(r"\n(?<=[^\s。|:]\n)\d{1,7}\n(?=[年月日条件份篇次人名个项期])")
_LONE_NUMBERS = 8  # fewer are a date or two set apart
# documents read page by page: 其⏎2中机构职能类, page numbers before what goes on
_PAGED = "接上页"
_PAGE_BEFORE_REST = re.compile(r"(?<=[\u4e00-\u9fff,、])\n[ ]*(\d{1,2})、?(?=[\u4e00-\u9fff\d])")


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    return len(line) + sum(map(len, _WIDE_RUN.findall(line)))


def wrapped_line_ends(text: str) -> list[tuple[int, int]]:
    """Intervals (line end, indentation, page numbers between) that only wrap a sentence.

    Empty for text whose paragraphs are single lines. Offsets count in `text`.
    """
    lines: list[tuple[int, int, str]] = []  # start, end, text of lines that are not blank
    pages: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if _PAGE_NUMBER.match(line):
            pages.append((start, end))
        elif line.strip():
            lines.append((start, end, line))
        start = end + 1
    usual = _usual_width(lines)
    broken = len(_LONE_NUMBER.findall(text)) >= _LONE_NUMBERS
    if usual == 0 and not broken:
        return _breaks_in_blocks(text, lines)
    joins: list[tuple[int, int]] = []
    chain: list[tuple[int, int]] = []  # line ends since the last sentence end
    for (s0, e0, line), (s1, _, following) in pairwise(lines):
        if _ends_here(line) or _HEADING.match(following):
            chain = []
            continue
        between = text[e0:s1]
        if between.count("\n") > 1 and not any(e0 < p < s1 for p, _ in pages):
            chain = []
            continue
        indent, following_indent = _indent(line), _indent(following)
        if (not broken and _width(line.rstrip()) < _WRAP_SHARE * usual) or following_indent > indent:
            chain = []
            continue
        if "  " in line.strip():  # columns: a table row
            chain = []
            continue
        chain.append((s0 + len(line.rstrip()), s1 + following_indent))
        if _FINISHED.search(following) or (not broken and len(chain) >= _LONG_CHAIN):
            joins += chain  # lines that never end a sentence are a list of titles
            chain = []
    return sorted({*joins, *_breaks_in_blocks(text, lines)})


def _breaks_in_blocks(text: str, lines: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Line ends inside words of paragraphs that blank lines set apart, at whatever width."""
    blanks = sum(1 for (_, end, _), (start, _, _) in pairwise(lines) if start - end > 1)
    if blanks * _BLOCK_SHARE < len(lines):
        return []
    joins = []
    for (s0, e0, line), (s1, _, following) in pairwise(lines):
        broken = (
            text[e0:s1].count("\n") == 1
            and _PROSE.search(line) is not None
            and _WORD_END.search(line) is not None
            and _WORD_START.match(following) is not None
            and not (_HEADING.match(following) or _ends_here(line) or _HEADING.match(line))
            and "|" not in line + following
        )
        if broken:
            joins.append((s0 + len(line.rstrip()), s1 + _indent(following)))
    return joins if len(joins) >= _MINIMUM_LINES else []


def page_numbers_before_rest(text: str) -> list[tuple[int, int]]:
    """Intervals of page numbers, counting up from 1, that stand before the rest of a sentence."""
    found: list[tuple[int, int]] = []
    if _PAGED in text:
        for match in _PAGE_BEFORE_REST.finditer(text):
            if int(match[1]) == len(found) + 1:
                found.append(match.span())
    return found


def _ends_here(line: str) -> bool:
    """Whether a sentence or a heading ends with the line."""
    return _FINISHED.search(line) is not None or _BARE_HEADING.match(line) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _usual_width(lines: list[tuple[int, int, str]]) -> int:
    """Width of the wrapped lines, 0 where the text is not wrapped.

    A line is at most twice as wide as it has characters, so most are told apart by their length.
    """
    plain = [line.rstrip() for _, _, line in lines if "  " not in line.strip()]
    plain.sort(key=len, reverse=True)
    widest = usual = 0  # usual: the widest but one, as a single stray line does not set the measure
    for line in plain:
        if 2 * len(line) <= usual:
            break
        if not _ends_here(line) and (width := _width(line)) > usual:
            widest, usual = max(widest, width), min(widest, width)
    if usual < _MINIMUM_WIDTH:
        return 0
    # where text is wrapped, no paragraph is wider than the wrap
    if len(list(_at_least(plain, usual / _WRAP_SHARE, beyond=True))) > _MINIMUM_LINES:
        return 0
    full = (line for line in _at_least(plain, _WRAP_SHARE * usual) if not _ends_here(line))
    return usual if len(list(islice(full, _MINIMUM_LINES))) == _MINIMUM_LINES else 0


def _at_least(longest_first: Sequence[str], width: float, *, beyond: bool = False) -> Iterator[str]:
    """The lines that are at least as wide, or wider still."""
    for line in longest_first:
        if 2 * len(line) < width:
            return
        if (own := _width(line)) > width or (own == width and not beyond):
            yield line

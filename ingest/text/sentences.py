"""Sections and sentences of a report.

What lives here: cutting a folded text into segments (what stands between sentence ends) and
knowing under which heading each stands, by keyword and not by number. What does not: which
keywords mean which topic (`rules/narrative/sections.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_END = re.compile(
    r"(?=[。!?;\n一二三四五六七八九十])(?:[。!?;\n]|(?<=[0-9])(?=[一二三四五六七八九十]是))"
)
_ENUMERATOR = re.compile(
    r"^[\s|•·]*(?:(?P<one>第?[一二三四五六七八九十]{1,3}(?:[、.]|部分|章)|[㊀-㊉])"
    r"|(?P<two>\([一二三四五六七八九十]{0,3}\)|[㈠-㈩])"
    r"|(?P<three>\d{1,2}[、.](?!\d)|\(\d{1,2}\)|[①-⑳]))\s*"
)
# No sentence of a report is so long; what is, is a run of cells or damage, and rules that look back
# over a segment must not look back over a whole document.
_LONGEST_SEGMENT = 1_200
_HEADING_LENGTH = 42  # longer lines that start with an enumerator are paragraphs
_BARE_HEADING_LENGTH = 26  # a heading without an enumerator
_GLUED = re.compile(r"^(.{2,30}?(?:情况|措施|方面|打算|问题|概述|内容|形式|制度|建设))(?=20\d\d|今年|我[局镇县市区办委厅乡院]|本[局镇机]|全[年市县区镇]|\()")
_HEADING_ENDS = (
    "情况", "措施", "方面", "内容", "概述", "改进", "打算", "工作", "制度", "建设", "培训", "公开",
    "诉讼", "费用", "减免", "形式", "问题", "计划", "报告",
)  # fmt: skip
_HEAD_END = re.compile(r"[,:]")
_NO_HEADING = re.compile(r"[,:|]|没有|未|^无|尚无|暂无")
_YEAR_OF_HEADING = re.compile(r"20\d\d年度?")  # 三、2019年工作打算: its digits are no figure
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两]+(?:余|多)?(?:条|件|份|篇|次|人|名|期|个|起|宗)")


class Segment(NamedTuple):
    """A stretch of text without a sentence end inside; `start` counts in the folded text.

    A tuple, as some forty are made of a report: a third of the time of a frozen dataclass.
    """

    start: int
    text: str
    topic: str  # of the nearest heading that tells one: disclosure, requests, ... or ""
    part: str  # topic of the first-level heading
    heading: bool
    paragraph: int
    continues: bool = False  # a heading under one that goes on with the same topic


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = tomllib.loads(
        (files("ingest.rules") / "narrative" / "sections.toml").read_text(encoding="utf8")
    )
    return tuple((r["topic"], re.compile(r["heading"])) for r in rules["section"])


@lru_cache(maxsize=4096)  # the same few headings open the sections of most reports
def heading_topic(heading: str) -> str:
    """The topic a heading's words tell, "" where none; the earliest rule that matches decides."""
    for topic, pattern in _topics():
        if pattern.search(heading):
            return topic
    return ""


def segments(text: str) -> Iterator[Segment]:
    """All segments of a folded text in order, each with the topic of its headings."""
    topics = {"one": "", "two": "", "three": ""}
    start = 0
    for paragraph, line in enumerate(text.split("\n")):
        if line.strip():
            yield from _line_segments(line, start, paragraph, topics)
        start += len(line) + 1


def _line_segments(
    line: str, start: int, paragraph: int, topics: dict[str, str]
) -> Iterator[Segment]:
    enumerator = _ENUMERATOR.match(line)
    level = enumerator.lastgroup if enumerator else None
    at = 0
    for end in _bounds(line):
        piece = line[at:end]
        if piece.strip():
            heading = False
            before = topics["one"]
            if at == 0:
                heading = _enter(piece, level, topics)
            elif (inner := _ENUMERATOR.match(piece)) and inner.lastgroup == "two":
                heading = _enter(piece, "two", topics)
            topic = topics["three"] or topics["two"] or topics["one"]
            continues = topics["one"] == before and topic in ("disclosure", "")
            yield Segment(start + at, piece, topic, topics["one"], heading, paragraph, continues)
        at = end if end < len(line) and line[end] not in "。!?;,\n" else end + 1


def _bounds(line: str) -> Iterator[int]:
    """Where the line's segments end; a stretch without sentence ends is cut to a bearable length."""
    at = 0
    for end in (*(m.start() for m in _END.finditer(line)), len(line)):
        while end - at > _LONGEST_SEGMENT:
            comma = line.rfind(",", at, at + _LONGEST_SEGMENT)
            at = comma if comma > at else at + _LONGEST_SEGMENT
            yield at
        yield end
        at = end + 1


def _enter(piece: str, level: str | None, topics: dict[str, str]) -> bool:
    """Note the topic of a line's first piece; whether that piece is a heading and no sentence."""
    words = _ENUMERATOR.sub("", piece)
    if level is None:
        bare = words.strip()
        if len(bare) > _BARE_HEADING_LENGTH or _FIGURE.search(bare) or _NO_HEADING.search(bare):
            return False
        topic = heading_topic(bare)
        if not topic or not bare.endswith(_HEADING_ENDS):
            return False
        topics.update(one=topic, two="", three="")
        return True
    # a heading glued to its paragraph ends at the first comma; its keywords stand before it
    head = _HEAD_END.split(words, maxsplit=1)[0]
    if (glued := _GLUED.match(head)) is not None:
        head = glued[1]
    bare_head = _YEAR_OF_HEADING.sub("", head)
    topic = heading_topic(head[:_HEADING_LENGTH]) if not _FIGURE.search(bare_head) else ""
    if level == "one":
        topics.update(one=topic, two="", three="")
    elif level == "two":
        topics.update(two=topic, three="")
    else:
        topics["three"] = topic
    return len(piece) <= _HEADING_LENGTH and not _FIGURE.search(words)

"""Of which time a number is: this year, another year, a stock, a comparison, a plan.

What lives here: looking at the words around a number for time and comparison. What does not: whose
number it is (`resolve.py`), the phrases (`rules/narrative/scope.toml`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope
from ingest.narrative.rules import scope_patterns

_YEAR = re.compile(
    r"(?P<year>20\d\d)(?=年)|(?P<cn>二[〇零][〇零一二][一二三四五六七八九〇零])(?=年)|(?P<last>上年度?|去年|上一年度?)|(?P<next>明年|下一?年度?|来年)|(?P<this>今年|本年度?|当年|全年|年内)"
)
# a year before these says where a case went or came from, or since when a stock is counted
_NO_SUBJECT = re.compile(r"^年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?[^,;。]{0,16}?以来|^(?:年度?|度)?(?:末|底)?(?:的)?(?:结转|转入|转来|遗留|未办结|跨年)|^年度?(?:以来|底以来|继续|办理|答复|\)?至|[》”号〕])")
_NO_SUBJECT_BEFORE = re.compile(
    r"(?:结转|转入|转至|延至|顺延|延期至|自|从|比|较|与|到|至|由|同|《[^》]*|〔|“[^”]*|“?十[一二三四]五[^,;]*)$"
)
_OPENING = 14  # the year of a plan stands at the head of its sentence
_PLAN_WORDS = re.compile(r"将|要|下一步|下步|今后|打算|计划|拟")
_NEXT_STEP = re.compile(r"^[^,;。]{0,8}(?:下一步|下步|今后|打算)|以下(?:几个?方面|工作)[^,;。]{0,8}:?$")
_CN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def compared(segment: str) -> list[tuple[int, int]]:
    """Intervals of a segment that compare with another year: no value of the year."""
    patterns = scope_patterns()
    spans = [m.span() for m in patterns["compare"].finditer(segment)]
    spans += [m.span("old") for m in patterns["from_to"].finditer(segment)]
    return spans


def is_plan(segment: str, position: int) -> bool:
    """Whether the number at `position` is planned: a plan's words stand before it."""
    start = max(segment.rfind("。", 0, position), segment.rfind(";", 0, position)) + 1
    return scope_patterns()["plan"].search(segment[start:position]) is not None


def year_before(segment: str, position: int) -> str | None:
    """The year word that governs the number at `position`: a year, `last`, `next`, `this`."""
    found: str | None = None
    for match in _YEAR.finditer(segment, 0, position):
        if _NO_SUBJECT_BEFORE.search(segment[: match.start()]) or _NO_SUBJECT.match(
            segment[match.end() :]
        ):
            continue
        kind = match.lastgroup
        if kind == "year":
            found = match["year"]
        elif kind == "cn":
            found = match["cn"].translate(_CN_DIGITS)
        else:
            found = kind
    return found


def announces_plans(segment: str, report_year: int | None) -> bool:
    """Whether a segment opens a paragraph of plans: 2009年,将重点抓好以下工作:一是…"""
    if _PLAN_WORDS.search(segment) is None:
        return False
    word = year_before(segment[:_OPENING], _OPENING)
    later = word == "next" or (
        bool(word) and str(word).isdigit() and report_year is not None and int(str(word)) > report_year
    )
    return later or _NEXT_STEP.search(segment) is not None


def time_scope(segment: str, position: int, report_year: int | None) -> TimeScope:
    """The time scope that the words before a number tell, `year` where they tell none."""
    word = year_before(segment, position)
    if word == "last":
        return TimeScope.PREVIOUS_YEAR
    if word == "next" or is_plan(segment, position):
        return TimeScope.PLAN
    if word and word.isdigit() and report_year is not None:
        year = int(word)
        if year > report_year:
            return TimeScope.PLAN
        if year < report_year:
            return TimeScope.PREVIOUS_YEAR
    return TimeScope.YEAR

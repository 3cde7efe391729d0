"""Of which time a number is: this year, another year, a stock, a comparison, a plan.

What lives here: looking at the words around a number for time and comparison. What does not: whose
number it is (`resolve.py`), the phrases (`rules/narrative/scope.toml`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope
from ingest.narrative.rules import scope_patterns

_YEAR = re.compile(
    r"(?P<year>20\d\d)(?=年)|(?P<cn>二[〇零][〇零一二][一二三四五六七八九〇零])(?=年)|(?P<last>上年度?|去年|上一年度?)|(?P<next>明年|下一?年度?|来年)|(?P<this>今年|本年度?|当年|全年|年内|目前|现有)"
)
# a year before these says where a case went or came from, or since when a stock is counted
_NO_SUBJECT = re.compile(r"年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?[^,;。]{0,16}?以来|(?:年度?|度)?(?:末|底)?(?:的)?(?:结转|转入|转来|遗留|未办结|跨年)|年度?(?:以来|底以来|继续|办理|答复|\)?至|[》”号〕])")
_NO_SUBJECT_BEFORE = re.compile(
    r"(?:始于|起于|成立于|结转|转入|转至|延至|顺延|延期至|自|从|比|较|与|到|至|由|同|《[^》]*|〔|“[^”]*|“?十[一二三四]五[^,;]*)$"
)
_COMPARES = re.compile(r"[比较同与环增下减降上是去]|\(20")  # no comparison without one of these
_OPENING = 14  # the year of a plan stands at the head of its sentence
_PLAN_WORDS = re.compile(r"将|要|下一步|下步|今后|打算|计划|拟")
_NEXT_STEP = re.compile(r"^[^,;。]{0,8}(?:下一步|下步|今后|打算)|以下(?:几个?方面|工作)[^,;。]{0,8}:?$")
_CN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def compared(segment: str) -> list[tuple[int, int]]:
    """Intervals of a segment that compare with another year: no value of the year."""
    patterns = scope_patterns()
    spans = []
    if _COMPARES.search(segment):
        spans = [m.span() for m in patterns["compare"].finditer(segment)]
    if "由" in segment:
        spans += [m.span("old") for m in patterns["from_to"].finditer(segment)]
    return spans


class TimeWords:
    """The words of a segment that tell of which time its numbers are, looked for once."""

    __slots__ = ("_plans", "_segment", "_years")

    def __init__(self, segment: str) -> None:
        self._segment = segment
        self._years = _year_words(segment) if "年" in segment else []
        self._plans = scope_patterns()["plan"].search(segment) is not None

    def scope(self, position: int, report_year: int | None) -> TimeScope:
        """The time scope that the words before a number tell, `year` where they tell none."""
        word = None
        for end, year_word, closed in self._years:
            if end > position:
                break
            if not end < closed < position:  # (含2015年收到的1件) tells nothing of what follows
                word = year_word
        if word == "last":
            return TimeScope.PREVIOUS_YEAR
        if word == "next" or (self._plans and self._is_plan(position)):
            return TimeScope.PLAN
        if word and word.isdigit() and report_year is not None:
            year = int(word)
            if year > report_year:
                return TimeScope.PLAN
            if year < report_year:
                return TimeScope.PREVIOUS_YEAR
        return TimeScope.YEAR

    def _is_plan(self, position: int) -> bool:
        """Whether a plan's words stand before the number in its sentence."""
        segment = self._segment
        start = max(segment.rfind("。", 0, position), segment.rfind(";", 0, position)) + 1
        return scope_patterns()["plan"].search(segment[start:position]) is not None


def _year_words(segment: str) -> list[tuple[int, str, int]]:
    """The year words of a segment: where each ends, a year, `last`, `next` or `this`, and where
    the parenthesis closes in which it stands (-1 outside of one).
    """
    found = []
    for match in _YEAR.finditer(segment):
        start, end = match.span()
        if _NO_SUBJECT_BEFORE.search(segment, 0, start) or _NO_SUBJECT.match(segment, end):
            continue
        kind = match.lastgroup or ""
        if kind == "year":
            kind = match["year"]
        elif kind == "cn":
            kind = match["cn"].translate(_CN_DIGITS)
        inside = segment.rfind("(", 0, start) > segment.rfind(")", 0, start)
        found.append((end, kind, segment.find(")", end) if inside else -1))
    return found


def announces_plans(segment: str, report_year: int | None) -> bool:
    """Whether a segment opens a paragraph of plans: 2009年,将重点抓好以下工作:一是…"""
    if _PLAN_WORDS.search(segment) is None:
        return False
    words = _year_words(segment[:_OPENING])
    word = words[-1][1] if words else ""
    later = word == "next" or (
        word.isdigit() and report_year is not None and int(word) > report_year
    )
    return later or _NEXT_STEP.search(segment) is not None

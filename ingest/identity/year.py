"""The year reported on, and the period that the report says its figures are of.

What lives here: years and periods in all their printed and damaged forms, the order of trust
between them, and what counts as a conflict. What does not: dates (`dates.py`), the title
(`title.py`).

Order of trust: title, statistical period, the body's own lead (「2012年,我局…」), the date of the
signature or of publication (its year, less one where it lies before autumn).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from ingest.identity.dates import (
    CHINESE_YEAR,
    FIRST_YEAR,
    LAST_YEAR,
    PrintedDate,
    chinese_year,
    first_date,
)

# A look-behind at the head of a pattern makes it tried at each character: it stands behind 20.
_YEAR = r"20(?<!\d20)[0-3]\d(?!\d)"
# A year as a title or a sentence names it; 〔2014〕 and 2014-0012 are document numbers.
YEAR_TOKEN = rf"(?:{_YEAR}|{CHINESE_YEAR})"
_TITLE_YEAR = re.compile(
    rf"(?P<from>{_YEAR})\s*年?\s*(?:[-—~至]|到)+\s*(?P<to>{_YEAR})|(?P<one>{_YEAR}|{CHINESE_YEAR})"
)
# The web loses 年, 月 and figures: 201311日至20131231日, 20091120091231, 2010 1231.
_WHOLE_YEAR = re.compile(
    r"(?P<y>20(?<!\d20)[0-3]\d)年?0?1月?0?1日?(?:起|开始|算起|统计)?,?[\s、]{0,2}"
    r"(?:至|到|—+|-+|~|截止到?|截至|止)*(?:当年|同年|(?P<y2>20[0-3]\d)年?)?\s?12月?31(?:日|止|间|期|,|。|$)"
)
_TO = r"(?:《?条例》?)?(?:正式)?(?:施行|实施)?(?:之日)?(?:开始|算起|起)?[,、]?(?:截止日期为|截止到?|截至|至|到|—+|-+|~+)"
_FULL = r"20[0-3]\d年\d{1,2}月\d{1,2}日|20[0-3]\d[-./]\d{1,2}[-./]\d{1,2}日?"
_CN_DATE = rf"{CHINESE_YEAR}年[元一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十廿]{{1,3}}日"
_PERIOD = re.compile(
    rf"(?P<start>{_FULL}|{_CN_DATE}){_TO}"
    rf"(?P<end>{_FULL}|{_CN_DATE}|\d{{1,2}}月\d{{1,2}}日|[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
)
_MONTHS = re.compile(
    r"(?P<y>20[0-3]\d)年(?P<m>\d{1,2})月?(?:[-—~至到]+)(?:(?P<y2>20[0-3]\d)年)?(?P<m2>\d{1,2})月(?!\d)"
)
_OPEN_START = re.compile(r"(?:截止|截至)(?:到|至)?(?P<end>20[0-3]\d年12月31日|20[0-3]\d1231日?)")
_LEAD = re.compile(
    rf"(?P<y>{YEAR_TOKEN})年?(?:度|以来|来|里|间|期间|中)?,?"
    r"(?:我|本|全|县|市|区|镇|乡|街道|局|省|州|旗|厅|委|办|学校|学院|政府|各|共|主动|累计|在|是|按照|根据)"
)
_LEAD_BEFORE = re.compile(r"(?:^|[。\n,:;(、将对关于了制])\s*(?:在|自)?$")
# What is meant to be done is of the year to come.
_PLAN = re.compile(r"[^。;\n]{0,14}?(?:拟|将(?!有关|情况|工作)|计划|打算|力争|争取|继续|进一步)")
_ANY_YEAR = re.compile(
    rf"(?P<y>20(?<![〔\[(/-]20)(?<!\d20)[0-3]\d(?!\d)|二(?<![〔\[(/-]二){CHINESE_YEAR[1:]})"
    r"(?:年(?:度)?(?![-—]))(?!\d{1,2}月)"
)
_SPACES = 24  # before a year at the head of a sentence; indents are shorter
# A report signed from this month on reports the year that is ending.
_AUTUMN = 10


@dataclass(frozen=True, slots=True)
class Period:
    """The statistical period as printed, at `at:to` of the text."""

    start: date | None
    end: date
    at: int
    to: int


@dataclass(frozen=True, slots=True)
class YearSign:
    """A sign of the year reported on: where it comes from, what is printed, what it says."""

    kind: str  # title, period, body, signature, publication
    text: str
    year: int
    start: int | None = None
    end: int | None = None


def year_value(printed: str) -> int | None:
    """2011, 二〇一一, 二一一 → 2011; None for what is no year of a report."""
    if printed.isascii():
        year = int(printed)
        return year if FIRST_YEAR <= year <= LAST_YEAR else None
    return chinese_year(printed)


def years_of_title(title: str) -> list[int]:
    """The years that a title names, the last of a school year or a range, without repetition."""
    years: list[int] = []
    for match in _TITLE_YEAR.finditer(title):
        year = year_value(match["to"] or match["one"])
        if year is not None and year not in years:
            years.append(year)
    return years


def find_period(text: str) -> Period | None:
    """The first statistical period in `text`, damaged digits repaired."""
    found: list[Period] = []
    if match := _WHOLE_YEAR.search(text):
        first, last = int(match["y"]), int(match["y2"] or match["y"])
        if first <= last <= LAST_YEAR:
            found.append(Period(date(first, 1, 1), date(last, 12, 31), *match.span()))
    if (match := _PERIOD.search(text)) and (period := _printed_period(match)):
        found.append(period)
    if not found and (match := _MONTHS.search(text)) and (period := _months(match)):
        found.append(period)
    if not found and (match := _OPEN_START.search(text)):
        year = int(match["end"][:4])
        found.append(Period(None, date(year, 12, 31), *match.span()))
    return min(found, key=lambda p: p.at, default=None)


def _printed_period(match: re.Match[str]) -> Period | None:
    start = first_date(match["start"])
    if start is None:
        return None
    printed = match["end"]
    if not printed.startswith(("20", "二")) or ("年" not in printed and "-" not in printed):
        printed = f"{match['start'][: match['start'].find('年')]}年{printed}"
    end = first_date(printed)
    if end is None or end.value < start.value:
        return None
    return Period(start.value, end.value, *match.span())


def _months(match: re.Match[str]) -> Period | None:
    first, last = int(match["m"]), int(match["m2"])
    year = int(match["y"])
    end_year = int(match["y2"] or year)
    if not (1 <= first <= 12 and 1 <= last <= 12) or (end_year, last) < (year, first):
        return None
    following = date(end_year + last // 12, last % 12 + 1, 1)
    end = date.fromordinal(following.toordinal() - 1)
    return Period(date(year, first, 1), end, *match.span())


def year_of_period(period: Period) -> int:
    """The year that most of the period's days lie in; the later where it is even.

    A period of several years (a stock since 2008) ends with the year reported on.
    """
    start, end = period.start, period.end
    if start is None or start.year == end.year or end.year - start.year > 1:
        return end.year
    before = date(start.year, 12, 31) - start
    after = end - date(end.year, 1, 1)
    return start.year if before > after else end.year


def year_of_body(text: str) -> YearSign | None:
    """The year that the body's sentences are about: first as a subject, else the one named most.

    A subject carries the kind `body`; a year only named most often is a weaker `mention`.
    """
    for match in _LEAD.finditer(text):
        at = match.start()
        if _LEAD_BEFORE.search(text[max(at - _SPACES, 0) : at]) is None:
            continue
        year = year_value(match["y"])
        if year is not None and not _PLAN.match(text, match.end()):
            return YearSign("body", match["y"] + "年", year, match.start("y"), match.end("y"))
    counts: Counter[int] = Counter()
    first: dict[int, re.Match[str]] = {}
    for match in _ANY_YEAR.finditer(text):
        year = year_value(match["y"])
        if year is not None:
            counts[year] += 1
            first.setdefault(year, match)
    if not counts:
        return None
    year = max(counts, key=lambda y: (counts[y], -first[y].start()))
    match = first[year]
    return YearSign("mention", match["y"] + "年", year, match.start("y"), match.end("y"))


def names_year(text: str, year: int) -> bool:
    """Whether a text names a year outside the numbers of documents."""
    return any(year_value(match["y"]) == year for match in _ANY_YEAR.finditer(text))


def year_before(printed: PrintedDate, kind: str, text: str) -> YearSign:
    """The year that a report signed or published on a date is likely to report on."""
    day = printed.value
    year = day.year if day.month >= _AUTUMN else day.year - 1
    return YearSign(kind, text or day.isoformat(), year, printed.start, printed.end)

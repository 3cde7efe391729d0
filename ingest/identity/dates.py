"""Reading dates in all the forms that reports print them, and those the web damaged.

What lives here: a printed date → `datetime.date`. What does not: which date is that of publication
or of the signature (`imprint.py`), the year reported on and the statistical period (`year.py`),
numbers (`ingest.text.numerals`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "0": 0,
}
_CN_DIGIT = "〇零○0一二三四五六七八九"
FIRST_YEAR, LAST_YEAR = 2000, 2039  # the regulation was drafted from 2002 on; later is no report

CHINESE_YEAR = rf"二[{_CN_DIGIT}]{{2,3}}(?=年)"
_CHINESE = re.compile(
    rf"(?P<y>二[{_CN_DIGIT}]{{2,3}})年(?P<m>元|正|十[一二]?|[一二三四五六七八九])月"
    r"(?P<d>[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一]?|[一二三四五六七八九])[日号]?"
)
_ARABIC = re.compile(
    r"(?P<y>20(?<![\d.]20)\d\d)(?:年|\s?[-./]\s?)(?P<m>元|0?[1-9]|1[0-2])(?:月|\s?[-./]\s?)"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d.]))"
)
# The web loses 年 and 月 (20153月10日, 2015年310日, 2015310日); 日 is what tells a date.
_LOST_SIGN = re.compile(
    r"(?P<y>20(?<!\d20)\d\d)年?(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日"
)
_LOST_SIGNS = re.compile(r"(?P<y>20(?<!\d20)\d\d)年?(?P<md>\d{2,4})日")
_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_TIME_BEHIND = re.compile(r"[ T\u3000]*\d{1,2}(?::\d{2}|[时点]\d{1,2}分?)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date at `start:end` of a text; `chinese` where its digits are Chinese."""

    value: date
    start: int
    end: int
    chinese: bool = False
    with_time: bool = False


def chinese_year(printed: str) -> int | None:
    """二〇一一, 二○○八, 二零一二, 二一一 (its zero lost) → the year; None where it is none."""
    digits = [_DIGITS.get(char) for char in printed]
    if None in digits or not digits:
        return None
    if len(digits) == 3 and digits[0] == 2 and digits[1] != 0:
        digits.insert(1, 0)  # 二一一年: the zero is what gets lost
    if len(digits) != 4:
        return None
    year = int("".join(map(str, digits)))
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _chinese_day(printed: str) -> int:
    if printed in ("元", "正"):
        return 1
    if printed[0] in "廿卅":
        return {"廿": 20, "卅": 30}[printed[0]] + (_DIGITS[printed[1]] if printed[1:] else 0)
    tens, ten, units = printed.partition("十")
    if not ten:
        return _DIGITS[printed]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def split_month_day(glued: str) -> tuple[int, int] | None:
    """Month and day whose signs were lost (11 → 1 January, 1231, 0310); None where in doubt."""
    readings = set()
    for cut in range(1, len(glued)):
        month, day = glued[:cut], glued[cut:]
        if max(len(month), len(day)) > 2 or int(month) not in range(1, 13):
            continue
        if int(day) in range(1, 32) and not (len(glued) == 3 and day.startswith("0")):
            readings.add((int(month), int(day)))
    return readings.pop() if len(readings) == 1 else None


def first_date(text: str) -> PrintedDate | None:
    """The first date in `text`. A text that is a plain date and nothing else is read at once."""
    if (match := _ARABIC.fullmatch(text)) and (value := _value(_ARABIC, match)):
        return PrintedDate(value, 0, match.end())
    return next(dates_in(text), None)


def parse_date(text: str) -> date | None:
    """The first date in `text` (folded to half width, simplified), or None."""
    found = first_date(text)
    return found.value if found is not None else None


def dates_in(text: str) -> Iterator[PrintedDate]:
    """All full dates (year, month and day) in `text`, in order, damaged ones repaired."""
    found: list[PrintedDate] = []
    patterns: list[re.Pattern[str]] = []
    if "20" in text:
        patterns = [_ARABIC, _LOST_SIGN, _LOST_SIGNS] if "日" in text else [_ARABIC]
    if "二" in text:
        patterns.append(_CHINESE)
    for pattern in patterns:
        for match in pattern.finditer(text):
            value = _value(pattern, match)
            if value is not None:
                timed = _TIME_BEHIND.match(text, match.end()) is not None
                found.append(
                    PrintedDate(value, match.start(), match.end(), pattern is _CHINESE, timed)
                )
    found.sort(key=lambda d: (d.start, -d.end))
    last_end = 0
    for printed in found:
        if printed.start >= last_end:
            last_end = printed.end
            yield printed


def parse_field(text: str) -> date | None:
    """The date of a field that holds one: also without any sign between its parts (20150310)."""
    value = parse_date(text)
    if value is None and (compact := _COMPACT.search(text)):
        value = _make(int(compact["y"]), int(compact["m"]), int(compact["d"]))
    return value


def _value(pattern: re.Pattern[str], match: re.Match[str]) -> date | None:
    if pattern is _CHINESE:
        year = chinese_year(match["y"])
        return _make(year, _chinese_day(match["m"]), _chinese_day(match["d"])) if year else None
    if pattern is _LOST_SIGNS:
        month_day = split_month_day(match["md"])
        return _make(int(match["y"]), *month_day) if month_day else None
    month = 1 if match["m"] == "元" else int(match["m"])
    return _make(int(match["y"]), month, int(match["d"]))

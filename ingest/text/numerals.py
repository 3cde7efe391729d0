"""Numbers as reports print them: Arabic, Chinese, mixed, with their approximators.

What lives here: finding and evaluating a printed number. What does not: what the number counts
(`narrative`), dates (`identity/dates.py`), cells of tables (`tables/cells.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.model import Qualifier

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE = rf"[{CHINESE_DIGITS}]+(?:点[零〇一二三四五六七八九]+)?"
# 22000余, 1.26万余, 20余万, 6万多, 一千三百余, 38.9万, 3千
_MORE = r"(?: ?[余多来]?(?![一二三四五六七八九十]))(?:[万亿](?=[余多来]?))?[余多来]?"
ARABIC_NUMBER = rf"{ARABIC}(?: ?[余多来] ?)?(?:[十百千]?[万亿]|[百千])?{_MORE}"
CHINESE_NUMBER = rf"{CHINESE}{_MORE}"
NUMBER = rf"(?:{ARABIC_NUMBER}|{CHINESE_NUMBER})"
_PARTS = re.compile(rf"({ARABIC})|([{CHINESE_DIGITS}]+(?:点[{CHINESE_DIGITS}]+)?)|([余多来])")

_BEFORE_AT_LEAST = ("超过", "突破", "逾", "高达", "超", "多于", "不少于", "不低于", "至少")
_BEFORE_AT_MOST = ("近", "不足", "不到", "少于", "不超过", "未超过")
_BEFORE_APPROX = ("大概", "约", "约计", "约为")
_AFTER_AT_LEAST = ("以上", "之多", "有余")
_AFTER_APPROX = ("左右", "上下", "许")
_HEDGES_END = {"了", *(w[-1] for w in (*_BEFORE_AT_LEAST, *_BEFORE_AT_MOST, *_BEFORE_APPROX))}
_HEDGES_BEGIN = {w[0] for w in (*_AFTER_AT_LEAST, *_AFTER_APPROX)}


class Number(NamedTuple):
    """A printed number: its value as stated, and how far it is exact."""

    value: float
    qualifier: Qualifier


def chinese_value(text: str) -> float:
    """Value of a Chinese numeral (二百三十, 一千〇五, 一二三, 十, 三点五, 1万 without digits).

    Raises ValueError for text that is no numeral.
    """
    whole, point, fraction = text.partition("点")
    if point:
        digits = "".join(str(_DIGITS[c]) for c in fraction)
        return chinese_value(whole) + float("0." + digits)
    if not whole or any(c not in CHINESE_DIGITS for c in whole):
        raise ValueError(f"no Chinese numeral: {text!r}")
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        return float(int("".join(str(_DIGITS[c]) for c in whole)))  # digit by digit: 二〇一三
    total = section = 0.0
    digit: float | None = None
    last = 1.0
    for char in whole:
        if char in _DIGITS:
            digit = float(_DIGITS[char])
            if digit == 0:
                last = 1.0
        elif char in _SMALL:
            last = float(_SMALL[char])
            section += (1.0 if digit is None else digit) * last
            digit = None
        else:
            section += digit or 0.0
            last = float(_LARGE[char])
            if section == 0 and total == 0:
                section = 1.0
            total = (total + section) * last if last > total > 0 else total + section * last
            section, digit = 0.0, None
    if digit is not None:  # 二百三 is 230, 二百零三 is 203
        section += digit * (last / 10 if last > 1 and "零" not in whole and "〇" not in whole else 1)
    return total + section


def parse_number(printed: str, before: str = "", after: str = "") -> Number:
    """Value and qualifier of a printed number with the text on both sides of it.

    `printed` is folded text that `NUMBER` matched; units are not part of it, 万 and 亿 are.
    Raises ValueError where nothing in it is a numeral.
    """
    if printed.isascii() and printed.isdigit():
        return Number(float(printed), _qualifier(False, before, after))
    value: float | None = None
    hedge = False
    for arabic, chinese, more in _PARTS.findall(printed):
        if arabic:
            value = float(arabic.replace(",", ""))
        elif more:
            hedge = True
        elif value is None:
            value = chinese_value(chinese)
        else:
            for char in chinese:
                value *= _SMALL.get(char) or _LARGE.get(char) or 1
    if value is None:
        raise ValueError(f"no number: {printed!r}")
    return Number(round(value, 6), _qualifier(hedge, before, after))


def _qualifier(hedge: bool, before: str, after: str) -> Qualifier:
    if not hedge and before[-1:] not in _HEDGES_END and after[:1] not in _HEDGES_BEGIN:
        return Qualifier.EXACT  # most numbers, by one look on either side
    if hedge or after.startswith(_AFTER_AT_LEAST):
        return Qualifier.AT_LEAST
    if before.removesuffix("了").endswith(_BEFORE_AT_LEAST):
        return Qualifier.AT_LEAST
    if before.endswith(_BEFORE_AT_MOST):
        return Qualifier.AT_MOST
    if before.endswith(_BEFORE_APPROX) or after.startswith(_AFTER_APPROX):
        return Qualifier.APPROX
    return Qualifier.EXACT

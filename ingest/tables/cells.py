"""What stands in a cell: a number, a printed zero, a blank, a dash, a word, an amount with unit.

What lives here: telling values from labels, and reading a value. What does not: which official
cell it is (`align.py`), multiplying by the unit of a column (`emit.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ingest.model import ValueSemantic
from ingest.tables.words import TableWords, table_words


@dataclass(frozen=True, slots=True)
class CellValue:
    """A printed value. `number` is as printed, `factor` that of a unit printed in the cell."""

    semantic: ValueSemantic
    number: Decimal | None
    factor: int | None = None  # to yuan
    signed: bool = False  # printed with a sign, which only 本年增/减 may carry
    readable: bool = True  # False: a reference such as 见附件, kept as text


_TEN_THOUSAND = "万"
BLANK = CellValue(ValueSemantic.BLANK, None)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table_words()
    sign = "|".join(
        re.escape(w) for w in sorted(words.plus_words | words.minus_words, key=len, reverse=True)
    )
    money = "|".join(sorted(map(re.escape, words.money), key=len, reverse=True))
    counts = "|".join(map(re.escape, words.count_units))
    number = re.compile(
        rf"(?P<sign>{sign})?\s*(?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
        rf"(?:(?P<money>{money})|(?P<count>{counts}))?[。.]?"
    )
    dash = re.compile(r"[-—–―_/\\−－＼∕⁄╱~]+")
    return number, dash


@lru_cache(maxsize=16384)
def read_cell(text: str) -> CellValue | None:
    """The value printed in a cell, or None where the text is no value (a label, prose).

    `text` is folded to half width and stripped; the empty text is a blank.
    """
    if not text:
        return BLANK
    if text.isdecimal() and text.isascii():
        return CellValue(ValueSemantic.NUMBER, Decimal(text))
    if len(text) > 24:  # no amount is as long, even with spaces and a unit
        return None
    number, dash = _patterns()
    words = table_words()
    compact = re.sub(r"\s+|&nbsp;", "", text)
    compact = compact.strip("*") or compact  # bold in Markdown
    if not compact:
        return BLANK
    if dash.fullmatch(compact):
        return CellValue(ValueSemantic.DASH, None)
    match = number.fullmatch(compact)
    if match:
        return _number(match, words)
    if compact in words.zero_words:
        return CellValue(ValueSemantic.NUMBER, Decimal(0))
    if compact in words.none_words:
        return CellValue(ValueSemantic.NONE_TEXT, None)
    if compact in words.reference_words:
        return CellValue(ValueSemantic.NONE_TEXT, None, readable=False)
    return None


def _number(match: re.Match[str], words: TableWords) -> CellValue:
    value = Decimal(re.sub("[,，]", "", match["digits"]))
    sign = match["sign"]
    if sign in words.minus_words:
        value = -value
    if match["count"] and match["count"].startswith(_TEN_THOUSAND):  # 1.2万件
        value *= 10_000
    factor = words.money[match["money"]] if match["money"] else None
    return CellValue(ValueSemantic.NUMBER, value, factor, signed=sign is not None)

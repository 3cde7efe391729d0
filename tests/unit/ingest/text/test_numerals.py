"""Printed numbers: values, approximators, Chinese numerals against another library."""

from __future__ import annotations

import re

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Qualifier
from ingest.narrative.mentions import mentions
from ingest.text.numerals import NUMBER, chinese_value, parse_number


@given(st.integers(min_value=0, max_value=99_999_999))
def test_chinese_numeral_has_its_value_when_written_by_another_library(number: int) -> None:
    assert chinese_value(cn2an.an2cn(number)) == number


@given(st.integers(min_value=0, max_value=99_999_999))
def test_another_library_agrees_when_we_read(number: int) -> None:
    written = cn2an.an2cn(number)
    assert chinese_value(written) == cn2an.cn2an(written, "smart")


@pytest.mark.parametrize(
    ("printed", "value", "qualifier"),
    [
        ("22000余", 22_000, Qualifier.AT_LEAST),
        ("1.26万余", 12_600, Qualifier.AT_LEAST),
        ("20余万", 200_000, Qualifier.AT_LEAST),
        ("6万多", 60_000, Qualifier.AT_LEAST),
        ("一千三百余", 1_300, Qualifier.AT_LEAST),
        ("二万三千", 23_000, Qualifier.EXACT),
        ("12,480", 12_480, Qualifier.EXACT),
        ("4.1亿", 410_000_000, Qualifier.EXACT),
        ("两", 2, Qualifier.EXACT),
        ("二〇一三", 2013, Qualifier.EXACT),
    ],
)
def test_number_is_evaluated_when_printed_so(
    printed: str, value: float, qualifier: Qualifier
) -> None:
    match = re.fullmatch(NUMBER, printed)
    assert match is not None
    number = parse_number(match.group())
    assert (number.value, number.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("超过300条", Qualifier.AT_LEAST),
        ("近300条", Qualifier.AT_MOST),
        ("约300条", Qualifier.APPROX),
        ("300条左右", Qualifier.APPROX),
        ("300条以上", Qualifier.AT_LEAST),
    ],
)
def test_words_beside_a_number_qualify_it(sentence: str, qualifier: Qualifier) -> None:
    (mention,) = mentions(sentence)
    assert (mention.value, mention.qualifier) == (300, qualifier)


@pytest.mark.parametrize(
    "words",
    ["2012年1月1日至12月31日", "国令第492号", "国办发〔2014〕32号", "第十八条规定", "电话:0536-6531302", "邮编262221", "12345热线", "《2008—2010年规划》", "自201311日起", "一是完善机制", "十二五规划"],
)  # fmt: skip
def test_no_figure_is_seen_when_digits_are_something_else(words: str) -> None:
    assert not mentions(words)


def test_yuan_and_jiao_make_one_amount_when_printed_together() -> None:
    (mention,) = mentions("收取复印费二十三元五角")
    assert mention.value == 23.5

"""What a printed cell says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.model import ValueSemantic
from ingest.tables.cells import read_cell


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1,113", "1113"),
        ("12877.63", "12877.63"),
        ("+19", "19"),
        ("-3", "-3"),
        ("减3", "-3"),
        ("增2", "2"),
        ("318件", "318"),
        ("**7**", "7"),
        ("零", "0"),
    ],
)
def test_number_is_read_when_a_cell_prints_one(text: str, number: str) -> None:
    value = read_cell(text)
    assert value is not None and value.semantic is ValueSemantic.NUMBER
    assert value.number == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number", "factor"),
    [("43.788万元", "43.788", 10_000), ("251,000元", "251000", 1), ("1.2亿元", "1.2", 100_000_000)],
)
def test_unit_is_kept_when_an_amount_prints_it(text: str, number: str, factor: int) -> None:
    value = read_cell(text)
    assert value is not None
    assert (value.number, value.factor) == (Decimal(number), factor)


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "----", "\\", "_", "― ―"])
def test_dash_is_no_zero_when_a_cell_is_crossed_out(text: str) -> None:
    value = read_cell(text)
    assert value is not None
    assert (value.semantic, value.number) == (ValueSemantic.DASH, None)


@pytest.mark.parametrize("text", ["", "&nbsp;"])
def test_blank_is_no_zero_when_a_cell_is_empty(text: str) -> None:
    value = read_cell(text)
    assert value is not None
    assert (value.semantic, value.number) == (ValueSemantic.BLANK, None)


def test_words_keep_their_meaning_when_a_cell_holds_no_number() -> None:
    none, reference = read_cell("无"), read_cell("见附件")
    assert none is not None and none.semantic is ValueSemantic.NONE_TEXT and none.readable
    assert reference is not None and reference.number is None and not reference.readable


@pytest.mark.parametrize(
    "text", ["1.属于国家秘密", "规章", "2023年", "(一)", "1、", "本年增/减", "计1条"]
)
def test_label_is_no_value_when_it_holds_digits(text: str) -> None:
    assert read_cell(text) is None

"""Sentences that copying broke: numbers on lines of their own, page numbers, blanks, thousands apart."""

from __future__ import annotations

import pytest

from ingest.text.folding import fold

_LONE = "全年公开政府信\n息\n467\n条,其中政策法规\n52\n条,卫生动\n态\n83\n条,人事招聘\n17\n条,卫生监督\n81\n条,规划计划\n30\n条,财务信息\n40\n条,通知公告\n164\n条。\n"


def test_lines_are_joined_when_every_number_stands_on_its_own_line() -> None:
    assert fold(_LONE).text.startswith("全年公开政府信息467条,其中政策法规52条,卫生动态83条,")


def test_lines_stay_when_a_single_number_stands_on_its_own_line() -> None:
    text = "公开目录\n信息\n467\n条\n申请指南\n"
    assert "公开目录\n信息" in fold(text).text


def test_page_numbers_are_taken_out_when_they_stand_before_the_rest_of_a_sentence() -> None:
    text = "公开56条。其\n1中机构类6条,\n[接上页]\n收到公开申请\n2、12件。"
    assert fold(text).text == "公开56条。其中机构类6条,\n[接上页]\n收到公开申请12件。"


def test_numbers_of_a_list_stay_when_the_text_has_no_pages() -> None:
    text = "公开内容有\n1、机构类6条\n2、政策类12条"
    assert fold(text).text == text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("接待咨询 13 872 人次", "咨询13872人次"),
        ("公开政府信息12 860条", "信息12860条"),
        ("2012 860条", "2012 860条"),  # a year that lost its 年
        ("公开 _86_ 条,网站 _40_ 条。", "公开86条,网站40条。"),
    ],
)
def test_a_number_is_whole_when_blanks_or_thousands_part_it(printed: str, read: str) -> None:
    assert read in fold(printed).text


def test_the_word_before_an_advertisement_stays_when_the_string_repeats() -> None:
    text = "信息m88明升88目录。主动m88明升88信息。门户网站m88明升88297条。"
    assert "门户网站公开297条" in fold(text).text

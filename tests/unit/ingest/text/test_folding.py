"""Folding keeps the way back to what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Script
from ingest.text.folding import fold


@given(st.text(max_size=300))
def test_offsets_lead_back_when_text_is_arbitrary(raw: str) -> None:
    folded = fold(raw)
    assert len(folded.aligned) == len(folded.raw) == len(raw)
    last = 0
    for at in range(len(folded.text)):
        span = folded.raw_span(at, at + 1)
        assert 0 <= span.start < span.end <= len(raw)
        assert span.start >= last or folded.spam
        last = span.start


@given(st.text(alphabet="公开信息条件份依申请一二三0123456789,。:()\n |主动政府年月日", max_size=200))
def test_kept_characters_are_those_printed_when_nothing_is_replaced(raw: str) -> None:
    folded = fold(raw)
    for at, char in enumerate(folded.text):
        assert folded.aligned[folded.raw_offset(at)] == char


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("２０１２年，公开４５条（占６０％）", "2012年,公开45条(占60%)"),
        ("占  38%", "占38%"),
        ("2010 年 1 月 1 日", "2010年1月1日"),
        ("信\u200b息", "信息"),
        ("二О一一年二月", "二〇一一年二月"),
        ("情况,。", "情况。"),
        ("公开信息\n6\n4\n7\n条", "公开信息647条"),
        ("机构职能\n0\n0\n规章", "机构职能\n0\n0\n规章"),  # cells of a column stay apart
    ],
)
def test_noise_is_taken_out_when_it_is_noise(raw: str, clean: str) -> None:
    assert fold(raw).text == clean


def test_script_is_told_when_text_is_traditional() -> None:
    folded = fold("主動公開政府資訊的情況,依申請公開,行政複議與訴訟")
    assert folded.script is Script.HANT
    assert folded.text.startswith("主动公开政府信息的情况")


def test_spam_stands_for_the_word_it_replaced_when_its_neighbours_tell() -> None:
    folded = fold("政府信息伟德国际1946工作,主动伟德国际1946信息61条,同意伟德国际19461件")
    assert folded.text == "政府信息公开工作,主动公开信息61条,同意公开1件"
    at = folded.text.index("1件")
    span = folded.raw_span(at, at + 2)
    assert folded.raw[span.start : span.end] == "1件"


@pytest.mark.parametrize("name", ["金沙县人民政府", "南宫市教育局", "福利彩票公益金", "查处赌博案件12起"])
def test_places_and_matters_stay_when_they_look_like_spam(name: str) -> None:
    assert fold(name).text == name


def test_hard_line_ends_are_joined_when_they_wrap_sentences() -> None:
    lines = ["本报告根据《中华人民共和国政府信息公开条例》的要求编制,由概述、主动公开情", "况、依申请公开情况、收费情况、复议诉讼情况、存在的问题和改进措施等部分组成,", "数据统计期限为二〇一二年一月一日至十二月三十一日,电子版可以在我县政府门户网", "站下载。"]  # fmt: skip
    assert fold("\n".join(lines)).text == "".join(lines)


def test_titles_of_a_list_stay_apart_when_no_sentence_ends() -> None:
    page = "\n".join(f"某某县某某局{year}年政府信息公开工作年度报告全文及附件" for year in (2010, 2011, 2012))
    assert fold(page).text == page


def test_marks_that_a_charset_lost_are_taken_out_when_they_surround_numbers() -> None:
    raw = "全年发布信息共?134条?,微信发布?76条?,解读材料?5份?。还有疑问吗?"
    folded = fold(raw)
    assert folded.text == "全年发布信息共134条,微信发布76条,解读材料5份。还有疑问吗?"
    at = folded.text.index("76条")
    span = folded.raw_span(at, at + len("76条"))
    assert raw[span.start : span.end] == "76条"


def test_questions_stay_when_they_are_few() -> None:
    text = "公开了多少?134条。够吗?是否?好不好?"
    assert fold(text).text == text

"""Dates, periods and names in all their printed forms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.dates import dates_in, parse_date, split_month_day
from ingest.identity.names import clean_name, is_agency_name, is_short_for, normal_form, split_name
from ingest.identity.year import find_period, year_of_period, years_of_title


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二〇一一年二月二十一日", "2011-02-21"), ("二一一年三月二十五日", "2011-03-25"),
        ("二00八年九月七日", "2008-09-07"), ("二○一二年廿一日", None), ("2009-1-19 9:07", "2009-01-19"),
        ("2012.02.15", "2012-02-15"), ("[2020/08/24]", "2020-08-24"), ("20153月10日", "2015-03-10"),
        ("2015310日", "2015-03-10"), ("20141231日", "2014-12-31"), ("201411日", "2014-01-01"),
        ("2013年112日", None), ("二〇一二年元月十二日", "2012-01-12"), ("2014年2月", None),
        ("2013- 01- 13 00:00", "2013-01-13"), ("2013年2月30日", None), ("国令第492号", None),
    ],
)  # fmt: skip
def test_date_is_read_when_printed_or_damaged(printed: str, day: str | None) -> None:
    assert parse_date(printed) == (date.fromisoformat(day) if day else None)


@given(st.dates(min_value=date(2003, 1, 1), max_value=date(2030, 12, 31)))
def test_date_survives_when_printed_in_any_usual_form(day: date) -> None:
    for form in ("%Y年%m月%d日", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"):
        assert parse_date(day.strftime(form)) == day
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert [d.value for d in dates_in(f"至{day:%Y-%m-%d}止")] == [day]


def test_glued_digits_are_left_alone_when_they_can_be_read_twice() -> None:
    assert split_month_day("111") is None
    assert split_month_day("1231") == (12, 31)
    assert split_month_day("310") == (3, 10)


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("自201311日至20131231日", "2013-01-01", "2013-12-31"),
        ("20091120091231间", "2009-01-01", "2009-12-31"),
        ("2013111231日期间", "2013-01-01", "2013-12-31"),
        ("从2010年1月1日到12月31日止", "2010-01-01", "2010-12-31"),
        ("2008年5月1日《条例》实施之日起至12月31日", "2008-05-01", "2008-12-31"),
        ("2015年1月-2015年12月", "2015-01-01", "2015-12-31"),
        ("2012年1月1日2012年12月31日", "2012-01-01", "2012-12-31"),
        ("二〇一〇年一月一日至十二月三十一日", "2010-01-01", "2010-12-31"),
        ("2018年1月1日—12月31日", "2018-01-01", "2018-12-31"),
        ("从2009年1月1日统计到2009年12月31日", "2009-01-01", "2009-12-31"),
        ("截止2008年12月31日", None, "2008-12-31"),
    ],
)
def test_period_is_read_when_printed_or_damaged(printed: str, start: str | None, end: str) -> None:
    period = find_period(printed)
    assert period is not None
    assert (str(period.start) if period.start else None, str(period.end)) == (start, end)


def test_period_belongs_to_the_year_of_most_of_its_days_when_it_crosses_new_year() -> None:
    period = find_period("2015年12月1日至2016年10月30日")
    assert period is not None
    assert year_of_period(period) == 2016


def test_title_year_is_the_last_when_it_is_a_school_year() -> None:
    assert years_of_title("某学院2013-2014学年信息公开工作年度报告") == [2014]
    assert years_of_title("二〇一一年政府信息公开年报") == [2011]


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("昌邑市饮马镇", "昌邑市饮马镇人民政府"), ("沭阳县", "沭阳县人民政府"),
        ("古镇镇人民政府", "古镇镇人民政府"), ("拱墅区湖墅街道", "拱墅区湖墅街道办事处"),
        ("宿迁市政府办公室", "宿迁市人民政府办公室"), ("大兴安岭地区", "大兴安岭地区行政公署"),
        ("芜湖市政府", "芜湖市人民政府"), ("平阳县教育局", "平阳县教育局"),
    ],
)  # fmt: skip
def test_full_name_is_formed_when_a_title_shortens_it(name: str, full: str) -> None:
    parts = split_name(name)
    assert normal_form(parts.places, parts.town, parts.body) == full


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("北京市大兴区北京市大兴区发展和改革委员会", "北京市大兴区发展和改革委员会"),
        ("民政局局(机关)", "民政局"), ("(盖章)某县水利局", "某县水利局"),
        ("广州市交通运输局(原广州市交通委员会,以下同)", "广州市交通运输局"),
    ],
)  # fmt: skip
def test_name_is_cleaned_when_a_template_was_filled_twice(printed: str, name: str) -> None:
    assert clean_name(printed.removeprefix("(盖章)")) == name


@pytest.mark.parametrize(
    "text", ["向社会", "我局", "各部门", "工作情况", "本报告", "政府信息公开目录", "办公室"]
)
def test_words_are_no_name_when_they_only_end_like_one(text: str) -> None:
    assert not is_agency_name(clean_name(text))


def test_short_form_is_recognised_when_its_characters_run_through_the_long() -> None:
    assert is_short_for("人社局", "人力资源和社会保障局")
    assert is_short_for("科技局", "科学技术局")
    assert not is_short_for("教育局", "民政局")

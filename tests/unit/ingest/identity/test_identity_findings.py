"""Evidence, doubts, scope and confidence of an identity."""

from __future__ import annotations

from identity_cases import body, identity_of

from ingest.model import OrgScope


def codes(text: str) -> set[str]:
    return {issue.code for issue in identity_of(text).issues}


def test_evidence_quotes_the_stored_text_when_it_was_folded() -> None:
    text = (
        "平陽縣（xiàn）民政局２０１２年度政府信息公開工作年度報告\n發布時間：2013-01-05\n" + body()
    )
    told = identity_of(text)
    title = next(e for e in told.agency_evidence if e.kind == "title")
    assert title.start is not None
    assert title.end is not None
    assert "民政局２０１２年度政府信息公開" in text[title.start : title.end]
    assert told.report_year == 2012


def test_year_conflict_is_reported_when_title_and_period_disagree() -> None:
    text = (
        "平阳县民政局2010年政府信息公开年报\n统计期限自2011年1月1日起至2011年12月31日止。\n"
        + body(year=2011)
    )
    told = identity_of(text)
    assert told.report_year == 2010
    assert "year_conflict" in {issue.code for issue in told.issues}
    assert {e.kind: e.value for e in told.year_evidence}["period"] == "2011"


def test_no_conflict_is_reported_when_a_page_moved_years_later() -> None:
    text = "平阳县民政局2010年政府信息公开年报\n发布时间:2020-06-22\n" + body(year=2010)
    assert codes(text) == set()


def test_other_town_is_reported_when_its_name_was_left_in() -> None:
    text = (
        "平阳县怀溪镇2011年政府信息公开年报\n"
        + body("镇", 2011)
        + "平阳县水头镇人民政府\n2012年1月10日"
    )
    assert "agency_conflict" in codes(text)


def test_agency_is_unresolved_when_a_report_only_says_we() -> None:
    told = identity_of(body())
    assert told.agency_name is None
    assert "agency_unresolved" in {issue.code for issue in told.issues}


def test_region_is_ambiguous_when_nothing_tells_two_districts_apart() -> None:
    told = identity_of("朝阳区教育局2012年政府信息公开工作年度报告\n" + body(place="区"))
    assert told.region_code is None
    assert "region_ambiguous" in {issue.code for issue in told.issues}


def test_scope_is_aggregate_when_a_government_sums_up_its_departments() -> None:
    text = "长兴县2012年政府信息公开工作年度报告\n本报告由县政府办公室汇总各乡镇、各部门的年度报告编制。\n"
    assert identity_of(text + body("县")).org_scope is OrgScope.AGGREGATE


def test_scope_is_aggregate_when_departments_and_townships_are_counted_side_by_side() -> None:
    text = "长兴县人民政府2012年政府信息公开工作年度报告\n全县公开信息900条,其中县政府本级90条,县直部门610条,乡镇200条。\n"
    assert identity_of(text + body("县")).org_scope is OrgScope.AGGREGATE


def test_scope_is_own_when_a_government_leaves_out_its_townships() -> None:
    text = "长兴县人民政府2012年政府信息公开工作年度报告\n本报告为县政府本级,不含各乡镇。全县公开信息900条,全县共收到申请5件。\n"
    assert identity_of(text + body("县")).org_scope is OrgScope.OWN


def test_scope_is_own_when_a_bureau_names_the_whole_county_once() -> None:
    text = "长兴县水利局2012年政府信息公开工作年度报告\n全县水利系统公开信息900条。\n"
    assert identity_of(text + body()).org_scope is OrgScope.OWN


def test_scope_is_own_when_a_town_counts_all_its_villages() -> None:
    text = "长兴县泗安镇2012年政府信息公开工作年度报告\n全镇各村公开信息900条,全镇共培训30人。\n"
    assert identity_of(text + body("镇")).org_scope is OrgScope.OWN


def test_confidence_falls_when_less_is_told() -> None:
    full = identity_of(
        "平阳县民政局2012年政府信息公开年报\n统计期限自2012年1月1日起至2012年12月31日止。\n"
        + body()
    )
    signed = identity_of("2012年政府信息公开年报\n" + body() + "平阳县民政局\n2013年1月10日")
    unknown = identity_of(body())
    assert full.confidence == 1.0
    assert full.confidence > signed.confidence > unknown.confidence >= 0.0


def test_period_is_kept_when_it_is_no_calendar_year() -> None:
    told = identity_of(
        "平阳县民政局2008年政府信息公开年报\n统计期限为2008年5月1日《条例》施行之日起至12月31日。\n"
        + body(year=2008)
    )
    assert str(told.period_start) == "2008-05-01"
    assert str(told.period_end) == "2008-12-31"

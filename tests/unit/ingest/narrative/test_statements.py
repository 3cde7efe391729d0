"""What sentences state beyond a number with its label: zeros, scopes, shares, all of them."""

from __future__ import annotations

import pytest

from ingest.model import OrgScope, TimeScope
from ingest.narrative import read_narrative
from ingest.text.folding import fold


def _read(text: str, year: int | None = 2012, scope: OrgScope = OrgScope.OWN) -> dict[str, float]:
    """Figures of the year, by indicator and breakdown."""
    found = read_narrative(fold(text), report_year=year, org_scope=scope).observations
    return {
        "/".join(
            filter(
                None,
                (o.indicator, o.category_label, o.channel, o.applicant_type, o.outcome, o.org_group),
            )
        ): o.value
        for o in found
        if o.time_scope is TimeScope.YEAR and o.value is not None
    }


@pytest.mark.parametrize(
    ("sentence", "zeros"),
    [
        ("本年度未收到政府信息公开申请。", {"requests_received"}),
        ("全年没有公民、法人和其他组织向我局提出公开申请。", {"requests_received"}),
        ("依申请公开受理情况:无。", {"requests_received"}),
        ("未发生因政府信息公开引起的行政复议、行政诉讼和申诉。", {"reconsideration_cases", "litigation_cases", "appeal_cases"}),
        ("行政复议、行政诉讼数量均为零。", {"reconsideration_cases", "litigation_cases"}),
        ("因政府信息公开提起的行政复议、诉讼一件也没有发生。", {"reconsideration_cases", "litigation_cases"}),
        ("我局政府信息公开无收费及减免情况。", {"request_fee_amount", "request_fee_waived_amount"}),
        ("对外提供政府信息全部免费。", {"request_fee_amount"}),
        ("没有接到举报投诉。", {"complaint_cases"}),
        ("政府信息公开工作人员全部为兼职。", {"staff_full_time"}),
    ],
)  # fmt: skip
def test_stated_zero_is_read_when_said_in_any_way(sentence: str, zeros: set[str]) -> None:
    assert {k for k, v in _read(sentence).items() if v == 0} == zeros


@pytest.mark.parametrize(
    "sentence",
    [
        "对依申请公开的政府信息,严格按照程序办理。",
        "申请人无正当理由逾期不补正的,不再处理。",
        "没有现成信息需要另行制作的,告知申请人。",
        "未按时公开的,予以通报。",
        "公布收费标准,杜绝乱收费现象。",
    ],
)
def test_nothing_is_zero_when_only_procedure_is_told(sentence: str) -> None:
    assert not _read(sentence)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("到2012年底累计主动公开政府信息612条,其中本年度新增58条。", {"disclosed": 58}),
        ("2012年我局累计公开政府信息86条。", {"disclosed": 86}),
        ("全年主动公开政府信息95条,比上年增加15条,增长18.8%。", {"disclosed": 95}),
        ("2012年公开政府信息76条(2011年为60条)。", {"disclosed": 76}),
        ("一、存在的主要问题和下一步打算\n2013年力争公开信息200条。", {}),
        ("二、主动公开情况\n2013年,我们将公开信息200条以上。", {}),
        ("2012年制发公文90件,其中主动公开60件,依申请公开10件,不予公开20件。", {"documents_made": 90, "on_request_items": 10, "withheld_items": 20}),
        ("受理政府信息公开咨询230人次,其中现场40人次、电话190人次。", {"inquiries": 230, "inquiries/in_person": 40, "inquiries/phone": 190}),
        ("县长信箱收到来信412件,办结398件。", {"mailbox_received": 412, "mailbox_handled": 398}),
        ("收到申请26件,已办结24件,2件仍在法定期限内办理。", {"requests_received": 26, "requests_completed": 24, "requests_carried_out": 2}),
        ("全年收到政府信息公开申请7件,均为公民个人当面提出。", {"requests_received": 7, "requests_received/in_person": 7, "requests_received/natural": 7}),
        ("被申请行政复议2件,均维持原答复。", {"reconsideration_cases": 2, "reconsideration_cases/upheld": 2}),
        ("从事政府信息公开工作的人员共3人,全部为兼职。", {"staff_total": 3, "staff_part_time": 3, "staff_full_time": 0}),
        ("收取复印费386元、邮寄费214元,共计600元。", {"request_fee_amount": 600}),
        ("二、主动公开情况\n全年主动公开政府信息30条。老旧小区、社会救助、食品安全三类信息分别为10条、12条、8条。", {"disclosed": 30, "disclosed/老旧小区": 10, "disclosed/社会救助": 12, "disclosed/食品安全": 8}),
        ("二、主动公开情况\n按类别统计如下:\n序号 | 信息类别 | 条数 |\n1 | 机构职能 | 8 |\n2 | 政策法规 | 21 |\n3 | 工作动态 | 46 |", {"disclosed/机构职能": 8, "disclosed/政策法规": 21, "disclosed/工作动态": 46}),
        ("二、主动公开情况\n全年主动公开政府信息\n6\n4\n7\n条。", {"disclosed": 647}),
    ],
)  # fmt: skip
def test_figures_of_the_year_are_read_and_nothing_else(
    text: str, figures: dict[str, float]
) -> None:
    assert _read(text) == figures


def test_share_is_tied_to_its_count_when_printed_behind_it() -> None:
    text = "二、主动公开情况\n全年主动公开政府信息100条,其中政策法规类30条,占30%;工作动态类70条(70%)。"
    found = read_narrative(fold(text), report_year=2012).observations
    assert {o.category_label: o.share_pct for o in found if o.category_label} == {
        "政策法规类": 30,
        "工作动态类": 70,
    }


def test_levels_are_read_when_a_government_reports_for_all() -> None:
    text = "二、主动公开情况\n全县公开政府信息1.26万余条。其中,县直单位公开7906条,乡镇公开2853条。"
    assert _read(text, scope=OrgScope.AGGREGATE) == {
        "disclosed": 12600,
        "disclosed/department": 7906,
        "disclosed/township": 2853,
    }


def test_numbers_left_alone_carry_a_reason_when_nothing_reads_them() -> None:
    reading = read_narrative(fold("全年悬挂横幅12条,比上年增加3条。"), report_year=2012)
    assert not reading.observations
    assert [n.text for n in reading.left_alone] == ["12条", "3条"]
    assert all(n.reason for n in reading.left_alone)


def test_quote_holds_the_number_when_the_text_was_folded() -> None:
    raw = "２０１２年，我局主動公開（kāi）政府資訊４５條。"
    folded = fold("監利縣信(xìn)息公(gōng)開(kāi)\n" + raw)
    (observation,) = read_narrative(folded, report_year=2012).observations
    assert "４５條" in folded.raw[observation.start : observation.end]

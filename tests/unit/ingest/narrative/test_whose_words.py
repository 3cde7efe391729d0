"""Which words belong to which number: before or behind it, of one item or of all, done or planned."""

from __future__ import annotations

import pytest
from figures import figures_of, parts

_DISCLOSURE = "二、主动公开情况\n"
_REQUESTS = "三、依申请公开情况\n"
_CASES = "五、行政复议和诉讼情况\n"
_FEES = "四、收费情况\n"
_STAFF = "一、概述\n"
_PLANS = "六、存在问题和改进措施\n"


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        # the words before a joint are those of the item before it
        ("收到申请5件,其中3件予以公开、2件不予公开。", {"requests_received": 5, **parts("requests_answered", granted=3, denied=2)}),
        ("收到申请10件,其中6件通过网络提交、4件以信函形式提交。", parts("requests_received", 10, network=6, mail=4)),
        ("答复情况:2件公开,1件部分公开,1件不属于本局公开范围。", parts("requests_answered", granted=2, partial=1, not_own=1)),
        ("通过信函、网络、当面等方式收到申请分别为3件、8件、1件。", parts("requests_received", mail=3, network=8, in_person=1)),
        # what a request was about tells no outcome and no applicant
        ("收到申请5件,涉及征地补偿的3件,涉及水价的2件,均予以公开。", {"requests_received": 5, **parts("requests_answered", granted=5)}),
        ("收到申请2件。涉及某企业排污情况的1件,因属商业秘密不予公开;涉及供水计划的1件,同意公开。",
         {"requests_received": 2, **parts("requests_answered", denied=1, denied_trade_secret=1, granted=1)}),
        ("答复9件。9件中,属于主动公开范围、告知查阅途径的4件,予以公开的5件。", parts("requests_answered", 9, already_public=4, granted=5)),
        ("答复3件:公开2件,其他1件(申请人撤回)。", parts("requests_answered", 3, granted=2, withdrawn=1)),
        ("答复3件:公开2件,收到补正通知后撤回的1件。", parts("requests_answered", 3, granted=2, withdrawn=1)),
        ("按照内容划分,征地类7件、规划类3件、其他2件。", {}),
        ("收到申请6批次,折合申请9件。", {"requests_received": 9}),
        ("(一)收到申请。全年25件,最多的是信函申请,为13件,其次是当面申请12件。", parts("requests_received", 25, mail=13, in_person=12)),
        ("收到工会和校友信息公开申请各1例。", {"requests_received": 2}),
        ("收到申请2件,1件申请公开水价,1件申请公开水质,均已答复并提供。", {"requests_received": 2, "requests_answered/granted": 2}),
        ("未接到信息公开申请(上年1件)。", {"requests_received": 0}),
        ("上年遗留2件,今年新增8件,全部办结。", {"requests_carried_in": 2, "requests_received": 8}),
        ("收到申请4件(其中来信4件),答复4件。", {"requests_received": 4, "requests_received/mail": 4, "requests_answered": 4}),
    ],
)  # fmt: skip
def test_requests_are_read_when_words_stand_on_either_side(sentence: str, figures: dict[str, float]) -> None:
    assert figures_of(_REQUESTS + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("行政复议3件,其中2件维持、1件撤销。", parts("reconsideration_cases", 3, upheld=2, corrected=1)),
        ("复议、诉讼各1件,结果均为维持。", {**parts("reconsideration_cases", 1, upheld=1), **parts("litigation_cases", 1, upheld=1)}),
        ("行政复议2件(维持1件、驳回1件),行政诉讼一审1件(驳回)。", {**parts("reconsideration_cases", 2, upheld=2), **parts("litigation_cases", 1, upheld=1)}),
        ("有1名申请人不服答复,申请行政复议,县政府维持后又诉至法院,法院尚未开庭。", {**parts("reconsideration_cases", 1, upheld=1), **parts("litigation_cases", 1, pending=1)}),
        ("有1名申请人不服答复,申请行政复议,县政府维持后未提起行政诉讼。", {**parts("reconsideration_cases", 1, upheld=1), "litigation_cases": 0}),
        ("未经复议直接起诉2件,均为维持;复议后起诉3件,其中维持2件,尚未审结1件。", {**parts("litigation_direct_cases", 2, upheld=2), **parts("litigation_post_cases", 3, upheld=2, pending=1)}),
        ("被提起行政诉讼5件,其中未经复议直接起诉3件、复议后起诉2件,维持5件。", {**parts("litigation_cases", 5, upheld=5), "litigation_direct_cases": 3, "litigation_post_cases": 2}),
        ("收到行政复议答复通知书2件。", {"reconsideration_cases": 2}),
        ("另有水事处罚复议2件、诉讼1件,与信息公开无涉。", {}),
        ("行政复议方面,收到3件,结案3件,均维持。行政诉讼方面,收到2件,1件胜诉,1件审理中。", {**parts("reconsideration_cases", 3, upheld=3), **parts("litigation_cases", 2, upheld=1, pending=1)}),
        ("办理行政复议3件(均为水事处罚)。", {}),
        ("受理投诉3件,其中涉及政务公开1件。", {"complaint_cases": 1}),
        ("收到申请行政复议的案件2件,均予以维持。", parts("reconsideration_cases", 2, upheld=2)),
    ],
)  # fmt: skip
def test_cases_are_read_when_outcomes_stand_on_either_side(sentence: str, figures: dict[str, float]) -> None:
    assert figures_of(_CASES + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("公开的信息中,60条通过县政府网站发布,23条在公开栏张贴,其余5条以简报形式印发。", parts("disclosed", website=60, notice_board=23, bulletin=5)),
        ("公开89条。绝大部分(84条)发布在县政府网站,个别(5条)以公告形式贴在大厅。", parts("disclosed", 89, website=84, notice_board=5)),
        ("公开信息369条,其中政府网站312条,政府公报6条,其他51条。", parts("disclosed", 369, website=312, gazette=6, other=51)),
        ("上半年公开信息45条,下半年公开66条,全年总计111条。", {"disclosed": 111}),
        ("第一季度公开19条,第二季度27条,第三季度22条,第四季度31条,合计99条。", {"disclosed": 99}),
        ("(一)公开数量。2012年共45条,其中机构职能4条、政策文件41条。", parts("disclosed", 45, 机构职能=4, 政策文件=41)),
        ("公开政策法规36条;公开欠费公示1882户次;公开行政处罚结果63条;公开人事任免4条。", parts("disclosed", 政策法规=36, 行政处罚结果=63, 人事任免=4)),
        ("4.规范性文件。本年制发2件,公开1件。", {"normative_documents_issued": 2, "normative_documents_disclosed": 1}),
        ("规范性文件既未制发也未公开(均为0件)。", {"normative_documents_issued": 0, "normative_documents_disclosed": 0}),
        ("公开信息250条,超额完成县里下达的200条任务。", {"disclosed": 250}),
        ("全系统公开政府信息820条,其中政策法规20条,工作动态800条。公开蒙文信息38条。", parts("disclosed", 政策法规=20, 工作动态=800)),
        ("公开信息140条,其中政策类信息占8%(11条),动态类信息占92%(129条)。", parts("disclosed", 140, 政策类信息=11, 动态类信息=129)),
        ("累计主动公开政府信息1120条(其中2012年140条)。", {"disclosed": 140}),
        ("应公开信息320条,实际公开318条。", {"disclosed": 318}),
        ("1.机构信息5条。2.政策法规26条。3.规划计划4条。4.工作动态83条。", parts("disclosed", 机构信息=5, 政策法规=26, 规划计划=4, 工作动态=83)),
        ("编制政府信息公开目录156条。公布投诉信箱1个。", {}),
        ("公开信息65条。县门户网站全年发布各类信息320条。", parts("disclosed", 65, website=320)),
    ],
)  # fmt: skip
def test_disclosed_parts_are_read_when_told_in_other_words(sentence: str, figures: dict[str, float]) -> None:
    read = {k: v for k, v in figures_of(_DISCLOSURE + sentence).items() if k != "disclosed" or "disclosed" in figures}
    assert read == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (_FEES + "9件申请均未收费。", {"request_fee_amount": 0}),
        (_FEES + "没有收取费用的有3件。", {}),
        (_FEES + "依申请公开,免收一切费用。", {"request_fee_amount": 0}),
        (_FEES + "因无申请,收费减免、行政复议等情况均不存在。", {"request_fee_amount": 0, "request_fee_waived_amount": 0, "reconsideration_cases": 0}),
        (_FEES + "对五保户1人、低保户2人减免,减免额8.1元。", {"request_fee_waived_amount": 8.1}),
        (_STAFF + "从事信息公开的工作人员共3人,1专2兼。", {"staff_total": 3, "staff_full_time": 1, "staff_part_time": 2}),
        (_STAFF + "信息公开人员由年初的3人调整为年末的4人。", {"staff_total": 4}),
        (_STAFF + "抽调2名同志兼职办理信息公开,没有专职。", {"staff_part_time": 2, "staff_full_time": 0}),
        (_STAFF + "参加县里组织的信息公开业务培训2次5人。", {}),
        (_STAFF + "举办信息公开培训2次,参加人员分别为36人和41人。", {"training_sessions": 2}),
        (_PLANS + "2013年打算:一是举办培训3次;二是由现在的1名兼职增加到2名专职。", {}),
        (_PLANS + "目前仅有兼职人员1名。明年将设1名专职人员。", {"staff_part_time": 1}),
    ],
)  # fmt: skip
def test_fees_and_staff_are_read_when_told_in_other_words(text: str, figures: dict[str, float]) -> None:
    assert figures_of(text) == figures


def test_remarks_are_no_rows_when_a_table_was_flattened() -> None:
    table = "(二)主动公开分类\n序号 | 类别 | 条数 | 备注 |\n1 | 机构设置 | 5 | |\n2 | 规划计划 | 12 | 其中专项2条 |\n3 | 行政处罚 | 46 | 含罚款1条 |\n4 | 财政预决算 | 2 | |\n"
    assert figures_of(_DISCLOSURE + table) == {
        "disclosed/机构设置": 5, "disclosed/规划计划": 12, "disclosed/行政处罚": 46, "disclosed/财政预决算": 2
    }  # fmt: skip


@pytest.mark.parametrize("heading", ["二、具体措施抓成效", "二、采取有力措施,推进信息公开", "二、工作措施"])
def test_figures_are_facts_when_the_heading_tells_of_measures_taken(heading: str) -> None:
    assert figures_of(heading + "\n我乡主动公开政府信息103条。") == {"disclosed": 103}


@pytest.mark.parametrize("heading", ["五、措施", "五、整改措施", "五、困难及措施", "五、建议和措施"])
def test_figures_are_plans_when_the_heading_tells_of_measures_to_come(heading: str) -> None:
    assert figures_of(heading + "\n主动公开政府信息103条。") == {}

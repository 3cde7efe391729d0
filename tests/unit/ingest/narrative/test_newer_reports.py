"""Sentences as section 一 has them since 2019: addresses, accounts, lists of many kinds, lost units."""

from __future__ import annotations

import pytest
from figures import figures_of, parts

_DISCLOSURE = "(一)主动公开情况\n"
_REQUESTS = "(二)依申请公开情况\n"


@pytest.mark.parametrize(
    "address",
    ["(http://www.example.gov.cn/bm/sy/)", "(www.example.gov.cn)", "“例县网”(网址:https://xxgk.example.gov.cn/2012/)", "http://www.example.gov.cn"],
)  # fmt: skip
def test_numbers_are_read_behind_an_address_when_no_space_ends_it(address: str) -> None:
    text = f"全年公开政府信息312条,其中通过部门网站{address}公开政策文件12条,工作动态300条。"
    assert figures_of(_DISCLOSURE + text) == parts("disclosed", 312, 政策文件=12, 工作动态=300)


@pytest.mark.parametrize("text", ["详见http://www.example.gov.cn/art/2012/3/5/art_12_34.html。", "网址www.example2012.gov.cn/78条"])
def test_digits_of_an_address_are_no_figures(text: str) -> None:
    assert figures_of(_DISCLOSURE + text) == {}


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        # channels
        ("公开信息302条,通过网站发布97条;通过“例县财政”微信公众号发布动态、政策解读等信息205条。", parts("disclosed", 302, website=97, wechat=205)),
        ("通过不同渠道公开信息情况:政府网站公开信息368条,微博微信公开信息214条。", parts("disclosed", website=368, social_media=214)),
        ("门户网站信息更新总量为406条。", parts("disclosed", 406, website=406)),
        ("全县政府网站及38个政务新媒体发布信息5000余条。", parts("disclosed", 5000)),
        ("网上答复群众诉求180余件。例县政务网发布信息107条。", parts("disclosed", 107, website=107)),
        ("公开84条信息,其中县政府网站20条、例县就业微信公众号24条、汉水例县号40条。", parts("disclosed", 84, website=20, wechat=24, social_media=40)),
        ("公开信息27条,其中政务网12条,微博8条,一点资讯7条。", parts("disclosed", 27, website=12, weibo=8, social_media=7)),
        ("通过报刊、广播、电视主动公开信息98条。", parts("disclosed", media=98)),
        ("在微信平台群发信息51次,共计发送153条信息。", parts("disclosed", wechat=153)),
        ("更新规范性文件目录8条。县政府网站更新规范性文件目录8条。公开信箱答复情况12项。", {}),
        ("发布微信、微博590余条次。", parts("disclosed", social_media=590)),
        ("公开信息35条,其中政府网站27条,图书馆网站8条。", parts("disclosed", 35, website=27)),
        # categories
        ("公开信息50条,其中报告统计2条,财政审计6条,提案建议办理结果42条。", parts("disclosed", 50, 报告统计=2, 财政审计=6, 提案建议办理结果=42)),
        ("公开信息50条,其中公文法规6条,公文解读2条,人事任免42条。", parts("disclosed", 50, 公文法规=6, 公文解读=2, 人事任免=42)),
        ("公开信息81条。其中,信息公开22条、业务工作47条、规划建设12条。", parts("disclosed", 81, 信息公开=22, 业务工作=47, 规划建设=12)),
        ("公开信息81条,其中政府信息公开指南1条,组织机构类信息80条。", parts("disclosed", 81, 政府信息公开指南=1, 组织机构类信息=80)),
        ("公开信息123条,含规范性文件类信息2条,其他文件类信息121条。", parts("disclosed", 123, 规范性文件类信息=2, 其他文件类信息=121)),
        ("部门网站发布工作动态33条,通知公告14条。", parts("disclosed", 工作动态=33, 通知公告=14)),
        ("办理人大建议、政协提案16项,承办建议提案8条。", {}),
        ("公开信息52条。在公开的信息中,问题咨询类48条,其他各类信息4条。", parts("disclosed", 52, 问题咨询类=48, 其他各类信息=4)),
        ("公开信息37条,其中工作动态36条,征求意见稿1条。", parts("disclosed", 37, 工作动态=36, 征求意见稿=1)),
        ("公开信息100条,包括机构信息等内容;其中:政策文件及解读类信息26条,公示公告10条。", parts("disclosed", 100, 政策文件及解读类信息=26, 公示公告=10)),
        ("公开信息28条,其中人事信息28条。今年共推送相关信息290条。", parts("disclosed", 28, 人事信息=28)),
        ("公开信息18篇,其中,政府信息年报1篇,土地资源6篇,城市规划11篇。", parts("disclosed", 18, 政府信息年报=1, 土地资源=6, 城市规划=11)),
        ("公开信息598条,其中,政务公开517条,微信公众号81条。", parts("disclosed", 598, 政务公开=517, wechat=81)),
        ("公开信息55条,包括:机构设置信息14条,本级政府文件7条,意见征集与意见反馈6条,监督保障28条。",
         parts("disclosed", 55, 机构设置信息=14, 本级政府文件=7, 意见征集与意见反馈=6, 监督保障=28)),
        ("公开信息45条,包括行政规范性文件4件、配套政策解读4件,其他文件37件。", parts("disclosed", 45, 行政规范性文件=4, 配套政策解读=4, 其他文件=37)),
        ("公开信息2104条,其中1.组织机构2条;2.规范性文件19条;3.政府信息公开年度报告2条;4.其他信息2081条。",
         parts("disclosed", 2104, 组织机构=2, 规范性文件=19, 政府信息公开年度报告=2, 其他信息=2081)),
        # totals
        ("主动公开县政府(含县政府办公室)各类信息652条,其中动态类信息605条、政策文件47条。", parts("disclosed", 652, 动态类信息=605, 政策文件=47)),
        ("共发布包括食品、药品信息等重点领域信息在内的各类信息516条。", parts("disclosed", 516)),
        ("通过政务信息公开系统公开政府文件、政务信息276条。", parts("disclosed", 276, website=276)),
        ("2012年通过政府信息公开网公开政府信息92条,其中政策文件类80条、人事信息类12条,累计公开信息831项。",
         parts("disclosed", 92, website=92, 政策文件类=80, 人事信息类=12)),
        ("网站公开信息12条,公众号公开信息20条,累计公开信息32条。", parts("disclosed", 32, website=12, wechat=20)),
        ("截至2012年底,累计主动公开政府规章0件、规范性文件0件;行政许可处理决定数量324宗;行政处罚处理决定数量31宗、行政强制处理决定数量0宗。",
         {"normative_documents_disclosed": 0, "license_decisions": 324, "penalty_decisions": 31, "coercion_decisions": 0}),
        ("牵头生态环境栏目完成信息公开90余条。", {}),
        ("进驻政务服务大厅行政许可14项,行政处罚203项,行政强制1项。", {}),
        ("网站发布新闻稿件97条,重点领域信息公开发布信息61条。", parts("disclosed", website=97)),
        ("通过门户网站主动公开政府文件、政府会议、财政预决算等信息248条,宣传册、电子屏公开政府信息176条,新媒体发布信息65条。",
         parts("disclosed", 248, website=248, handout=176, social_media=65)),
        ("通过市政府网站等渠道,发布不动产登记、规划公示、矿产交易等各类信息500条。", parts("disclosed", 500, website=500)),
        ("公众号每周更新2期。", {}),
        # a unit that was lost
        ("主动公开政府信息253主要包括通知公告、工作动态等内容。", parts("disclosed", 253)),
        ("通过政务新媒体发布的信息数量304利用微信公众号发布信息数量144", parts("disclosed", social_media=304, wechat=144)),
    ],
)  # fmt: skip
def test_what_was_disclosed_is_read_as_newer_reports_tell_it(sentence: str, figures: dict[str, float]) -> None:
    assert figures_of(_DISCLOSURE + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("共收到26份政府信息依申请公开件,其中申请人自行撤销2件,答复处理24件。",
         {"requests_received": 26, **parts("requests_answered", 24, withdrawn=2)}),
        ("2012年依申请公开共受理2件,为挂号信申请。", {"requests_received": 2}),
        ("收到1件要求公开政府信息的申请。", {"requests_received": 1}),
        ("共收到依申请公开请求30件。", {"requests_received": 30}),
        ("其中,信息不存在0件,同意公开20件。", parts("requests_answered", not_exist=0, granted=20)),
        ("答复18件,其中不予受理申请6件。", parts("requests_answered", 18, rejected=6)),
        ("收到申请176件。办结依申请公开件177件(含2011年结转的3件)。",
         {"requests_received": 176, "requests_completed": 177, "requests_carried_in": 3}),
        ("新收到政府信息公开申请4件,均未予以公开。", {"requests_received": 4, "requests_answered/denied": 4}),
        ("新收到政府信息公开申请4件,均不予以公开。", {"requests_received": 4, "requests_answered/denied": 4}),
        ("新收到政府信息公开申请4件,均予以公开。", {"requests_received": 4, "requests_answered/granted": 4}),
        ("收到申请7件,提起行政复议1件(已撤销申请),提起行政诉讼0件。",
         {"requests_received": 7, **parts("reconsideration_cases", 1, other_result=1), "litigation_cases": 0}),
        ("提起行政复议1件(已撤销原答复)。", parts("reconsideration_cases", 1, corrected=1)),
        ("因信息公开产生行政复议案件6件和行政诉讼案件3件,其中行政复议结果维持5件,尚未审结1件,行政诉讼结果维持3件。",
         {**parts("reconsideration_cases", 6, upheld=5, pending=1), **parts("litigation_cases", 3, upheld=3)}),
        ("未收取费用,发生因政府信息公开申请提起行政诉讼3件,其中结果维持2件、结果纠正1件。",
         {"request_fee_amount": 0, **parts("litigation_cases", 3, upheld=2, corrected=1)}),
    ],
)  # fmt: skip
def test_requests_and_cases_are_read_as_newer_reports_tell_them(sentence: str, figures: dict[str, float]) -> None:
    assert figures_of(_REQUESTS + sentence) == figures


def test_kinds_of_interpretation_have_no_sum() -> None:
    assert figures_of("(三)解读情况\n发布政策文字解读24件、图文解读22件、媒体解读22件、专题解读20件。") == {}


def test_interpretations_and_letters_are_read_by_their_longer_names() -> None:
    text = "(三)解读回应情况\n全年发布政策解读公开信息5条。接到网络信件327件。"
    assert figures_of(text) == {"policy_interpretations": 5, "mailbox_received": 327}


@pytest.mark.parametrize("sentence", ["行政事业性收费0元。", "无行政事业性收费和政府集中采购。"])
def test_charges_of_an_agency_are_no_fees_for_requests(sentence: str) -> None:
    assert "request_fee_amount" not in figures_of("(三)收费情况\n" + sentence)


def test_staff_are_read_when_they_are_called_after_information() -> None:
    assert figures_of("(四)人员情况\n街道共有专职信息人员2名。") == {"staff_full_time": 2}
    assert figures_of("一、概述\n明确1名工作人员作为专职信息公开员。") == {"staff_full_time": 1}


def test_how_often_is_not_how_many() -> None:
    assert figures_of("(五)监督保障情况\n坚持每季度召开1次政务公开工作会议,每月开展1期业务培训。") == {}


def test_users_of_a_site_are_no_visits() -> None:
    text = "(四)平台建设\n门户网站独立用户访问总量421521次,网站总访问量达到836252次。"
    assert figures_of(text) == {"page_views": 836252}

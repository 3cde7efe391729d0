"""Lists of what was disclosed, in the ways in which reports set them: by category, channel, level."""

from __future__ import annotations

import pytest

from ingest.model import OrgScope, Span, TimeScope
from ingest.narrative import read_narrative
from ingest.text.folding import fold

_HEADING = "二、主动公开情况\n"


def _read(text: str, scope: OrgScope = OrgScope.OWN) -> dict[str, float]:
    """Figures of the year 2012, and shares printed without a figure, by what they count."""
    found = read_narrative(fold(_HEADING + text), report_year=2012, org_scope=scope).observations
    read = {}
    for o in found:
        parts = (o.indicator.removeprefix("disclosed"), o.category_label, o.channel, o.org_group)
        number = o.value if o.value is not None else o.share_pct
        if o.time_scope is TimeScope.YEAR and number is not None:
            read["/".join(filter(None, parts))] = number
    return read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # names first, numbers later
        ("公开90条;内容上以通关监管、减免税、统计数据三类居多,分别为50条、30条和10条。",
         {"": 90, "通关监管": 50, "减免税": 30, "统计数据": 10}),
        ("政策法规、工作动态、人事任免三类分别占7%、81.4%、11.6%。",
         {"政策法规": 7, "工作动态": 81.4, "人事任免": 11.6}),
        ("公开90条。政策法规类和规划计划类各20条。", {"": 90, "政策法规类": 20, "规划计划类": 20}),
        # shares without 占, and before their names
        ("公开90条,其中政策法规类40%,工作动态类60%。", {"": 90, "政策法规类": 40, "工作动态类": 60}),
        ("公开90条,其中约60%为工作动态类,40%为公示公告类。", {"": 90, "工作动态类": 60, "公示公告类": 40}),
        # numbers first, names behind
        ("公开90条,包括60条政策法规信息、20条工作动态信息。", {"": 90, "政策法规信息": 60, "工作动态信息": 20}),
        ("公开90条。其中,60条为政策法规类,其余30条为镇情动态。", {"": 90, "政策法规类": 60, "镇情动态": 30}),
        # brackets
        ("公开90条,其中应急管理(森林防火)类4条、人事类(招聘、职称)37条。", {"": 90, "应急管理(森林防火)类": 4, "人事类": 37}),
        ("公开90条,其中机构职能(5条)、政策文件(21条)。", {"": 90, "机构职能": 5, "政策文件": 21}),
        ("公开90条(机构概况2条,政策文件7条)。", {"": 90, "机构概况": 2, "政策文件": 7}),
        ("公开90条,其中机构职能类5条(累计40条)、政策类9条(累计66条)。", {"": 90, "机构职能类": 5, "政策类": 9}),
        ("通过门户网站公开政府信息90条(机构概况2条,政策文件7条)。", {"": 90, "website": 90, "机构概况": 2, "政策文件": 7}),
        # a remainder in a segment of its own, a figure of another kind that is a category here
        ("公开90条,政策法规类60条,占66.7%;其余30条为动态及其他信息,占33.3%。", {"": 90, "政策法规类": 60, "动态及其他信息": 30}),
        ("公开90条,包括:人事信息12条,政务动态48条,解读及回应信息共计30条。", {"": 90, "人事信息": 12, "政务动态": 48, "解读及回应信息": 30}),
        ("截至2012年底,在县政府网站共公开615条,今年新增94条。信息类别:政府文件180条,新增31条;重点工作79条,新增17条;统计数据3条。",
         {"": 94, "政府文件": 31, "重点工作": 17}),
        ("2012年主动公开卫生政府信息52条。其中机构职能9条,规划计划12条,其他应主动公开的信息31条。",
         {"": 52, "机构职能": 9, "规划计划": 12, "其他应主动公开的信息": 31}),
        ("公开90条。其中,人事信息9条,政策解读12条,政策法规6条。", {"": 90, "人事信息": 9, "政策解读": 12, "政策法规": 6}),
        # set as lines
        ("公开90条,具体如下:\n机构职能:5条\n政策法规:60条", {"": 90, "机构职能": 5, "政策法规": 60}),
        ("公开90条。\n1.机构职能。公开5条。\n2.政策法规。公开60条。", {"": 90, "机构职能": 5, "政策法规": 60}),
        ("公开90条。\n(1)机构职能方面,公开5条。\n(2)政策法规方面,公开60条。", {"": 90, "机构职能方面": 5, "政策法规方面": 60}),
        ("信息类别:\n机构职能 5 5.6%\n政策法规 60 66.7%\n工作动态 25 27.7%\n合计 90 100%",
         {"": 90, "机构职能": 5, "政策法规": 60, "工作动态": 25}),
        # parts whatever their labels, in a segment behind the total's
        ("公开88条,历年共公开545条。\n(二)主要类别。\n2012年,我局主动公开的政府信息中,校舍维修6条,德育活动4条,招考安排31条。",
         {"": 88, "校舍维修": 6, "德育活动": 4, "招考安排": 31}),
        ("公开90条。\n2012年主动公开政府信息的主要类别:部门介绍5条,政策法规85条。", {"": 90, "部门介绍": 5, "政策法规": 85}),
        # a total of named fields; the same of several, which are its parts
        ("主动公开涉及疫情防控、社会救助、养老服务等方面信息423条。", {"": 423}),
        ("及时发布各类文件、财务、人事等信息237件。", {"": 237}),
        ("主动公开财政、审计等方面信息12条,公开教育、卫生等方面信息30条。", {"财政、审计等方面信息": 12, "教育、卫生等方面信息": 30}),
        ("公开35条。在主动公开的信息中,政策法规类信息26条,占74%;工作信息7条,占20%;机构信息2条,占6%。",
         {"": 35, "政策法规类信息": 26, "工作信息": 7, "机构信息": 2}),
        # each channel its own, behind a clause that names both
        ("公开521条。开通政务微博和微信公众平台,发布微博65条、微信46条。", {"": 521, "weibo": 65, "wechat": 46}),
        ("本年度新增主动公开政府信息2110条。依申请公开信息目录12条。", {"": 2110, "on_request_items": 12}),
        # two sites: neither is the total
        ("在市政府门户网站主动公开信息60条,在镇门户网站主动公开信息5条。", {"website": 60}),
        ("在门户网站主动公开信息60条,其中:公文50条,专题专栏信息10条。", {"": 60, "website": 60, "公文": 50, "专题专栏信息": 10}),
        ("主动公开信息22条,其中线上公开15条。", {"": 22, "website": 15}),
        # the first of several categories, and a site's own total
        ("通过县政府网站主动公开规划计划类2条,人事信息1条,工作动态5条。", {"规划计划类": 2, "人事信息": 1, "工作动态": 5}),
        ("通过县政府网站公开信息52条。", {"": 52, "website": 52}),
        # the sum of several channels is none of them
        ("全年公开信息247条。\n2012年网站、微信、微博共发布各类信息248条,其中网站31条,微信82条、微博135条。",
         {"": 247, "website": 31, "wechat": 82, "weibo": 135}),
        ("公开的信息有27条,其中:人事类信息2条,业务公开信息23条,预决算信息2条。",
         {"": 27, "人事类信息": 2, "业务公开信息": 23, "预决算信息": 2}),
        ("公开7条,其中政策类信息2条,占29%;规划计划类信息,占14%;应急类信息4条,占57%。",
         {"": 7, "政策类信息": 2, "规划计划类信息": 14, "应急类信息": 4}),
        ("全年街道本级信息公开网站共发布政府信息60条。", {"": 60, "website": 60}),
        # a stock beside the year's figure, and the year's alone
        ("自2008年5月1日《条例》实施以来,我局累计公开政府信息312条。2012年新增公开信息124条。", {"": 124}),
        ("公开37条。自《条例》实施以来,截至2012年12月31日,信息公开专栏主动公开政府信息812条。", {"": 37}),
        ("今年以来,我局共公开政府信息312条。", {"": 312}),
        # without a total, or before it
        ("一是行政处罚公示22条;二是政策法规43条;三是综合动态信息96条。以上共公开政府信息161条。",
         {"": 161, "行政处罚公示": 22, "政策法规": 43, "综合动态信息": 96}),
        ("公开机构职能信息5条、人事信息3条、财政信息2条,共10条。",
         {"": 10, "机构职能信息": 5, "人事信息": 3, "财政信息": 2}),
        # the largest first
        ("公开90条。工作动态最多,有70条;其次是人事任免,有15条。", {"": 90, "工作动态": 70, "人事任免": 15}),
        # Chinese numerals without a unit
        ("公开的政府信息数为五十六,分布是:机构概况二、政策文件七、规划计划三、工作动态四十四。",
         {"": 56, "机构概况": 2, "政策文件": 7, "规划计划": 3, "工作动态": 44}),
    ],
)  # fmt: skip
def test_categories_are_read_when_the_list_is_set_in_any_way(
    sentence: str, expected: dict[str, float]
) -> None:
    assert _read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("公开90条。各渠道公开的数量为:政府网站50、政务微博25、其他方式15。", {"": 90, "website": 50, "weibo": 25, "other": 15}),
        ("公开90条。从公开载体看,政府网站占58.3%,公开栏占41.7%。", {"": 90, "website": 58.3, "notice_board": 41.7}),
        ("政务微博、政务微信分别公开25条和18条。", {"weibo": 25, "wechat": 18}),
        ("经政府网站、微信公众号、村务公开栏三条渠道公开的信息,依次为50条、25篇、18条。", {"website": 50, "wechat": 25, "notice_board": 18}),
        ("利用官方网站发布信息122条,“第一旅游网”发布信息88条。", {"website": 122}),
        ("通过新闻媒体(电视、报刊等)发布信息49条。", {"media": 49}),
        ("公开90条,公告栏、电子屏公开25条。", {"": 90, "notice_board": 25}),
        ("公开90条,全部通过区政府门户网站公开。", {"": 90, "website": 90}),
        ("政务微博、微信推送信息320条。", {"social_media": 320}),
        ("公开90条,在县电视台“安全在线”栏目19条。", {"": 90, "media": 19}),
        ("公开90条。二是政务微博。8家单位开通,发布40条。", {"": 90, "weibo": 40}),
        ("五是公报。《县政府公报》编印6期,登载文件75件。", {"gazette": 75}),
        ("公开90条。(4)《某州政报》。2012年度,共发行《某州政报》12期,发布政府信息62条,赠阅4.8万份。", {"": 90, "gazette": 62}),
        ("门户网站和微信公众号各公开28条。", {"website": 28, "wechat": 28}),
        ("在区政府网站发布信息84条,在微信公众号发布信息516条。", {"website": 84, "wechat": 516}),
        ("全年编发简报36期142条,微信公众号推送48期216条信息。", {"bulletin": 142, "wechat": 216}),
        ("公开90条。公开渠道:教育网60条,公开栏30条。", {"": 90, "website": 60, "notice_board": 30}),
        ("全年未通过政府公报公开信息。", {"gazette": 0}),
        ("公开渠道统计:\n政府网站|700\n政务微博|100\n政务微信|60", {"website": 700, "weibo": 100, "wechat": 60}),
    ],
)  # fmt: skip
def test_channels_are_read_when_the_list_is_set_in_any_way(
    sentence: str, expected: dict[str, float]
) -> None:
    assert _read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全市公开8600条,其中市直部门3600条;县区4000条;省驻市单位1000条。", {"": 8600, "department": 3600, "county": 4000, "vertical": 1000}),
        ("各级各部门主动公开政府信息8600条。", {"": 8600}),
        ("全市公开8600条,县区、市直部门、乡镇分别为4000条、3600条、1000条。", {"": 8600, "county": 4000, "department": 3600, "township": 1000}),
        ("全市公开8600条,县区政府(含所属部门和乡镇)8000条,政府网站及部门网站发布7000条。", {"": 8600, "county": 8000, "website": 7000}),
        ("全市公开8600条。\n按公开主体:市政府办公室600条;市级机关5000条;各镇(街、区)3000条。", {"": 8600, "department": 5000, "township": 3000}),
        ("全市公开8600条,居前的部门是县财政局(512条)、县民政局(389条)。", {"": 8600}),
    ],
)  # fmt: skip
def test_levels_of_bodies_are_told_from_single_bodies_when_a_government_reports_for_all(
    sentence: str, expected: dict[str, float]
) -> None:
    assert _read(sentence, OrgScope.AGGREGATE) == expected


@pytest.mark.parametrize(
    ("sentence", "total"),
    [
        ("截至2012年底,通过各种渠道主动公开政府信息总数为14206条,其中2012年新增3974条。", 3974),
        ("截至2012年12月底,我局全年累计主动公开政府信息876条,历年累计3594条。", 876),
        ("2012年,门户网站新增政府信息4752条。截至2012年底,网站已累计公开政府信息1.9万余条。", 4752),
        ("在政务网公开52条,在水利信息网公开139条,两网合计191条,剔除重复后实际公开175条。", 175),
        ("全年主动公开政府信息(不同渠道和方式公开的相同信息计1条)1384条。", 1384),
        ("公开信息由上年的40条增至56条。", 56),
        ("公开信息主要包括机构职能、业务工作和其他信息等方面,共计60余条。", 60),
        ("2012年,通过网站主动公开各类政府水利信息约1.4万条(含行政处罚类信息)。", 14_000),
        ("2012年公开各类信息及工作动态类信息合计193条。", 193),
    ],
)
def test_the_total_of_the_year_is_told_from_stocks_and_sums_of_channels(
    sentence: str, total: float
) -> None:
    assert _read(sentence)[""] == total


@pytest.mark.parametrize(
    "sentence",
    [
        "主动公开政府信息累计113条(其中2012年之前的数据为113条)。",
        "全年审查拟公开信息66条,其中5条被退回。",
        "在累计主动公开的信息中,政策法规类31条,占40%;机构职能类46条,占60%。",
        "微信公众号获赞3.1万,订阅用户5.2万。",
        "同一信息多渠道公开的只计1条。",
        "出台责任追究制度1项、考核办法1项、公开指南1份。",
        "公众号每周更新两期。",
        "清理出政府信息796条,其中主动公开信息数417条,占52.4%;依申请公开信息数227条,占28.5%;不予公开信息数152条,占19.1%。",
        "网上办事系统办理事项1200件,张贴标语20条。",
        "保留行政权力17项,取消、下放、合并12项。",
    ],
)
def test_nothing_was_disclosed_when_something_else_is_counted(sentence: str) -> None:
    assert not _read(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the category opens the item, its contents stand between
        ("全年公开信息42条:\n一是机构概况,包括领导信息、内设机构等,有信息10条;\n二是规划计划,包括总结,有信息9条;\n三是政策文件,有信息23条。",
         {"": 42, "机构概况": 10, "规划计划": 9, "政策文件": 23}),
        ("公开信息90条,其中:机构领导栏目37条,应急管理栏目12条,回应关切栏目41条。",
         {"": 90, "机构领导": 37, "应急管理": 12, "回应关切": 41}),
        ("2012年主动公开公文3份、工作目标信息1条、人事信息1条、工作动态信息20条。",
         {"公文": 3, "工作目标信息": 1, "人事信息": 1, "工作动态信息": 20}),
        # brackets between what is counted and its sum
        ("网站主动公开政务信息(包括办事服务等4个一级栏目、公示公告等33个二级栏目)共计768条。其中,办事服务759条,政民互动9条。",
         {"": 768, "办事服务": 759, "政民互动": 9}),
        # what names a part is no total
        ("截止2012年末,累计公开信息总数7条,其中,街道公开信息分别为2条。社区公开信息5条。", {"": 7}),
        ("通过网站公开各类信息578条,其中工作动态信息292条、公告公示信息57条,财政公开信息8条。",
         {"": 578, "website": 578, "工作动态信息": 292, "公告公示信息": 57}),
        ("公开信息90条,其中工作动态60条,决策公开18条,执行公开12条。", {"": 90, "工作动态": 60, "决策公开": 18, "执行公开": 12}),
        ("公开信息90条,其中市政府办公室公开重点项目信息60条,同时公开部门新闻动态30条。", {"": 90, "重点项目信息": 60, "部门新闻动态": 30}),
        ("网站发布信息90条,其中概况类信息19条,信息公开目录信息71条。", {"": 90, "website": 90, "概况类信息": 19, "信息公开目录信息": 71}),
        # what the year added, behind numbers of all years; words that lead to a list
        ("截至目前,累计公开政府信息240条。2012年度更新、新增主动公开政府信息33条,其中政策法规类信息11条,规划计划类信息22条。",
         {"": 33, "政策法规类信息": 11, "规划计划类信息": 22}),
        ("截至目前,累计公开政府信息240条。", {"": 240}),
        ("公开政府信息148条。在网站上主动公开的政府信息中便民办事服务信息6条,与民互动交流信息2条,其他信息140条。",
         {"": 148, "便民办事服务信息": 6, "与民互动交流信息": 2, "其他信息": 140}),
        ("2012年向社会公开政府规范性文件3件,政府公文125件,信息604条。", {"normative_documents_disclosed": 3, "": 604}),
        ("今年我局共向社会公开各类审计信息59件。", {"各类审计信息": 59}),
        ("微信公众号发布信息[284]条。", {"wechat": 284}),
        ("截止2012年12月31日我局通过官方网站发布政务类信息34条,概况类信息150条。", {"政务类信息": 34, "概况类信息": 150}),
        ("在政府网站发布政务动态类信息133条,市政府文件及解读信息82条。", {"政务动态类信息": 133, "市政府文件及解读信息": 82}),
        ("截至2012年12月底,网站累计发布信息18326条,其中2012年新发布6210条。", {"": 6210}),
        ("通过政府门户网站、局门户网站、公共资源交易网等渠道,共公开各类信息3842条。", {"": 3842}),
        # items, not the issues that hold them
        ("微信公众号编辑48期,推送信息216篇。", {"wechat": 216}),
        # no one place, and no programme
        ("通过各种公开平台载体累计共公开政府信息200余条。", {"": 200}),
        ("完成电台4期《民情热线》节目制作,通过网站发布信息30条。", {"": 30, "website": 30}),
        ("发布统计信息127篇,其中统计分析、资料40余篇。", {"统计信息": 127}),
        ("主动公开政府工作信息、动态755多条。", {"": 755}),
        # things that information is about, and the numbers of a list
        ("累计公开信息29条。公开内容聚焦主业与关切:一是发布清单,公开用水许可、河道活动审批等13项行政权力事项的名称。", {"": 29}),
        ("公开信息90条。其中政务动态和村务公开两项群众最关心的内容所占比例最大。", {"": 90}),
        ("公开信息90条。公开形式1、公开栏、座谈会等形式 2、通过报纸、广播公开信息 3、公开信。", {"": 90}),
        ("公开信息16条,其中网站11、公报2、微博3。", {"": 16, "website": 11, "gazette": 2, "weibo": 3}),
        ("公开信息6条,其中网站1、公报2、微博3。", {"": 6, "website": 1, "gazette": 2, "weibo": 3}),
        ("公开信息90条,其中通知类40条,热点问题解答50条。", {"": 90, "通知类": 40, "热点问题解答": 50}),
        ("全年通过网站主动公开财政预决算、教师招聘、就业举措等群众关心关注的信息共计86条。", {"": 86, "website": 86}),
        ("公开信息90条,政策解读10篇。公开行政许可信息67条,通过政务新媒体公开政府信息36条。",
         {"": 90, "policy_interpretations": 10, "行政许可信息": 67, "social_media": 36}),
        ("公开工作信息845条,公示各类行政处罚案件信息31条。微博、微信两个自媒体共发布信息28条。",
         {"": 845, "行政处罚案件信息": 31, "social_media": 28}),
        ("公开信息90条,通过政务新媒体公开信息36条,主流媒体刊发报道54篇,其中日报头版1篇,整版深读2篇。",
         {"": 90, "social_media": 36, "media": 54}),
        ("信息主动公开92条。其中政务信息29条,财务信息57条,党务信息6条。",
         {"": 92, "政务信息": 29, "财务信息": 57, "党务信息": 6}),
        ("公开信息90条。其中,局官网公开概况类信息19条,政务动态信息更新量24条。",
         {"": 90, "概况类信息": 19, "政务动态信息": 24}),
        ("公开信息90条。发布政策解读稿17篇。微博微信公开信息26条,新闻媒体公开信息13条。",
         {"": 90, "policy_interpretations": 17, "social_media": 26, "media": 13}),
        ("公开信息90条。完成在线访谈3期、专题专栏1期、新闻发布会2期。",
         {"": 90, "online_interviews": 3, "press_conferences": 2}),
        ("我局主动公开286件,办结依申请公开38件。", {"": 286, "requests_completed": 38}),
        ("公开信息90条,发布政策解读6项。", {"": 90, "policy_interpretations": 6}),
        ("在公开的54条信息中,人员变动类信息:主动公开2条,公布了6位领导、4个职能科室的信息;业务类信息:主动公开5条;其他类47条。",
         {"": 54, "人员变动类信息": 2, "业务类信息": 5, "其他类": 47}),
        ("局网站主动发布政务动态、政策解读、人事等各类信息38条,公众号发布信息45条。",
         {"website": 38, "wechat": 45}),
        ("公开政府信息16项65条,其中廉政建设5条。", {"": 65, "廉政建设": 5}),
        ("公开政府信息12类345条。", {"": 345}),
        ("主动公开了8个方面127条信息。", {"": 127}),
        ("公众号发布信息97条,头条号发布信息77条。", {"wechat": 97, "social_media": 77}),
        ("公众号发布信息97条,百家号发布信息77条。", {"wechat": 97, "social_media": 77}),
    ],
)  # fmt: skip
def test_items_are_told_from_sums_and_from_other_counts(
    sentence: str, expected: dict[str, float]
) -> None:
    assert _read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("生成政府信息147条,其中主动公开21条、依申请公开43条、不予公开83条。",
         {"documents_made": 147, "on_request_items": 43, "withheld_items": 83}),
        ("全年发文213件,其中主动公开88件、依申请公开60件、不予公开65件。",
         {"documents_made": 213, "on_request_items": 60, "withheld_items": 65}),
        ("不予公开信息有10条,主要是人事方面的。", {"withheld_items": 10}),
        ("本局在2012年度共计产生公文类政府信息124条,其中主动公开的公文类信息有44条,其他免予公开的公文类信息80条。\n本局到2012年底累计主动公开政府信息312条,其中2012年新增58条。",
         {"documents_made": 124, "withheld_items": 80, "": 58}),
        ("行政规范性文件制发件数4件,废止件数2件,现行有效件数9件。",
         {"normative_documents_issued": 4, "normative_documents_repealed": 2, "normative_documents_in_force": 9}),
        ("公开信息90条。全年未制定、修改、废止规范性文件。",
         {"": 90, "normative_documents_issued": 0, "normative_documents_repealed": 0}),
        ("制定并发布规范性文件7件。", {"normative_documents_issued": 7}),
        ("制发规范性文件11件,其中按规定向社会公开的10件,1件因涉密未公开。",
         {"normative_documents_issued": 11, "normative_documents_disclosed": 10}),
        ("制定政府规章3部,新公开3部,对外公开规章总数28部。",
         {"rules_issued": 3, "rules_newly_disclosed": 3, "rules_disclosed_total": 28}),
        ("主动公开市政府和市政府办公厅行政规范性文件42件。", {"normative_documents_disclosed": 42}),
        ("主动公开市政府规章13件(含新制定5件,修改4件,废止4件)。", {}),
        ("现行有效规章8件,规范性文件126件。", {"rules_in_force": 8, "normative_documents_in_force": 126}),
        ("全年行政许可1203件、行政处罚45件、行政强制6件。",
         {"license_decisions": 1203, "penalty_decisions": 45, "coercion_decisions": 6}),
    ],
)  # fmt: skip
def test_documents_and_decisions_are_read_when_they_stand_in_lists(
    sentence: str, expected: dict[str, float]
) -> None:
    assert _read(sentence) == expected


def test_a_sentence_is_read_whole_when_a_table_reaches_into_its_line() -> None:
    text = "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n３ １ ６\n全年行政诉讼案件共4件,其中3件法院支持。"
    table = Span(text.index("行政复议 "), text.index("4件"))
    found = read_narrative(fold(text), report_year=2020, skip=[table]).observations
    assert [(o.indicator, o.value) for o in found if o.outcome is None] == [("litigation_cases", 4)]


def test_what_stands_in_a_table_is_no_sentence_wherever_its_lines_end() -> None:
    text = "二、主动公开情况\n公开信息5条。 政策法规类3条 工作动态类2条 其他7条\n共公开信息9条。"
    table = Span(text.index("政策法规"), text.index("\n共"))
    found = read_narrative(fold(text), report_year=2020, skip=[table]).observations
    assert [o.category_label for o in found] == [None]


def test_no_list_goes_on_behind_a_table() -> None:
    text = "二、主动公开情况\n公开信息5条。\n行政许可 | 3 |\n行政处罚 | 2 |\n工作动态3条、政策法规2条。"
    table = Span(text.index("行政许可"), text.index("\n工作"))
    found = read_narrative(fold(text), report_year=2020, skip=[table]).observations
    assert [o.category_label for o in found] == [None]

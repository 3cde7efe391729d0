"""Requests, cases, fees, staff and engagement as reports tell them, in many orders of words."""

from __future__ import annotations

import pytest
from figures import figures_of, parts

from ingest.narrative.each import for_each
from ingest.narrative.mentions import mentions, with_digits

_REQUESTS = "三、依申请公开情况\n"
_CASES = "五、行政复议和诉讼情况\n"
_FEES = "四、收费情况\n"
_STAFF = "一、概述\n"
_ENGAGEMENT = "三、解读回应和培训情况\n"


def _received(total: float | None = None, **breakdown: float) -> dict[str, float]:
    return parts("requests_received", total, **breakdown)


def _answered(**outcomes: float) -> dict[str, float]:
    return parts("requests_answered", **outcomes)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("受理依申请政府信息公开事项17例,全部按时办结。", {"requests_received": 17, "requests_completed": 17}),
        ("收到申请3件。办理12345平台事项169件,均在规定时间及时办结。", _received(3)),
        ("收到申请7件;答复完毕6件,办理中1件。",
         {"requests_received": 7, "requests_answered": 6, "requests_carried_out": 1}),
        ("收到申请:3件。网上:2件,信函:1件。", _received(3, network=2, mail=1)),
        ("共收到申请8件,当面与信函各4件。", _received(8, in_person=4, mail=4)),
        ("按申请方式分,当面申请12件、信函4件。", _received(in_person=12, mail=4)),
        ("共受理网上申请6件、书面申请4件。", _received(network=6, mail=4)),
        ("收到申请26件,没有以传真、电子邮件方式提出的申请。", _received(26, fax=0, email=0)),
        ("收到申请5件,当面的2件,传真的没有,网络的3件。", _received(5, in_person=2, fax=0, network=3)),
        ("未收到以传真、信函等方式提出的申请。", _received(0)),
        ("受理申请136件,其中网络提交的120件,以信函、传真等形式申请的16件。", _received(136, network=120)),
        ("全年未收到行政许可申请。", {}),
        ("收到申请2起,一起为当面申请、一起为邮寄申请;其中一起予以公开,一起告知不属于本单位职责范围。",
         {**_received(2, in_person=1, mail=1), **_answered(granted=1, not_own=1)}),
        ("办理依申请公开55件,其中撤销申请1件,因时间等特殊原因电话回复2件。", {**_received(55), **_answered(withdrawn=1)}),
        ("已答复98件,其中同意公开76件,信息不存在、非本机关掌握、内容不明确等22件。", {"requests_answered": 98, **_answered(granted=76)}),
        ("申请由上年的4件上升到9件。", _received(9)),
        ("今年受理申请数比去年少2件,为7件。", _received(7)),
        ("收到申请7件(历年累计20件),均系当面提交。", _received(7, in_person=7)),
        ("受理申请8件。申请人全部为自然人。", _received(8, natural=8)),
        ("应办申请11件(含上年结转1件)。网络7件、邮寄3件。", {"requests_carried_in": 1, **_received(network=7, mail=3)}),
        ("经手的申请89件,其中3件系上年结转,其余86件为当年新收。", {"requests_carried_in": 3, **_received(86)}),
        ("收到申请12件,办结十一件,结转下年一件。", {**_received(12), "requests_completed": 11, "requests_carried_out": 1}),
        ("已答复85件,尚有4件未到答复期限,结转2013年办理。", {"requests_answered": 85, "requests_carried_out": 4}),
        ("答复6件,尚在答复期内1件。", {"requests_answered": 6, "requests_carried_out": 1}),
        ("申请办结数34件(含2011年12月收到的1件),按时办结32件,延期办结的没有。", {"requests_completed": 34, "requests_completed_on_time": 32, "requests_completed_extended": 0}),
        ("收到申请3件,全部是农户要求查阅自己地块的面积,均为当面提出。", _received(3, in_person=3)),
        ("收到申请4件,其中公民3件、企业1件,均以书面方式提出。", _received(4, mail=4, natural=3, enterprise=1)),
        ("收到申请1件,系一名企业退休职工当面查询原企业的档案。", _received(1, in_person=1)),
        ("收到申请4件。截至年底全部办结。", {**_received(4), "requests_completed": 4}),
        ("收到申请4件。转来的2件投诉全部办结。", _received(4)),
        ("全年未有群众书面或口头要求公开政府信息。", _received(0)),
        ("当年收件当年办结,不存在结转。", {"requests_carried_out": 0}),
        ("全年收到申请3件,1份来函属业务查询,未按申请登记。", _received(3)),
        ("共收到来信312件次,其中局长信箱47件,直接来信265件。", {"mailbox_received": 312}),
        ("来信申请3件。", _received(3, mail=3)),
        ("收到申请15件,13件(含2件转下年度办结)按时答复办结,办结率达100%。", {**_received(15), "requests_carried_out": 2, "requests_completion_rate": 100}),
        ("依申请公开系统全年共收到4宗信息。", _received(4, network=4)),
        ("依申请信息公开办理有69件,均为自然人申请。", _received(69, natural=69)),
        ("共收到申请1499件。完成政府信息依申请公开答复1453件。", {**_received(1499), "requests_answered": 1453}),
        ("新受理申请104件。已办结依申请公开98件。", {**_received(104), "requests_completed": 98}),
        ("全系统共受理申请67项,其中市局受理57件。", _received(67)),
        ("开通电话和传真受理依申请公开,目前尚未接到要求。", _received(0)),
        ("本年度未接到群众要求公开的信息。", _received(0)),
        ("受理申请2件。企业信用信息查询量达4024万次,市政府网站发布了72条通告。", _received(2)),
    ],
)  # fmt: skip
def test_requests_are_read_when_told_in_words(sentence: str, figures: dict[str, float]) -> None:
    assert figures_of(_REQUESTS + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("收到申请6件。“同意公开”答复3件,“信息不存在”的答复2件,“非本机关政府信息”答复1件。", _answered(granted=3, not_exist=2, not_own=1)),
        ("收到申请4件,公开、部分公开、不存在各1件,余下1件因不属我镇制作,引导其向市局申请。", _answered(granted=1, partial=1, not_exist=1, not_own=1)),
        ("收到申请4件,对要求提供他人成绩的1件,因涉及个人隐私不予公开。", _answered(denied=1, denied_privacy=1)),
        ("办理结果:提供信息5件;不予提供1件(商业秘密);非我局信息2件。", _answered(granted=5, denied=1, denied_trade_secret=1, not_own=2)),
        ("8件当中予以公开5件,不存在3件。", _answered(granted=5, not_exist=3)),
        ("收到申请3件,均已公开。", _answered(granted=3)),
        ("收到申请3件,公开或部分公开3件。", {}),
        ("收到申请9件,不予公开的没有。", _answered(denied=0)),
        ("收到申请9件,涉及国家秘密、个人隐私的均为0件。", _answered(denied_state_secret=0, denied_privacy=0)),
        ("收到申请9件,因“不属于信息公开范畴”而不予处理的2件。", _answered(rejected=2)),
        ("收到申请9件,转由咨询渠道解答1件。", _answered(redirected=1)),
    ],
)  # fmt: skip
def test_outcomes_are_read_when_quoted_shared_or_referred_on(
    sentence: str, figures: dict[str, float]
) -> None:
    assert {k: v for k, v in figures_of(_REQUESTS + sentence).items() if k.startswith("requests_answered/")} == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("举报投诉:1件。", {"complaint_cases": 1}),
        ("处理市政府网网上投诉36件。", {}),
        ("举办新闻发布会1场,局长参加县长热线直播2次。", {"press_conferences": 1}),
        ("因信息公开被申请复议2件;被诉1件。", {"reconsideration_cases": 2, "litigation_cases": 1}),
        ("收到行政复议19件,均未被撤销或责令重新办理。", {"reconsideration_cases": 19}),
        ("因信息公开被申请行政复议1件(历年累计2件),市政府维持我局决定。", {"reconsideration_cases": 1, "reconsideration_cases/upheld": 1}),
        ("历年累计复议2件、诉讼1件。", {}),
        ("作为被告的行政诉讼2件,均与信息公开无关。", {}),
        ("因规划许可引发的复议5起、诉讼3起,不列入本年报统计。", {}),
        ("作为复议机关受理复议案4件,作为共同被告应诉的1件。", {}),
        ("行政复议案件15件,其中涉及政府信息公开3件,维持3件。", {"reconsideration_cases": 3, "reconsideration_cases/upheld": 3}),
        ("行政复议1件,维持具体行政行为;被依法纠错和其他情形均无。", {"reconsideration_cases": 1, "reconsideration_cases/upheld": 1, "reconsideration_cases/corrected": 0, "reconsideration_cases/other_result": 0}),
        ("有1名村民对答复不服,提起行政复议,市政府确认答复程序违法。", {"reconsideration_cases": 1, "reconsideration_cases/corrected": 1}),
        ("提起行政诉讼2件,其中1件一审驳回原告诉讼请求,1件二审维持原判。", {"litigation_cases": 2, "litigation_cases/upheld": 2}),
        ("未被申请行政复议,也未起诉。", {"reconsideration_cases": 0, "litigation_cases": 0}),
        ("我镇没有此类情况。", {"reconsideration_cases": 0, "litigation_cases": 0}),
        ("行政复议:收到3件,其中维持2件。行政诉讼:收到2件,均驳回。", {"reconsideration_cases": 3, "reconsideration_cases/upheld": 2, "litigation_cases": 2, "litigation_cases/upheld": 2}),
        ("有1人就答复向市政府申请复议。", {"reconsideration_cases": 1}),
        ("没有一起投诉。", {"complaint_cases": 0}),
        ("未发生有关政府信息公开事务的行政复议案、诉讼和申述的情况。", {"reconsideration_cases": 0, "litigation_cases": 0, "appeal_cases": 0}),
        ("信息公开类行政复议1起,正在办理中。", {"reconsideration_cases": 1, "reconsideration_cases/pending": 1}),
        ("收到信息公开行政诉讼2件,其中1件正在办理。", {"litigation_cases": 2, "litigation_cases/pending": 1}),
    ],
)  # fmt: skip
def test_cases_are_read_when_they_are_ours_alone(sentence: str, figures: dict[str, float]) -> None:
    assert figures_of(_CASES + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("应收复印费36元,考虑申请人生活困难,全部予以减免,实收0元。", {"request_fee_amount": 0, "request_fee_waived_amount": 36}),
        ("因申请人生活困难减免11人次,金额214元。", {"request_fee_waived_persons": 11, "request_fee_waived_amount": 214}),
        ("未收费,历年累计收取4元。", {"request_fee_amount": 0}),
        ("与诉讼(行政复议、行政诉讼)有关的总费用为0.3万元。", {}),
        ("我局决定一律免收。", {"request_fee_amount": 0}),
        ("对2名低保户一律免收。", {"request_fee_waived_persons": 2}),
        ("零收费,零减免。", {"request_fee_amount": 0, "request_fee_waived_amount": 0}),
        ("上述2件均无偿提供。", {"request_fee_amount": 0}),
        ("减免企业费用230万元。", {}),
        ("共收取检索费0元、复印费14.5元、邮寄费0元。", {"request_fee_amount": 14.5}),
        ("共收取检索费0元、复印费0元。", {"request_fee_amount": 0}),
        ("未产生与诉讼(行政复议、行政申诉)有关的费用支出。", {}),
    ],
)  # fmt: skip
def test_fees_are_read_when_due_waived_or_of_other_kinds(
    sentence: str, figures: dict[str, float]
) -> None:
    assert figures_of(_FEES + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("信息公开工作始于2004年5月1日,目前由1名全职、3名兼职工作人员承担。", {"staff_full_time": 1, "staff_part_time": 3}),
        ("信息公开工作人员31名,除2名专职人员外,均为兼职。", {"staff_total": 31, "staff_full_time": 2}),
        ("由3名民警负责信息公开工作,其中2名系专职。", {"staff_total": 3, "staff_full_time": 2}),
        ("信息公开专兼职人员共5名(专职1名)。", {"staff_total": 5, "staff_full_time": 1}),
        ("专、兼职人员分别为2名和8名。", {"staff_full_time": 2, "staff_part_time": 8}),
        ("信息公开工作人员由上年的52名充实到61名。", {"staff_total": 61}),
        ("由办公室、用地科、监察科各出1人兼职承担信息公开工作,共3人。", {"staff_total": 3, "staff_part_time": 3}),
        ("在机关办公楼和审批窗口各设1个查阅点。", {"reading_points": 2}),
        ("服务大厅及12个社区均设有信息查阅点,共13个。", {"reading_points": 13}),
        ("有信息公开工作人员3名,均由机关干部兼任。", {"staff_total": 3, "staff_part_time": 3, "staff_full_time": 0}),
        ("本局无政府信息公开专门机构。", {"dedicated_bodies": 0}),
        ("专职工作人员空缺,由2名同志兼职。", {"staff_full_time": 0, "staff_part_time": 2}),
        ("开展政府信息公开工作,为此专门配备了2名工作人员。", {"staff_total": 2}),
        ("为开展信息公开工作专门配备了132名专、兼职工作人员。", {"staff_total": 132}),
        ("将信息公开责任落实到办公室,配备2名具体工作人员。", {"staff_total": 2}),
        ("县局安排3名干部负责此项工作。", {"staff_total": 3}),
        ("全区各信息公开点各配备了2名工作人员。", {}),
        ("配备了4名政府信息公开全职工作人员,60名兼职工作人员。", {"staff_full_time": 4, "staff_part_time": 60}),
    ],
)  # fmt: skip
def test_staff_and_places_are_read_when_parts_or_growth_are_told(
    sentence: str, figures: dict[str, float]
) -> None:
    assert figures_of(_STAFF + sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("新闻发布会共举办4场,2场由主要负责同志出席发布。", {"press_conferences": 4, "press_conferences_by_head": 2}),
        ("在线访谈2次,主要负责同志未参加。", {"online_interviews": 2, "online_interviews_by_head": 0}),
        ("厅长做客省政府网站在线访谈1次。", {"online_interviews": 1, "online_interviews_by_head": 1}),
        ("在线访谈2次,副局长参加1次。", {"online_interviews": 2}),
        ("参加新闻发布会2次,主要负责同志均到场。", {"press_conferences": 2, "press_conferences_by_head": 2}),
        ("全年共举办37场省政府新闻发布活动。", {"press_conferences": 37}),
        ("举办各类新闻发布会(通气会)13场。", {"press_conferences": 13}),
        ("县政府网站发布了72条权威准确的政策解读。", {"policy_interpretations": 72}),
        ("收到1.2万人次的咨询。", {"inquiries": 12_000}),
        ("全年共接受市民咨询62,其中:咨询电话接听46次,当面受理咨询16次。", {"inquiries": 62, "inquiries/phone": 46, "inquiries/in_person": 16}),
        ("未收到任何形式的信息公开咨询。", {"inquiries": 0}),
        ("未开通咨询电话。", {}),
        ("没有举办新闻发布会和在线访谈。", {"press_conferences": 0, "online_interviews": 0}),
        ("各类培训班举办了17次,受训者达860人次。", {"training_sessions": 17, "training_attendees": 860}),
        ("业务培训办了一期,到课47人。", {"training_sessions": 1, "training_attendees": 47}),
        ("参加县里培训2人次;自行举办培训1场,参加人员31人。", {"training_sessions": 1, "training_attendees": 31}),
        ("培训农民工1.2万人次,举办就业培训班45期。", {}),
        ("档案室为79人次提供免费咨询和查询服务。", {}),
        ("电话咨询12 360人次,到局查询91人次。", {"inquiries/phone": 12360, "inquiries/in_person": 91}),
        ("全区政府信息从生成到公开平均用时5个工作日,最长19个工作日。", {"publication_lag_avg_days": 5, "publication_lag_max_days": 19}),
        ("门户网站总访问量突破1000万人次,今年新增230万人次。", {"page_views": 2_300_000}),
        ("截止2012年底,门户网站累计访问量4746万人次,其中2012年度1499万人次。", {"page_views": 14_990_000}),
    ],
)  # fmt: skip
def test_engagement_is_read_when_the_verb_follows_its_noun(
    sentence: str, figures: dict[str, float]
) -> None:
    assert figures_of(_ENGAGEMENT + sentence) == figures


def test_a_number_counts_for_each_name_when_the_names_are_single_places() -> None:
    text = "3月和9月各办培训班1期,各科室、乡镇各设1个点"
    counted = [for_each(text, mention).value for mention in mentions(text)]
    assert counted == [2, 1]


def test_numerals_are_digits_of_the_same_length_when_they_are_figures() -> None:
    text = "办结十一件,统一答复"
    assert with_digits(text, mentions(text)) == "办结01件,统一答复"

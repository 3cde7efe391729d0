"""Reading the numbers of one segment after another, with the memory of what the talk is about.

What lives here: the pass over a report's segments: rules first, then items of open lists, then
shares; numbers that mean nothing are kept with the reason. What does not: deciding between two
readings of one figure (`resolve.py`), stated zeros (`zeros.py`), statements about all cases of a
figure (`inherit.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import OrgScope, TimeScope
from ingest.narrative import inherit, lists
from ingest.narrative.case_zeros import read_case_zeros
from ingest.narrative.channels import names_channels
from ingest.narrative.context import (
    Context,
    Following,
    State,
    context_of,
    item_before,
    leave_alone,
    make_reading,
)
from ingest.narrative.each import for_each
from ingest.narrative.gates import open_gates, rules_that_may_read
from ingest.narrative.items import CLAUSE_END, JOINED, last_clause
from ingest.narrative.levels import group_of
from ingest.narrative.memo import read_or_recall
from ingest.narrative.mentions import Mention, bare_numerals, mentions, with_digits
from ingest.narrative.reading import Reading
from ingest.narrative.request_items import read_request_words
from ingest.narrative.rules import Candidates, Rule, find_labels, scope_patterns
from ingest.narrative.scope import TimeWords, announces_plans, compared
from ingest.narrative.shares import attach_share
from ingest.text.sentences import Segment

_LEAD_LENGTH = 18
_NUMBERED = re.compile(r"[一二三四五六七八九十]是|[(\d]")
_OF_ALL = re.compile(r"主动公开|共")  # told of a channel, and yet of everything
_SUM = re.compile(r"[,、;\s]*(?:以上|上述|全年)?(?:共计|合计|总计|共)(?:为|:)?")
_SUM_TOLD = re.compile(r"[,、;\s]*(?:累计|共计|合计|总计|共)(?:主动)?(?:公开|发布)(?:各类)?(?:政府|政务)?信息(?:共|计|为)*")
_HOW_OFTEN = re.compile(r"每个?(?:半年|季度?|月|周|旬|日|天)[^,;。\d]{0,12}$")  # 每季度召开1次会议
_EACH = re.compile(r"各(?:设|有|建|配|开|举办)?[^,;。]{0,12}$")
_REQUEST_WORDS = re.compile(r"申请|依申请|答复")
# accounts that an agency runs itself: a clause that opens one leads to what it published
_OWN_MEDIA = {"weibo", "wechat", "social_media"}
# what the number before may count instead of items: accounts opened, issues of a gazette
_COUNTED_BEFORE = _OWN_MEDIA | {"gazette"}
_ONE_WAY_OF_ASKING = re.compile(r"(?:当面|网络|网上|信函|书面|传真|邮件|现场|电话|口头|在线)申请(?:数)?$")
# 办理结果:…: a list of outcomes, whatever number stood before
_RESULTS = re.compile(r"^[^,;。\d]{0,10}(?:答复|办理|处理)(?:情况|结果|类型|意见)(?:分(?:类|别)?|如下|统计|看|来看|上)*(?:[:为是,])")
# in the section on plans: what is not yet (将设1名专职人员), where 现有 tells of today
_TO_COME = re.compile(r"将|拟[^定稿]|计划|争取|力争|打算|准备")
_ASIDE = re.compile(r"\([^()]*\)")
_OTHER_WAYS = re.compile(r"等其[他它](?:方式|渠道|形式|途径|载体)[^,;。]{0,10}$")
# 街道公开信息2条。社区公开信息5条, …,财政公开信息8条: parts of the total before them
_PART = re.compile(r"[,;、:。(\s]*(?:其中)?[,:]?(?:街道|乡镇|镇|乡|村|社区|各?部门|机关|科室)(?:主动)?公开(?!栏)(?:的)?(?:政府)?信息|[、,;](?:财政|财务|党务|村务|居务|校务|院务)公开信息")
_ANY_WAY = re.compile(r"(?:各种|各类|多种|多个|不同|各个)(?:形式的?|信息|公开|发布)*(?:平台|载体|渠道|途径|方式|形式)")
_SEVERAL_WAYS = re.compile(r"、[^,;。]{2,30}等(?:多种|多个|各种|各类)?(?:渠道|方式|载体|平台|途径|形式|媒介)")
_SITES_OF_IT = re.compile(r"(?:各|其|所属|各部门)*(?:子站|子网站|分站|部门网站)")
_SOME_MORE = re.compile(r"[及和与、]\d+[个家]$")  # 网站及389个政务新媒体发布信息: on both
_IN_ALL = re.compile(r"(?:[^;。]{0,40},)?累计(?:主动)?(?:公开|发布)")
_ITEMS_BEHIND = re.compile(r"\d[\d,]*(?:条|件|篇)")  # 公开政府信息16项65条
_ONLINE = re.compile(r"(?:上网|网上)公开")
_THROUGH = re.compile(r"通过|^\s*在|依托|利用|借助|[一二三四五六]是|以")


def read_segment(segment: Segment, index: int, state: State, following: Following) -> None:
    """Read all numbers of a segment into `state`; `following` gives the rest of its paragraph."""
    found = mentions(segment.text)
    if segment.topic == "disclosure" and (bare := bare_numerals(segment.text)):
        found = sorted([*found, *bare])
    if (text := with_digits(segment.text, found)) is not segment.text:
        segment = segment._replace(text=text)
    _enter_paragraph(segment, bool(found), state)
    if found:
        read_or_recall(_read_numbers, segment, found, index, state, following)
    else:  # is read as quickly as it would be told again
        _read_numbers(segment, found, index, state, following)


def _enter_paragraph(segment: Segment, has_numbers: bool, state: State) -> None:
    """Keep the short words that a paragraph, or an item of it, begins with: 政府门户网站。"""
    short = not has_numbers and len(segment.text) <= _LEAD_LENGTH
    if segment.paragraph != state.paragraph:
        state.paragraph, state.lead = segment.paragraph, segment.text if short else ""
    elif short and _NUMBERED.match(segment.text):
        state.lead = segment.text  # 二是政务微博。


def _read_numbers(
    segment: Segment, found: Sequence[Mention], index: int, state: State, following: Following
) -> None:
    comparisons = compared(segment.text) if found else []
    first = len(state.readings)
    state.group = None
    state.items = []
    if announces_plans(segment.text, state.report_year):
        state.plan_paragraph = segment.paragraph
    at = 0
    last: list[Reading] = []
    if found and segment.topic == "requests" and _RESULTS.search(segment.text):
        state.open, state.open_index = "requests_answered", index
        state.open_part, state.open_unit = segment.part, found[0].unit
    if found:
        lists.open_by_shape(segment, index, following, state)
        gates, times = open_gates(segment.text), TimeWords(segment.text)
    several = "各" in segment.text
    rules: dict[str, Candidates] = {}
    for mention in found:
        unit = mention.unit
        if unit not in rules:
            rules[unit] = rules_that_may_read(unit, gates)
        context = context_of(segment, index, mention, at, rules[unit], times)
        if several and (counted := for_each(segment.text, mention)) is not mention:
            context = context._replace(mention=counted, left=context.left.replace("各", ""))
        at = mention.end
        if any(s <= mention.start < e for s, e in comparisons):
            leave_alone(state, context, "a comparison with another year")
            continue
        if unit in ("类", "项") and _ITEMS_BEHIND.match(context.right):
            leave_alone(state, context, "the number of kinds; that of the items stands behind it")
            continue
        if mention.unit == "%":
            if not attach_share(context, last, state):
                _read_mention(context, state)
            continue
        before = len(state.readings)
        if not _sum_up(context, state, last):
            _read_mention(context, state)
        state.items.append(state.readings[before:])
        last = state.readings[before:] or last
    inherit.read_statements(segment, state, state.readings[first:], following)
    read_case_zeros(segment, index, state)


def _sum_up(context: Context, state: State, last: list[Reading]) -> bool:
    """收取复印费386元、邮寄费214元,共计600元: the sum stands for the parts before it."""
    bare = _SUM.fullmatch(context.since) is not None
    if not last or not (bare or _SUM_TOLD.fullmatch(context.since)):
        return False
    head = last[-1]
    parts = [r for r in _readings_of(state) if r.indicator == head.indicator]
    if not bare and sum(p.value or 0 for p in parts if p.channel) != context.mention.value:
        return False
    if head.channel or head.applicant_type or head.category_label:
        return _sum_of_breakdown(context, state, head, parts)
    if not head.is_total():
        return False
    each = _EACH.search(context.segment.text[: context.mention.start - len(context.since)])
    of_year = "全年" in context.since  # 召开发布会7场,全年合计11场: more than the parts told
    if head.indicator.startswith("staff") or (len(parts) < 2 and not each and not of_year):
        return False
    if not head.value_text.endswith(context.mention.unit):
        return False
    when = head.time_scope
    if when is TimeScope.SUB_PERIOD and (of_year or sum(p.value or 0 for p in parts) == context.mention.value):
        when = TimeScope.YEAR  # 上半年45条,下半年66条,全年总计111条
    for part in parts:
        part.weak = True
    state.readings.append(make_reading(context, head.indicator, head.rule_id + ".sum", when))
    return True


def _sum_of_breakdown(
    context: Context, state: State, head: Reading, parts: list[Reading]
) -> bool:
    """通过网站发布136条,通过微信发布282条,合计418条: the total of the parts by channel."""
    same_unit = head.value_text.endswith(context.mention.unit)
    if len(parts) < 2 or head.indicator not in ("disclosed", "requests_received", "inquiries") or not same_unit:
        return False
    for part in parts:
        part.weak = part.weak or part.is_total()
    rule = head.indicator + ".total.sum"
    state.readings.append(make_reading(context, head.indicator, rule, head.time_scope))
    state.open, state.open_index = head.indicator, context.segment_no
    state.open_part, state.open_unit = context.segment.part, context.mention.unit
    return True


def _readings_of(state: State) -> list[Reading]:
    return [reading for item in state.items for reading in item]


def _read_mention(context: Context, state: State) -> None:
    mention = context.mention
    if scope_patterns()["sub_unit"].search(context.left[-30:]):
        leave_alone(state, context, "a figure of another body or a part")
        return
    if "每" in context.left and _HOW_OFTEN.search(context.left):
        leave_alone(state, context, "how often, not how many")
        return
    if scope_patterns()["excluded"].match(context.right):
        leave_alone(state, context, "said not to count here")
        return
    plans = "plans" in (context.segment.part, context.segment.topic)
    plans = plans or state.plan_paragraph == context.segment.paragraph
    when = context.times.scope(mention.start, state.report_year)
    item_first = not plans and not state.by_shape and lists.list_is_open(context, state)
    if item_first and lists.read_item(context, state, when, strong_only=True):
        return
    if not plans and names_channels(context) and lists.read_item(context, state, when, strong_only=False):
        return
    to_come = state.plan_paragraph == context.segment.paragraph
    if plans and (to_come or _TO_COME.search(context.segment.text, 0, mention.start)):
        leave_alone(state, context, "in the section on plans")
        return
    for rule in context.rules.beside(context.left, context.right):
        if plans and not rule.plan_section:
            continue
        if _holds(rule, context, state):
            _take(rule, context, state, when)
            return
    if not plans and lists.read_item(context, state, when, strong_only=False):
        return
    leave_alone(state, context, "no rule reads it" if not plans else "in the section on plans")


def _holds(rule: Rule, context: Context, state: State) -> bool:
    """Whether a rule that finds its words beside the number may read it here."""
    segment = context.segment
    if rule.topics is not None and segment.topic not in rule.topics:
        return False
    if rule.after is not None and not _open(rule.after, context, state):
        return False
    if rule.not_left is not None and rule.not_left.search(context.left):
        return False
    if rule.not_right is not None and rule.not_right.match(context.right):
        return False
    if rule.needs_requests and not _about_requests(context, state):
        return False
    if rule.after_or is not None and not (
        rule.after_or.search(segment.text) or (state.open and rule.after_or.search(state.open))
    ):
        return False
    return rule.about is None or bool(
        rule.about.search(segment.text)
        or (segment.topic and rule.about.search(segment.topic))
        or (state.lead and rule.about.search(state.lead))
    )


def _open(name: str, context: Context, state: State) -> bool:
    """Whether the list `name` was opened in this segment or the one or two before it."""
    return state.is_open_within(name, 2, context.segment_no)


def _about_requests(context: Context, state: State) -> bool:
    if state.opened_within(0, context.segment_no) in ("mailbox", "inquiries"):
        return False
    if context.segment.topic == "requests" or state.is_of_requests(context.segment_no):
        return True
    return _REQUEST_WORDS.search(context.segment.text) is not None


def _take(rule: Rule, context: Context, state: State, when: TimeScope) -> None:
    mention = context.mention
    part = rule.total and not state.aggregate and _PART.match(context.since) is not None
    if part and _open("disclosed", context, state):
        leave_alone(state, context, "a figure of another body or a part")
        return
    if rule.any_year:
        when = TimeScope.YEAR
    if when is TimeScope.YEAR:
        when = rule.time_scope
    if rule.opens:
        state.open, state.by_shape = rule.opens, False
        state.open_index = context.segment_no
        state.open_part = context.segment.part
        state.open_unit, state.item_paragraph = mention.unit, context.segment.paragraph
    if rule.indicator == "none":
        leave_alone(state, context, "counted, but no figure of the codebook: documents by attribute, cases of every kind")
        return
    reading = make_reading(context, rule.indicator, rule.id, when)
    reading.weak, reading.year_if_only = rule.weak, rule.year_if_only
    reading.channel = rule.channel
    if rule.indicator.startswith("publication_lag"):
        reading.category_label = lists.lag_label(context)
    if rule.indicator == "requests_received":
        reading.weak = reading.weak or _ONE_WAY_OF_ASKING.search(context.left) is not None
        read_request_words(context, state, reading)
    if not rule.any_year and scope_patterns()["sub_period"].search(context.left[-24:].rpartition("全年")[2]):
        reading.time_scope = TimeScope.SUB_PERIOD
    if "历年" in context.left and rule.indicator != "disclosed" and scope_patterns()["stock"].search(context.left):
        reading.time_scope = TimeScope.CUMULATIVE
    if rule.total and reading.time_scope is TimeScope.YEAR and _is_more_than_year(context, state):
        reading.time_scope = TimeScope.CUMULATIVE
    if rule.total:
        _total(context, state, reading)
    elif rule.also_total:
        state.readings.append(_copy_total(reading))
    if rule.indicator == "disclosure_sites" and state.aggregate:
        reading.org_group = state.group = group_of(context) or state.group
    state.readings.append(reading)


def _is_more_than_year(context: Context, state: State) -> bool:
    """2014年公开92条,其中…,累计公开信息831条: more than all that was read of the year before it."""
    if not _IN_ALL.match(context.since):
        return False
    start = context.segment.start
    told = [
        r.value or 0
        for r in state.readings
        if r.start >= start and r.indicator == "disclosed" and r.time_scope is TimeScope.YEAR and not r.category_label
    ]
    return bool(told) and context.mention.value > sum(told)


def _total(context: Context, state: State, reading: Reading) -> None:
    """A total may name its channel, its level or the agency's whole system."""
    if state.aggregate:
        group = group_of(context) or (state.group if context.since.strip(",") else None)
        if group is not None:
            reading.org_group = state.group = group
            return
    if not state.aggregate and reading.rule_id != "disclosure.total.own_office" and scope_patterns()["system"].search(context.left[-40:]):
        reading.org_scope = OrgScope.SYSTEM
        reading.weak = True
        return
    channel = channel_beside(context, state)
    if channel is None and _elsewhere(context):
        reading.weak = True  # 宣传册、电子屏公开信息12条: a part, of no channel alone
    issues = item_before(state)
    if channel in _OWN_MEDIA and issues is not None:  # 微信编辑48期,推送信息216条: the items count
        issues.weak = issues.weak or (issues.channel == channel and issues.value_text.endswith(("期", "次")))
    if channel is not None and reading.time_scope is TimeScope.YEAR:
        if channel == "website":
            total = _copy_total(reading)
            of_all = _OF_ALL.search(CLAUSE_END.split(context.since)[-1]) is not None
            total.rule_id += ".on_channel" if of_all else ".on_one_channel"
            state.readings.append(total)
        reading.channel, reading.weak = channel, False


def _elsewhere(context: Context) -> bool:
    """Whether the clause names several channels and no website among them."""
    named = {code for part in JOINED.split(last_clause(context.since)) for code in find_labels("disclosure_channel", part)}
    return len(named) > 1 and "website" not in named


def _copy_total(reading: Reading) -> Reading:
    """The same figure as an undimensioned total, for reports that print no other."""
    return Reading(
        indicator=reading.indicator,
        value=reading.value,
        start=reading.start,
        end=reading.end,
        value_text=reading.value_text,
        rule_id=reading.rule_id,
        qualifier=reading.qualifier,
        time_scope=reading.time_scope,
        section=reading.section,
        weak=True,
    )


def channel_beside(context: Context, state: State) -> str | None:
    """The disclosure channel named in the clause of a total, or in a clause that leads to it."""
    if _OTHER_WAYS.search(context.since):
        return "other"
    # 新闻媒体(电视、报刊等)发布信息12条: the brackets tell what the channel is made of
    since = _ASIDE.sub("", context.since) if "(" in context.since else context.since
    behind_colon = since.rpartition(":")[2]  # 通过不同渠道公开情况:网站公开12条
    if _ANY_WAY.search(behind_colon) or _SEVERAL_WAYS.search(behind_colon):
        return None
    if _SOME_MORE.search(context.left[: len(context.left) - len(context.since)]) and since[:1] not in ",;:":
        return None
    clauses = [c for c in CLAUSE_END.split(since) if c.strip()]
    if not clauses:
        return None
    channels = find_labels("disclosure_channel", clauses[-1])
    if len(channels) > 1:  # 网站公开政府会议、财政信息等信息
        channels = tuple(c for c in channels if c != "meeting")
    if "social_media" in channels and set(channels) <= _OWN_MEDIA:
        return "social_media"  # 政务微博、微信推送信息320条
    parts = [p for p in JOINED.split(clauses[-1]) if _SITES_OF_IT.match(p) is None]
    named = [codes for p in parts if (codes := find_labels("disclosure_channel", p)) not in ((), ("meeting",))]
    if len(named) > 1:  # in several places at once; 报刊、广播、电视 are one
        return "media" if all(codes == ("media",) for codes in named) else None
    if not channels and len(clauses) > 1:
        before = find_labels("disclosure_channel", clauses[-2])
        if _THROUGH.search(clauses[-2]) or set(before) & _OWN_MEDIA:
            channels = before
    if not channels and len(clauses) == 1 and context.since.startswith(","):
        # 开通政务微博1个,发布信息120条; 发行《政报》12期,发布信息62条
        before = find_labels("disclosure_channel", CLAUSE_END.split(context.left)[-2])
        channels = before if set(before) <= _COUNTED_BEFORE else ()
    if not channels and state.lead:
        channels = find_labels("disclosure_channel", state.lead)
    if _ONLINE.search(clauses[-1]):
        return "website"
    return channels[0] if len(channels) == 1 and channels[0] != "meeting" else None

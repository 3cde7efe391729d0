"""Items of lists: categories, channels, applicants, outcomes, levels of bodies.

What lives here: what an item's own words say, given the list that is open. What does not: the
words (`labels.toml`), category labels (`categories.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import TimeScope
from ingest.narrative.categories import clean_label
from ingest.narrative.context import Context, State, make_reading
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label, find_labels, rules_by_unit

_ITEM_UNITS = {"条", "条次", "条目", "件", "篇", "份", "项", "个", "则", "期", "篇次", "件次", ""}
_CASE_UNITS = {"件", "宗", "起", "条", "项", "例", "次", "个", "件次", "份", "封", "人次", "案", ""}
_PERSON_UNITS = {"人次", "次", "人", "件", "个", "件次", "条", "起"}
_LIST_INTRO = re.compile(
    r"^[\s\d(一二三四五六七八九十)、.]*(?:其中|按|从|包括|具体|主要|分别|所占|涉及|内容|类别|在?信息类别)"
)
_DIRECT = re.compile(r"(?:类|类信息|方面信息|信息)(?:共|计|为|:)*$")
_PUBLISH = re.compile(r"(?:公开|发布|公布|登载|推送|更新)")
_NESTED = re.compile(r"\((?:其中|含|包括|包含)?[^()]*$")
_GOVERNMENT_OFFICE = re.compile(r"(?:政府|府)(?:及[^,]{0,6})?办公[室厅]")
_COLUMN = re.compile(r"“?([^“”,;。、《]{2,12}?)”?(?:栏目|类目|板块)(?:共)?(?:发布|公开|登载)(?:了)?(?:政府)?(?:信息)?$")
# figures with rules of their own, whatever list they stand in
_OUTRANKING = (
    "requests", "normative", "documents_made", "policy", "rules", "hot", "press", "online", "inquiries", "page",
    "license", "penalty", "coercion", "charge", "procurement", "disclosure_sites", "staff", "training", "meetings", "reading", "mailbox",
)  # fmt: skip
_SENT = re.compile(r"发放|印发|散发|张贴|编印|印制|编发|发送|印刷|制作|出版|移送|接收|滚动|播放")
_VERB_ONLY = re.compile(r"^\s*(?:共|累计|全年|分别)*(?:\([^)]*\))?(?:公开|发布|推送|更新|刊登|登载|刊发|转发|播发|发表|刊载|编发|刊\(播\)发|登出|播出)")
# the office itself inside a figure of its whole system
_OWN_OFFICE = re.compile(r"(?:[局厅委办]|本)?机关(?:本级)?(?:共|自身)?(?:公开|发布)|(?:本局|本级|本厅|本委)(?:共)?(?:公开|发布)")
_GROUP_LABEL_LENGTH = 16
_LEAD = re.compile(r"^(?:[\s、,;:()]|其中|另有|另外|另|有|其余|及|和|以及|还有|包括|分别|是|为|对|[一二三四五六]是|[①-⑳])+")
# how a request was made or by whom, at the end of an item's words
_ASKED_BY = re.compile(r"(?:当面|传真|网络|网上|信函|邮件|书面|现场|口头|电话|自然人|法人|公民|组织|企业)[^,;、]{0,8}$")
# what a request asked for, not what became of it
_DESCRIBED = re.compile(r"\s*(?:要求|申请(?:公开|获取|内容)|内容|请求|主要)")
_IS = re.compile(r"\s*(?:均|都|全部)?(?:为|由|是|系|通过|以|属|采用|涉及)|\s*(?:当面|网上|网络|信函|书面)")
# one number for two outcomes is neither's
_REFUSED = re.compile(r"(?:不予|免予|未予|不同意)公开")
_TWO_OUTCOMES = re.compile(r"(?:予以|同意|准予)公开(?:和|及|、|或|与|以及)(?:同意)?部分公开")
_ITEM = re.compile(
    r"\s*(?:其中|和|及)?[^,;。\d]{2,30}[\d,.]+(?:余)?(?:条|件|篇|份|项|则)(?:\([^)]*\))?[,、;]?(?:占[^,;、。]{0,14}%[,、;]?)?"
)
_LEFT_OVER = 6  # characters that are no item in a segment of items
_LIST_SEGMENTS = 12  # a list set as lines, one item a line, is followed that far


def list_is_open(context: Context, state: State) -> bool:
    """Whether a list is open that this mention may be an item of."""
    if state.open is None or context.segment.part != state.open_part:
        return False
    distance = context.index - state.open_index
    if distance <= 1:
        return True
    return distance <= _LIST_SEGMENTS and context.since.strip(" ,;、:") != ""


def read_item(context: Context, state: State, when: TimeScope, *, strong_only: bool) -> bool:
    """Read the mention as an item of a list; False where its words tell nothing.

    `strong_only` asks for items that outrank the rules: labels within an open list.
    """
    opened = state.open or ""
    if when is not TimeScope.YEAR and when is not TimeScope.PREVIOUS_YEAR:
        return False
    piece = _LEAD.sub("", re.split(r"[,;:。]", _named(context, state))[-1])
    of_requests = opened.startswith("requests") or (
        not strong_only and context.segment.topic == "requests"
    )
    if (
        of_requests
        and context.mention.unit in _CASE_UNITS
        and _request_item(context, state, piece, when)
    ):
        return True
    if opened in ("reconsideration_cases", "litigation_cases") and strong_only:
        return _case_item(context, state, piece, opened, when)
    if opened == "inquiries" and context.mention.unit in _PERSON_UNITS and strong_only:
        return _inquiry_item(context, state, piece, when)
    if opened == "staff" and strong_only:
        return False
    if opened == "disclosure_sites" and strong_only and context.mention.unit in ("个", "家"):
        group = group_of(context)
        if group is not None:
            _add(context, state, "disclosure_sites", "staffing.sites.level", when, org_group=group)
        return group is not None
    return _disclosure_item(context, state, piece, when, strong_only=strong_only)


def read_request_words(context: Context, state: State, head: Reading) -> None:
    """收到自然人以电子邮件方式提出的申请2件: the head's own words may break it down."""
    words = re.split(r"[,;:。]", context.since)[-1]
    for group, field_name in (("request_channel", "channel"), ("applicant_type", "applicant_type")):
        codes = find_labels(group, words)
        if len(codes) == 1 and codes[0] not in ("other_request", "organisation"):
            part = replace(head, rule_id=f"requests.own_words.{field_name}", weak=True)
            setattr(part, field_name, codes[0])
            state.readings.append(part)


def _names_before(since: str) -> re.Match[str] | None:
    """The names of a list whose numbers follow; the pattern is slow where no 分别 leads to it."""
    return _RESPECTIVELY.search(since) if "分别" in since[-4:] else None


def lag_label(context: Context) -> str | None:
    """What takes so long to publish: 政府文件从生成到上网公开平均…; None for all information."""
    match = re.search(r"([^,;。:]{2,12})从?(?:生成|产生|形成)", context.segment.text)
    label = clean_label(match[1].removesuffix("从")) if match else None
    return None if label is None or re.fullmatch(r"(?:我局|全部|各类|政府|政务|公开)*信息", label) else label


_RESPECTIVELY = re.compile(r"(?P<names>[^,;:。]+?)(?:[一二三四五六七八九两\d]+(?:类|个方面|种(?:方式)?))?(?:信息|申请)?(?:数)?(?:条数|数量|件数)?分别(?:为|是|有|达)?$")


def _named(context: Context, state: State) -> str:
    """The item's words; where names and numbers stand apart (A、B分别为5条、7条) its own name."""
    match = _names_before(context.since)
    if match is not None:
        names = [n for n in re.split(r"[、和及与]", match["names"]) if n]
        state.names = names[1:]
        return names[0]
    if state.names and context.since.strip() in ("、", ",", "和", "及", ""):
        return state.names.pop(0)
    state.names = []
    return context.since


def _add(context: Context, state: State, indicator: str, rule: str, when: TimeScope, **dims: str | None) -> None:
    reading = make_reading(context, indicator, rule, when)
    for name, value in dims.items():
        setattr(reading, name, value)
    state.readings.append(reading)
    state.open_index = context.index


def _request_item(context: Context, state: State, piece: str, when: TimeScope) -> bool:
    if not _ASKED_BY.search(piece) and _rule_indicator(
        context, ("requests_completed", "requests_carried", "requests_answered")
    ):
        return False
    if re.search(r"(?:收到|受理|接到|新收|共收)[^,;。]{0,20}$", piece) and re.search(r"申请", piece):
        return False
    if re.search(r"关停|整合|栏目|热线|信箱|交办|转办|工单|来电|来访|信访(?!举报投诉类)|建议|提案|诉求|咨询", piece):
        return False
    words = piece.strip()
    from_right = len(re.sub(r"[的由以共计为]", "", words)) < 2
    if from_right:
        words = _right_words(context.right)
        if not words:
            return False
        if _reason_and_denial(context, state, when):
            return True
    answered_first = (state.open or "") == "requests_answered"
    outcome = _outcome(words, answered=answered_first)
    channel = find_label("request_channel", words)
    applicant = find_label("applicant_type", words)
    if re.search(r"申请(?:数|方式|提出|提交|的)?$|方式|递交|提交|提出", words) and (channel or applicant):
        outcome = None
    if channel == "other_request" and (
        applicant or outcome or not re.search(r"形式|方式|途径|渠道|申请|其[他它]$", words)
    ):
        channel = None
    if outcome is not None and outcome.startswith("denied_") and _REFUSED.search(words):
        _add(context, state, "requests_answered", "requests.outcome.label", when, outcome="denied")
    if outcome is not None:
        _add(context, state, "requests_answered", f"requests.outcome.{'right' if from_right else 'label'}", when, outcome=outcome)  # fmt: skip
        return True
    if re.search(r"复议|诉讼|投诉|举报|咨询", words):
        return False
    if applicant is not None:
        _add(context, state, "requests_received", "requests.applicant", when, applicant_type=applicant)
    if channel is not None:
        both = find_labels("request_channel", words) if re.search(r"均|各|都", context.since) else []
        for code in both or [channel]:
            _add(context, state, "requests_received", "requests.channel", when, channel=code)
    return applicant is not None or channel is not None


def _outcome(words: str, *, answered: bool) -> str | None:
    if _TWO_OUTCOMES.search(words):
        return None
    outcome = find_label("outcome", words)
    if outcome == "other" and not answered:
        return None
    return outcome


def _clauses_behind(right: str) -> list[str]:
    """Clauses behind a number; the one that leads to the next number is that number's."""
    stop = re.search(r"[\d。]", right)
    clauses = re.split(r"[,;、:]", right[: stop.start()] if stop else right)
    leads_on = stop is not None and stop.group() != "。" and len(clauses) > 1
    return clauses[:-1] if leads_on else clauses


def _right_words(right: str) -> str:
    """The clauses behind a number up to the next number, nearest first that tells an outcome."""
    for clause in _clauses_behind(right):
        clause = clause.strip("() ")
        if not clause or _DESCRIBED.match(clause):
            continue
        if find_label("outcome", clause) not in (None, "other"):
            return clause
        if _IS.match(clause) and (
            find_label("request_channel", clause) or find_label("applicant_type", clause)
        ):
            return clause
    return ""


def _reason_and_denial(context: Context, state: State, when: TimeScope) -> bool:
    """1件…,因涉及商业秘密,不予公开: the reason counts as well as the refusal."""
    codes = [
        find_label("outcome", c) for c in _clauses_behind(context.right) if not _DESCRIBED.match(c)
    ]
    reason = next((c for c in codes if c and c.startswith("denied_")), None)
    if reason is None or "denied" not in codes:
        return False
    for code in ("denied", reason):
        _add(context, state, "requests_answered", "requests.outcome.reason", when, outcome=code)
    return True


def _case_item(context: Context, state: State, piece: str, opened: str, when: TimeScope) -> bool:
    if context.mention.unit not in _CASE_UNITS:
        return False
    own = re.sub(r"(?:行政)?(?:复议|诉讼)(?:案件|申请|机关|结果)?|原告(?:诉讼请求)?", "", piece)
    if re.search(r"(?:复议|诉讼|应诉)(?:案件|申请|案)?(?:共|计|为|数)*$", piece):
        return False
    if opened.startswith("recon") and re.match(r"[^,;。\d]{0,16}诉讼", context.right):
        return False
    outcome = find_label("case_outcome", own) if len(own.strip()) >= 2 else None
    if outcome is None and len(piece.strip()) < 2:
        stop = re.search(r"[\d。;]", context.right)
        outcome = find_label("case_outcome", context.right[: stop.start()] if stop else context.right)
    if outcome is None:
        return False
    name = "reconsideration" if opened.startswith("recon") else "litigation"
    _add(context, state, opened, f"proceedings.{name}.outcome", when, outcome=outcome)
    return True


def _inquiry_item(context: Context, state: State, piece: str, when: TimeScope) -> bool:
    if re.search(r"申请|信箱|留言|投诉|培训|访问|访谈", piece):
        return False
    channel = find_label("request_channel", piece)
    if channel in (None, "other_request"):
        return False
    if context.index != state.open_index and "咨询" not in piece:
        return False
    _add(context, state, "inquiries", "engagement.inquiries.channel", when, channel=channel)
    return True


def _disclosure_item(
    context: Context, state: State, piece: str, when: TimeScope, *, strong_only: bool
) -> bool:
    """A category, channel or level of what was disclosed."""
    if context.mention.unit not in _ITEM_UNITS or when is not TimeScope.YEAR:
        return False
    opened = state.open == "disclosed"
    near = opened and _in_list(context, state)
    if strong_only and not near:
        return False
    if not near and (
        context.segment.topic not in ("disclosure", "general", "", "engagement", "annex")
        or not context.mention.unit
    ):
        return False
    if _NESTED.search(context.segment.text[: context.mention.start]):
        return False
    if strong_only and _rule_indicator(context, _OUTRANKING):
        return False
    words = re.split(r"[,;:。]", context.since.rstrip(",;:。"))[-1]
    if state.names or (piece != words and _names_before(context.since)) or context.since.strip() == "、":
        words = piece or words
    if context.since.strip() in (")", "):"):  # 政策法规类(含规范性文件3条)216条: label before the brackets
        opening = context.segment.text.rfind("(", 0, context.mention.start)
        words = piece = re.split(r"[,;:。]", context.segment.text[: max(opening, 0)])[-1]
    if near and (column := _COLUMN.search(words)) is not None:
        _add(context, state, "disclosed", "disclosure.category.column", when, category_label=column[1])  # fmt: skip
        return True
    if state.aggregate and near:
        group = group_of(context)
        if group is not None:
            _add(context, state, "disclosed", "disclosure.level", when, org_group=group)
            return True
        if _GOVERNMENT_OFFICE.search(piece):
            return False
    if not state.aggregate and near and _OWN_OFFICE.match(_LEAD.sub("", words)):
        _add(context, state, "disclosed", "disclosure.total.own_office", when)
        return True
    label = clean_label(words)
    is_category = label is not None and re.search(r"类(?:信息)?$", label) is not None
    channel = None if is_category else _channel(context, state, piece, near=near)
    if channel is not None:
        _add(context, state, "disclosed", "disclosure.channel", when, channel=channel)
        return True
    if label is None:
        return False
    if near and context.mention.unit and not _same_unit(context.mention.unit, state.open_unit):
        return False
    direct = context.mention.unit in ("条", "件", "篇", "条次", "份", "项") and (
        is_category
        or (
            _DIRECT.search(piece) is not None
            and (context.segment.topic == "disclosure" or _PUBLISH.search(context.left) is not None)
        )
    )
    if not near and (strong_only or not direct or _rule_indicator(context, ("",))):
        return False
    rule = "disclosure.category" if near else "disclosure.category.direct"
    _add(context, state, "disclosed", rule, when, category_label=label)
    return True


def _in_list(context: Context, state: State) -> bool:
    """In the segment of the total, or in one right behind it that goes on with the list."""
    distance = context.index - state.open_index
    if distance == 0:
        return True
    if context.segment.part != state.open_part or distance > 2:
        return False
    if _LIST_INTRO.match(context.segment.text) is not None:
        return True
    return distance == 1 and (
        _DIRECT.search(context.since.strip()) is not None or _short_list(context)
    )


def _short_list(context: Context) -> bool:
    """A segment that is nothing but items: 机构职能2条、规范性文件3条."""
    text = context.segment.text
    first = _ITEM.match(text)
    return first is not None and len(_ITEM.sub("", text)) <= _LEFT_OVER


def _same_unit(unit: str, opened: str) -> bool:
    alike = {"条", "条次", "件", "篇", "项", "", "份", "条目", "则"}
    return unit == opened or (unit in alike and opened in alike)


def _channel(context: Context, state: State, piece: str, *, near: bool) -> str | None:
    """The channel an item names: in its words, or in the clause that leads to 公开/发布."""
    words = piece
    if len(piece.strip()) < 2 or _VERB_ONLY.match(piece) or context.since.endswith(")发"):
        words = ",".join(re.split(r"[,;:。]", context.since)[-2:])
    tail = words[-40:]
    channel = find_label("disclosure_channel", tail)
    if channel is None and _VERB_ONLY.match(piece) and state.lead:
        channel = find_label("disclosure_channel", state.lead)
    if channel is None and _VERB_ONLY.match(piece) and state.items and state.items[-1]:
        return _channel_of_issue(state.items[-1][-1])
    if channel is None:
        return None
    if re.search(r"总量|存量|累计|受理|咨询|投诉|栏目\d*$", piece):
        return None
    if channel != "media" and "栏目" in tail:
        return None
    if re.search(r"上报|报送|采用|解读|回应|转载|培训|关注|粉丝|阅读|点击|访问|照片|页面", tail) or re.search(
        r"开通|建立|设置|设立|设有|建有", piece
    ):
        return None
    if channel in ("meeting", "hotline", "press_conference"):
        return None
    if channel == "media" and re.search(r"直播|参加", tail):
        return None
    if channel == "media" and context.mention.unit == "期" and "《" in tail:
        channel = "bulletin"  # a paper of the agency's own
    if channel == "notice_board" and re.search(r"发放|散发", piece):
        return None
    if channel in ("bulletin", "handout", "reading_point", "screen"):
        return channel if _SENT.search(context.left[-40:]) or near else None
    if context.mention.unit in ("个", "项", "部") and not near:
        return None
    if not near and context.segment.topic not in ("disclosure", "general", "") :
        return None
    return channel


def _channel_of_issue(issue: Reading) -> str | None:
    """编印公报6期,刊登文件48件: what an issue holds counts, not the issues."""
    if issue.channel not in ("gazette", "bulletin", "media") or not issue.value_text.endswith("期"):
        return None
    issue.weak = True
    return issue.channel


def group_of(context: Context) -> str | None:
    """The level of bodies that an item's words start with (县直部门, 各乡镇)."""
    piece = _LEAD.sub("", re.split(r"[,;:。]", context.since)[-1])
    head = piece[:_GROUP_LABEL_LENGTH]
    if re.search(r"所有|占", head):
        return None
    return find_label("org_group", head)


def _rule_indicator(context: Context, prefixes: tuple[str, ...]) -> bool:
    """Whether a rule outside lists would read the number as one of these indicators."""
    for rule in rules_by_unit().get(context.mention.unit, ()):
        if not rule.indicator.startswith(prefixes) or rule.after or rule.after_or:
            continue
        if rule.total or rule.weak or rule.indicator == "disclosed":
            continue
        if rule.left is not None and rule.left.search(context.left) is None:
            continue
        if rule.right is not None and rule.right.search(context.right) is None:
            continue
        if rule.not_left is not None and rule.not_left.search(context.left):
            continue
        if rule.not_right is not None and rule.not_right.search(context.right):
            continue
        if rule.about is not None and not (
            rule.about.search(context.segment.text) or rule.about.search(context.segment.topic or "-")
        ):
            continue
        return True
    return False

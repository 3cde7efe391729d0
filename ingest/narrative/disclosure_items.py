"""Items of lists of what was disclosed: categories, channels, levels of bodies.

What lives here: what the words before a number say of which part of the disclosed information it
counts. What does not: the words (`labels.toml`), category labels (`categories.py`), whether a list
is open (`lists.py`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope
from ingest.narrative.categories import clean_label
from ingest.narrative.context import Context, State
from ingest.narrative.items import (
    CLAUSE_END,
    LEAD,
    a_rule_reads,
    add_item,
    last_clause,
    names_before,
)
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label

_ITEM_UNITS = {"条", "条次", "条目", "件", "篇", "份", "项", "个", "则", "期", "篇次", "件次", ""}
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
_ITEM = re.compile(
    r"\s*+(?:其中|和|及)?[^,;。\d]{2,30}[\d,.]+(?:余)?(?:条|件|篇|份|项|则)(?:\([^)]*\))?[,、;]?(?:占[^,;、。]{0,14}%[,、;]?)?"
)
_LEFT_OVER = 6  # characters that are no item in a segment of items
_CATEGORY = re.compile(r"类(?:信息)?$")
_DIRECT_UNITS = {"条", "件", "篇", "条次", "份", "项"}
_STOCK_OR_CASES = re.compile(r"总量|存量|累计|受理|咨询|投诉|栏目\d*$")
# a channel's name that says what else was done there
_NOT_PUBLISHED = re.compile(
    r"上报|报送|采用|解读|回应|转载|培训|关注|粉丝|阅读|点击|访问|照片|页面"
)
_SET_UP = re.compile(r"开通|建立|设置|设立|设有|建有")
_ON_AIR = re.compile(r"直播|参加")
_HANDED_OUT = re.compile(r"发放|散发")
_NO_LEVEL = re.compile(r"所有|占")
_ALIKE = {"条", "条次", "件", "篇", "项", "", "份", "条目", "则"}


def read_disclosure_item(
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
    if strong_only and a_rule_reads(context, _OUTRANKING):
        return False
    words = last_clause(context.since.rstrip(",;:。"))
    if state.names or (piece != words and names_before(context.since)) or context.since.strip() == "、":
        words = piece or words
    if context.since.strip() in (")", "):"):  # 政策法规类(含规范性文件3条)216条: label before the brackets
        opening = context.segment.text.rfind("(", 0, context.mention.start)
        words = piece = last_clause(context.segment.text[: max(opening, 0)])
    if near and (column := _COLUMN.search(words)) is not None:
        add_item(context, state, "disclosed", "disclosure.category.column", when, category_label=column[1])  # fmt: skip
        return True
    if state.aggregate and near:
        group = group_of(context)
        if group is not None:
            add_item(context, state, "disclosed", "disclosure.level", when, org_group=group)
            return True
        if _GOVERNMENT_OFFICE.search(piece):
            return False
    if not state.aggregate and near and _OWN_OFFICE.match(LEAD.sub("", words)):
        add_item(context, state, "disclosed", "disclosure.total.own_office", when)
        return True
    label = clean_label(words)
    is_category = label is not None and _CATEGORY.search(label) is not None
    channel = None if is_category else _channel(context, state, piece, near=near)
    if channel is not None:
        add_item(context, state, "disclosed", "disclosure.channel", when, channel=channel)
        return True
    if label is None:
        return False
    if near and context.mention.unit and not _same_unit(context.mention.unit, state.open_unit):
        return False
    direct = context.mention.unit in _DIRECT_UNITS and (
        is_category
        or (
            _DIRECT.search(piece) is not None
            and (context.segment.topic == "disclosure" or _PUBLISH.search(context.left) is not None)
        )
    )
    if not near and (strong_only or not direct or a_rule_reads(context, ("",))):
        return False
    rule = "disclosure.category" if near else "disclosure.category.direct"
    add_item(context, state, "disclosed", rule, when, category_label=label)
    return True


def _in_list(context: Context, state: State) -> bool:
    """In the segment of the total, or in one right behind it that goes on with the list."""
    distance = context.segment_no - state.open_index
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
    return unit == opened or (unit in _ALIKE and opened in _ALIKE)


def _channel(context: Context, state: State, piece: str, *, near: bool) -> str | None:
    """The channel an item names: in its words, or in the clause that leads to 公开/发布."""
    words = piece
    if len(piece.strip()) < 2 or _VERB_ONLY.match(piece) or context.since.endswith(")发"):
        words = ",".join(CLAUSE_END.split(context.since)[-2:])
    tail = words[-40:]
    channel = find_label("disclosure_channel", tail)
    if channel is None and _VERB_ONLY.match(piece) and state.lead:
        channel = find_label("disclosure_channel", state.lead)
    if channel is None and _VERB_ONLY.match(piece) and state.items and state.items[-1]:
        return _channel_of_issue(state.items[-1][-1])
    if channel is None:
        return None
    if _STOCK_OR_CASES.search(piece):
        return None
    if channel != "media" and "栏目" in tail:
        return None
    if _NOT_PUBLISHED.search(tail) or _SET_UP.search(piece):
        return None
    if channel in ("meeting", "hotline", "press_conference"):
        return None
    if channel == "media" and _ON_AIR.search(tail):
        return None
    if channel == "media" and context.mention.unit == "期" and "《" in tail:
        channel = "bulletin"  # a paper of the agency's own
    if channel == "notice_board" and _HANDED_OUT.search(piece):
        return None
    if channel in ("bulletin", "handout", "reading_point", "screen"):
        return channel if _SENT.search(context.left[-40:]) or near else None
    if context.mention.unit in ("个", "项", "部") and not near:
        return None
    if not near and context.segment.topic not in ("disclosure", "general", ""):
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
    piece = LEAD.sub("", last_clause(context.since))
    head = piece[:_GROUP_LABEL_LENGTH]
    if _NO_LEVEL.search(head):
        return None
    return find_label("org_group", head)

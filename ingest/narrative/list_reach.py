"""How far a list of what was disclosed reaches: segments behind its total, brackets, lines.

What lives here: whether a number stands in the list that a total opened. What does not: which list
is open (`lists.py`), what an item counts (`disclosure_items.py`).
"""

from __future__ import annotations

import re

from ingest.narrative.categories import category_code, clean_label
from ingest.narrative.channels import VERB_ONLY, first_named
from ingest.narrative.context import Context, State
from ingest.narrative.items import CLAUSE_END, last_clause
from ingest.narrative.levels import group_of
from ingest.narrative.rules import find_label

_LIST_INTRO = re.compile(
    r"^[\s\d(一二三四五六七八九十)、.]*(?:年度?,?)?(?:其中|按|从|就[^,;:。]{1,8}(?:而言|看|来说)|分[^,;:。]{1,6}(?:看|统计|计)|包括|具体|主要|分别|所占|涉及|内容|类别|在?信息类别|各(?:类|渠道|载体|平台)"
    r"|公开的?(?:渠道|形式|方式|途径|载体|类别|内容|主体)|(?:渠道|形式|途径|载体|主体)(?:上|看|方面)"
    r"|[^,;:。]{0,24}信息的?主?要?(?:类别|分类|类型|种类|构成)[^,;:。\d]{0,8}[:,]"
    r"|[^,;:。\d]{0,24}信息(?:当|之)?[中里](?=[,:\u4e00-\u9fff])|[^,;:。]{0,10}\d+[条件](?:信息)?(?:当|之)?[中里],)"
)
_INTRO_REACHES = 4  # segments behind the total in which words that name the list still open it
_ENUMERATED = re.compile(r"\s*(?:\(?\d{1,2}[).、]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]是|[①-⑳])")
_COUNTS = re.compile(r"\d(?:条|件|篇|份|项|宗|则|(?=[、,;。]|$))")
_LEAST_COUNTS = 2
_ITEM = re.compile(
    r"[\s,]*+(?:其中|和|及)?[^,;。\d]{2,30}[\d,.]+万?(?:余|多)?(?:条|件|篇|份|项|则|宗|(?=[,、;]|$))(?:\([^)]*\))?[,、;]?(?:占[^,;、。]{0,14}%[,、;]?)?"
)
_REMAINDER = re.compile(r"[\s,]*(?:其余|剩余|余下|剩下)(?:的)?")  # ;其余1420条为动态信息
_LEFT_OVER = 6  # characters that are no item in a segment of items
REACHES = re.compile(r",(?:共有|共计|共|达到|达|计|仅有|仅|只有|有|为)$")  # 行政许可类最多,达309条
CATEGORY = re.compile(r"类(?:信息)?$|目录信息$")
DIRECT = re.compile(r"(?:类|类信息|方面信息|信息)(?:共|计|为|:)*$")


def is_known(words: str) -> bool:
    """Whether the words end in a category of the codebook, or in a channel."""
    own = last_clause(words.rstrip(",;:"))
    label = clean_label(own)
    return (label is not None and category_code(label) is not None) or first_named(own) is not None


def of_total(context: Context, state: State) -> bool:
    """Whether the bracket that is open stands right behind a total: 公开56条(机构概况2条,…)."""
    opening = context.segment.text.rfind("(", 0, context.mention.start)
    place = context.segment.start + opening
    outer = [r for item in state.items for r in item if r.end <= place]
    # 通过门户网站公开56条(…): the channel's reading stands behind the total's
    return any(r.end == place and r.is_total() for r in outer)


def in_list(context: Context, state: State) -> bool:
    """In the segment of the total, or in one right behind it that goes on with the list."""
    if state.opened_within(0, context.segment_no) is not None:
        return True
    part = context.segment.part
    if not state.reaches(part, _INTRO_REACHES, context.segment_no):
        return False
    if _LIST_INTRO.match(context.segment.text) is not None:
        return True
    numbered = _ENUMERATED.match(context.segment.text) is not None
    same_paragraph = numbered or context.segment.paragraph == state.item_paragraph
    goes_on = (
        context.segment.paragraph == state.item_paragraph
        and context.segment.topic == "disclosure"
        and context.mention.unit == state.open_unit
    )
    if goes_on and (_REMAINDER.fullmatch(context.since) or (state.aggregate and group_of(context))):
        return True
    return (goes_on or state.reaches(part, 1, context.segment_no)) and (
        (same_paragraph and (_says_where(context) or _says_which(context, state)))
        or DIRECT.search(context.since.strip()) is not None or _short_list(context)
    )


def _says_where(context: Context) -> bool:
    """Whether the item names a channel and publishing, in a paragraph that went on with the list."""
    return "公开" in context.since and find_label("disclosure_channel", context.since) is not None


def label_of_clause_before(context: Context, state: State) -> str | None:
    """(1)机构职能方面,公开5条, or 1.机构职能。公开5条: a category before the verb."""
    clauses = [c for c in CLAUSE_END.split(context.since.rstrip(",;:")) if c.strip()]
    for words in (clauses[-2] if len(clauses) > 1 else "", state.lead):
        label = clean_label(words)
        if label is not None and (category_code(label) is not None or CATEGORY.search(label)):
            return label
    return None


def _says_which(context: Context, state: State) -> bool:
    """Whether the item names a category of the codebook, in the unit of the total."""
    if context.segment.topic != "disclosure" or context.mention.unit != state.open_unit:
        return False
    since = REACHES.sub("", context.since.rstrip(",;:"))
    if VERB_ONLY.fullmatch(last_clause(since)):
        return label_of_clause_before(context, state) is not None
    return is_known(since)


def _short_list(context: Context) -> bool:
    """A segment that is nothing but items: 机构职能2条、规范性文件3条."""
    text = _ENUMERATED.sub("", context.segment.text, count=1)  # 7.年度报告2条
    first = _ITEM.match(text)
    return first is not None and len(_ITEM.sub("", text)) <= _LEFT_OVER


def stands_in_a_list(context: Context, state: State) -> bool:
    """Whether a label that the codebook does not know stands among other items of one unit."""
    if state.readings and state.readings[-1].category_label and context.mention.unit == state.open_unit:
        return True
    return len(_COUNTS.findall(context.segment.text)) >= _LEAST_COUNTS and (
        context.mention.unit != "" or context.since[:1] in ("、", ";", "") or ":" in context.since
    )

"""What the kinds of list items share: an item's own words, and the rules that outrank it.

What lives here: cutting an item's words out of a segment, and keeping its reading. What does not:
what the words mean (`request_items.py`, `disclosure_items.py`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope
from ingest.narrative.context import Context, State, make_reading

# words before an item's own: of the list, not of the item
LEAD = re.compile(
    r"^(?:[\s、,;:()]|其中|另有|另外|另|有|其余|及|和|以及|还有|包括|分别|是|为|对|[一二三四五六]是|[①-⑳])+"
)
CLAUSE_END = re.compile(r"[,;:。]")
_RESPECTIVELY = re.compile(
    r"(?P<names>[^,;:。]{1,160}?)(?:[一二三四五六七八九两\d]{1,3}(?:类|个方面|[条个种](?:方式|渠道|途径|平台|载体|形式)?))?"
    r"(?:等(?:方式|形式|渠道|途径)?)?(?:收到|受理|提交|提出)?(?:的)?(?:(?:主动)?(?:公开|发布)的?)?(?:政府)?(?:信息|申请)?(?:数)?(?:条数|数量|件数)?(?:居多|较多|最多|为主)?,?"
    r"(?:分别|依次)(?:公开|发布|推送|更新)?(?:政府)?(?:信息)?(?:为|是|有|达)?$"
)
_MAINLY = re.compile(r"^(?:从?内容上|主要)?(?:以|有)(?=[^,;:。]{2,40}$)")
# 门户网站和微信各公开28条: one number for each of the names
EACH = re.compile(r"(?:通过|在|其中)?(?P<names>[^,;:。]{3,40})各(?:公开|发布|有|为|占|推送)*$")
# a site's address, with the brackets around it: its colon ends no clause
_ADDRESS = re.compile(r"\([^()]{0,8}(?:https?://|www\.)[^()]*\)|(?:https?://|www\.)[A-Za-z0-9_.~%&=?/:#@+!\-]+")
JOINED = re.compile(r"[、和及与]")
_WAY = re.compile(
    r"^[^,;:。\d]{0,12}?(?:(?:通过|在|利用|依托)[^,;:。\d]{2,20}?|(?:网站|公众号)(?:上)?(?:共|累计)?)(?:主动)?(?:公开|发布|公布|更新|上传)(?:了|各类)?(?=[^,;:。的]{2})"
)
_WHERE_NAMES_LEAD = 9  # 分别 stands that near to the number: the pattern is slow without it


def without_way(words: str) -> str:
    """An item's words behind those that say where it was published: 通过网站发布[工作动态12条]."""
    return _WAY.sub("", words)


def last_clause(words: str) -> str:
    """What stands behind the last comma, semicolon or colon; a colon at the end is no border."""
    if "//" in words or "www." in words:
        words = _ADDRESS.sub("", words)
    return CLAUSE_END.split(words.rstrip(": "))[-1]


def names_before(since: str) -> re.Match[str] | None:
    """The names of a list whose numbers follow (A、B分别为5条、7条), None where there are none."""
    end = since[-_WHERE_NAMES_LEAD:]
    return _RESPECTIVELY.search(since) if "分别" in end or "依次" in end else None


def own_words(context: Context, state: State) -> str:
    """The item's words; where names and numbers stand apart (A、B分别为5条、7条) its own name."""
    match = names_before(context.since)
    if match is not None:
        names = [n for n in JOINED.split(_MAINLY.sub("", match["names"])) if n]
        state.names = names[1:]
        return names[0]
    if state.names and context.since.strip() in ("、", ",", "和", "及", ""):
        return state.names.pop(0)
    state.names = []
    return context.since


def add_item(
    context: Context, state: State, indicator: str, rule: str, when: TimeScope, **dims: str | None
) -> None:
    """Keep the mention as a reading of an item; `dims` are fields of the reading."""
    reading = make_reading(context, indicator, rule, when)
    for name, value in dims.items():
        setattr(reading, name, value)
    state.readings.append(reading)
    state.open_index = context.segment_no
    state.item_paragraph = context.segment.paragraph


def a_rule_reads(context: Context, prefixes: tuple[str, ...], lead: str = "") -> bool:
    """Whether a rule outside lists would read the number as one of these indicators.

    `lead` is the short heading that opens the paragraph.
    """
    for rule in context.rules.outside_lists(prefixes).beside(context.left, context.right):
        if rule.not_left is not None and rule.not_left.search(context.left):
            continue
        if rule.not_right is not None and rule.not_right.match(context.right):
            continue
        if rule.about is not None and not (
            rule.about.search(context.segment.text)
            or rule.about.search(context.segment.topic or "-")
            or (lead and rule.about.search(lead))
        ):
            continue
        return True
    return False

"""Items of lists: which list is open, and which kind of item a number may be.

What lives here: the way from a number in a list to the reader of its kind. What does not: those
readers (`request_items.py`, `disclosure_items.py`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope
from ingest.narrative.categories import category_code, clean_label
from ingest.narrative.context import Context, Following, State
from ingest.narrative.disclosure_items import read_disclosure_item
from ingest.narrative.items import LEAD, add_item, last_clause, own_words, without_way
from ingest.narrative.levels import group_of
from ingest.narrative.request_items import (
    CASE_UNITS,
    LAWSUITS,
    read_both_cases,
    read_case_item,
    read_inquiry_item,
    read_request_item,
)
from ingest.text.sentences import Segment

# an item of a list of categories, wherever the list stands
_CATEGORY_ITEM = re.compile(
    r"(?:^|[,;:、。)])(?:\d{1,2}[.、])?(?P<label>[^,;:。\d()]{2,24}?)[:(]?\d{1,6}(?:条|件|份|篇|项)(?=[,;、。()]|$)"
)
_COUNTED = re.compile(r"\d(?:条|件|份|篇|项)|\d$")  # no category item goes on without it
# what a paragraph may count by the same labels: business done, documents sorted, news handed in
_OTHER_COUNTS = re.compile(
    r"办理|受理|作出|查处|报送|上报|采用|清理|梳理|归档|进驻|入驻|计划(?:公开|发布)"
)
_NAMES_LIST = re.compile(r"\s*(?:其中|包括|主要(?:有|包括|是|涉及)|具体(?:有|为|包括))[,:]")
_LEAST_ITEMS = 3  # fewer are no list by their shape
_SUMS = {"总计", "合计", "共计"}
# words that say that parts of what was disclosed follow, whatever their labels
_TELLS_LIST = re.compile(r"公开的?(?:政府|政务)?信息(?:当中|之中|中|里),")
_JOINT = re.compile(r"[^、,;:。和及与](?:、|和|及|与|以及)$")
_PERSON_UNITS = {"人次", "次", "人", "件", "个", "件次", "条", "起"}
_READ_BY_LIST = ("reconsideration_cases", *LAWSUITS, "inquiries", "staff", "disclosure_sites")
_LIST_SEGMENTS = 12  # a list set as lines, one item a line, is followed that far
_WHAT_TAKES_TIME = re.compile(r"([^,;。:]{2,12})从?(?:生成|产生|形成)")
_ALL_INFORMATION = re.compile(r"(?:[我本][局镇县市区办委厅乡]|全[局镇县市区州省乡]|全部|各类|所有|政府|政务|公开|该|从)*信息")


def open_by_shape(segment: Segment, index: int, following: Following, state: State) -> None:
    """Open the list of a paragraph that gives its categories before its total, or no total.

    Three items or more, most of them with labels that the codebook knows, in a section on what was
    disclosed; `following` gives the rest of the paragraph.
    """
    if segment.topic != "disclosure" or state.is_open_within("disclosed", 1, index):
        return
    tried = segment.paragraph == state.shape_paragraph and not _NAMES_LIST.match(segment.text)
    if tried or segment.part == "plans":
        return
    state.shape_paragraph = segment.paragraph
    behind = following.items(_COUNTED, _OTHER_COUNTS)
    words = segment.text + behind
    found = [item for item in _CATEGORY_ITEM.findall(words) if item not in _SUMS]
    labels = [label for item in found if (label := clean_label(without_way(item))) is not None]
    known = sum(category_code(label) is not None for label in labels)
    if len(found) < _LEAST_ITEMS or _OTHER_COUNTS.search(words):
        return
    all_labelled = len(labels) == len(found)
    if (
        4 * known >= 3 * len(found)
        or (all_labelled and 2 * known >= len(found))
        or (_TELLS_LIST.search(segment.text) and 2 * len(labels) >= len(found))
    ):
        state.open, state.open_part, state.open_unit = "disclosed", segment.part, "条"
        state.open_index, state.by_shape = index, True


def list_is_open(context: Context, state: State) -> bool:
    """Whether a list is open that this mention may be an item of."""
    has_words = context.since.strip(" ,;、:") != ""
    most = _LIST_SEGMENTS if has_words else 1
    return state.reaches(context.segment.part, most, context.segment_no)


def read_item(context: Context, state: State, when: TimeScope, *, strong_only: bool) -> bool:
    """Read the mention as an item of a list; False where its words tell nothing.

    `strong_only` asks for items that outrank the rules: labels within an open list.
    """
    opened = state.open_among(_READ_BY_LIST, context.segment_no) if strong_only else ""
    if "各" in context.since and when is TimeScope.YEAR and read_both_cases(context, state, when):
        return True
    if when is not TimeScope.YEAR and when is not TimeScope.PREVIOUS_YEAR:
        return False
    own = own_words(context, state)
    piece = LEAD.sub("", last_clause(own))
    # 3件予以公开、2件不予公开: what stands before the joint is the item's before
    cases = "" if own is context.since and _JOINT.search(own) else piece
    if ")" in cases and "(" not in cases:
        cases = LEAD.sub("", cases.rpartition(")")[2])  # 一审1件(驳回)、二审1件
    of_letters = state.opened_within(0, context.segment_no) == "mailbox"
    of_requests = not of_letters and (
        state.is_of_requests(context.segment_no)
        or (not strong_only and context.segment.topic == "requests")
    )
    if (
        of_requests
        and context.mention.unit in CASE_UNITS
        and read_request_item(context, state, cases, when)
    ):
        return True
    if opened in ("reconsideration_cases", *LAWSUITS):
        return read_case_item(context, state, cases, opened, when)
    if opened == "inquiries" and context.mention.unit in _PERSON_UNITS:
        return read_inquiry_item(context, state, piece, when)
    if opened == "staff":
        return False
    if opened == "disclosure_sites" and context.mention.unit in ("个", "家"):
        group = group_of(context)
        if group is not None:
            add_item(context, state, "disclosure_sites", "staffing.sites.level", when, org_group=group)
        return group is not None
    return read_disclosure_item(context, state, piece, when, strong_only=strong_only)


def lag_label(context: Context) -> str | None:
    """What takes so long to publish: 政府文件从生成到上网公开平均…; None for all information."""
    match = _WHAT_TAKES_TIME.search(context.segment.text)
    label = clean_label(match[1].removesuffix("从")) if match else None
    return None if label is None or _ALL_INFORMATION.fullmatch(label) else label

"""Printed shares: 占58.5%, (8.6%), 分别占28%和20%, and lists that print shares alone.

What lives here: tying a percentage to the count before it, or to its label. What does not: rates
(办结率), which are figures with rules of their own; checking shares (`dbt_project`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope, ValueSemantic
from ingest.narrative.categories import clean_label
from ingest.narrative.context import Context, State, leave_alone
from ingest.narrative.reading import LeftAlone, Reading
from ingest.narrative.rules import find_label

_GLUE = re.compile(
    r"^\s*+(?:[,、;:]?\s*+[(\[]?\s*+(?:约|各|分别|大约)?(?:所占|占|比例|比重)[^,;。\d%]{0,20}|[(\[]\s*(?:约)?)$"
)
_SHARE_WORD = re.compile(r"占|比例|比重|^\s*[(\[]\s*(?:约)?$")
_RATE = re.compile(r"率|满意|提高|增长|下降|减少|增加|完成|达到?$|以上|比例达")
_LABEL = re.compile(r"(?P<label>[^,;:。(]{2,30}?)(?:(?<=类),|(?<=类信息),)?(?:约)?(?:所)?占(?:比|总数|总量|全部|公开总数|总体)?[^,;。\d]{0,8}$")
# a list of shares without 占: 政策法规类10.7%,工作动态类89.3%, and 60%为工作动态类
_BARE_LABEL = re.compile(r"(?:^|[,;:、])(?P<label>[^,;:。(、]{2,16}类(?:信息)?)(?:约)?$")
_BEHIND = re.compile(r"(?:左右)?(?:为|是|属于?)(?P<label>[^,;。、\d]{2,14}类(?:信息)?)(?=[,;。]|$)")
_NAMES = re.compile(
    r"(?P<names>[^,;:。]{2,60}?)(?:[一二三四五六七八九十\d]{1,2}(?:大?类|个方面|[个种]渠道))?(?:信息)?(?:数量)?,?分别占"
)
_TOGETHER = re.compile(r"分别占")


def attach_share(context: Context, last: list[Reading], state: State) -> bool:
    """Tie a percentage to what it is a share of; False where it is none."""
    if context.segment.start + context.mention.start < state.shares_end:
        return True  # one of several shares that stand together
    glue = context.since
    if last and last[-1].rule_id == "disclosure.category.behind" and "," in glue:
        glue = "," + glue.rpartition(",")[2]  # 其余60条为镇情动态,占27.7%
    if state.names and glue.strip() in ("、", ",", "和", "及", "与"):
        return _named_share(context, state)
    if glue.startswith(")") and (opening := _opening_bracket(context)) is not None:
        # 不予公开5件(国家秘密2件、商业秘密3件),占6%: the share of what stands before the brackets
        outer = [r for item in state.items for r in item if r.end <= opening]
        last, glue = (outer[-1:], glue[1:]) if outer else (last, glue)
        if outer and _GLUE.match(glue) and _SHARE_WORD.search(glue):
            for reading in outer[-1:]:
                if reading.share_pct is None:
                    reading.share_pct = context.mention.value
            leave_alone(state, context, "a share, kept with its count")
            return True
    if _RATE.search(glue[-6:]):
        return False
    if _TOGETHER.search(glue) and _names_together(context, state):
        return True
    if last and _GLUE.match(glue) and _SHARE_WORD.search(glue) and _near(context, last):
        if _TOGETHER.search(glue):
            return _attach_together(context, state)
        for reading in last:
            if reading.share_pct is None:
                reading.share_pct = context.mention.value
                reading.end = context.segment.start + context.mention.end
        return True
    return _share_alone(context, state)


def _opening_bracket(context: Context) -> int | None:
    """Where the bracket opens that closes right before the share's words; folded offset."""
    closing = context.mention.start - len(context.since)
    at = context.segment.text.rfind("(", 0, closing)
    return context.segment.start + at if at >= 0 else None


def _near(context: Context, last: list[Reading]) -> bool:
    """The count must stand right before: nothing but the share's own words between."""
    at = context.mention.start + context.segment.start
    return 0 <= at - last[-1].end <= len(context.since) + 1


def _attach_together(context: Context, state: State) -> bool:
    """A类30条、B类20条,分别占总数的28%和20%: as many shares as counts, in order."""
    text = context.segment.text[context.mention.start :]
    together = re.match(r"[\d.]+%(?:[、,和及与]+[\d.]+%)+", text)
    if together is None:
        return False
    values = [float(v) for v in re.findall(r"[\d.]+(?=%)", together.group())]
    counted = state.items[-len(values) :]
    if len(counted) != len(values):
        return False
    for readings, value in zip(counted, values, strict=True):
        for reading in readings:
            reading.share_pct = value
    start = context.segment.start + context.mention.start
    state.shares_end = start + together.end()
    state.left_alone.append(
        LeftAlone(start, state.shares_end, together.group(), "shares, kept with their counts")
    )
    return True


def _names_together(context: Context, state: State) -> bool:
    """A、B、C三类分别占7%、81.4%、11.6%: as many shares as names, in order, no counts."""
    match = _NAMES.search(context.since)
    text = context.segment.text[context.mention.start :]
    together = re.match(r"[\d.]+%(?:[、,和及与]+[\d.]+%)+", text)
    if match is None or together is None or context.segment.topic != "disclosure":
        return False
    state.names = [n for n in re.split("[、和及与]", match["names"]) if n]
    if len(state.names) != together.group().count("%"):
        state.names = []
        return False
    return _named_share(context, state)


def _named_share(context: Context, state: State) -> bool:
    """The share of the next name of a list whose names stand before its shares."""
    name = state.names.pop(0)
    channel = find_label("disclosure_channel", name)
    label = None if channel else clean_label(name)
    if channel is None and label is None:
        return False
    state.readings.append(
        Reading(
            indicator="disclosed",
            value=None,
            start=context.segment.start + context.mention.start,
            end=context.segment.start + context.mention.end,
            value_text=context.mention.text,
            rule_id="disclosure.category.share_only",
            category_label=label,
            channel=channel,
            share_pct=context.mention.value,
            value_semantic=ValueSemantic.SHARE_ONLY,
            section=context.segment.topic,
        )
    )
    return True


def _start_of_words(context: Context, match: re.Match[str]) -> int:
    """Where the quote begins: with the label, or with the share where the label stands behind."""
    share = context.segment.start + context.mention.start
    if match.re is _BEHIND:
        return share
    return share - (len(context.since) - match.start("label"))


def _share_of_received(reading: Reading, words: str) -> bool:
    """网络申请占75%: the share of one way of asking, or of one kind of applicants."""
    reading.channel = find_label("request_channel", words)
    reading.applicant_type = None if reading.channel else find_label("applicant_type", words)
    reading.indicator, reading.rule_id = "requests_received", "requests.received.share_only"
    return bool(reading.channel or reading.applicant_type)


def _share_alone(context: Context, state: State) -> bool:
    """A list that prints shares without counts: 社会救助类占31.2%."""
    match = _LABEL.search(context.since)
    if match is None and context.segment.topic == "disclosure" and context.segment.text.count("%") > 1:
        match = _BARE_LABEL.search(context.since) or _BEHIND.match(context.right)
    if match is None:
        return False
    words = match["label"]
    reading = Reading(
        indicator="disclosed",
        value=None,
        start=_start_of_words(context, match),
        end=context.segment.start + context.mention.end,
        value_text=context.mention.text,
        rule_id="disclosure.category.share_only",
        share_pct=context.mention.value,
        value_semantic=ValueSemantic.SHARE_ONLY,
        time_scope=TimeScope.YEAR,
        section=context.segment.topic,
    )
    if context.segment.topic == "requests" or state.is_of_requests(context.segment_no):
        reading.outcome = find_label("outcome", words)
        reading.indicator, reading.rule_id = "requests_answered", "requests.outcome.share_only"
        if reading.outcome is None and not _share_of_received(reading, words):
            return False
    elif context.segment.topic in ("disclosure", "general", "") and context.segment.part != "plans":
        channel = None if words.endswith(("类", "类信息")) else find_label("disclosure_channel", words)
        reading.category_label = None if channel else clean_label(words)
        reading.channel = channel
        if (channel is None and reading.category_label is None and not state.aggregate) or not (
            state.is_open("disclosed", context.segment_no)
            or context.segment.text.count("%") > 1
            or "公开" in context.segment.text
            or "信息" in words
        ):
            return False
        if channel is not None:
            reading.rule_id = "disclosure.channel.share_only"
        elif state.aggregate and (group := find_label("org_group", words[:16])) is not None:
            reading.category_label, reading.org_group = None, group
            reading.rule_id = "disclosure.level.share_only"
    else:
        return False
    state.readings.append(reading)
    return True

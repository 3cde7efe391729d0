"""Statements about all cases of a figure: 均为信函, 全部兼职, 均维持, 全部办结.

What lives here: readings whose number stands before the words that break it down. What does not:
numbers with their own words (`segment_reader.py`, `lists.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.model import TimeScope, ValueSemantic
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label
from ingest.text.sentences import Segment

if TYPE_CHECKING:
    from ingest.narrative.segment_reader import State

_ALL = re.compile(r"(?:均|全部|都|全|皆)(?:为|是|由|系|以|通过|采用|采取|属于?|涉及|经|在|被|已|予以|获|判决|维持|驳回|同意|依法|[^,;。\d]{0,10}?)?")
_ALL_PART_TIME = re.compile(r"(?:均|全部|都|全|皆)(?:为|是|由|系|属)?[^,;。\d专]{0,4}?兼职")
_ALL_FULL_TIME = re.compile(r"(?:均|全部|都|全|皆)(?:为|是)?(?:专职|全职)")
_STAFF_ALL_PART_TIME = re.compile(r"(?:工作|管理)?人员[^,;。\d]{0,4}?(?:均|全部|都|全|皆)(?:为|是)?[^,;。\d专]{0,4}?兼职")
_ALL_DONE = re.compile(r"(?:均|全部|都|皆)[^,;。]{0,20}?(?:办结|办理完毕|办理完结)(?!率)")
_ON_TIME = re.compile(r"按时|按期|如期")
_NEXT_NUMBER = re.compile(r"\d|[一二三四五六七八九十]+(?:件|起|宗|次)")
_MAXIMUM_DISTANCE = 80


def read_statements(segment: Segment, state: State, found: list[Reading]) -> None:
    """Add readings for what the segment says of all cases of the figures just read in it."""
    for head in list(found):
        if head.time_scope is not TimeScope.YEAR or head.value is None or not head.is_total():
            continue
        tail = segment.text[head.end - segment.start :][:_MAXIMUM_DISTANCE]
        if head.indicator == "requests_received":
            _requests(head, tail, state)
        elif head.indicator == "requests_completed":
            if (match := _ALL_DONE.search(tail)) and _ON_TIME.search(match.group()):
                _add(state, head, match, "requests_completed_on_time", "requests.all_on_time")
        elif head.indicator in ("reconsideration_cases", "litigation_cases"):
            _proceedings(head, tail, state, found)
        elif head.indicator == "staff_total":
            _staff(head, tail, state)
    for head in list(found):
        if head.outcome == "denied" and head.value and head.time_scope is TimeScope.YEAR:
            _denied(head, segment, state)
    if _STAFF_ALL_PART_TIME.search(segment.text) and not any(
        r.indicator == "staff_full_time" for r in state.readings
    ):
        match = _STAFF_ALL_PART_TIME.search(segment.text)
        assert match is not None
        state.readings.append(
            Reading(
                indicator="staff_full_time",
                value=0.0,
                start=segment.start + match.start(),
                end=segment.start + match.end(),
                value_text=match.group(),
                rule_id="staffing.all_part_time",
                value_semantic=ValueSemantic.STATED_ZERO,
                section=segment.topic,
                weak=True,
            )
        )


def _add(
    state: State, head: Reading, match: re.Match[str], indicator: str, rule: str, **dims: str
) -> None:
    """A reading with the head's number; its quote runs from the number to the statement."""
    reading = replace(
        head, indicator=indicator, rule_id=rule, end=head.end + match.end(), share_pct=None,
        weak=True, year_if_only=False,
    )  # fmt: skip
    for name, value in dims.items():
        setattr(reading, name, value)
    state.readings.append(reading)


def _requests(head: Reading, tail: str, state: State) -> None:
    if (done := _ALL_DONE.search(tail)) is not None:
        _add(state, head, done, "requests_completed", "requests.all_completed")
    stop = _NEXT_NUMBER.search(tail)
    text = tail[: stop.start()] if stop else tail
    match = re.search(r"(?:均|全部|都|皆)(?:为|是|由|系|以|通过|采用|采取)[^,;。)]{1,24}", text)
    if match is None or not head.value:
        return
    words = match.group()
    if (channel := find_label("request_channel", words)) not in (None, "other_request"):
        _add(state, head, match, "requests_received", "requests.all_by_channel", channel=str(channel))
    if (applicant := find_label("applicant_type", words)) is not None:
        _add(state, head, match, "requests_received", "requests.all_by_applicant", applicant_type=applicant)  # fmt: skip


def _proceedings(head: Reading, tail: str, state: State, found: list[Reading]) -> None:
    if not head.value or any(
        r.indicator == head.indicator and r.outcome is not None for r in found
    ):
        return
    stop = re.search(r"\d|行政诉讼|诉讼案|投诉|举报" if head.indicator.startswith("recon") else r"\d|复议|投诉|举报", tail)
    text = tail[: stop.start()] if stop else tail
    together = re.search(r"(?:均|全部|都|皆|全)", text)
    if together is None and head.value != 1:
        return
    words = re.sub(r"(?:行政)?复议机关|行政复议(?:申请)?", "", text[together.start() :] if together else text)
    outcome = find_label("case_outcome", words)
    if outcome is None:
        return
    end = re.search(r"[^,;。]*$", text)
    match = re.match(r".*", text.rstrip(",;。 "))
    assert match is not None and end is not None
    name = "reconsideration" if head.indicator.startswith("recon") else "litigation"
    _add(state, head, match, head.indicator, f"proceedings.{name}.all", outcome=outcome)


def _staff(head: Reading, tail: str, state: State) -> None:
    for pattern, whole, none in (
        (_ALL_PART_TIME, "staff_part_time", "staff_full_time"),
        (_ALL_FULL_TIME, "staff_full_time", "staff_part_time"),
    ):
        match = pattern.search(tail)
        if match is None:
            continue
        _add(state, head, match, whole, f"staffing.all.{whole}")
        _add(state, head, match, none, f"staffing.none.{none}")
        state.readings[-1].value = 0.0
        state.readings[-1].value_semantic = ValueSemantic.STATED_ZERO


def _denied(head: Reading, segment: Segment, state: State) -> None:
    """不予公开2件(均涉及国家秘密): the reason of all refusals."""
    tail = segment.text[head.end - segment.start :]
    match = re.match(r"\(?[,(]?(?:均|全部|都)?(?:为|因|系|属于?)?涉及[^,;。)\d]{2,12}", tail)
    if match is None:
        return
    reason = find_label("outcome", match.group())
    if reason is not None and reason.startswith("denied_"):
        _add(state, head, match, "requests_answered", "requests.outcome.reason_of_all", outcome=reason)

"""Statements about all cases of a figure: 均为信函, 全部兼职, 均维持, 全部办结.

What lives here: readings whose number stands before the words that break it down. What does not:
numbers with their own words (`segment_reader.py`, `lists.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import TimeScope, ValueSemantic
from ingest.narrative.context import Following, State
from ingest.narrative.reading import Reading
from ingest.narrative.request_items import LAWSUITS, REFUSED
from ingest.narrative.rules import find_label, find_labels
from ingest.narrative.scope import compared
from ingest.text.sentences import Segment

_ALL_PART_TIME = re.compile(r"(?:均|全部|都|全|皆)(?:为|是|由|系|属)?[^,;。\d专]{0,4}?兼(?:职|任)")
_ALL_FULL_TIME = re.compile(r"(?:均|全部|都|全|皆)(?:为|是)?(?:专职|全职)")
_STAFF_ALL_PART_TIME = re.compile(r"(?:工作|管理)?人员[^,;。\d]{0,4}?(?:均|全部|都|全|皆)(?:为|是)?[^,;。\d专]{0,4}?兼职")
_ALL_DONE = re.compile(r"(?<!其余)(?<!余下)(?<!其他)(?:均|全部|都|皆)[^,;。]{0,20}?(?:办结|办理完毕|办理完结)(?!率)")
_ON_TIME = re.compile(r"按时|按期|如期")
_NEXT_NUMBER = re.compile(r"\d+(?!家|个工作日|日|名)|[一二三四五六七八九十]+(?:件|起|宗|次)")
_SAID_OF_ALL = re.compile(r"(?:均|全部|都|皆)(?:为|是|由|系|以|通过|采用|采取)[^,;。)]{1,24}")
_SAID_OF_ONE = re.compile(r"(?:均|全部|都|皆)?(?:为|是|由|系|以|通过|采用|采取)[^,;。)]{1,24}")
_ALL_BY = re.compile(r"[,;](?:均|全部|都|皆)(?:为|是|以|系|通过|采用|采取)[^,;。)\d]{1,24}")
_WHAT_FOR = re.compile(r"查询|查阅|要求|了解|咨询|反映")  # behind it stands what was asked for
# a clause of its own that says that all requests of the sentence before are done with
_ALL_DONE_BEFORE = re.compile(
    r"^\s*(?:(?:截至|截止|到|至)[^,;。\d]{0,4}(?:年底|年末|月底|目前),?)?(?:以上|上述|所有)?(?:申请)?(?:已|均|都|皆)*(?:全部|均|都|皆)(?:已|按时|按期|及时|依法|在(?:法定|规定)[^,;。\d]{0,4}内)*(?:办结|办理完毕)(?!率)"
)
_APPLICANTS = re.compile(r"申请人(?:均|都|全部)?(?:为|是|系)[^,;。\d]{2,12}|由\d*[家名位]?(?:企业|律师|公民|个人)[^,;。\d]{0,10}(?:提出|提交|申请)")
_WENT_TO_COURT = re.compile(
    r"[^。;\d]{0,60}?(?:又|再|后|遂|随后|继而|不服)[^,;。\d未没无]{0,14}?(?P<court>提起(?:了)?(?:行政)?诉讼|起诉|诉至)"
)
_TO_SENTENCE_END = re.compile(r"[^。;\d]{0,40}")
_ALL_UPHELD = re.compile(r"(?:均|全部|都|皆)[^,;。\d复诉]{0,8}(?:维持|驳回)")
_ALL_ONE_WAY = re.compile(r"(?:均|全部|都)(?:为|是|系)?(?:复议后|未经复议直接)(?:起诉|提起诉讼)")
_ALL_DISCLOSED = re.compile(r"[,(]?[并已]?(?:均|全部|都)(?:已)?(?:依法|按规定|及时|主动|向社会|(?:在|通过)[^,;。\d]{0,10})*(?:公开|公布|发布)")
# 主动公开56条,全部通过门户网站公开
_ALL_ON_CHANNEL = re.compile(
    r"[,(](?:全部|均|都|皆)(?:是|已)?(?:通过|在|由|经|于|利用|依托)[^,;。\d]{2,26}?(?:公开|发布|公布|上网)(?!网|栏|目录|平台|专栏)"
)
_REASON_OF_ALL = re.compile(r"不(?:予)?公开的?(?:理由|原因)(?:均|都|全部)?(?:为|是|系)(?P<reason>[^,;。、或等和及]{2,16})(?:$|[,;。)])")
_ALL_ANSWERED = re.compile(r"(?:均|全部|都|皆)[^,;。]{0,14}?答复(?=[,:](?:其中|同意|予以|属于))")
_BY_HEAD = re.compile(r"[,(][^,;。\d]{0,4}主要(?:负责同志|负责人|领导)[^,;。\d]{0,4}(?:参加|出席)(?!\d)")
# 厅长做客在线访谈1次: the head is named before the number
_HEAD_BEFORE = re.compile(r"(?:[我本]|全年|由)?[局厅委县市区镇乡州旗]长[^,;。\d副]{0,4}(?:做客|参加|出席|走进)")
_ALL_BY_HEAD = re.compile(r"[,(][^,;。\d]{0,4}主要(?:负责同志|负责人|领导)(?:均|都|全部)(?:参加|出席|到场|到会)")
_NOT_BY_HEAD = re.compile(r"[,(;][^,;。\d]{0,4}主要(?:负责同志|负责人|领导)(?:均|都)?(?:未|没有)(?:参加|出席|到场)")
_ASKED_ALL = re.compile(r"(?:申请(?:人|者|主体|方式|渠道|途径)|提交方式|递交方式|身份)[^,;。\d]{0,4},?(?:均|都|全部|全)(?:为|是|系|通过|以|由)+(?P<how>[^,;。、\d]{2,14})")
_ALL_YEARS = re.compile(r"^\((?:历年)?累计[^()]{1,10}\)")
_NUMBERED = re.compile(r"\([^()\d]{0,24}\d[^()]{0,24}\)")
# what became of all of them: 均予以公开, 均为信息不存在
_ALL_BECAME = re.compile(r"[,;(](?:经[^,;。\d]{0,8},)?(?:均|全部|都)[^,;。)\d]{2,20}")
_EXCEPT = re.compile(r"除[^;。]{2,24}外")
_REQUESTED = re.compile(r"\s*(?:要求|申请|内容|主要|涉及|请求|咨询)")
# outcomes whose words mean nothing else when they stand in a sentence of their own
_OUTCOMES_OF_ONE = {"granted", "partial", "not_own", "not_exist", "denied", "already_public", "unclear"}
_NOT_SO = re.compile(r"(?:未|没有|无)(?:一)?(?:被|予以|作出|要求)*(?:撤销|纠正|纠错|责令|变更|确认违法|败诉)")  # 均未被撤销
_NEXT_CASE = re.compile(r"(?<![这该此])[1-9]\d*(?:件|宗|起|条|份|次)|复议|诉讼|收费|收取")
_MAXIMUM_DISTANCE = 80


def read_statements(
    segment: Segment, state: State, found: list[Reading], following: Following
) -> None:
    """Add readings for what the segment says of all cases of the figures just read in it."""
    for head in list(found):
        if head.time_scope is not TimeScope.YEAR or head.value is None or not head.is_total():
            continue
        tail = segment.text[head.end - segment.start :][:_MAXIMUM_DISTANCE]
        if head.indicator == "requests_received":
            _requests(head, tail, state, found)
            if head.value == 1:
                _single_request(head, tail + following.words(), state, found)
        elif head.indicator == "inquiries" and head.value:
            match = re.match(r"[,(](?:均|全部|都)(?:为|是|系|通过)[^,;。)\d]{2,12}", tail)
            channel = find_label("request_channel", match.group()) if match else None
            if match is not None and channel is not None:
                _add(state, head, match, "inquiries", "engagement.inquiries.all", channel=channel)
        elif head.indicator == "mailbox_received":
            match = re.match(r"[^。\d]{0,12}?(?:均|全部|都|皆)[^,;。\d]{0,8}?(?:回复|办结|答复|处理)", tail)
            if match is not None:
                _add(state, head, match, "mailbox_handled", "engagement.mailbox_all_handled")
        elif head.indicator in ("press_conferences", "online_interviews") and head.value == 1:
            match = _BY_HEAD.match(tail)
            if match is not None:
                _add(state, head, match, head.indicator + "_by_head", "engagement.by_head.single")
        if head.indicator in ("press_conferences", "online_interviews"):
            before = segment.text[head.start - segment.start : head.end - segment.start]
            if head.value and _HEAD_BEFORE.match(before) is not None:
                state.readings.append(replace(head, indicator=head.indicator + "_by_head", rule_id="engagement.by_head.before", weak=True))  # fmt: skip
            match = _ALL_BY_HEAD.match(tail)
            if match is not None and head.value:
                _add(state, head, match, head.indicator + "_by_head", "engagement.by_head.all")
            match = _NOT_BY_HEAD.match(tail)
            if match is not None:
                _add_zero(state, head, match, head.indicator + "_by_head", "engagement.by_head.none")
        elif head.indicator == "requests_answered" and head.value == 1:
            _single_request(head, tail + following.words(), state, found)
        elif head.indicator == "requests_completed":
            if (match := _ALL_DONE.search(tail)) and _ON_TIME.search(match.group()):
                _add(state, head, match, "requests_completed_on_time", "requests.all_on_time")
        elif head.indicator in ("reconsideration_cases", *LAWSUITS):
            _proceedings(head, tail, state, found)
            if head.indicator == "litigation_cases" and (way := _ALL_ONE_WAY.search(tail)):
                kind = "litigation_post_cases" if "后" in way.group() else "litigation_direct_cases"
                _add(state, head, way, kind, "proceedings.litigation.all_one_way")
        elif head.indicator == "normative_documents_issued" and head.value:
            match = _ALL_DISCLOSED.match(tail)
            if match is not None:
                _add(state, head, match, "normative_documents_disclosed", "disclosure.normative.all")
        elif head.indicator == "disclosed" and head.value:
            match = _ALL_ON_CHANNEL.match(tail)
            where = find_labels("disclosure_channel", match.group()) if match is not None else ()
            if match is not None and len(where) == 1 and where[0] not in ("meeting", "hotline"):
                _add(state, head, match, "disclosed", "disclosure.channel.all", channel=where[0])
        elif head.indicator == "staff_total":
            _staff(head, tail, state)
    for head in list(found):
        if head.outcome in ("denied", "unable", "rejected", "other") and head.value and head.time_scope is TimeScope.YEAR:
            _denied(head, segment, state)
    if "申请" in segment.text or "身份" in segment.text:
        _asked_all(segment, state)
    if "办" in segment.text:
        _all_completed(segment, state)
    if "理由" in segment.text or "原因" in segment.text:
        _reason_of_all(segment, state)
    match = _STAFF_ALL_PART_TIME.search(segment.text) if "兼职" in segment.text else None
    if match is not None and not any(r.indicator == "staff_full_time" for r in state.readings):
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


def _add_zero(
    state: State, head: Reading, match: re.Match[str], indicator: str, rule: str, **dims: str
) -> None:
    """A stated zero behind the head's number."""
    _add(state, head, match, indicator, rule, **dims)
    state.readings[-1].value = 0.0
    state.readings[-1].value_semantic = ValueSemantic.STATED_ZERO


def _asked_all(segment: Segment, state: State) -> None:
    """申请人全部为自然人: of all requests counted in the sentences before."""
    match = _ASKED_ALL.search(segment.text)
    if match is None:
        return
    head = next((r for r in reversed(state.readings) if r.indicator == "requests_received" and r.is_total() and r.value and r.time_scope is TimeScope.YEAR), None)  # fmt: skip
    if head is None:
        return
    for group, name in (("request_channel", "channel"), ("applicant_type", "applicant_type")):
        code = _single(group, match["how"])
        if code is not None:
            reading = replace(head, rule_id=f"requests.all.{name}", share_pct=None, weak=True, end=segment.start + match.end())  # fmt: skip
            setattr(reading, name, code)
            state.readings.append(reading)


def _requests(head: Reading, tail: str, state: State, found: list[Reading]) -> None:
    if (answered := _ALL_ANSWERED.search(tail)) is not None:
        _add(state, head, answered, "requests_answered", "requests.all_answered")
    carried = any(r.indicator == "requests_carried_in" and r.value for r in found)
    if not carried and (done := _ALL_DONE.search(tail)) is not None:
        _add(state, head, done, "requests_completed", "requests.all_completed")
    if (became := _ALL_BECAME.search(tail)) is not None and head.value and not any(r.outcome for r in found):
        outcome = find_label("outcome", became.group())
        if outcome in _OUTCOMES_OF_ONE:
            _add(state, head, became, "requests_answered", "requests.outcome.all", outcome=str(outcome))
    tail = _without_comparisons(tail)
    stop = _NEXT_NUMBER.search(tail)
    text = tail[: stop.start()] if stop else tail
    whose = _APPLICANTS.search(tail)
    if whose is not None and (kind := _single("applicant_type", whose.group())) is not None:
        _add(state, head, whose, "requests_received", "requests.all_by_applicant", applicant_type=kind)  # fmt: skip
    if not head.value:
        return
    pattern = _SAID_OF_ONE if head.value == 1 else _SAID_OF_ALL
    if stop and not any(r.channel for r in found):
        # 其中公民3件、企业1件,均以书面方式提出: all of them, behind the kinds of applicants
        behind = next((m for m in _ALL_BY.finditer(tail) if find_label("request_channel", m.group())), None)
        if behind is not None and all(r.applicant_type or r is head for r in found):
            _all_requests(head, behind, state, found, whose=True)
    for match in pattern.finditer(text):
        if _all_requests(head, match, state, found, whose=whose is not None):
            return


def _all_requests(head: Reading, match: re.Match[str], state: State, found: list[Reading], *, whose: bool) -> bool:
    """均为信函, 全部是本镇村民: how all requests were made or by whom; False where it tells neither."""
    words = _WHAT_FOR.split(match.group())[0]
    if (channel := find_label("request_channel", words)) not in (None, "other_request"):
        _add(state, head, match, "requests_received", "requests.all_by_channel", channel=str(channel))
    applicant = None if whose else find_label("applicant_type", words)
    if applicant is not None:
        _add(state, head, match, "requests_received", "requests.all_by_applicant", applicant_type=applicant)  # fmt: skip
    return channel not in (None, "other_request") or applicant is not None


def _all_completed(segment: Segment, state: State) -> None:
    """截至年底全部办结: of the requests counted in the sentence before."""
    match = _ALL_DONE_BEFORE.search(segment.text)
    if match is None or segment.topic != "requests":
        return
    year = [r for r in state.readings if r.time_scope is TimeScope.YEAR]
    if any(r.indicator == "requests_completed" or (r.indicator == "requests_carried_in" and r.value) for r in year):
        return
    head = next((r for r in reversed(year) if r.indicator == "requests_received" and r.is_total() and r.value), None)
    if head is None or segment.start - head.end > _MAXIMUM_DISTANCE:
        return
    end = segment.start + match.end()
    state.readings.append(replace(head, indicator="requests_completed", rule_id="requests.all_completed.behind", share_pct=None, weak=True, end=end))  # fmt: skip


def _single_request(head: Reading, tail: str, state: State, found: list[Reading]) -> None:
    """What becomes of the only request of the year, told without its number."""
    if any(r.outcome for r in found):
        return
    stop = _NEXT_CASE.search(tail)
    text = tail[: stop.start()] if stop else tail
    for clause in re.finditer(r"[^,;。:]+", text):
        words = clause.group()
        if _REQUESTED.match(words):
            continue
        outcome = find_label("outcome", words)
        refused = outcome is not None and outcome.startswith("denied_") and REFUSED.search(words)
        if outcome in _OUTCOMES_OF_ONE or refused:
            match = re.match(r".*?" + re.escape(words), text, re.DOTALL)
            assert match is not None
            _add(state, head, match, "requests_answered", "requests.outcome.single", outcome=str(outcome))  # fmt: skip
            if refused:
                _add(state, head, match, "requests_answered", "requests.outcome.single", outcome="denied")
            return


def _without_comparisons(tail: str) -> str:
    """Comparisons and parentheses with numbers blanked out, offsets kept."""
    aside = [m.span() for m in _NUMBERED.finditer(tail)] if "(" in tail else []
    for start, end in (*compared(tail), *aside):
        tail = tail[:start] + " " * (end - start) + tail[end:]
    return tail


def _single(group: str, words: str) -> str | None:
    """The label of a group where the words name just one."""
    labels = find_labels(group, words)
    return labels[0] if len(labels) == 1 else None


def _proceedings(head: Reading, tail: str, state: State, found: list[Reading]) -> None:
    if not head.value or any(
        r.indicator == head.indicator and r.outcome is not None for r in found
    ):
        return
    tail = _ALL_YEARS.sub(lambda m: " " * len(m.group()), tail)
    if head.indicator == "reconsideration_cases" and head.value == 1:
        tail = _went_to_court(head, tail, state)
    stop = re.search(r"\d|行政诉讼|诉讼案|投诉|举报" if head.indicator.startswith("recon") else r"\d|(?<!经)复议(?!机关|后)|投诉|举报", tail)
    text = tail[: stop.start()] if stop else tail
    together = re.search(r"(?:均|全部|都|皆|全)", text)
    if together is None and (late := _ALL_UPHELD.search(tail)) is not None:
        name = "reconsideration" if head.indicator.startswith("recon") else "litigation"
        _add(state, head, late, head.indicator, f"proceedings.{name}.all", outcome=str(find_label("case_outcome", late.group())))  # fmt: skip
        return
    if together is None and head.value != 1:
        return
    words = re.sub(r"(?:行政)?复议机关|行政复议(?:申请)?", "", text[together.start() :] if together else text)
    outcome = find_label("case_outcome", words)
    if outcome is None or _NOT_SO.search(words):
        return
    end = re.search(r"[^,;。]*$", text)
    match = re.match(r".*", text.rstrip(",;。 "))
    assert match is not None and end is not None
    name = "reconsideration" if head.indicator.startswith("recon") else "litigation"
    _add(state, head, match, head.indicator, f"proceedings.{name}.all", outcome=outcome)


def _went_to_court(head: Reading, tail: str, state: State) -> str:
    """1件复议,维持后申请人又起诉,法院尚未开庭: the lawsuit that followed; what is left of the appeal."""
    sued = _WENT_TO_COURT.match(tail)
    if sued is None:
        return tail
    _add(state, head, sued, "litigation_cases", "proceedings.litigation.went_on")
    behind = _TO_SENTENCE_END.match(tail, sued.end())
    result = find_label("case_outcome", behind.group()) if behind is not None else None
    if behind is not None and result is not None:
        _add(state, head, behind, "litigation_cases", "proceedings.litigation.went_on", outcome=result)
    return tail[: sued.start("court")]


def _staff(head: Reading, tail: str, state: State) -> None:
    for pattern, whole, none in (
        (_ALL_PART_TIME, "staff_part_time", "staff_full_time"),
        (_ALL_FULL_TIME, "staff_full_time", "staff_part_time"),
    ):
        match = pattern.search(tail)
        if match is None:
            continue
        if _EXCEPT.search(tail, 0, match.start()):  # 除2名专职人员外,均为兼职: not all of them
            continue
        _add(state, head, match, whole, f"staffing.all.{whole}")
        _add_zero(state, head, match, none, f"staffing.none.{none}")


def _reason_of_all(segment: Segment, state: State) -> None:
    """不予公开的理由均为涉及国家秘密: the reason of the refusals counted before."""
    match = _REASON_OF_ALL.search(segment.text)
    if match is None:
        return
    head = next((r for r in reversed(state.readings) if r.outcome == "denied" and r.value), None)
    reason = find_label("outcome", match["reason"])
    if head is None or reason is None or not reason.startswith("denied_"):
        return
    reading = replace(head, outcome=reason, rule_id="requests.outcome.reason_of_all", share_pct=None, weak=True, end=segment.start + match.end())  # fmt: skip
    state.readings.append(reading)


def _denied(head: Reading, segment: Segment, state: State) -> None:
    """不予公开2件(均涉及国家秘密): the reason of all refusals."""
    tail = segment.text[head.end - segment.start :]
    match = re.match(r"[,(]*(?:均|全部|都)?(?:为|因|系|理由(?:是|为)|原因(?:是|为))*(?:涉及|属于|属|本|信访|重复|没有|因|法律|不是|危及|国家秘密|商业秘密|个人隐私)[^,;。)\d]{0,14}", tail)
    if match is None:
        return
    reason = find_label("outcome", match.group())
    if reason is not None and reason.startswith(f"{head.outcome}_"):
        _add(state, head, match, "requests_answered", "requests.outcome.reason_of_all", outcome=reason)

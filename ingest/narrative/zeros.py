"""Sentences that say that nothing happened: 未收到…, 无…, 均为零, 全部免费.

What lives here: finding which figures a clause states to be zero. What does not: printed zeros
with a unit (0件), which are numbers like others (`resolve.py`); the words (`zeros.toml`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ingest.model import ValueSemantic
from ingest.narrative.reading import Reading
from ingest.narrative.rules import ZeroRule, find_label, zero_words
from ingest.text.sentences import Segment

_CLAUSE = re.compile(r"[,;:]")
_FIELD = {"request_channel": "channel", "disclosure_channel": "channel", "outcome": "outcome"}  # of a reading, by group of labels
_SUBJECT_DENIED = re.compile(r"(?:没有|未有|无)(?:任何|一个|一名)?(?:公民|法人|组织|单位|个人|申请人|群众|自然人)")
_QUICK = re.compile(r"[无未没零0免不空○〇]")  # no segment without one of these states a zero
# nor a clause, unless one before it did; the 0 of 2010 is none
_CLAUSE_QUICK = re.compile(r"[无未没零免空○〇]|(?<![\d.])0|不存在|不收|不是|谈不上|杜绝")
_OTHER_YEAR = re.compile(r"\((?:上年|去年|上一年|20\d\d年)[^()]{0,12}\)")  # 未收到申请(上年1件)
_FIGURE_BEHIND = re.compile(r"(?:[1-9]\d*|[一二两三四五六七八九十]+)(?:余|多)?(?:件|起|宗|条|次|人|元|份)")
# a clause that says no more than that there was none: what it denies is named before it
_SAYS_NONE = re.compile(
    r"(?:20\d\d年度?|本(?:学年|年度?|期|单位|机关|部门)|[我全本](?:街道|[局镇乡县市区办委厅校院村旗州省])|全年|今年|当年|历年|累计|以上|上述|目前|截[止至]|至今|暂|尚|亦|均|都|也|皆|则|全部"
    r"|为|是|共|计|有|的|此|这|该|类|种|几|情况|情形|事项|现象|问题|事件|记录|数量|数|发生|出现|产生|引发|收到|接到|受理|举办|召开|开展|举行|组织|涉及|过|没有?|未|无|一|零|空白|空缺|不存在"
    r"|[○〇]|[例件起宗次项条人元场期个篇]|[\s():、.\d])*+"  # possessive: 没有 is also 没 and 有
)


def zero_readings(segment: Segment, heading: Segment | None) -> list[Reading]:
    """Stated zeros of a segment. `heading` is the last heading, for bodies that say only 无."""
    text = segment.text
    if _QUICK.search(text) is None:
        return []
    start = segment.start
    at_start = _zeros(text, segment.topic, heading.text if heading is not None else "")
    return [replace(r, start=r.start + start, end=r.end + start) for r in at_start]


@lru_cache(maxsize=16_384)  # most reports say in the same words that there was nothing
def _zeros(text: str, topic: str, heading: str) -> tuple[Reading, ...]:
    """The zeros of a segment that starts at 0. `heading` is the text of the last heading, or ""."""
    segment = Segment(0, text, topic, "", False, 0)
    words = zero_words()
    readings: list[Reading] = []
    at = 0
    carried = False  # a clause that only denies (没有公民、法人…) denies what the next ones name
    bounds = [*(m.start() for m in _CLAUSE.finditer(text)), len(text)]
    previous, previous_at = "", 0
    for bound in bounds:
        clause = text[at:bound]
        where = at
        if carried or _CLAUSE_QUICK.search(text, at, bound + 1):
            suffix = words.behind.search(clause + text[bound : bound + 1])
            found = _clause_zeros(clause, suffix, where, segment, carried=carried)
            carried = not found and _SUBJECT_DENIED.search(clause) is not None
            if not found and suffix and _SAYS_NONE.fullmatch(clause):
                # the objects stand before a comma or colon, or in the heading: 申请:无 / 情况:无。
                named = bool(previous) and bool(_objects(previous))
                subject = previous if named or not heading else heading
                if subject and not _objects(clause):
                    # the quote begins with the words that name what did not happen
                    start = previous_at if named else where
                    found = [
                        _reading(o, start, where + len(clause), clause.strip(), segment)
                        for o in _objects(subject)
                    ]
            readings += found
        previous, previous_at = clause, where
        at = bound + 1
    free = {rule.id for rule in words.free}
    return tuple([r for r in readings if r.rule_id in free or not _denied_by_figure(r, text)])


def _objects(text: str) -> list[ZeroRule]:
    return [
        o
        for o in zero_words().objects
        if o.pattern.search(text) and not (o.unless and o.unless.search(text))
    ]


def _clause_zeros(
    clause: str, suffix: re.Match[str] | None, where: int, segment: Segment, *, carried: bool
) -> list[Reading]:
    words = zero_words()
    denial = -1 if carried else _denial(clause)
    readings: list[Reading] = []
    if (denial is not None or suffix is not None) and words.any_object.search(clause):
        for rule in words.objects:
            readings += _denied(rule, clause, denial, suffix, where, segment)
    for rule in words.free:
        if rule.pattern.search(clause) and not any(r.indicator == rule.indicator for r in readings):
            readings.append(_reading(rule, where, where + len(clause), clause.strip(), segment))
    return readings


def _denied(
    rule: ZeroRule,
    clause: str,
    denial: int | None,
    suffix: re.Match[str] | None,
    where: int,
    segment: Segment,
) -> list[Reading]:
    """Readings of one object that a clause names behind its denial, or before 均为零."""
    readings: list[Reading] = []
    if rule.topics is not None and segment.topic not in rule.topics:
        return readings
    for match in rule.pattern.finditer(clause):
        if not readings and (
            (rule.unless and rule.unless.search(clause))
            or (rule.about and not rule.about.search(clause))
        ):
            return []
        if rule.not_before and rule.not_before.search(clause[: match.start()]):
            continue
        denied = denial is not None and denial < match.start()
        if denied or (suffix is not None and suffix.start() >= match.start()):
            reading = _reading(rule, where, where + len(clause), clause.strip(), segment)
            readings.append(reading)
            if rule.label is None:
                return readings
            setattr(reading, _FIELD[rule.label], find_label(rule.label, match.group()))
            # 无网上申请和传真申请: each channel named
    return readings


def _denial(clause: str) -> int | None:
    """Where the clause's first real denial starts."""
    words = zero_words()
    blocked: list[tuple[int, int]] | None = None
    for match in words.before.finditer(clause):
        if blocked is None:
            blocked = [m.span() for m in words.not_zero.finditer(clause)]
        if not any(s <= match.start() < e for s, e in blocked):
            return match.start()
    return None


def _reading(rule: ZeroRule, start: int, end: int, text: str, segment: Segment) -> Reading:
    return Reading(
        indicator=rule.indicator,
        value=0.0,
        start=start,
        end=end,
        value_text=text,
        rule_id=rule.id,
        value_semantic=ValueSemantic.STATED_ZERO,
        section=segment.topic,
        weak=True,
    )


def _denied_by_figure(reading: Reading, text: str) -> bool:
    """A clause with a figure of its own behind the denial states no zero (没有…的3件)."""
    clause = _OTHER_YEAR.sub("", text[reading.start : reading.end])
    denial = _denial(clause)
    rule = next((o for o in zero_words().objects if o.id == reading.rule_id), None)
    if denial is not None and rule is not None and rule.pattern.search(clause, denial):
        clause = clause[denial:]  # 9件申请均未收费: the figure is of what was not charged for
    return _FIGURE_BEHIND.search(clause) is not None and "一" not in clause

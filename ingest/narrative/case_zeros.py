"""Outcomes of cases that are denied: 被依法纠错和其他情形均无, 其他情形0件, 无被纠错.

What lives here: zeros of outcomes behind the number of appeals or lawsuits that they belong to.
What does not: zeros of whole figures (`zeros.py`), outcomes with a number (`request_items.py`).
"""

from __future__ import annotations

import re

from ingest.model import ValueSemantic
from ingest.narrative.context import State
from ingest.narrative.reading import Reading
from ingest.text.sentences import Segment

_NAMES = r"(?:维持(?:具体行政行为|原行政行为)?|(?:被)?(?:依法)?(?:纠错|纠正|撤销)|其[他它](?:情形|情况|结果)|驳回(?:原告)?(?:诉讼)?(?:请求)?)(?:的|数)?"
_DENIED = re.compile(
    rf"(?P<behind>{_NAMES}(?:(?:、|和|及|与|或){_NAMES})*)(?:均|都|则|全)?(?:为|是)?(?:没有|无(?!效)|未发生|零(?:件|起|宗)?)(?=$|[,;。)])"
    rf"|(?:无|没有|未)(?:发生|出现)?(?P<before>(?:被)?(?:依法)?(?:纠错|纠正|撤销)(?:(?:、|和|及|与|或){_NAMES})*)(?=$|[,;。)的情案])"
)
_OUTCOMES = (
    ("corrected", re.compile("纠错|纠正|撤销")),
    ("other_result", re.compile("其[他它]")),
    ("upheld", re.compile("维持|驳回")),
)
_CASES = {"复议": "reconsideration_cases", "诉讼": "litigation_cases"}
_CASE = re.compile("|".join(_CASES))
_NEAR = 2  # segments behind the number of the cases


def read_case_zeros(segment: Segment, index: int, state: State) -> None:
    """Add zeros of outcomes that the segment denies, for the cases that it or the list names."""
    text = segment.text
    if "纠" not in text and "情形" not in text and "情况" not in text:
        return
    for match in _DENIED.finditer(text):
        named = _CASE.findall(text, 0, match.start())
        if named:
            indicator = _CASES[named[-1]]
        elif (of_list := state.opened_within(_NEAR, index)) in _CASES.values():
            indicator = str(of_list)
        else:
            continue
        if not any(r.indicator == indicator and r.value for r in state.readings):
            continue  # no cases at all: their outcomes are not told apart
        words = match["behind"] or match["before"]
        for outcome, pattern in _OUTCOMES:
            if pattern.search(words):
                state.readings.append(_zero(segment, match, indicator, outcome))


def _zero(segment: Segment, match: re.Match[str], indicator: str, outcome: str) -> Reading:
    return Reading(
        indicator=indicator,
        value=0.0,
        start=segment.start + match.start(),
        end=segment.start + match.end(),
        value_text=match.group(),
        rule_id=f"proceedings.{outcome}.none",
        outcome=outcome,
        value_semantic=ValueSemantic.STATED_ZERO,
        section=segment.topic,
        weak=True,
    )

"""Sentences that say that nothing happened: 未收到…, 无…, 均为零, 全部免费.

What lives here: finding which figures a clause states to be zero. What does not: printed zeros
with a unit (0件), which are numbers like others (`resolve.py`); the words (`zeros.toml`).
"""

from __future__ import annotations

import re

from ingest.model import ValueSemantic
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label, zero_rules
from ingest.text.sentences import Segment

_CLAUSE = re.compile(r"[,;:]")
_SUBJECT_DENIED = re.compile(r"(?:没有|未有|无)(?:任何|一个|一名)?(?:公民|法人|组织|单位|个人|申请人|群众|自然人)")
_QUICK = re.compile(r"[无未没零0免不]")
_FIGURE_BEHIND = re.compile(r"(?:[1-9]\d*|[一二两三四五六七八九十]+)(?:余|多)?(?:件|起|宗|条|次|人|元|份)")


def zero_readings(segment: Segment, heading: Segment | None) -> list[Reading]:
    """Stated zeros of a segment. `heading` is the last heading, for bodies that say only 无."""
    text = segment.text
    if _QUICK.search(text) is None:
        return []
    rules = zero_rules()
    readings: list[Reading] = []
    at = 0
    carried = False  # a clause that only denies (没有公民、法人…) denies what the next ones name
    bounds = [*(m.start() for m in _CLAUSE.finditer(text)), len(text)]
    previous, previous_at = "", segment.start
    for bound in bounds:
        clause = text[at:bound]
        where = segment.start + at
        behind = text[bound : bound + 1]
        found = _clause_zeros(clause, behind, where, segment, rules, carried=carried)
        carried = not found and _SUBJECT_DENIED.search(clause) is not None
        if not found and rules["behind"].search(clause + behind) and len(clause.strip()) <= 12:
            # the objects stand before a comma or colon, or in the heading: 申请:无 / 情况:无。
            subject = previous or (heading.text if heading is not None else "")
            if not _objects(clause, rules) and subject:
                # the quote begins with the words that name what did not happen
                start = previous_at if previous else where
                found = [
                    _reading(o, start, where + len(clause), clause.strip(), segment)
                    for o in _objects(subject, rules)
                ]
        readings += found
        previous, previous_at = clause, where
        at = bound + 1
    return [r for r in readings if not _denied_by_figure(r, text, segment.start)]


def _objects(text: str, rules: dict[str, object]) -> list[dict[str, object]]:
    found = []
    for obj in rules["object"]:  # type: ignore[attr-defined]
        if obj["pattern"].search(text) and not ("unless" in obj and obj["unless"].search(text)):
            found.append(obj)
    return found


def _clause_zeros(
    clause: str,
    behind: str,
    where: int,
    segment: Segment,
    rules: dict[str, object],
    *,
    carried: bool,
) -> list[Reading]:
    readings = []
    denial = -1 if carried else _denial(clause, rules)
    suffix = rules["behind"].search(clause + behind)  # type: ignore[attr-defined]
    for obj in rules["object"]:  # type: ignore[attr-defined]
        if "unless" in obj and obj["unless"].search(clause):
            continue
        if "about" in obj and not obj["about"].search(clause):
            continue
        for match in obj["pattern"].finditer(clause):
            if "not_before" in obj and obj["not_before"].search(clause[: match.start()]):
                continue
            denied = denial is not None and denial < match.start()
            if denied or (suffix is not None and suffix.start() >= match.start()):
                reading = _reading(obj, where, where + len(clause), clause.strip(), segment)
                if "label" in obj:
                    reading.channel = find_label(str(obj["label"]), match.group())
                readings.append(reading)
                if "label" in obj:
                    continue  # 无网上申请和传真申请: each channel named
                break
    for obj in rules["free"]:  # type: ignore[attr-defined]
        if obj["pattern"].search(clause) and not any(
            r.indicator == obj["indicator"] for r in readings
        ):
            readings.append(_reading(obj, where, where + len(clause), clause.strip(), segment))
    return readings


def _denial(clause: str, rules: dict[str, object]) -> int | None:
    """Where the clause's first real denial starts."""
    blocked = [m.span() for m in rules["not_zero"].finditer(clause)]  # type: ignore[attr-defined]
    for match in rules["before"].finditer(clause):  # type: ignore[attr-defined]
        if not any(s <= match.start() < e for s, e in blocked):
            return int(match.start())
    return None


def _reading(obj: dict[str, object], start: int, end: int, text: str, segment: Segment) -> Reading:
    return Reading(
        indicator=str(obj["indicator"]),
        value=0.0,
        start=start,
        end=end,
        value_text=text,
        rule_id=str(obj["id"]),
        value_semantic=ValueSemantic.STATED_ZERO,
        section=segment.topic,
        weak=True,
    )


def _denied_by_figure(reading: Reading, text: str, start: int) -> bool:
    """A clause with a figure of its own behind the denial states no zero (没有…的3件)."""
    clause = text[reading.start - start : reading.end - start]
    return _FIGURE_BEHIND.search(clause) is not None and "一" not in clause

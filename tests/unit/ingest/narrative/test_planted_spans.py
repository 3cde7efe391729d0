"""Known facts, hidden in filler and noise: the reader finds exactly these, where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from planting import Planted, Report, plant

from ingest.model import Observation, TimeScope
from ingest.narrative import read_narrative
from ingest.text.folding import fold

_BATCHES = 10
_REPORTS = 100  # a batch; a thousand reports in all
_DIMENSIONS = ("category_label", "channel", "applicant_type", "outcome", "org_group")
# what the website published stands for the year's total where a report prints no other
_STANDS_FOR_A_TOTAL = ".on_channel"


def _read(report: Report) -> list[Observation]:
    found = read_narrative(fold(report.text), report_year=report.year).observations
    return [
        o
        for o in found
        if o.time_scope is TimeScope.YEAR and not o.rule_id.endswith(_STANDS_FOR_A_TOTAL)
    ]


def _key(o: Observation) -> tuple[str, str, str, float | None]:
    for dimension in _DIMENSIONS:
        code = getattr(o, dimension)
        if code:
            if dimension == "category_label":
                code = re.sub(r"(?:类信息|类|信息)$", "", code)
            return o.indicator, dimension, code, o.value
    return o.indicator, "", "", o.value


def _faults(report: Report) -> Iterator[str]:
    read = _read(report)
    wanted = Counter(fact.key for fact in report.facts)
    found = Counter(_key(o) for o in read)
    yield from (f"not found: {key}" for key in wanted - found)
    yield from (f"found and not planted: {key}" for key in found - wanted)
    for fact in report.facts:
        if fact.key in found:
            candidates = [o for o in read if _key(o) == fact.key]
            if not any(_is_same(fact, o) for o in candidates):
                yield f"elsewhere, or with other attributes: {fact} {candidates}"


def _is_same(fact: Planted, o: Observation) -> bool:
    covered = o.start <= fact.start and fact.end <= o.end
    if fact.value == 0:  # the clause that states a zero may be part of the planted sentence
        covered = o.start < fact.end and fact.start < o.end
    return covered and o.qualifier.value == fact.qualifier and o.share_pct == fact.share


@pytest.mark.parametrize("batch", range(_BATCHES))
def test_planted_facts_are_found_and_nothing_else_when_hidden_in_reports(batch: int) -> None:
    for seed in range(batch * _REPORTS, (batch + 1) * _REPORTS):
        report = plant(seed)
        faults = list(_faults(report))
        assert not faults, (
            f"seed {seed} ({report.layout}):\n" + "\n".join(faults) + "\n\n" + report.text
        )


def test_report_is_the_same_when_planted_twice() -> None:
    assert plant(7) == plant(7)


def test_fault_is_told_when_a_fact_was_not_read() -> None:
    """The oracle itself: it must not pass what is wrong."""
    report = plant(3)
    assert not list(_faults(report))
    fact = report.facts[0]
    report.facts.append(Planted("meetings_held", 4321.0, "", "", "exact", None, 0, 4))
    assert any("4321" in fault for fault in _faults(report))
    report.facts.pop()
    report.facts.remove(fact)
    assert any(fault.startswith("found and not planted") for fault in _faults(report))

"""Fixtures of all tests: what must hold of whatever the reader makes of a document."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.document import NotRead, Report
from ingest.model import Observation
from ingest.reference import codebook

# Rooms whose files take longest come first, so that no core waits for the last of them.
_LONGEST_FIRST = ("integration", "browser", "faults", "golden", "unit")
_TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by room; the order within a room stays."""
    rooms = {room: number for number, room in enumerate(_LONGEST_FIRST)}
    items.sort(key=lambda item: rooms.get(item.path.relative_to(_TESTS).parts[0], len(rooms)))


Invariants = Callable[[Report | NotRead], list[str]]


@pytest.fixture(scope="session")
def broken_invariants() -> Invariants:
    """What does not hold of a document as read, in words; an empty list where all is well."""
    return lambda read: list(_broken(read))


def _broken(read: Report | NotRead) -> Iterator[str]:
    if isinstance(read, NotRead):
        if not read.code or not read.issues or not all(i.message for i in read.issues):
            yield f"not read, and not told why: {read}"
        return
    length = len(read.page.text)
    if not len(read.folded.raw) == len(read.folded.aligned) == length:
        yield "the folded text is not aligned with the stored one"
    for o in read.observations:
        yield from (f"{fault}: {o}" for fault in _broken_observation(o, length))
    clean = len(read.folded.text)
    for number in read.left_alone:
        if not 0 <= number.start < number.end <= clean or not number.reason:
            yield f"left alone without place or reason: {number}"


def _broken_observation(o: Observation, length: int) -> Iterator[str]:
    if not 0 <= o.start < o.end <= length:
        yield "offsets outside the text"
    indicator = codebook.indicators().get(o.indicator)
    if indicator is None:
        yield "unknown indicator"
    elif o.unit != indicator.unit:
        yield "not in the indicator's unit"
    for code, known in (
        (o.category, codebook.categories()),
        (o.channel, codebook.channels()),
        (o.applicant_type, codebook.applicant_types()),
        (o.outcome, codebook.outcomes()),
        (o.org_group, codebook.org_groups()),
    ):
        if code is not None and code not in known:
            yield f"unknown code {code}"
    may_fall = o.indicator.endswith("_change")  # from the year before
    if o.value is not None and not (math.isfinite(o.value) and (o.value >= 0 or may_fall)):
        yield "no finite count"
    if not o.rule_id:
        yield "no rule"

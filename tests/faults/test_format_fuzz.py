"""Damaged files of every format: no crash, no hang, no memory blow-up, nothing raised.

A short run is part of the tests. The long one: GONGKAI_FUZZ=2000 pytest -s tests/faults/test_format_fuzz.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from damaging import FORMS, Outcome, damaged, fuzz

from ingest.limits import MEBIBYTE
from ingest.supervision import Guard, work_in_order

COUNT = int(os.environ.get("GONGKAI_FUZZ", "60"))
# Reading takes milliseconds; the rest is for a machine that is busy with other things.
GUARD = Guard(seconds=20.0, bytes=2_048 * MEBIBYTE)
# The limits let a document of 8 million characters of markup be a tree of some 400 MB.
MOST_GROWN = 600 * MEBIBYTE


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[str, Outcome]]:
    jobs = ((form, 0, COUNT) for form in FORMS)
    yield dict(zip(FORMS, work_in_order(fuzz, jobs, workers=2, guard=GUARD), strict=True))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_breaks_when_a_file_is_damaged(form: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[form]
    print(
        f"{form}: {outcome.count} damaged, {outcome.read} read in part or whole, slowest "
        f"{outcome.slowest:.2f} s (seed {outcome.slowest_seed}), "
        f"memory grown {outcome.grown / MEBIBYTE:.0f} MiB"
    )
    assert outcome.faults == {}
    assert outcome.grown < MOST_GROWN


@pytest.mark.parametrize("form", FORMS)
def test_damage_is_the_same_when_the_seed_is(form: str) -> None:
    assert damaged(form, 7) == damaged(form, 7) != damaged(form, 8)

"""A part of the combinations, another for each rendering; all of them: see `combinations.py`."""

from __future__ import annotations

import random

import pytest

from tests.unit.ingest.tables.combinations import (
    FILES,
    SLOW_FILES,
    TEXTS,
    damaged_cases,
    run,
    whole_cases,
)

WHOLE = 16  # cases of each rendering, of some hundred
DAMAGED = 14
SLOW = 4


@pytest.mark.parametrize("writer", [*TEXTS, *FILES])
def test_reports_are_read_as_printed_when_undamaged(writer: str) -> None:
    cases = random.Random(writer).sample(list(whole_cases(writer, 0)), WHOLE)
    assert [problem for case in cases if (problem := run(case))] == []


@pytest.mark.parametrize("writer", SLOW_FILES)
def test_word_and_pdf_reports_are_read_as_printed_when_undamaged(writer: str) -> None:
    cases = random.Random(writer).sample(list(whole_cases(writer, 0)), SLOW)
    assert [problem for case in cases if (problem := run(case))] == []


@pytest.mark.parametrize("writer", [*TEXTS, *FILES])
def test_damage_is_read_exactly_or_told_when_it_is_in_one_table(writer: str) -> None:
    cases = random.Random(writer).sample(list(damaged_cases(writer, 0)), DAMAGED)
    assert [problem for case in cases if (problem := run(case))] == []

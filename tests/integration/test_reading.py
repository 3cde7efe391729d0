"""Whole documents through the whole reader: what must hold of every one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import NotRead, Report, read_document
from ingest.narrative.no_figures import numbers_without_figures
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NARRATIVE = PROJECT_ROOT / "tests" / "golden" / "narrative"
_DOCUMENTS = [
    pytest.param(path, id=path.name)
    for path in [*sorted(SAMPLES_DIR.iterdir()), *sorted(_NARRATIVE.glob("*.txt"))]
]


def _read(path: Path) -> Report | NotRead:
    return read_document(path.read_bytes(), path.name, path.name)


@pytest.mark.parametrize("path", _DOCUMENTS)
def test_invariants_hold_when_a_document_is_read(
    path: Path, broken_invariants: Callable[[Report | NotRead], list[str]]
) -> None:
    assert broken_invariants(_read(path)) == []


@pytest.mark.parametrize("path", _DOCUMENTS)
def test_reading_is_the_same_when_done_twice(path: Path) -> None:
    assert _read(path) == _read(path)


@pytest.mark.parametrize("path", _DOCUMENTS)
def test_no_sentence_states_one_figure_twice_when_read(path: Path) -> None:
    """Of competing readings of one figure from sentences, one is published."""
    read = _read(path)
    if isinstance(read, NotRead):
        return
    figures = [
        (o.indicator, o.category_label, o.channel, o.applicant_type, o.outcome, o.org_group, o.time_scope)
        for o in read.observations
        if o.table_name is None
    ]
    assert len(figures) == len(set(figures))


def _unexplained(report: Report) -> list[str]:
    """Numbers of the text that were neither read, nor left alone, nor told to be no figures."""
    clean = report.folded.text
    told = [(n.start, n.end) for n in (*report.left_alone, *numbers_without_figures(clean))]
    read = [(o.start, o.end) for o in report.observations]
    found = []
    for digits in _NUMBER.finditer(clean):
        start = digits.start()
        place = report.folded.raw_offset(start)
        if not any(s <= start < e for s, e in told) and not any(s <= place < e for s, e in read):
            found.append(clean[max(0, start - 20) : start + 20])
    return found


@pytest.mark.parametrize("path", sorted(_NARRATIVE.glob("*.txt")), ids=lambda p: p.name)
def test_every_number_is_explained_when_a_report_is_read(path: Path) -> None:
    read = _read(path)
    assert isinstance(read, Report)
    assert _unexplained(read) == []
    assert all(number.reason for number in read.left_alone)


def test_a_number_is_missed_when_nothing_explains_it() -> None:
    """The oracle itself: a figure without its reading is told."""
    path = sorted(_NARRATIVE.glob("*.txt"))[0]
    read = _read(path)
    assert isinstance(read, Report)
    assert _unexplained(replace(read, observations=(), left_alone=())) != []

"""Whole documents through the whole reader: what must hold of every one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import NotRead, Report, read_document
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

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


def test_numbers_are_explained_when_no_rule_reads_them() -> None:
    """Every number of a sentence is either read or left alone with a reason."""
    for path in sorted(_NARRATIVE.glob("*.txt")):
        read = _read(path)
        assert isinstance(read, Report)
        assert all(number.reason for number in read.left_alone)

"""The labelled reports of this repository, read and scored. The floors only ever rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scoring import Score, add_report, labels

from ingest.document import NotRead, Report, read_document
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

_HERE = Path(__file__).parent
_SETS = {
    "samples": SAMPLES_DIR,
    "narrative": _HERE / "narrative",
    "outsiders": _HERE / "outsiders",  # by authors who never saw the rules
}
_FLOORS = {  # precision, recall, traps, identity
    "samples": (0.998, 0.997, 0, 1.0),
    "narrative": (0.998, 0.992, 1, 1.0),
    "outsiders": (0.9985, 0.995, 10, 0.988),  # a trap more with c16, c28 and d30 each
}


@pytest.mark.parametrize("name", _SETS)
def test_score_is_at_its_floor_when_the_labelled_reports_are_read(name: str) -> None:
    score = Score()
    for gold in labels(_HERE / name):
        path = _SETS[name] / gold["file"]
        report = read_document(path.read_bytes(), path.name, path.name)
        assert isinstance(report, Report), f"{path.name} was not read: {report}"
        add_report(score, gold, report)
    precision, recall, traps, identity = _FLOORS[name]
    told = "\n".join(score.errors)
    assert score.precision >= precision, f"{score.precision:.4f}\n{told}"
    assert score.recall >= recall, f"{score.recall:.4f}\n{told}"
    assert score.traps <= traps, told
    assert score.identity_right >= identity * score.identity_asked, told


def test_documents_that_are_no_reports_are_quarantined_with_a_reason() -> None:
    listed = json.loads((_HERE / "samples" / "not_reports.json").read_text(encoding="utf8"))
    for entry in listed:
        path = SAMPLES_DIR / entry["file"]
        result = read_document(path.read_bytes(), path.name, path.name)
        assert isinstance(result, NotRead)
        assert result.code.startswith("not_a_report.")
        assert all(path.name in issue.message for issue in result.issues)


@pytest.mark.parametrize("path", sorted(SAMPLES_DIR.iterdir()), ids=lambda p: p.name)
def test_every_quote_stands_in_the_text_when_a_sample_is_read(path: Path) -> None:
    report = read_document(path.read_bytes(), path.name, path.name)
    if isinstance(report, Report):
        text = report.page.text
        for o in report.observations:
            assert 0 <= o.start < o.end <= len(text)
            # the number itself stands in the quote, however it was folded
            assert o.value_text == "" or text[o.start : o.end].strip()


def test_the_official_pdf_is_read_whole_when_it_lies_beside_the_project() -> None:
    shared = PROJECT_ROOT.parent / "shared"
    gold_file = shared / "gold" / "official" / "hongze_2023.gold.json"
    if not gold_file.exists():
        pytest.skip("../shared is not here")
    gold = json.loads(gold_file.read_text(encoding="utf8"))
    path = shared / "official" / gold["file"]
    report = read_document(path.read_bytes(), path.name, path.name)
    assert isinstance(report, Report)
    score = Score()
    add_report(score, gold, report)
    assert not score.errors

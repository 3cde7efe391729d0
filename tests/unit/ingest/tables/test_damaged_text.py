"""Text damaged at random never breaks the reader, and evidence always lies in the page."""

from __future__ import annotations

import random

import pytest

from ingest.model import Page
from ingest.tables.locate import MOST_RANGES, find_anchors, lines_of, ranges_of
from tests.unit.ingest.tables.reading import DENSITIES, FORMS, grids, read
from tests.unit.ingest.tables.renderer import RENDERINGS

SCRAPS = ("\n", "|", "||", "\n\n", "规章", "总计", "其他 0", "第二十条第（一）项", "结果维持", "。")


def _damage(text: str, rng: random.Random) -> str:
    characters = list(text)
    for _ in range(rng.randint(1, 50)):
        i = rng.randrange(len(characters))
        j = min(len(characters), i + rng.randint(1, 60))
        match rng.randrange(4):
            case 0:
                del characters[i:j]
            case 1:
                characters[i:i] = characters[i:j]
            case 2:
                characters[i:j] = reversed(characters[i:j])
            case _:
                characters[i:i] = rng.choice(SCRAPS)
        if len(characters) < 80:
            break
    return "".join(characters)


@pytest.mark.parametrize("rendering", [r for r in RENDERINGS if not r.startswith("parsed")])
def test_evidence_lies_in_the_page_when_text_is_damaged(rendering: str) -> None:
    for seed in range(12):
        rng = random.Random(f"{rendering} {seed}")
        tables = grids(rng.choice(list(FORMS)), rng.choice(DENSITIES), seed)
        page = Page(_damage(RENDERINGS[rendering](tables).text, rng))
        reading = read(page)
        for o in reading.observations:
            assert 0 <= o.start < o.end <= len(page.text)
        for span in reading.covered:
            assert 0 <= span.start <= span.end <= len(page.text)
        for told in reading.issues:
            assert told.start is None or 0 <= told.start <= (told.end or 0) <= len(page.text)


def test_few_places_are_tried_when_a_page_repeats_anchors_without_end() -> None:
    text = "本年新收政府信息公开\n未经复议直接起诉\n" * 500
    lines = lines_of(text)
    assert len(ranges_of(text, lines, find_anchors(text, lines), "t3")) == MOST_RANGES
    assert not read(Page(text)).observations

"""Numbers that the reader saw in a report's sentences and left alone, with the reason.

What lives here: reading the stored text again, with the reader of this checkout. What does not: the
reader itself (`ingest`), marking the numbers (`highlight.py`).

The stored text is read and not the frozen document: its offsets are those of the page by
construction, a published file alone is enough, and no format reader meets a document from outside
within the web server. A table is one in the stored text too, so what comes out is the same.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ingest.model import OrgScope, Page
from ingest.narrative import read_narrative
from ingest.narrative.no_figures import numbers_without_figures
from ingest.narrative.reading import LeftAlone
from ingest.tables import read_tables
from ingest.text.folding import Folded, fold

_REASONS = Path(__file__).with_suffix(".toml")
_REPORTS_KEPT = 4  # texts whose numbers are remembered; a long one takes half a second


@dataclass(frozen=True, slots=True)
class Number:
    """A number left alone; offsets count in the stored text.

    `is_count` tells those that look like figures from dates, article numbers and the like.
    """

    start: int
    end: int
    text: str
    reason: str
    is_count: bool


@lru_cache(maxsize=_REPORTS_KEPT)
def numbers_left_alone(text: str, report_year: int | None, org_scope: str) -> tuple[Number, ...]:
    """All numbers of a stored text that gave no observation, in their order."""
    folded = fold(text)
    tables = read_tables(Page(text), folded)
    reading = read_narrative(
        folded, report_year=report_year, org_scope=OrgScope(org_scope), skip=tables.covered
    )
    counts = [_number(folded, number, is_count=True) for number in reading.left_alone]
    taken = {(number.start, number.end) for number in counts}
    others = [_number(folded, n, is_count=False) for n in numbers_without_figures(folded.text)]
    inside = [(span.start, span.end) for span in tables.covered]
    kept = [
        number
        for number in others
        if (number.start, number.end) not in taken
        and not any(start <= number.start < end for start, end in inside)
    ]
    return tuple(sorted((*counts, *kept), key=lambda number: (number.start, number.end)))


def _number(folded: Folded, left: LeftAlone, *, is_count: bool) -> Number:
    span = folded.raw_span(left.start, left.end)
    return Number(span.start, span.end, folded.raw[span.start : span.end], left.reason, is_count)


def reason_in_chinese(reason: str) -> str:
    """The reader's reason in Chinese; as it is where `left_alone.toml` does not know it."""
    for pattern, words in _reasons():
        if match := pattern.fullmatch(reason):
            return words.format(*match.groups())
    return reason


@cache
def _reasons() -> tuple[tuple[re.Pattern[str], str], ...]:
    loaded = tomllib.loads(_REASONS.read_text(encoding="utf-8"))
    return tuple(
        (re.compile(re.escape(entry["en"]).replace(r"\*", "(.+)")), entry["zh"])
        for group in ("seen", "counts_nothing")
        for entry in loaded[group]
    )

"""Reading the sentences of one report: folded text in, observations out.

What lives here: the order of the steps. What does not: the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Form, Observation, OrgScope, Span
from ingest.narrative.context import Following, State
from ingest.narrative.flattened import flattened_categories
from ingest.narrative.reading import LeftAlone
from ingest.narrative.resolve import settle, to_observation
from ingest.narrative.segment_reader import read_segment
from ingest.narrative.zeros import zero_readings
from ingest.text.folding import Folded
from ingest.text.sentences import Segment, segments


@dataclass(frozen=True, slots=True)
class NarrativeReading:
    """What the sentences of a report say, and the numbers seen and left alone (folded offsets)."""

    observations: tuple[Observation, ...]
    left_alone: tuple[LeftAlone, ...]


def read_narrative(
    folded: Folded,
    *,
    report_year: int | None,
    org_scope: OrgScope = OrgScope.OWN,
    form: Form = Form.NARRATIVE,
    skip: Sequence[Span] = (),
) -> NarrativeReading:
    """Read every figure of a report's sentences.

    `skip` holds intervals of the stored text that belong to official tables. The observations
    stand in reading order; their offsets count in `folded.raw`.
    """
    state = State(report_year, org_scope is OrgScope.AGGREGATE)
    paragraph_heading: Segment | None = None
    tables = [(folded.offset_of(span.start), folded.offset_of(span.end)) for span in skip]
    text = _blanked(folded.text, _whole_lines(folded.text, tables))
    table_ends = sorted(end for _, end in tables)
    for index, segment in enumerate(segments(text)):
        middle = segment.start + len(segment.text) // 2
        if any(start <= middle < end for start, end in tables):
            continue  # in a line that holds more than the table
        while table_ends and segment.start >= table_ends[0]:
            del table_ends[0]
            state.open = None  # no list goes on behind a table
        if segment.heading:
            paragraph_heading = segment
            if not segment.continues:
                state.open = None
            elif state.open is not None:
                state.open_index += 1  # (二)类别。 between a total and its list
        end = segment.start + len(segment.text)
        read_segment(segment, index, state, Following(text, end))
        if segment.topic != "plans" and segment.part != "plans":
            state.readings += zero_readings(segment, paragraph_heading)
        else:
            state.readings += [
                r for r in zero_readings(segment, None) if r.indicator.startswith("staff_")
            ]
    state.readings += flattened_categories(_blanked(text, tables))
    readings, lost = settle(state.readings)
    return NarrativeReading(
        tuple(to_observation(r, folded, org_scope, form) for r in readings),
        (*state.left_alone, *lost),
    )


def _whole_lines(text: str, tables: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of each table that hold nothing else: a table may begin or end within a line."""
    whole = []
    for start, end in tables:
        first = start if start == 0 else text.find("\n", start - 1, end) + 1
        last = end if text[end : end + 1] in ("\n", "") else text.rfind("\n", start, end)
        if first > 0 or start == 0:
            whole.append((first, max(first, last)))
    return whole


def _blanked(text: str, tables: Sequence[tuple[int, int]]) -> str:
    """The text with a blank line in place of each of the official tables, as long as before."""
    for start, end in tables:
        if end > start:
            text = text[:start] + f"\n{'':{max(end - start - 2, 0)}}\n"[: end - start] + text[end:]
    return text

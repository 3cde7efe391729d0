"""What the reader knows while it reads a number: its surroundings, and what the talk is about.

What lives here: the values that the parts of the narrative reader share, and making a reading of
them. What does not: the pass over the segments (`segment_reader.py`), anything that decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.model import TimeScope, ValueSemantic
from ingest.narrative.mentions import Mention
from ingest.narrative.reading import LeftAlone, Reading
from ingest.narrative.rules import Candidates
from ingest.narrative.scope import TimeWords
from ingest.text.sentences import Segment

_LEFT_WINDOW = 90  # characters before a number that rules look at
_RIGHT_WINDOW = 60
_PIECE_START = re.compile("[,;:。(]")
# 公开信息(包括政务动态等4个栏目)共计120条: what the brackets tell stands between subject and number
_ASIDE_BEFORE_SUM = re.compile(r"\([^()]{1,160}\)(?P<sum>(?:共计|合计|总计|总共|共有|共))$")
_SUM_LENGTH = 3  # with its bracket

_FOLLOWING = 120  # characters of a paragraph that a statement may look ahead


class Following:
    """The rest of a segment's paragraph, which few statements ask for."""

    __slots__ = ("_end", "_text")

    def __init__(self, text: str, end: int) -> None:
        self._text, self._end = text, end

    def words(self) -> str:
        """The words behind the segment."""
        return self._text[self._end : self._end + _FOLLOWING].partition("\n")[0]

    def items(self, item: re.Pattern[str], telling: re.Pattern[str]) -> str:
        """The words where an `item` is among them, else those that `telling` finds."""
        words = self.words()
        return words if item.search(words) else "".join(telling.findall(words)[:1])


@dataclass(slots=True)
class State:
    """What the talk is about: the list that is open, since which paragraph, the group named."""

    report_year: int | None
    aggregate: bool
    open: str | None = None
    open_part: str = ""
    open_unit: str = ""
    open_index: int = -10
    group: str | None = None
    heading: Segment | None = None
    lead: str = ""  # a short first segment of the paragraph, such as 政府门户网站。
    paragraph: int = -1
    item_paragraph: int = -1  # the paragraph of the last item of a list
    by_shape: bool = False  # the open list was told by its shape: rules read before it does
    shape_paragraph: int = -1  # a paragraph looked at for a list without its total
    stock_paragraph: int = -1  # a paragraph with a list of all that was ever published
    plan_paragraph: int = -1  # a paragraph whose first words announce next year's work
    names: list[str] = field(default_factory=list)  # of a list whose numbers follow (分别为)
    shares_end: int = 0  # in the folded text: where shares that stand together end
    items: list[list[Reading]] = field(default_factory=list)  # of this segment, one per count
    readings: list[Reading] = field(default_factory=list)
    left_alone: list[LeftAlone] = field(default_factory=list)

    # Questions about the open list. Each asks for no more than decides: what a segment says is kept
    # by the answers (`memo.py`). `index` is the number of the segment that asks.

    def opened_within(self, segments: int, index: int) -> str | None:
        """The list that was opened, or last went on, in the segment or that many before it."""
        return self.open if index - self.open_index <= segments else None

    def is_open_within(self, name: str, segments: int, index: int) -> bool:
        """Whether this list was opened, or last went on, so near."""
        return self.open == name and index - self.open_index <= segments

    def is_open(self, name: str, index: int) -> bool:
        """Whether the list is the last that was opened, however far back (`index` is not asked)."""
        return self.open == name

    def open_among(self, names: tuple[str, ...], index: int) -> str:
        """The last list that was opened where it is one of these, however far back; else ''."""
        return self.open if self.open in names else ""

    def is_of_requests(self, index: int) -> bool:
        """Whether the last list opened is one of requests, however far back."""
        return (self.open or "").startswith("requests")

    def reaches(self, part: str, segments: int, index: int) -> bool:
        """Whether a list of this part of the report was opened, or went on, so near."""
        near = index - self.open_index <= segments
        return near and self.open is not None and self.open_part == part


class Context(NamedTuple):
    """A mention with the text on both sides; `since` is the text from the mention before it."""

    segment: Segment
    segment_no: int
    mention: Mention
    left: str
    right: str
    since: str
    piece_start: int  # in the segment: where the item's words begin
    rules: Candidates  # those of the mention's unit that the segment's words let in
    times: TimeWords


def context_of(
    segment: Segment,
    segment_no: int,
    mention: Mention,
    at: int,
    rules: Candidates,
    times: TimeWords,
) -> Context:
    """A mention with its surroundings; `at` is the end of the mention before it."""
    text = segment.text
    start, end = mention.start, mention.end
    piece_start = at
    for match in _PIECE_START.finditer(text, at, start):
        piece_start = match.end()
    left = text[max(0, start - _LEFT_WINDOW) : start]
    if ")" in left[-_SUM_LENGTH:] and (aside := _ASIDE_BEFORE_SUM.search(text, 0, start)):
        left = text[max(0, aside.start() - _LEFT_WINDOW) : aside.start()] + aside["sum"]
    return Context(
        segment,
        segment_no,
        mention,
        left,
        text[end : end + _RIGHT_WINDOW],
        text[at:start],
        piece_start,
        rules,
        times,
    )


def make_reading(context: Context, indicator: str, rule_id: str, when: TimeScope) -> Reading:
    """A reading of the context's number; its quote starts with the clause's words."""
    mention, base = context.mention, context.segment.start
    start = context.piece_start
    while start < mention.start and context.segment.text[start] in " 、,;:)":
        start += 1
    return Reading(
        indicator=indicator,
        value=mention.value,
        start=base + start,
        end=base + mention.end,
        value_text=mention.text.strip(),
        rule_id=rule_id,
        qualifier=mention.qualifier,
        value_semantic=ValueSemantic.NUMBER,
        time_scope=when,
        section=context.segment.topic,
    )


def item_before(state: State) -> Reading | None:
    """The last reading of the number before, in this segment; None where it was not read."""
    return state.items[-1][-1] if state.items and state.items[-1] else None


def leave_alone(state: State, context: Context, reason: str) -> None:
    """Keep a number that was seen and not taken, with the reason."""
    mention, base = context.mention, context.segment.start
    state.left_alone.append(
        LeftAlone(base + mention.start, base + mention.end, mention.text, reason)
    )

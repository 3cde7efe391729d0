"""What a segment says, kept: reports repeat their own words, their neighbours' and last year's.

A segment is read once. Where the same words stand again under the same circumstances, what was
read is told of the new numbers. The same words: alike but for the digits of the numbers, of which
the patterns ask no more than that they are digits (0, 1 and what looks like a year stay as they
are). The same circumstances: the answers to all that its reading asked of `State`. A segment is kept only
where its reading looked at nothing else: not at the size of its numbers, not at figures read before
it. So what comes out is what reading would give.

What lives here: the words and circumstances, keeping what was read and telling it again. What does
not: reading a segment (`segment_reader.py`), watching what a reading looks at (`watching.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, Union, cast

from ingest.narrative.context import Following, State
from ingest.narrative.mentions import Mention
from ingest.narrative.reading import LeftAlone, Reading
from ingest.narrative.watching import (
    STATE,
    Counted,
    Question,
    Watch,
    WatchedFollowing,
    WatchedState,
)
from ingest.text.sentences import Segment

# Some 2 KB each: small beside what a process takes, large beside the phrases of a province.
MOST_KEPT = 20_000
_MOST_WAYS = 200  # of one segment's words
_MOST_SEEN = 500_000  # hashes
_ANY_DIGIT = str.maketrans("012346789", "555555555")
_DIGITS = re.compile("[0-9]+")
_TOLD_APART = (("20", 4), ("12", 5))  # 2012, 12345: digits that patterns do tell apart

Read = Callable[[Segment, Sequence[Mention], int, State, Following], None]
Words = tuple[Any, ...]
# Printed words: those of a mention (its number), a stretch of the segment, or words without digits.
Printed = int | tuple[int, int] | str


class _KeptReading(NamedTuple):
    """A reading, places counted from the segment's start.

    `value` and `share` are numbers of mentions (int), or a value that is no mention's (float, None).
    """

    start: int
    end: int
    value: int | float | None
    share: int | None
    printed: Printed
    indicator: str
    rule_id: str
    breakdown: tuple[Any, ...]  # the fields of Reading from `qualifier` to `org_group`
    rest: tuple[Any, ...]  # those behind `share_pct`


class _Kept(NamedTuple):
    readings: tuple[_KeptReading, ...]
    left_alone: tuple[tuple[int, int, Printed, str], ...]
    here: tuple[str, ...]  # fields of State that are the segment's paragraph
    fixed: tuple[tuple[str, Any], ...]  # and others
    opened: int | None  # `open_index`, from the segment's number
    shares: int | None  # `shares_end`, from the segment's start


class _Untold(Exception):
    """A reading holds what neither its words nor its numbers tell."""


class _Unknown:
    """What words say under circumstances that were not met."""


_UNKNOWN = _Unknown()


_Told = Union["_Asking", _Kept, _Unknown, None]  # None: must be read each time


class _Asking:
    """A question that the reading of some words asked of its circumstances, and where answers lead.

    What is asked next depends on the answers before, so other circumstances are told apart by no
    more than the reading looked at.
    """

    __slots__ = ("answer", "question", "ways")

    def __init__(self, question: Question) -> None:
        self.question = question
        self.answer = _answering(question)
        self.ways: dict[Any, _Told] = {}


@cache  # as many as State and Following have
def _answering(question: Question) -> Callable[[Segment, int, State, Following], Any]:
    """How a question is answered, places counted from the segment's own."""
    if isinstance(question, tuple):
        whom, method, asked = question
        if whom == STATE:
            return lambda _segment, index, state, _following: getattr(state, method)(*asked, index)
        return lambda _segment, _index, _state, following: _DIGITS.sub(
            _as_shape, getattr(following, method)(*asked)
        )
    name = question
    if name.endswith("paragraph"):
        of = attrgetter(name)
        return lambda segment, _index, state, _following: of(state) == segment.paragraph
    if name == "open_index":
        return lambda _segment, index, state, _following: index - state.open_index
    if name == "names":
        return lambda _segment, _index, state, _following: tuple(state.names)
    if name == "shares_end":
        return lambda segment, _index, state, _following: max(0, state.shares_end - segment.start)
    of = attrgetter(name)
    return lambda _segment, _index, state, _following: of(state)


class _Entry:
    """What was read of the same words: by questions, kept, or None where it must be read each time."""

    __slots__ = ("first", "ways")

    def __init__(self) -> None:
        self.first: _Told = _UNKNOWN
        self.ways = 0  # that were kept

    def keep(
        self, asked: Sequence[Question], kept: _Kept | None,
        segment: Segment, index: int, state: State, following: Following,
    ) -> None:  # fmt: skip
        """Keep what was read when `asked` was asked, in that order, of the circumstances before."""
        if self.ways >= _MOST_WAYS:
            self.first, self.ways = _UNKNOWN, 0
        self.ways += 1
        way: tuple[_Asking, Any] | None = None
        at = self.first
        for question in asked:
            if at is _UNKNOWN:
                at = _Asking(question)
                self._set(way, at)
            if type(at) is not _Asking or at.question != question:
                break  # the size of a number decided what was asked
            way = at, at.answer(segment, index, state, following)
            at = at.ways.get(way[1], _UNKNOWN)
        else:
            self._set(way, kept if at is _UNKNOWN else None)
            return
        self._set(way, None)

    def _set(self, way: tuple[_Asking, Any] | None, told: _Told) -> None:
        if way is None:
            self.first = told
        else:
            way[0].ways[way[1]] = told


_entries: dict[Words, _Entry] = {}
_seen: set[int] = set()


def read_or_recall(
    read: Read, segment: Segment, found: Sequence[Mention], index: int, state: State, following: Following
) -> None:  # fmt: skip
    """Read a segment into `state` by `read`, or tell what was read of the same words before.

    `found` are the mentions of the segment, in whose text digits stand for Chinese numerals.
    """
    year = state.report_year if "年" in segment.text else None
    words = (segment.topic, segment.part, year, *_shape(segment.text, found))
    entry = _entries.get(words)
    if entry is None:
        if not _is_seen_again(words):
            read(segment, found, index, state, following)
            return
        if len(_entries) >= MOST_KEPT:
            _entries.clear()
        entry = _entries[words] = _Entry()
    told = entry.first
    while type(told) is _Asking:
        told = told.ways.get(told.answer(segment, index, state, following), _UNKNOWN)
    if told is _UNKNOWN:
        _read_and_keep(read, segment, found, index, state, following, entry)
    elif told is None:
        read(segment, found, index, state, following)
    else:
        _tell(cast(_Kept, told), segment, found, index, state)


def forget() -> None:
    """Keep nothing of what was read so far."""
    _entries.clear()
    _seen.clear()


def kept_count() -> int:
    """How many segments' words are kept."""
    return len(_entries)


def _is_seen_again(words: Words) -> bool:
    """Whether the words were seen before: most never are again, and to keep them would cost."""
    mark = hash(words)
    if mark in _seen:
        return True
    if len(_seen) >= _MOST_SEEN:
        _seen.clear()
    _seen.add(mark)
    return False


def _shape(text: str, found: Sequence[Mention]) -> Words:
    """The segment's words with a digit like another, and what is known of each number."""
    pieces: list[str] = []
    at = 0
    for mention in found:
        start, end = mention.start, mention.number_end
        if mention.value > 1 and not is_told_apart(text[start:end]):
            pieces += (text[at:start], text[start:end].translate(_ANY_DIGIT))
            at = end
    pieces.append(text[at:])
    return (
        "".join(pieces),
        *[(m.start, m.number_end, m.end, m.unit, m.qualifier.value) for m in found],
    )


def is_told_apart(number: str) -> bool:
    """Whether a pattern may ask for digits of a number, beyond that they are digits."""
    return number[0] == "0" or any(
        len(number) == length and number.startswith(head) for head, length in _TOLD_APART
    )


def _as_shape(match: re.Match[str]) -> str:
    number = match.group()
    return number if number == "1" or is_told_apart(number) else number.translate(_ANY_DIGIT)


def _read_and_keep(
    read: Read, segment: Segment, found: Sequence[Mention], index: int, state: State,
    following: Following, entry: _Entry,
) -> None:  # fmt: skip
    watch = Watch()
    watched = WatchedState(state, watch)
    counted = [m._replace(value=Counted(m.value, n, watch)) for n, m in enumerate(found)]
    read(segment, counted, index, cast(State, watched), WatchedFollowing(following, watch))
    changed = watched.changed()
    kept: _Kept | None = None
    if not watch.decided:
        with suppress(_Untold):
            kept = _keep(segment, found, index, watched, changed)
    entry.keep(list(watch.asked), kept, segment, index, state, following)
    for name, value in changed.items():
        setattr(state, name, value)
    state.left_alone += watched.left_alone
    for reading in (readings := watched.own.own()):
        if reading.value is not None:
            reading.value = float(reading.value)
        if reading.share_pct is not None:
            reading.share_pct = float(reading.share_pct)
    state.readings += readings


def _keep(
    segment: Segment, found: Sequence[Mention], index: int, state: WatchedState, changed: dict[str, Any]
) -> _Kept:  # fmt: skip
    here, fixed = [], []
    opened = shares = None
    for name, value in changed.items():
        if name.endswith("paragraph"):
            if value != segment.paragraph:
                raise _Untold
            here.append(name)
        elif name == "open_index":
            opened = value - index
        elif name == "shares_end":
            shares = value - segment.start
        else:
            _free("".join(value) if name == "names" else str(value))
            fixed.append((name, tuple(value) if name == "names" else value))
    return _Kept(
        tuple([_kept_reading(r, segment, found) for r in state.own.own()]),
        tuple([
            (a.start - segment.start, a.end - segment.start, _printed(a.text, None, segment, found), _free(a.reason))
            for a in state.left_alone
        ]),
        tuple(here), tuple(fixed), opened, shares,
    )  # fmt: skip


def _kept_reading(reading: Reading, segment: Segment, found: Sequence[Mention]) -> _KeptReading:
    value, share = reading.value, reading.share_pct
    number = value.number if isinstance(value, Counted) else None
    if number is None and value not in (None, 0):
        raise _Untold
    if share is not None and not isinstance(share, Counted):
        raise _Untold
    of_share = None if share is None else share.number
    _free(reading.category_label or "")
    return _KeptReading(
        reading.start - segment.start,
        reading.end - segment.start,
        value if number is None else number,
        of_share,
        _printed(reading.value_text, of_share if number is None else number, segment, found),
        reading.indicator,
        reading.rule_id,
        (
            reading.qualifier, reading.category_label, reading.channel, reading.applicant_type,
            reading.outcome, reading.org_group,
        ),
        (
            reading.value_semantic, reading.time_scope, reading.org_scope, reading.section,
            reading.weak, reading.year_if_only,
        ),
    )  # fmt: skip


def _printed(text: str, number: int | None, segment: Segment, found: Sequence[Mention]) -> Printed:
    """Where printed words come from, so that the same place tells them in another segment."""
    if number is not None and text == found[number].text:
        return number
    of = [n for n, mention in enumerate(found) if text == mention.text]
    if len(of) == 1:
        return of[0]
    at = segment.text.find(text)
    if at >= 0 and segment.text.find(text, at + 1) < 0:
        return at, at + len(text)
    return _free(text)


def _free(text: str) -> str:
    """Words that hold no number; raises _Untold for others."""
    if any(char.isdigit() for char in text):
        raise _Untold
    return text


def _tell(
    kept: _Kept, segment: Segment, found: Sequence[Mention], index: int, state: State
) -> None:
    base, paragraph = segment.start, segment.paragraph
    for start, end, value, share, printed, indicator, rule_id, breakdown, rest in kept.readings:
        state.readings.append(
            Reading(  # type: ignore[call-arg]  # the two tuples hold the other fields
                indicator,
                found[value].value if type(value) is int else value,
                base + start,
                base + end,
                _words(printed, segment, found),
                rule_id,
                *breakdown,
                None if share is None else found[share].value,
                *rest,
            )
        )
    for start, end, printed, reason in kept.left_alone:
        words = _words(printed, segment, found)
        state.left_alone.append(LeftAlone(base + start, base + end, words, reason))
    for name in kept.here:
        setattr(state, name, paragraph)
    for name, value in kept.fixed:
        setattr(state, name, list(value) if name == "names" else value)
    if kept.opened is not None:
        state.open_index = index + kept.opened
    if kept.shares is not None:
        state.shares_end = base + kept.shares


def _words(printed: Printed, segment: Segment, found: Sequence[Mention]) -> str:
    if isinstance(printed, int):
        return found[printed].text
    return printed if isinstance(printed, str) else segment.text[printed[0] : printed[1]]

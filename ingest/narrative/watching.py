"""Watching what the reading of a segment looks at, so that it may be told again of the same words.

What lives here: numbers, readings and a state that note what of them was asked for. What does not: keeping and telling what was read (`memo.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, SupportsIndex, overload

from ingest.narrative.context import Following, State
from ingest.narrative.reading import LeftAlone, Reading

STATE, FOLLOWING = "state", "following"
# A field of State, or a method of State or Following with what it is asked beside the segment.
Question = str | tuple[str, str, tuple[Any, ...]]


@dataclass(slots=True)
class Watch:
    """What a reading looked at that the words of its segment do not tell."""

    decided: bool = False  # the size of a number, or a figure read before this segment
    # in the order in which they were first asked
    asked: dict[Question, None] = field(default_factory=dict)


class Counted(float):
    """The value of the mention `number` of a segment.

    Whether it is 0, 1 or more is told by the words; anything else that is asked of it is noted.
    """

    number: int
    watch: Watch

    def __new__(cls, value: float, number: int, watch: Watch) -> Counted:
        """A float that remembers whose it is."""
        counted = super().__new__(cls, value)
        counted.number, counted.watch = number, watch
        return counted

    __hash__ = float.__hash__


_COMPARISONS = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"}
_QUESTIONS = _COMPARISONS | {
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__",
    "__rtruediv__", "__floordiv__", "__mod__", "__round__", "__int__", "__str__", "__repr__",
    "__format__", "is_integer",
}  # fmt: skip


def _is_told_by_words(other: Any) -> bool:
    return other is None or (isinstance(other, int | float) and float(other) in (0.0, 1.0))


def _noting(name: str) -> Any:
    plain = getattr(float, name)

    def method(self: Counted, *others: Any) -> Any:
        if name not in _COMPARISONS or not _is_told_by_words(others[0]):
            self.watch.decided = True
        return plain(self, *others)

    return method


for _name in sorted(_QUESTIONS):
    setattr(Counted, _name, _noting(_name))


class OwnReadings(list[Reading]):
    """The readings of one segment, with the earlier ones behind them; looking at those is noted.

    Its length is its own, so that places taken from its length are its own too.
    """

    def __init__(self, earlier: list[Reading], watch: Watch) -> None:
        super().__init__()
        self._earlier = earlier
        self._watch = watch

    def own(self) -> list[Reading]:
        """The readings of this segment alone."""
        return list.__getitem__(self, slice(None))

    def _all(self) -> list[Reading]:
        if self._earlier:
            self._watch.decided = True
        return self._earlier + self.own()

    def __bool__(self) -> bool:
        return len(self) > 0 or bool(self._all())

    def __iter__(self) -> Iterator[Reading]:
        return iter(self._all())

    def __reversed__(self) -> Iterator[Reading]:
        yield from reversed(self.own())
        if self._earlier:
            self._watch.decided = True
        yield from reversed(self._earlier)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Reading: ...
    @overload
    def __getitem__(self, at: slice) -> list[Reading]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Reading | list[Reading]:
        start = at.start if isinstance(at, slice) else at.__index__()
        if start is not None and start < 0 and -start > len(self):
            return self._all()[at]
        return list.__getitem__(self, at)

    def remove(self, reading: Reading) -> None:
        """Take a reading out, also an earlier one."""
        if any(one is reading for one in self.own()):
            super().remove(reading)
        else:
            self._watch.decided = True
            self._earlier.remove(reading)


class WatchedFollowing(Following):
    """Stands for a Following; what is asked of it is noted."""

    __slots__ = ("_base", "_watch")

    def __init__(self, base: Following, watch: Watch) -> None:
        self._base, self._watch = base, watch

    def words(self) -> str:
        """See `Following`."""
        self._watch.asked[FOLLOWING, "words", ()] = None
        return self._base.words()

    def items(self, item: re.Pattern[str], telling: re.Pattern[str]) -> str:
        """See `Following`."""
        self._watch.asked[FOLLOWING, "items", (item, telling)] = None
        return self._base.items(item, telling)


_OF_LISTS = ("open", "open_index", "open_part")  # what questions about the open list ask for


class WatchedState:
    """Stands for a State; a field is looked up there when it is first asked for, which is noted."""

    def __init__(self, base: State, watch: Watch) -> None:
        self.own = OwnReadings(base.readings, watch)
        self.readings = self.own
        self.left_alone: list[LeftAlone] = []
        self.report_year = base.report_year  # handed on, but asked only of words that hold a year
        self._base = base
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._base, name)
        self._watch.asked[name] = None
        if name == "names":
            value = list(value)
        setattr(self, name, value)
        return value

    def _answer(self, method: str, *asked: Any) -> Any:
        """The answer to a question of State; noted, unless this segment itself changed the list."""
        own, base = vars(self), self._base
        if any(name in own and own[name] != getattr(base, name) for name in _OF_LISTS):
            return getattr(State, method)(self, *asked)
        self._watch.asked[STATE, method, asked[:-1]] = None
        return getattr(base, method)(*asked)

    def changed(self) -> dict[str, Any]:
        """The fields that the segment changed, of those that are carried to the next one."""
        asked, base = self._watch.asked, self._base
        return {
            name: value
            for name, value in vars(self).items()
            if name in CARRIED and (name not in asked or value != getattr(base, name))
        }


# What a state carries from segment to segment; the rest is set anew for each, or is the report's.
CARRIED = frozenset(f.name for f in fields(State)) - {
    "report_year", "aggregate", "group", "items", "heading", "readings", "left_alone",
}  # fmt: skip


def _asking(method: str) -> Any:
    def asked(self: WatchedState, *of: Any) -> Any:
        return self._answer(method, *of)

    return asked


for _name, _value in vars(State).items():
    if callable(_value) and not _name.startswith("_"):
        setattr(WatchedState, _name, _asking(_name))

"""Many kills at random moments: what is published is whole each time, and the next refresh mends all.

What lives here: the order of events and what is checked after each. What does not: how a refresh is
killed (`killing.py`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.soak import reading
from tests.soak.killing import kill_after
from tests.soak.places import Place, fill_first, fill_second
from tests.soak.wholeness import contents_of, publication_of

REPORTS = 60
# The first refresh of a home is killed as well: there nothing is published before.
_FIRST_SHARE = 0.2
# Some recoveries are killed again before one is left alone.
_AGAIN_SHARE = 0.3


@dataclass(frozen=True)
class Kill:
    """One kill: when, where the refresh was, and what was wrong afterwards (empty: nothing)."""

    second: float
    was_at: str
    is_killed: bool
    fault: str


class Undisturbed:
    """A home before and after a refresh that nobody disturbs, to compare with.

    Readers may look at it meanwhile.
    """

    def __init__(self, folder: Path, reports: int = REPORTS, *, readers: int = 0) -> None:
        self.place = Place(folder / "place")
        self.reports = reports
        self._nothing, self._first = folder / "nothing", folder / "first"
        fill_first(self.place, reports)
        self.place.snapshot(self._nothing)
        self.seconds_of_first = _seconds(self.place)
        self.first_publication = publication_of(self.place.published)
        self.first = contents_of(self.place.published)
        self.place.snapshot(self._first)
        fill_second(self.place, reports)
        with reading.readers(self.place.home.path, readers) as self.readings:
            self.seconds = _seconds(self.place)
        self.second_publication = publication_of(self.place.published)
        self.second = contents_of(self.place.published)
        assert self.first != self.second, "the second refresh has nothing to do"

    def before_first(self) -> None:
        """A home where nothing was done yet."""
        self.place.restore(self._nothing)

    def before_second(self) -> None:
        """The first state is published, the second is in the inbox."""
        self.place.restore(self._first)
        fill_second(self.place, self.reports)


def kills(undisturbed: Undisturbed, count: int, seed: int = 1) -> Iterator[Kill]:
    """Kill so many refreshes, at moments spread over all of a refresh, and mend each."""
    rng = random.Random(seed)
    place = undisturbed.place
    # One moment in each of `count` equal parts of a refresh, in random order.
    parts = [(number + rng.random()) / count for number in range(count)]
    rng.shuffle(parts)
    for part in parts:
        is_first = rng.random() < _FIRST_SHARE
        if is_first:
            undisturbed.before_first()
            after, before, second = undisturbed.first, None, part * undisturbed.seconds_of_first
        else:
            undisturbed.before_second()
            after, before = undisturbed.second, undisturbed.first
            second = part * undisturbed.seconds
        killed = kill_after(second, place.environment())
        fault = _fault_of_published(place, before, after)
        while not fault and rng.random() < _AGAIN_SHARE:
            kill_after(rng.random() * undisturbed.seconds, place.environment())
            fault = _fault_of_published(place, before, after)
        fault = fault or _fault_of_recovery(place, after)
        steps = [line.split("✓ ")[-1].strip() for line in killed.output.splitlines() if "✓" in line]
        was_at = f"behind {steps[-1]}" if steps else "before the first step was done"
        yield Kill(second, was_at, killed.is_killed, fault)


def _fault_of_published(
    place: Place, before: dict[str, str] | None, after: dict[str, str]
) -> str:
    """What is wrong with the published file after a kill."""
    try:
        if publication_of(place.published) is None:
            return "" if before is None else "the published file is gone"
        found = contents_of(place.published)
    except Exception as error:  # noqa: BLE001  whatever it is, it is what the soak looks for
        return f"the published file cannot be read: {error}"
    return "" if found in (before, after) else "the published file is neither the old nor the new"


def _fault_of_recovery(place: Place, after: dict[str, str]) -> str:
    try:
        place.refresh()
    except AssertionError as error:
        return f"the next refresh fails: {error}"
    found = contents_of(place.published)
    different = sorted(table for table in {*found, *after} if found.get(table) != after.get(table))
    return f"the next refresh gives other rows in {different}" if different else ""


def _seconds(place: Place) -> float:
    begun = time.perf_counter()
    place.refresh()
    return time.perf_counter() - begun

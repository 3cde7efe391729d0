"""`make soak`: kills and readers at length.

usage: python -m tests.soak [kills] [readers]

How much is in the environment: GONGKAI_SOAK_KILLS (50), GONGKAI_SOAK_REFRESHES (20),
GONGKAI_SOAK_READERS (20). Ends with status 1 where anything went wrong.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.soak.kills import REPORTS, Undisturbed, kills
from tests.soak.places import Place, fill_first
from tests.soak.reading import readers
from tests.soak.wholeness import publication_of

# Twenty readers that never rest would leave a refresh next to nothing of two processors: they take
# what it leaves.
_NICENESS = 19


def soak_kills(folder: Path, console: Console) -> int:
    """Faults found by killing refreshes."""
    count = int(os.environ.get("GONGKAI_SOAK_KILLS", "50"))
    undisturbed = Undisturbed(folder)
    console.print(
        f"undisturbed: first refresh {undisturbed.seconds_of_first:.0f} s, second "
        f"{undisturbed.seconds:.0f} s"
    )
    faults = 0
    for number, kill in enumerate(kills(undisturbed, count), start=1):
        what = "killed" if kill.is_killed else "ended before it was killed"
        told = f"{number}/{count}: {what} at {kill.second:.1f} s, {kill.was_at}"
        console.print(f"{told}: {kill.fault or 'whole, and mended'}", markup=False)
        faults += bool(kill.fault)
    console.print(f"kills: {count - faults} of {count} whole and mended")
    return faults


def soak_readers(folder: Path, console: Console) -> int:
    """Faults found by reading during refreshes, each of which publishes something new."""
    refreshes = int(os.environ.get("GONGKAI_SOAK_REFRESHES", "20"))
    number = int(os.environ.get("GONGKAI_SOAK_READERS", "20"))
    place = Place(folder / "place")
    fill_first(place, REPORTS)
    place.refresh()
    published = {publication_of(place.published)}
    with readers(place.home.path, number, niceness=_NICENESS) as readings:
        for refresh in range(refreshes):
            place.put(2, first=REPORTS + 2 * refresh)
            place.refresh()
            published.add(publication_of(place.published))
            console.print(f"refresh {refresh + 1}/{refreshes} beside {number} readers")
    failures = list(readings.failures)
    if len(published) != refreshes + 1:
        failures.append(f"{refreshes} refreshes gave {len(published)} publications")
    if unknown := readings.publications - published:
        failures.append(f"publications were read that never were: {unknown}")
    for failure in failures[:20]:
        console.print(failure, markup=False)
    console.print(
        f"readers: {readings.queries:,} queries of {len(readings.publications)} publications, "
        f"{len(failures)} failed"
    )
    return len(failures)


_KINDS = {"kills": soak_kills, "readers": soak_readers}


def main() -> None:
    """Run what the arguments name; all without."""
    console = Console()
    faults = 0
    for kind in sys.argv[1:] or _KINDS:
        console.rule(kind)
        with tempfile.TemporaryDirectory(prefix="gongkai_soak_") as folder:
            faults += _KINDS[kind](Path(folder), console)
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()

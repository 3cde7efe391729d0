"""One index of agencies for each publication, built when it is first asked for.

What lives here: making and keeping it. What does not: the index itself (`agency_index.py`), the
page (`pages/search.py`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress

from explorer.agency_index import Agency, AgencyIndex
from explorer.queries.publication import PUBLICATION
from explorer.queries.query import build
from explorer.queries.search import ALL_AGENCIES, PLACES
from explorer.warehouse import NotPublished, Reading, Warehouse

_FILES = build("select path from duckdb_databases() where path is not null order by database_name")
_UNKNOWN_NAME = "?"  # an agency whose name no report tells

_lock = threading.Lock()
_held: dict[tuple[object, ...], AgencyIndex] = {}


def agency_index(reading: Reading) -> AgencyIndex:
    """The index of the publication that is being read; the one before is given up."""
    publication = reading.ask(PUBLICATION).rows + reading.ask(_FILES).rows
    with _lock:
        index = _held.get(publication)
        if index is None:
            index = AgencyIndex(_agencies(reading), _places(reading))
            _held.clear()
            _held[publication] = index
        return index


def warm_up(warehouse: Warehouse) -> None:
    """Build the index before anyone asks: of 50,000 agencies it takes seconds."""
    with suppress(NotPublished), warehouse.reading() as reading:
        agency_index(reading)


def _agencies(reading: Reading) -> Iterable[Agency]:
    for row in reading.ask(ALL_AGENCIES):
        name = row["agency_name"] or _UNKNOWN_NAME
        yield Agency(
            key=row["agency_key"],
            name=name,
            other_names=tuple(n for n in row["other_names"] or () if n and n != name),
            level=row["level"],
            region_code=row["region_code"],
            first_year=row["first_year"],
            last_year=row["last_year"],
            report_count=row["report_count"],
        )


def _places(reading: Reading) -> Iterable[tuple[str, str]]:
    for row in reading.ask(PLACES):
        yield row["region_name"], row["region_name_pinyin"]

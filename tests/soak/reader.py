"""A reader of the published warehouse that never stops: `python -m tests.soak.reader HOME NICENESS`.

It opens the warehouse and asks, again and again, until its standard input ends; then it opens it
once more, asks, and prints how many queries it asked and everything that went wrong. Every other
connection is kept over many queries, as a person's is: what it sees must never change under it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from itertools import count
from pathlib import Path

import duckdb

from ingest.published import NothingPublished, open_published

_PAUSE = 0.02  # seconds between two queries: many readers share a machine
_KEPT_FOR = 100  # queries
# In one connection: which publication, how many rows it says and how many there are, twice.
_LOOK = """
SELECT (SELECT publication_id FROM meta.publication),
    (SELECT row_count FROM meta.tables WHERE table_name = 'observations'),
    (SELECT count(*) FROM observations),
    (SELECT count(*) FROM dim_report), (SELECT row_count FROM meta.tables WHERE table_name = 'dim_report')
"""
_ASK = """
SELECT agency_name, report_year, count(*), sum(value) FROM observations
JOIN dim_report USING (report_id) GROUP BY ALL ORDER BY ALL
""".replace("agency_name, report_year", "dim_report.agency_name, dim_report.report_year")


def look(con: duckdb.DuckDBPyConnection, seen: set[str]) -> tuple[object, ...]:
    """Ask once; what was seen. Raises AssertionError where it is of two states."""
    answer = con.execute(_LOOK).fetchall()[0]
    publication, observations_said, observations, reports, reports_said = answer
    assert (observations, reports) == (observations_said, reports_said), f"mixed: {answer}"
    assert con.execute(_ASK).fetchall(), f"no rows: {answer}"
    again = con.execute(_LOOK).fetchall()[0]
    assert again == answer, f"changed within a connection: {answer} to {again}"
    seen.add(str(publication))
    return tuple(answer)


def main() -> None:
    """Read until standard input ends."""
    home = Path(sys.argv[1])
    os.nice(int(sys.argv[2]))
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    queries, failures, seen = 0, [], set[str]()
    for turn in count():
        is_last = ended.is_set()
        try:
            with open_published(home) as con:
                first = None
                for _ in range(_KEPT_FOR if turn % 2 and not is_last else 1):
                    queries += 3
                    answer = look(con, seen)
                    first = first or answer
                    assert answer == first, f"changed within a connection: {first} to {answer}"
                    time.sleep(_PAUSE)
                    if ended.is_set():
                        break
        except (duckdb.Error, NothingPublished, AssertionError) as error:
            failures.append(f"{type(error).__name__}: {error}")
        if is_last:
            break
    print(json.dumps({"queries": queries, "failures": failures, "publications": sorted(seen)}))


if __name__ == "__main__":
    main()

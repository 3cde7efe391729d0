"""The floor that a measurement is a ratio to, measured beside it; and the best of some rounds.

The floor is what no reader can do without: decoding the bytes, folding the script, putting the text
into DuckDB. A ratio to it means the same on a fast machine and a slow one, and on one that is slow
today.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
from opencc import OpenCC

from ingest.landing import LandedDocument

ROUNDS = 3  # of each measurement; the best counts, as other work only ever slows one down


def best(work: Callable[[], object]) -> float:
    """Seconds by the clock of the best of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def floor_of(documents: Sequence[LandedDocument], folder: Path) -> float:
    """Seconds to decode, fold and insert the same texts, in one process."""
    converter = OpenCC("t2s")

    def work() -> None:
        path = folder / "floor.duckdb"
        path.unlink(missing_ok=True)
        with duckdb.connect(str(path)) as con:
            con.execute("create table texts (sha256 varchar, text varchar)")
            for start in range(0, len(documents), 128):
                chunk = documents[start : start + 128]
                texts = [converter.convert(d.path.read_bytes().decode("utf8", "replace")) for d in chunk]
                rows = pa.table({"sha256": [d.sha256 for d in chunk], "text": texts})
                con.register("rows", rows)
                con.execute("insert into texts select * from rows")
                con.unregister("rows")

    return best(work)

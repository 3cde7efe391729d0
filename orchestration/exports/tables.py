"""Each table as Parquet and as compressed CSV: the same rows in the same order, the same bytes.

What lives here: writing the two files. What does not: which columns and how much of a quote
(`quotes.py`), sorting (the candidate is sorted when it is built: `orchestration/publishing.py`).

Bounded in memory: DuckDB streams the table into row groups of a fixed size, polars streams these
into CSV (a third of the time that DuckDB's own compressed CSV takes). Neither writes a time.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from orchestration.exports import quotes
from orchestration.exports.codebook import Table

# DuckDB's own row group: the tables lie in groups of this size already.
ROW_GROUP_SIZE = 122_880
# UTC, as Frictionless spells a time, with all that the warehouse has of it.
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S%.6fZ"
# Of nine: the sixth is a twentieth smaller, for a quarter more time.
_CSV_LEVEL = 4


def parquet_path(table: str) -> str:
    """Where a table lies in the folder of a publication, as Parquet."""
    return f"parquet/{table}.parquet"


def csv_path(table: str) -> str:
    """Where a table lies in the folder of a publication, as CSV."""
    return f"csv/{table}.csv.gz"


def write_table(con: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """Write a table of the warehouse that `con` has open below `folder`, in both forms."""
    parquet = folder / parquet_path(table.name)
    csv = folder / csv_path(table.name)
    for path in (parquet, csv):
        path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(
        f"COPY ({quotes.select(table)}) TO $path "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_SIZE})",
        {"path": str(parquet)},
    )
    pl.scan_parquet(parquet, glob=False).sink_csv(
        csv, datetime_format=TIME_FORMAT, compression="gzip", compression_level=_CSV_LEVEL
    )

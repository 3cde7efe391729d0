"""The official tables of the reports, read cell by cell.

What belongs here: finding the tables of the standard forms (2019, 2021), of the annex of 2014 and
older local ones; deciding the form of each by its labels; aligning rows; reading cells. What does
not: turning bytes into text and cells (`ingest.formats`), sentences (`ingest.narrative`), what the
forms look like (`ingest/rules/tables`, `data/reference/official_table_cells.csv`).
"""

from __future__ import annotations

from ingest.tables.read import TableReading, read_tables

__all__ = ["TableReading", "read_tables"]

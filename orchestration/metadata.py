"""Metadata of assets: small tables that a person reads in the UI.

What lives here: turning values and tables into Dagster's metadata. What does not: what is worth
telling of an asset (`orchestration/assets`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

_PREVIEW_ROWS = 5
_LONGEST_CELL = 80


def to_table(values: Iterable[Any], attributes: Sequence[str]) -> dg.MarkdownMetadataValue:
    """Values with these attributes as a Markdown table, a row each."""
    rows = [[getattr(value, attribute) for attribute in attributes] for value in values]
    return dg.MetadataValue.md(_markdown(attributes, rows))


def to_counts(counts: Mapping[str, int], head: tuple[str, str]) -> dg.MarkdownMetadataValue:
    """Counts as a Markdown table of two columns."""
    return dg.MetadataValue.md(_markdown(head, list(counts.items())))


def preview_tables(
    database: Path, schema: str, columns: Mapping[str, Sequence[str]]
) -> dict[str, dg.MarkdownMetadataValue]:
    """Table → its first rows, of the columns given."""
    with duckdb.connect(str(database), read_only=True) as con:
        return {
            table: dg.MetadataValue.md(
                _markdown(
                    names,
                    con.execute(
                        f"SELECT {', '.join(names)} FROM {schema}.{table} LIMIT {_PREVIEW_ROWS}"
                    ).fetchall(),
                )
            )
            for table, names in columns.items()
        }


def preview_parquet(path: Path) -> dg.MarkdownMetadataValue:
    """The first rows of a Parquet file, all columns."""
    with duckdb.connect() as con:
        query = f"SELECT * FROM read_parquet($path) LIMIT {_PREVIEW_ROWS}"
        cursor = con.execute(query, {"path": str(path)})
        head = [column[0] for column in cursor.description or ()]
        return dg.MetadataValue.md(_markdown(head, cursor.fetchall()))


def describe_tables(
    database: Path, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """(schema, table) → row count and first rows; tables that do not exist are left out."""
    described: dict[tuple[str, str], dict[str, Any]] = {}
    with duckdb.connect(str(database), read_only=True) as con:
        for schema, table in names:
            try:
                counted = con.execute(f'SELECT count(*) FROM "{schema}"."{table}"').fetchone()
            except duckdb.CatalogException:
                continue
            cursor = con.execute(f'SELECT * FROM "{schema}"."{table}" LIMIT {_PREVIEW_ROWS}')
            head = [column[0] for column in cursor.description or ()]
            described[schema, table] = {
                "dagster/row_count": int(counted[0]) if counted else 0,
                "preview": dg.MetadataValue.md(_markdown(head, cursor.fetchall())),
            }
    return described


def _markdown(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    if not rows:
        return "none"
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: Any) -> str:
    text = "" if value is None else str(value).replace("\n", " ").replace("|", "\\|")
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"

"""What the tables of a warehouse file are: names, types and descriptions of their columns.

What lives here: reading them from the file's own catalogue and comments, and cutting a heading in
two languages out of a description. What does not: the descriptions (`dbt_project`, which stores
them as comments), how a format of metadata spells them (`datapackage.py`, `croissant.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

# Chinese in brackets, which may hold a pair of brackets themselves: (新)收到申请数.
_TERM = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*[㐀-鿿](?:[^()]|\([^()]*\))*)\)")


class UnknownType(Exception):
    """A column of the marts has a type that the exports have no name for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is one of string, integer, number, boolean, date, datetime."""

    name: str
    kind: str
    description: str

    def heading_en(self) -> str:
        """The description up to its Chinese term; its first sentence where it has none."""
        term = _TERM.search(self.description)
        if term:
            return self.description[: term.start()].strip()
        return re.split(r"[.:;] |\.$", self.description)[0].strip()

    def heading_zh(self) -> str:
        """The Chinese term of the description; empty where it has none."""
        term = _TERM.search(self.description)
        return term[1].strip() if term else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the marts with its columns in order."""

    name: str
    description: str
    row_count: int
    columns: tuple[Column, ...]


_KINDS = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


def read_tables(con: duckdb.DuckDBPyConnection) -> tuple[Table, ...]:
    """The tables of schema `marts`, sorted by name, with row counts as `meta.tables` has them.

    Raises UnknownType.
    """
    columns: dict[str, list[Column]] = {}
    for table, name, data_type, comment in con.execute(
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE schema_name = 'marts' ORDER BY table_name, column_index"
    ).fetchall():
        kind = _KINDS.get(data_type)
        if kind is None:
            raise UnknownType(
                f"Column {name} of {table} has the type {data_type}, which the exports do not "
                f"know. Give it one of {', '.join(_KINDS)} in the contract of the model."
            )
        columns.setdefault(table, []).append(Column(name, kind, _in_one_line(comment)))
    rows = con.execute(
        "SELECT table_name, comment, row_count FROM duckdb_tables() "
        "JOIN meta.tables USING (table_name) WHERE schema_name = 'marts' ORDER BY table_name"
    ).fetchall()
    return tuple(
        Table(name, _in_one_line(comment), row_count, tuple(columns[name]))
        for name, comment, row_count in rows
    )


def _in_one_line(comment: str | None) -> str:
    return " ".join((comment or "").split())

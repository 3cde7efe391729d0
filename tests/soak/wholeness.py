"""What must hold of a published file at any moment, and its contents to compare with another's."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

# When documents were landed differs from home to home; nothing else may.
_OF_THE_HOME = "landed_at"


def publication_of(published: Path) -> str | None:
    """The id of what is published; None where nothing is. Raises where the file is not whole.

    Every table that the file says it has is there, with as many rows as it says, and no other.
    """
    if not published.exists():
        return None
    with duckdb.connect(str(published), read_only=True) as con:
        ((publication,),) = con.execute("SELECT publication_id FROM meta.publication").fetchall()
        said = dict(con.execute("SELECT table_name, row_count FROM meta.tables").fetchall())
        counted = {table: _count(con, table) for table in _tables(con)}
    assert counted == said, f"{published} says that it has {said}, and has {counted}"
    return str(publication)


def contents_of(published: Path) -> dict[str, str]:
    """Table → a hash of its rows, whatever their order, but for the times of landing."""
    with duckdb.connect(str(published), read_only=True) as con:
        return {table: _hash(con, table) for table in _tables(con)}


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        table
        for (table,) in con.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'marts' ORDER BY ALL"
        ).fetchall()
    ]


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((count,),) = con.execute(f'SELECT count(*) FROM marts."{table}"').fetchall()
    return int(count)


def _hash(con: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = [
        f'"{name}"'
        for name, *_ in con.execute(f'DESCRIBE marts."{table}"').fetchall()
        if name != _OF_THE_HOME
    ]
    rows = con.execute(
        f"SELECT count(*), sum(hash({', '.join(columns)})::HUGEINT)::VARCHAR FROM marts.\"{table}\""
    ).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]

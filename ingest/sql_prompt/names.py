"""What a query of the published warehouse can name.

What lives here: tables with their columns, keywords and functions, as the open file tells them.
What does not: choosing among them (`completion.py`, `mistakes.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import duckdb

_TABLES = """
SELECT table_name, column_name, data_type FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name IN ('marts', 'meta')
ORDER BY table_name, column_index
"""
_KEYWORDS = "SELECT keyword_name FROM duckdb_keywords() ORDER BY ALL"
# The functions that read files are refused here, and those on DuckDB itself help nobody.
_FUNCTIONS = """
SELECT DISTINCT function_name FROM duckdb_functions()
WHERE function_type IN ('scalar', 'aggregate', 'macro', 'window')
    AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')
    AND NOT regexp_matches(function_name, '^(pg_|duckdb_|has_|icu_|getvariable)|_internal')
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Names:
    """All that may be named; `tables` maps a table to its columns and their types, in order."""

    tables: Mapping[str, Mapping[str, str]]
    keywords: tuple[str, ...]
    functions: tuple[str, ...]

    def columns_of(self, tables: Iterable[str]) -> dict[str, str]:
        """Column → type, of the tables named; of several with the column, the first."""
        found: dict[str, str] = {}
        for table in tables:
            for column, kind in self.tables.get(table, {}).items():
                found.setdefault(column, kind)
        return found

    def tables_with(self, column: str) -> list[str]:
        """The tables that have the column."""
        return [table for table, columns in self.tables.items() if column in columns]


def read_names(con: duckdb.DuckDBPyConnection) -> Names:
    """What can be named in the open warehouse (schemas `marts` and `meta`)."""
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in con.execute(_TABLES).fetchall():
        tables.setdefault(table, {})[column] = kind
    keywords = tuple(word for (word,) in con.execute(_KEYWORDS).fetchall())
    functions = tuple(name for (name,) in con.execute(_FUNCTIONS).fetchall())
    return Names(tables, keywords, functions)


def alike(word: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """The names that `word` may have been meant for, the likeliest first."""
    known = list(names)
    lower = word.lower()
    part_of = sorted((name for name in known if lower in name or name in lower), key=len)
    close = get_close_matches(lower, known, n=most, cutoff=0.7)
    return list(dict.fromkeys([*close, *part_of]))[:most] if len(lower) > 2 else close

"""The published warehouse, opened for reading: never a writer's hindrance, never a way out of it.

What lives here: opening it safely. What does not: publishing (`orchestration/publishing.py`), what
is asked of it (`commands/sql.py`, `commands/summary.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ingest.duckdb_files import NewerDuckDB, raise_if_newer
from ingest.home import Home


class NothingPublished(Exception):
    """There is no published warehouse in this home, or it cannot be opened."""


@contextmanager
def open_published(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse of the home, read-only and without access to any other file.

    Tables are found without their schema `marts` being named. Raises NothingPublished.
    """
    path = Home.at(home).published_db
    if not path.exists():
        raise NothingPublished(
            f"There is no published warehouse at {path}. Make one with `gongkai refresh`, or name "
            "another home with --home (or GONGKAI_HOME)."
        )
    try:
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        try:
            raise_if_newer(error, path)
        except NewerDuckDB as newer:
            raise NothingPublished(str(newer)) from error
        raise NothingPublished(
            f"{path} cannot be opened as a warehouse: {error}. Delete it and run "
            "`gongkai refresh` to publish it anew."
        ) from error
    try:
        con.execute("SET enable_external_access = false")
        # Names of Python's variables are no tables.
        con.execute("SET python_enable_replacements = false")
        con.execute("SET search_path = 'marts,meta,main'")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()

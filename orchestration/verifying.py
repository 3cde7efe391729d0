"""Verification of DuckDB files and exports: whether they are what they say they are.

What lives here: reading the published file whole and comparing it with its own account, and files
of exports with their manifest. What does not: the landing (`ingest/verification.py`), what is
printed (`commands/verify.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from ingest.duckdb_files import raise_if_newer
from orchestration.publishing import contents_of

MANIFEST = "manifest.json"


def faults_of_published(path: Path) -> Iterator[str]:
    """What is wrong with a published file: tables that are not what `meta.tables` says.

    Every row is read. Raises NewerDuckDB.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            told = con.execute(
                "SELECT table_name, row_count, fingerprint FROM meta.tables ORDER BY ALL"
            ).fetchall()
            for table, row_count, fingerprint in told:
                try:
                    found = contents_of(con, table)
                except duckdb.CatalogException:
                    yield f"{path}: the table marts.{table} is missing"
                    continue
                if found != (row_count, fingerprint):
                    yield f"{path}: marts.{table} is not what was published"
    except duckdb.Error as error:
        raise_if_newer(error, path)
        yield f"{path}: {_first_line(error)}"


def faults_of_work_file(path: Path) -> Iterator[str]:
    """What is wrong with the work file: tables that cannot be read. Raises NewerDuckDB."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            tables = con.execute(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL"
            ).fetchall()
            for schema, table in tables:
                query = f'SELECT sum(hash(entry)::HUGEINT) FROM "{schema}"."{table}" AS entry'
                try:
                    con.execute(query).fetchall()
                except duckdb.Error as error:
                    yield f"{path}: {schema}.{table} cannot be read ({_first_line(error)})"
    except duckdb.Error as error:
        raise_if_newer(error, path)
        yield f"{path}: {_first_line(error)}"


def manifests(exports: Path) -> list[Path]:
    """The manifests of the exports kept, sorted."""
    return sorted(path for path in exports.rglob(MANIFEST) if path.is_file())


def faults_of_exports(manifest: Path) -> Iterator[str]:
    """Files that a manifest names with their sha256, and that are missing or have another."""
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"{manifest}: cannot be read ({error})"
        return
    for name, sha256 in _hashes(told):
        file = manifest.parent / name
        try:
            with file.open("rb") as handle:
                found = hashlib.file_digest(handle, "sha256").hexdigest()
        except OSError as error:
            yield f"{file}: {error.strerror}"
            continue
        if found != sha256:
            yield f"{file}: its bytes are not those that {manifest.name} tells of"


def _hashes(told: Any) -> Iterator[tuple[str, str]]:
    """File name and sha256 of every entry of the manifest that has both."""
    if isinstance(told, dict):
        name, sha256 = told.get("file") or told.get("path"), told.get("sha256")
        if isinstance(name, str) and isinstance(sha256, str):
            yield name, sha256
        for value in told.values():
            yield from _hashes(value)
    elif isinstance(told, list):
        for value in told:
            yield from _hashes(value)


def _first_line(error: duckdb.Error) -> str:
    return str(error).partition("\n")[0]

"""Writing the exports of a publication: whole or not at all, under its id.

What lives here: the order of things on the disk. What does not: the single files (`tables.py`,
`workbook.py`, `datapackage.py`, `croissant.py`, `words.py`), when this is called
(`orchestration/publishing.py`).

A folder is built under a name of its own on the same disk, brought to the disk, and renamed. What
a killed process leaves behind begins with `.building-` and is removed by the next one.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.home import Home
from orchestration.exports import quotes
from orchestration.exports.codebook import Table, read_tables
from orchestration.exports.croissant import CROISSANT, write_croissant
from orchestration.exports.datapackage import DATAPACKAGE, write_datapackage
from orchestration.exports.manifest import (
    ExportedFile,
    Manifest,
    build_manifest,
    describe_file,
    whole_exports,
    write_manifest,
)
from orchestration.exports.tables import csv_path, parquet_path, write_table
from orchestration.exports.words import CITATION_FILE, LICENCE_FILE, README_FILE, write_words
from orchestration.exports.workbook import WORKBOOK, write_workbook
from orchestration.publishing import NothingToPublish, Publication, read_publication, sync

BUILDING = ".building-"
# Enough for the longest row groups; what does not fit goes to the disk.
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Exports:
    """The exports of a publication: `is_new` where they were written now."""

    folder: Path
    manifest: Manifest
    is_new: bool


def ensure_exports(home: Home, warehouse: Path) -> Exports:
    """The exports of the publication in the file `warehouse`, written where they are not there.

    A folder that is whole stays as it is: what was cited keeps its bytes. To be called while the
    publish lock is held. Raises NothingToPublish where the file is no publication.
    """
    publication = read_publication(warehouse)
    if publication is None:
        raise NothingToPublish(f"There is no publication in {warehouse}.")
    folder = home.exports_dir / publication.publication_id
    manifest = whole_exports(folder, publication.publication_id)
    if manifest is not None:
        return Exports(folder, manifest, is_new=False)
    home.exports_dir.mkdir(parents=True, exist_ok=True)
    remove_unfinished(home.exports_dir)
    building = home.exports_dir / f"{BUILDING}{publication.publication_id}"
    try:
        manifest = write_exports(warehouse, publication, building)
        _sync_tree(building)
        if folder.exists():  # not whole, or it would not be written again
            os.replace(folder, building.with_name(f"{BUILDING}old-{folder.name}"))
        os.replace(building, folder)
        sync(home.exports_dir)
    finally:
        remove_unfinished(home.exports_dir)
    return Exports(folder, manifest, is_new=True)


def write_exports(warehouse: Path, publication: Publication, folder: Path) -> Manifest:
    """Write all files of a publication into a new folder; the manifest is the last."""
    folder.mkdir()
    with duckdb.connect(str(warehouse), read_only=True) as con:
        con.execute(f"SET memory_limit = '{_MEMORY}'")
        con.execute("SET temp_directory = $folder", {"folder": str(folder / ".spill")})
        con.execute(quotes.MACROS)
        tables = [quotes.exported(table) for table in read_tables(con)]
        files = _write_data(con, tables, publication, folder)
    write_words(folder, tables, publication)
    write_datapackage(folder, tables, files, publication)
    write_croissant(folder, tables, files, publication)
    beside = (README_FILE, LICENCE_FILE, CITATION_FILE, DATAPACKAGE, CROISSANT)
    files += [describe_file(folder, name) for name in beside]
    manifest = build_manifest(publication, tables, files)
    write_manifest(folder, manifest)
    shutil.rmtree(folder / ".spill", ignore_errors=True)
    return manifest


def remove_unfinished(exports_dir: Path) -> None:
    """Remove what a killed process left behind. To be called while the publish lock is held."""
    for leftover in exports_dir.glob(f"{BUILDING}*"):
        shutil.rmtree(leftover)


def _write_data(
    con: duckdb.DuckDBPyConnection,
    tables: list[Table],
    publication: Publication,
    folder: Path,
) -> list[ExportedFile]:
    """The tables one after the other; beside them the workbook, which keeps one core busy."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        book = beside.submit(write_workbook, con.cursor(), tables, publication, folder)
        for table in tables:
            write_table(con, table, folder)
        book.result()
    files = [describe_file(folder, WORKBOOK)]
    for table in tables:
        files.append(describe_file(folder, parquet_path(table.name), table))
        files.append(describe_file(folder, csv_path(table.name), table))
    return files


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)

"""`datapackage.json`: the exports in the words of Frictionless Data Package.

What lives here: the descriptor. What does not: reading the tables' descriptions (`codebook.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.exports import words
from orchestration.exports.codebook import Column, Table
from orchestration.exports.manifest import ExportedFile
from orchestration.exports.tables import csv_path, parquet_path
from orchestration.exports.workbook import WORKBOOK
from orchestration.publishing import Publication

DATAPACKAGE = "datapackage.json"
_FORMATS = {"datetime": "%Y-%m-%dT%H:%M:%S.%fZ"}  # as `tables.TIME_FORMAT` writes it


def write_datapackage(
    folder: Path,
    tables: Sequence[Table],
    files: Iterable[ExportedFile],
    publication: Publication,
) -> None:
    """Write the descriptor of the files into the folder."""
    text = json.dumps(describe(tables, files, publication), ensure_ascii=False, indent=1)
    (folder / DATAPACKAGE).write_text(text + "\n", encoding="utf-8")


def describe(
    tables: Sequence[Table], files: Iterable[ExportedFile], publication: Publication
) -> dict[str, Any]:
    """The descriptor: CSV as tables with a schema, Parquet and the workbook as files beside them."""
    written = {file.path: file for file in files}
    resources = [_table_resource(table, written) for table in tables]
    resources += [
        _file_resource(
            f"{table.name}_parquet", written[parquet_path(table.name)], "parquet",
            "application/vnd.apache.parquet", f"Table {table.name} as Parquet.",
        )
        for table in tables
    ]  # fmt: skip
    resources.append(
        _file_resource(
            "agency_year_workbook", written[WORKBOOK], "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Table agency_year with a codebook, for spreadsheets.",
        )
    )  # fmt: skip
    return {
        "profile": "data-package",
        "name": words.NAME,
        "id": publication.publication_id,
        "title": words.TITLE,
        "description": words.DESCRIPTION,
        "version": publication.publication_id,
        "created": publication.created_at.isoformat(timespec="seconds") + "Z",
        "keywords": list(words.KEYWORDS),
        "licenses": [
            {"name": words.LICENCE_ID, "title": words.LICENCE_TITLE, "path": words.LICENCE_URL}
        ],
        "contributors": [{"title": words.AUTHOR, "role": "author"}],
        "resources": resources,
    }


def _table_resource(table: Table, written: Mapping[str, ExportedFile]) -> dict[str, Any]:
    return {
        **_file_resource(
            table.name, written[csv_path(table.name)], "csv", "text/csv", table.description
        ),
        "type": "table",
        "profile": "tabular-data-resource",
        "compression": "gz",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
        },
    }


def _file_resource(
    name: str, file: ExportedFile, kind: str, mediatype: str, description: str
) -> dict[str, Any]:
    return {
        "name": name,
        "type": "file",
        "path": file.path,
        "description": description,
        "format": kind,
        "mediatype": mediatype,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _field(column: Column) -> dict[str, Any]:
    told = {
        "name": column.name,
        "type": column.kind,
        "title": " ".join(filter(None, (column.heading_en(), column.heading_zh()))),
        "description": column.description,
    }
    if column.kind in _FORMATS:
        told["format"] = _FORMATS[column.kind]
    return told

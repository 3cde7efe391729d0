"""`croissant.json`: the exports in the words of Croissant, for programs of machine learning.

What lives here: the JSON-LD. What does not: reading the tables' descriptions (`codebook.py`).
The context is the one of the standard's version 1.0, written out: nothing has to be fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from orchestration.exports import words
from orchestration.exports.codebook import Table
from orchestration.exports.manifest import ExportedFile
from orchestration.exports.tables import parquet_path
from orchestration.publishing import Publication

CROISSANT = "croissant.json"
_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
# The standard asks for three numbers; the publication's own version is in `alternateName`.
_VERSION = "1.0.0"


def write_croissant(
    folder: Path,
    tables: Sequence[Table],
    files: Iterable[ExportedFile],
    publication: Publication,
) -> None:
    """Write the description of the Parquet files into the folder."""
    text = json.dumps(describe(tables, files, publication), ensure_ascii=False, indent=1)
    (folder / CROISSANT).write_text(text + "\n", encoding="utf-8")


def describe(
    tables: Sequence[Table], files: Iterable[ExportedFile], publication: Publication
) -> dict[str, Any]:
    """The JSON-LD: a file object and a record set for each table."""
    written = {file.path: file for file in files}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": words.NAME,
        "alternateName": [f"{words.NAME} {publication.publication_id}"],
        "description": words.DESCRIPTION,
        "license": words.LICENCE_URL,
        "version": _VERSION,
        "datePublished": publication.created_at.date().isoformat(),
        "keywords": list(words.KEYWORDS),
        "creator": {"@type": "sc:Organization", "name": words.AUTHOR},
        "citeAs": f"{words.AUTHOR}. {words.TITLE}. Publication {publication.publication_id}.",
        "isLiveDataset": False,
        "distribution": [
            _file_object(table, written[parquet_path(table.name)]) for table in tables
        ],
        "recordSet": [_record_set(table) for table in tables],
    }


def _file_object(table: Table, file: ExportedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.parquet",
        "name": f"{table.name}.parquet",
        "description": table.description,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": column.description,
                "dataType": _TYPES[column.kind],
                "source": {
                    "fileObject": {"@id": f"{table.name}.parquet"},
                    "extract": {"column": column.name},
                },
            }
            for column in table.columns
        ],
    }

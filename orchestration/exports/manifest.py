"""The manifest of a publication's exports: what was written, told last, so that it tells a whole.

What lives here: writing and reading `manifest.json`, and whether a folder is what it says. What
does not: the files (`writing.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from orchestration.exports.codebook import Table
from orchestration.publishing import Publication

MANIFEST = "manifest.json"
# Raised by hand where the folder's make-up changes; folders that are there stay as they are.
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of the folder: `path` relative to it, `table` and `rows` where it holds a table."""

    path: str
    bytes: int
    sha256: str
    table: str | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of exports holds, every file but the manifest itself."""

    publication_id: str
    created_at: str
    reader_version: str
    model_version: str
    schema_version: str
    format_version: int
    files: tuple[ExportedFile, ...]

    def total_bytes(self) -> int:
        """The size of all files together."""
        return sum(file.bytes for file in self.files)


def schema_version(tables: Iterable[Table]) -> str:
    """A hash of the exported tables' names, columns and types: equal where no program breaks."""
    shape = [(t.name, [(c.name, c.kind) for c in t.columns]) for t in tables]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:16]


def describe_file(folder: Path, path: str, table: Table | None = None) -> ExportedFile:
    """The entry of the file at `path` below the folder; `table` where it holds one."""
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = (folder / path).stat().st_size
    if table is None:
        return ExportedFile(path, size, digest)
    return ExportedFile(path, size, digest, table.name, table.row_count)


def build_manifest(
    publication: Publication, tables: Iterable[Table], files: Iterable[ExportedFile]
) -> Manifest:
    """The manifest of these files of a publication."""
    return Manifest(
        publication_id=publication.publication_id,
        created_at=publication.created_at.isoformat(timespec="microseconds") + "Z",
        reader_version=publication.reader_version,
        model_version=publication.model_version,
        schema_version=schema_version(tables),
        format_version=FORMAT_VERSION,
        files=tuple(sorted(files, key=lambda file: file.path)),
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it into the folder."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = tuple(ExportedFile(**file) for file in told.pop("files"))
        return Manifest(**told, files=files)
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError):
        return None


def whole_exports(folder: Path, publication_id: str) -> Manifest | None:
    """The manifest where the folder holds the exports of that publication with all files.

    Files are told by their sizes: that costs nothing. `damaged_files` compares their hashes.
    """
    manifest = read_manifest(folder)
    if manifest is None or manifest.publication_id != publication_id:
        return None
    is_whole = all(_size(folder / file.path) == file.bytes for file in manifest.files)
    return manifest if is_whole else None


def damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    """The files whose contents are not what the manifest says, by their hashes."""
    return [
        file.path
        for file in manifest.files
        if _size(folder / file.path) != file.bytes
        or describe_file(folder, file.path).sha256 != file.sha256
    ]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None

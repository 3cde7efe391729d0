"""The reader's version: a hash of everything that decides how a document is read.

What lives here: which code, rules and lists count. What does not: the version of the package
(`pyproject.toml`) or of the models (`dbt_project`).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from ingest.paths import PROJECT_ROOT, REFERENCE_DIR

_CODE = ("duplicates", "formats", "identity", "narrative", "reference", "rules", "tables", "text")
_MODULES = ("chunk.py", "document.py", "model.py", "rows.py", "schema.py")
_SUFFIXES = {".py", ".toml", ".yaml", ".yml", ".csv"}
# lists that only the models read
_MODEL_LISTS = {
    "agency_functions.csv",
    "agency_kinds.csv",
    "agency_short_forms.csv",
    "agency_successors.csv",
    "org_groups.csv",
    "region_pinyin.csv",
    "region_successors.csv",
}


def _files() -> list[Path]:
    package = PROJECT_ROOT / "ingest"
    found = [package / name for name in _MODULES]
    for room in _CODE:
        found += [p for p in (package / room).rglob("*") if p.suffix in _SUFFIXES]
    found += [p for p in REFERENCE_DIR.glob("*.csv") if p.name not in _MODEL_LISTS]
    return sorted(found)


@cache
def reader_version() -> str:
    """Twelve hex digits that change when a document might be read differently."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.relative_to(PROJECT_ROOT).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:12]

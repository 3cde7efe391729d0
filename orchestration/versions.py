"""Versions: what the warehouse is made from besides documents, as hashes.

What lives here: hashes over the files of the project that decide what is published. What does
not: the version of the reader (`ingest/version.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ingest.paths import PROJECT_ROOT
from orchestration.settings import OrchestrationSettings

# Written by dbt when it runs in the project's folder; made from the rest.
_DBT_MADE = {"target", "logs", "dbt_packages"}
_CODE_DIR = Path(__file__).resolve().parent


def hash_files(root: Path, files: Iterable[Path]) -> str:
    """A hash of the files' names below `root` and of their bytes; order does not matter."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def code_version(*places: str) -> str:
    """The version of an asset: a hash of the code in these files and folders of the project."""
    files = [
        path
        for place in places
        for path in (
            (PROJECT_ROOT / place).rglob("*.py")
            if (PROJECT_ROOT / place).is_dir()
            else [PROJECT_ROOT / place]
        )
    ]
    return hash_files(PROJECT_ROOT, files)


def macros_version(dbt_project_dir: Path) -> str:
    """A hash of the macros, which a model's own SQL does not show."""
    return hash_files(dbt_project_dir, (dbt_project_dir / "macros").rglob("*.sql"))


def dbt_version(settings: OrchestrationSettings) -> str:
    """A hash of the dbt project: it changes where a model, test, macro, seed or profile does."""
    root = settings.dbt_project_dir
    return hash_files(
        root,
        (
            path
            for path in root.rglob("*")
            if path.is_file()
            and path.suffix in {".sql", ".yml", ".yaml", ".csv", ".md"}
            and not _DBT_MADE & set(path.relative_to(root).parts)
        ),
    )


def model_version(settings: OrchestrationSettings) -> str:
    """A hash of all that turns staging into the published file.

    That is the dbt project, the reference data, the corrections, the verdicts of people, and the
    code and suites of this package.
    """
    parts = [
        dbt_version(settings),
        hash_files(settings.reference_dir, settings.reference_dir.glob("*.csv")),
        hash_files(settings.corrections_dir, settings.corrections_dir.rglob("*.y*ml")),
        hash_files(settings.verdicts_dir, settings.verdicts_dir.glob("*.csv")),
        hash_files(
            _CODE_DIR,
            (path for path in _CODE_DIR.rglob("*") if path.suffix in {".py", ".yml", ".yaml"}),
        ),
    ]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]

"""Running the dbt project on a database of a test's own, and looking at what it built.

What lives here: starting dbt in this process and naming what failed. What does not: the rows it
runs on (`staging_rows.py`), what must hold of the marts (`test_dbt_*.py`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult

from ingest.paths import PROJECT_ROOT, REFERENCE_DIR, VERDICTS_DIR

PROJECT = PROJECT_ROOT / "dbt_project"
# Unit tests hold the SQL against rows of their own: one run of them is enough.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
WITHOUT_TESTS = (*WITHOUT_UNIT_TESTS, "--exclude-resource-type", "test")


def run_dbt(database: Path, *arguments: str) -> dbtRunnerResult:
    """Run dbt on a database, with everything it writes beside that database."""
    variables = {
        "GONGKAI_WORK_DB": str(database),
        "GONGKAI_REFERENCE_DIR": str(REFERENCE_DIR),
        "GONGKAI_VERDICTS_DIR": str(VERDICTS_DIR),
        "DBT_TARGET_PATH": str(database.parent / "target"),
        "DBT_LOG_PATH": str(database.parent / "logs"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        here = os.fspath(PROJECT)
        result = dbtRunner().invoke(
            [*arguments, "--project-dir", here, "--profiles-dir", here, "--quiet"]
        )
        # dbt would hold the file until exit
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    return result


def failures(result: dbtRunnerResult) -> list[str]:
    """The names of the nodes that failed, with what dbt says of them."""
    if result.exception is not None:
        return [str(result.exception)]
    return [
        f"{node.node.name}: {node.message}"
        for node in getattr(result.result, "results", [])
        if node.status in ("error", "fail", "runtime error")
    ]


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on a built database."""
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(query).fetchall()

"""Great Expectations on DuckDB: what the audit relies on, and fails here when the library changes.

If one of these fails after an upgrade, look at `orchestration/validation/duckdb_engine.py` first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from great_expectations.execution_engine import sqlalchemy_execution_engine as gx_engine

from orchestration.validation.duckdb_engine import (
    DuckDBExecutionEngine,
    broken_rows_query,
    connection_to,
)

QUERY = sa.text("select count(*) from marts.observations")


def _engine(kind: type[gx_engine.SqlAlchemyExecutionEngine], candidate: Path) -> object:
    arguments = connection_to(candidate)
    return kind(connection_string=arguments["connection_string"], **arguments["kwargs"])


def test_library_does_not_list_duckdb_among_dialects_with_one_connection() -> None:
    listed = {dialect.value for dialect in gx_engine._PERSISTED_CONNECTION_DIALECTS}

    assert "sqlite" in listed
    assert "duckdb" not in listed, "Great Expectations keeps DuckDB's connection: drop our engine"


def test_library_finds_no_rows_at_all_when_its_own_engine_is_used(healthy_candidate: Path) -> None:
    engine = _engine(gx_engine.SqlAlchemyExecutionEngine, healthy_candidate)
    assert isinstance(engine, gx_engine.SqlAlchemyExecutionEngine)

    rows = engine.execute_query(QUERY).fetchall()

    assert rows == [], "Great Expectations reads DuckDB's results itself: drop our engine"


def test_results_outlive_the_query_when_our_engine_is_used(healthy_candidate: Path) -> None:
    engine = _engine(DuckDBExecutionEngine, healthy_candidate)
    assert isinstance(engine, DuckDBExecutionEngine)

    first, second = engine.execute_query(QUERY), engine.execute_query(QUERY)

    assert first.connection is second.connection
    assert second.fetchall() == [(11,)]
    engine.close()


def test_engine_goes_on_when_a_query_failed(healthy_candidate: Path) -> None:
    engine = _engine(DuckDBExecutionEngine, healthy_candidate)
    assert isinstance(engine, DuckDBExecutionEngine)

    with pytest.raises(sa.exc.ProgrammingError):
        engine.execute_query(sa.text("select nothing from marts.observations"))

    assert engine.execute_query(QUERY).fetchall() == [(11,)]
    engine.close()


def test_engine_refuses_when_asked_to_write(healthy_candidate: Path) -> None:
    engine = _engine(DuckDBExecutionEngine, healthy_candidate)
    assert isinstance(engine, DuckDBExecutionEngine)

    with pytest.raises(sa.exc.SQLAlchemyError, match="read-only"):
        engine.execute_query(sa.text("delete from marts.observations"))
    engine.close()


def test_query_keeps_its_braces_when_they_are_its_own() -> None:
    query = broken_rows_query("select {'a': 1} as pair from audited")

    assert "select {'a': 1} as pair" in query.format(batch="marts.observations")


def test_library_is_imported_late_and_with_analytics_off_when_the_package_is_imported() -> None:
    program = (
        "import os, sys, orchestration.validation as validation\n"
        "validation.planned_expectations(); validation.build_audit_checks('candidate')\n"
        "print('great_expectations' in sys.modules, os.environ['GX_ANALYTICS_ENABLED'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "false"]

"""Great Expectations on DuckDB: the one place where gongkai bends Great Expectations.

What lives here: a datasource that reads a DuckDB file, and an expectation that shows the rows
which break it. What does not: what is expected (`suites/*.yml`), the audit itself (`audit.py`).
Importing this module imports Great Expectations (seconds): only `gx_run.py` does.

Great Expectations hands a query's cursor on after it has left its `get_connection()` block. For
the dialects it lists (`_PERSISTED_CONNECTION_DIALECTS`: SQLite and three others) that block keeps
one connection open; for all others it closes it, and DuckDB's results die with their connection:
without any error, every query then finds no rows, and a rule that nothing breaks seems to hold.
DuckDB is not listed, so `DuckDBExecutionEngine` keeps the connection, as is done for SQLite.
`tests/faults/test_audit_engine.py` fails as soon as Great Expectations decides otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from great_expectations.core import ExpectationValidationResult
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import (
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.render.components import (
    CollapseContent,
    LegacyDiagnosticRendererType,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer

# Every audited table is one of the marts.
SCHEMA = "marts"

# How many rows that break a rule are kept: enough to see what is wrong, few enough to read.
SAMPLE_SIZE = 5
_COUNT_COLUMN = "broken_row_count"


# Five million observations need 5 GB where nothing bounds them, and no more time with this.
_MEMORY = "2GB"


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Runs every query of an audit through one connection, open until `close()`."""

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        if self._connection is None:
            self._connection = self.engine.connect()
            self._connection.exec_driver_sql(f"SET memory_limit = '{_MEMORY}'")
        try:
            yield self._connection
        except Exception:
            # A query that fails aborts DuckDB's transaction, and every query after it with it.
            self._connection.rollback()
            raise

    def close(self) -> None:
        """Lets go of the file, so that it can be moved or written."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.engine.dispose()


_EngineType = type[DuckDBExecutionEngine]


class GongkaiDuckDBDatasource(SQLDatasource):
    """A DuckDB file that an audit reads; `context.data_sources.add_gongkai_duckdb` makes one."""

    type: Literal["gongkai_duckdb"] = "gongkai_duckdb"  # type: ignore[assignment]
    connection_string: str

    @property
    def execution_engine_type(self) -> _EngineType:
        return DuckDBExecutionEngine

    @property
    def schema_(self) -> str:
        return SCHEMA

    def get_engine(self) -> sa.Engine:
        """The engine of the queries: a second one would hold the file beyond `close()`."""
        return self.get_execution_engine().engine


def connection_to(database: Path) -> dict[str, Any]:
    """The arguments of a datasource that reads `database` and cannot write it."""
    url = sa.URL.create("duckdb", database=str(database))
    return {
        "connection_string": url.render_as_string(),
        "kwargs": {"connect_args": {"read_only": True}},
    }


class ExpectNoBrokenRows(UnexpectedRowsExpectation):
    """Holds where a query finds no row; else tells how many there are and shows the first.

    The library's own expectation counts and fetches in two passes and shows rows only together
    with everything else (result format COMPLETE); this one does both in one pass.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        rows = [dict(row) for row in metrics["unexpected_rows_query.table"]]
        count = rows[0][_COUNT_COLUMN] if rows else 0
        for row in rows:
            del row[_COUNT_COLUMN]
        return {
            "success": not rows,
            "result": {"observed_value": count, "details": {"unexpected_rows": rows}},
        }

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls,
        configuration: Any = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
    ) -> list[RenderedTableContent | CollapseContent] | None:
        """The rows that break the rule, for the data docs; the library shows only how many."""
        rows = (result.result if result else {}).get("details", {}).get("unexpected_rows")
        if not rows:
            return None
        return [
            RenderedTableContent(
                content_block_type="table",
                header_row=list(rows[0]),
                table=[
                    ["" if cell is None else str(cell) for cell in row.values()] for row in rows
                ],
                styling={"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}},
            )
        ]


def broken_rows_query(query: str) -> str:
    """`query` made ready for `ExpectNoBrokenRows`.

    `audited` becomes the audited table, braces lose the meaning they have for Great Expectations,
    each row carries the count of all, and only the first few rows, in a fixed order, come back.
    """
    literal = query.replace("{", "{{").replace("}", "}}")
    return (
        f"with audited as (select * from {{batch}})\n"
        f"select count(*) over () as {_COUNT_COLUMN}, * from (\n{literal}\n)\n"
        f"order by all limit {SAMPLE_SIZE}"
    )

"""The run of an audit through Great Expectations, and the writing of its data docs.

What lives here: planned expectations → Great Expectations → results. What does not: the
expectations (`suites/*.yml`), the bending of Great Expectations to DuckDB (`duckdb_engine.py`),
the words of the results (`results.py`). Importing this module imports Great Expectations
(seconds): `audit.py` does so late.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import great_expectations as gx
import sqlalchemy as sa
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.data_context.ephemeral_data_context import (
    EphemeralDataContext,
)
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.registry import get_expectation_impl

from orchestration.validation.duckdb_engine import (
    SAMPLE_SIZE,
    ExpectNoBrokenRows,
    GongkaiDuckDBDatasource,
    broken_rows_query,
    connection_to,
)
from orchestration.validation.expectations import (
    MARTS,
    STAGING,
    AuditSeverity,
    PlannedExpectation,
)
from orchestration.validation.results import AuditResult, broken, held, not_evaluated

# What tells a person which row it is, where a table has it.
_TELLING_COLUMNS = ("report_id", "document_id", "source_uri", "indicator", "quote")
_FILES = {"candidate": "candidate warehouse", "staging": "work file"}
_GX_SEVERITY = {AuditSeverity.ERROR: "critical", AuditSeverity.WARN: "warning"}


def audit_with_gx(
    candidate: Path,
    data_docs_dir: Path | None,
    planned: Sequence[PlannedExpectation],
    work_db: Path | None = None,
) -> list[AuditResult]:
    """The results of `planned` on the DuckDB file `candidate`, in their order.

    Those about staging are put to `work_db`.
    """
    context = _context(data_docs_dir)
    by_id: dict[str, AuditResult] = {}
    own = [one for one in planned if one.schema != STAGING]
    staged = [one for one in planned if one.schema == STAGING]
    for name, database, batch in (("candidate", candidate, own), ("staging", work_db, staged)):
        if batch and database is None:
            by_id |= {one.id: not_evaluated(one, "no work file was named.") for one in batch}
        elif batch and database is not None:
            by_id |= _audit_file(context, name, database, batch)
    if data_docs_dir is not None:
        _write_data_docs(context, data_docs_dir)
    return [by_id[one.id] for one in planned]


def _audit_file(
    context: EphemeralDataContext,
    name: str,
    database: Path,
    planned: Sequence[PlannedExpectation],
) -> dict[str, AuditResult]:
    datasource: GongkaiDuckDBDatasource = context.data_sources.add_gongkai_duckdb(
        name, **connection_to(database)
    )
    by_id: dict[str, AuditResult] = {}
    try:
        columns = _columns(datasource)
        for (suite, schema, table), batch in _batches(planned):
            if (schema, table) in columns:
                place = f"{suite}.{table}" if schema == MARTS else f"{suite}.{schema}.{table}"
                found = _audit_table(context, datasource, place, batch, columns[schema, table])
            else:
                problem = f"the {_FILES[name]} has no table {schema}.{table}."
                found = (not_evaluated(one, problem) for one in batch)
            by_id |= {result.expectation_id: result for result in found}
    finally:
        datasource.get_execution_engine().close()
    return by_id


def _batches(
    planned: Sequence[PlannedExpectation],
) -> Iterator[tuple[tuple[str, str, str], list[PlannedExpectation]]]:
    def place(one: PlannedExpectation) -> tuple[str, str, str]:
        return one.suite, one.schema, one.table

    for key, batch in groupby(sorted(planned, key=place), key=place):
        yield key, list(batch)


def _context(data_docs_dir: Path | None) -> EphemeralDataContext:
    """A context in memory: Great Expectations leaves no file but the data docs."""
    defaults = InMemoryStoreBackendDefaults()
    defaults.data_docs_sites = {} if data_docs_dir is None else {"audit": _site(data_docs_dir)}
    config = DataContextConfig(
        store_backend_defaults=defaults,
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def _site(data_docs_dir: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            # The library takes $NAME in its settings for a variable.
            "base_directory": str(data_docs_dir.absolute()).replace("$", r"\$"),
        },
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }


def _write_data_docs(context: EphemeralDataContext, data_docs_dir: Path) -> None:
    """Pages of earlier audits go: each has a name of its own, and none is linked any more."""
    for pages in ("expectations", "validations"):
        shutil.rmtree(data_docs_dir / pages, ignore_errors=True)
    context.build_data_docs()


def _columns(datasource: GongkaiDuckDBDatasource) -> dict[tuple[str, str], list[str]]:
    """Schema and table → columns."""
    query = sa.text(
        "select table_schema, table_name, list(column_name order by ordinal_position) "
        "from information_schema.columns group by all"
    )
    return {
        (schema, table): list(names)
        for schema, table, names in datasource.get_execution_engine().execute_query(query).fetchall()
    }


def _audit_table(
    context: EphemeralDataContext,
    datasource: GongkaiDuckDBDatasource,
    name: str,
    batch: Sequence[PlannedExpectation],
    columns: Sequence[str],
) -> Iterator[AuditResult]:
    """The results of all expectations of one suite on one table; `name` is its place."""
    by_id = {one.id: one for one in batch}
    with warnings.catch_warnings():
        # the library would have one datasource a schema, which is one file opened twice here
        warnings.simplefilter("ignore", DeprecationWarning)
        asset = datasource.add_table_asset(
            name, table_name=batch[0].table, schema_name=batch[0].schema
        )
    suite = gx.ExpectationSuite(name=name, expectations=[_expectation(one) for one in batch])
    definition = gx.ValidationDefinition(
        name=name,
        data=asset.add_batch_definition_whole_table(batch[0].table),
        suite=context.suites.add(suite),
    )
    answers = context.validation_definitions.add(definition).run(
        run_id=RunIdentifier(run_name="audit"),
        result_format={
            "result_format": "SUMMARY",
            "partial_unexpected_count": SAMPLE_SIZE,
            "unexpected_index_column_names": [
                column for column in _TELLING_COLUMNS if column in columns
            ],
        },
    )
    for answer in answers.results:
        assert answer.expectation_config is not None
        yield _result(by_id[answer.expectation_config.meta["id"]], answer)


def _expectation(planned: PlannedExpectation) -> Expectation:
    common: dict[str, Any] = {
        "description": f"{planned.rule} ({planned.id})",
        "notes": f"{planned.reason} Source: {planned.source}",
        "severity": _GX_SEVERITY[planned.severity],
        "meta": {"id": planned.id},
    }
    if planned.query is not None:
        return ExpectNoBrokenRows(unexpected_rows_query=broken_rows_query(planned.query), **common)
    return get_expectation_impl(str(planned.gx_type))(**planned.kwargs, **common)


def _result(planned: PlannedExpectation, answer: ExpectationValidationResult) -> AuditResult:
    problem = _exception_message(answer.exception_info or {})
    if problem is not None:
        return not_evaluated(planned, problem)
    found = answer.result
    observed = {
        key: found[key]
        for key in ("observed_value", "element_count", "unexpected_count", "unexpected_percent")
        if key in found
    }
    if answer.success:
        return held(planned, observed)
    rows = (
        found.get("details", {}).get("unexpected_rows")
        or found.get("partial_unexpected_index_list")
        or ()
    )
    # Our own expectation observes the rows that break it; the library's count them, or observe
    # something else of the table as a whole.
    count = found.get("observed_value" if planned.query is not None else "unexpected_count")
    return broken(planned, observed, count, tuple(rows))


def _exception_message(info: Mapping[str, Any]) -> str | None:
    """The library reports an exception flat, or under the id of the metric that raised it."""
    for one in (info, *(value for value in info.values() if isinstance(value, Mapping))):
        if one.get("raised_exception"):
            # What follows in brackets is the statement and a link to SQLAlchemy's pages.
            said = str(one.get("exception_message")).split("\n[SQL:")[0]
            return f"{' '.join(said.split())}."
    return None

"""What an audit says of one expectation, in values and in plain English.

What lives here: the result of an expectation and the sentences a person reads about it. What does
not: the expectations (`suites/*.yml`), how they are evaluated (`audit.py`), what Dagster makes of
the results (`checks.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from orchestration.validation.expectations import AuditSeverity, PlannedExpectation

# Columns of a row that tell whose it is come first in a message; the others follow as they are.
_IDENTITY_COLUMNS = ("report_id", "document_id", "source_uri", "quote")

# Longer than nearly every sentence of a report, shorter than a cut that lost its sentence ends.
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class AuditResult:
    """How one expectation fared on the candidate warehouse.

    `severity` is the expectation's own, except where it could not be evaluated: that is always an
    error, because an unanswered question is no good answer. `observed` is JSON-able;
    `unexpected_count` is None where rows were not counted: the expectation could not be evaluated,
    or it is about the table as a whole. `sample` holds up to five of the rows that break it.
    """

    expectation_id: str
    suite: str
    table: str
    severity: AuditSeverity
    success: bool
    evaluated: bool
    observed: Mapping[str, Any]
    unexpected_count: int | None
    sample: tuple[Mapping[str, Any], ...]
    message: str

    @property
    def blocks_publication(self) -> bool:
        """True where this result keeps the candidate from being published."""
        return not self.success and self.severity is AuditSeverity.ERROR


def held(planned: PlannedExpectation, observed: Mapping[str, Any]) -> AuditResult:
    """The result of an expectation that holds on every row."""
    return AuditResult(
        expectation_id=planned.id,
        suite=planned.suite,
        table=planned.table,
        severity=planned.severity,
        success=True,
        evaluated=True,
        observed=plain(observed),
        unexpected_count=0,
        sample=(),
        message=f"{planned.rule} This holds for every row of {planned.schema}.{planned.table}.",
    )


def broken(
    planned: PlannedExpectation,
    observed: Mapping[str, Any],
    unexpected_count: int | None,
    sample: tuple[Mapping[str, Any], ...],
) -> AuditResult:
    """The result of an expectation that some rows break; `sample` are the first of them.

    `unexpected_count` is None where the expectation is about the table as a whole.
    """
    rows = tuple(plain(row) for row in sample)
    if unexpected_count is None:
        found = f"The table breaks (observed: {observed.get('observed_value')})"
    else:
        found = "1 row breaks" if unexpected_count == 1 else f"{unexpected_count} rows break"
    first = f" First: {_tell_row(rows[0])}." if rows else ""
    return AuditResult(
        expectation_id=planned.id,
        suite=planned.suite,
        table=planned.table,
        severity=planned.severity,
        success=False,
        evaluated=True,
        observed=plain(observed),
        unexpected_count=unexpected_count,
        sample=rows,
        message=f"{planned.rule} {found} this in {planned.schema}.{planned.table}.{first} "
        f"Why it matters: {planned.reason} {_CONSEQUENCE[planned.severity]}",
    )


def not_evaluated(planned: PlannedExpectation, problem: str) -> AuditResult:
    """The result of an expectation that could not be put to the warehouse, for `problem`."""
    return AuditResult(
        expectation_id=planned.id,
        suite=planned.suite,
        table=planned.table,
        severity=AuditSeverity.ERROR,
        success=False,
        evaluated=False,
        observed={"problem": problem},
        unexpected_count=None,
        sample=(),
        message=f"{planned.rule} This could not be checked: {problem} "
        f"{_CONSEQUENCE[AuditSeverity.ERROR]}",
    )


_CONSEQUENCE = {
    AuditSeverity.ERROR: "Nothing is published: this is gongkai's own error, and what was "
    "published before stays as it is.",
    AuditSeverity.WARN: "The warehouse is published all the same, with what is printed as it is: "
    "this is for a person to look at.",
}


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same mapping with every value as JSON knows it; dates as ISO text."""
    return {str(key): _plain_value(value) for key, value in row.items()}


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple | set):
        return [_plain_value(one) for one in value]
    return str(value)


def _tell_row(row: Mapping[str, Any]) -> str:
    who = [
        f"{column.removesuffix('_id')} {row[column]}"
        for column in ("report_id", "document_id")
        if row.get(column) is not None
    ]
    if row.get("source_uri") is not None:
        who.append(f"({row['source_uri']})")
    what = [
        f"{column} {_cut(value)}"
        for column, value in row.items()
        if column not in _IDENTITY_COLUMNS and value is not None
    ]
    if row.get("quote") is not None:
        what.append(f"quote «{_cut(row['quote'])}»")
    return ": ".join(part for part in (" ".join(who), ", ".join(what)) if part)


def _cut(value: Any) -> str:
    """A message is read in one line of a log; the sample has the whole value."""
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"

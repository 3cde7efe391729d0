"""Expectations as data: what `suites/*.yml` say must hold of the candidate warehouse.

What lives here: the shape of a suite file and its loader, which raises on anything it does not
know. What does not: the expectations themselves (`suites/*.yml`), how they are evaluated
(`audit.py`), keys and relations of tables (`dbt_project`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.reference import codebook

SUITES_DIR = Path(__file__).parent / "suites"

MARTS = "marts"
STAGING = "staging"

# Names of Dagster's asset checks; lower case so that no two differ by case alone.
_ID = re.compile(r"^[a-z][a-z0-9_]*$")

_CODES: Mapping[str, Callable[[], Iterable[str]]] = MappingProxyType(
    {
        "indicators": codebook.indicators,
        "categories": codebook.categories,
        "channels": codebook.channels,
        "applicant_types": codebook.applicant_types,
        "outcomes": codebook.outcomes,
        "org_groups": codebook.org_groups,
    }
)


class AuditSeverity(StrEnum):
    """Whose fault a broken expectation is."""

    ERROR = "error"  # ours: blocks publication
    WARN = "warn"  # the agency's, or an oddity worth a look: never blocks


class SuiteError(ValueError):
    """A suite file does not say what it has to, or says something unknown."""


@dataclass(frozen=True, slots=True)
class PlannedExpectation:
    """One expectation on one table of schema `marts` (the default) or `meta` of the candidate, or
    of schema `staging` of the work file.

    Either `query` selects the rows that break the rule, from `audited` (the table's rows), or
    `gx_type` and `kwargs` name an expectation of Great Expectations.
    """

    id: str
    suite: str
    table: str
    rule: str
    severity: AuditSeverity
    reason: str
    source: str
    query: str | None
    gx_type: str | None
    kwargs: Mapping[str, Any]
    schema: str = MARTS


class _Entry(BaseModel):
    """One entry of a suite file. With several tables, `{table}` in `id`, `rule` and `query`
    stands for each in turn.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: str
    table: str | tuple[str, ...]
    rule: str
    severity: AuditSeverity
    reason: str
    source: str
    query: str | None = None
    type: str | None = None
    kwargs: dict[str, Any] | None = None
    # "schema" is a name that pydantic keeps for itself
    of_schema: Literal["marts", "meta", "staging"] = Field(default="marts", alias="schema")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.query is None) == (self.type is None):
            raise ValueError("give either a query, or a type with its kwargs")
        if self.query is not None and self.kwargs is not None:
            raise ValueError("kwargs go with a type, not with a query")
        if not all((self.rule, self.reason, self.source)):
            raise ValueError("rule, reason and source each need a text")
        return self


class _Suite(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    suite: str
    about: str
    expectations: tuple[_Entry, ...]


@cache
def planned_expectations(folder: Path = SUITES_DIR) -> tuple[PlannedExpectation, ...]:
    """Every expectation of every suite file in `folder`, in the order of files and entries.

    Raises `SuiteError` on an unknown key, a missing text, an id that is taken or is no name for
    an asset check, a list of codes that the codebook does not have, or a folder without suites.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise SuiteError(f"no suite (*.yml) in {folder}")
    planned = tuple(one for file in files for one in _read_suite(file))
    taken = [name for name, count in Counter(one.id for one in planned).items() if count > 1]
    if taken:
        raise SuiteError(f"expectation ids used twice: {', '.join(taken)}")
    return planned


def _read_suite(file: Path) -> Iterator[PlannedExpectation]:
    try:
        suite = _Suite.model_validate(yaml.safe_load(file.read_text(encoding="utf8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise SuiteError(f"{file.name}: {error}") from error
    if suite.suite != file.stem:
        raise SuiteError(f"{file.name}: the suite calls itself {suite.suite}")
    for entry in suite.expectations:
        yield from _plan(suite.suite, entry)


def _plan(suite: str, entry: _Entry) -> Iterable[PlannedExpectation]:
    tables = (entry.table,) if isinstance(entry.table, str) else entry.table
    for table in tables:
        name = entry.id.replace("{table}", table)
        if not _ID.match(name):
            raise SuiteError(f"{suite}: {name!r} is no id; use a-z, 0-9 and _")
        yield PlannedExpectation(
            id=name,
            suite=suite,
            table=table,
            rule=entry.rule.replace("{table}", table),
            severity=entry.severity,
            reason=entry.reason,
            source=entry.source,
            query=None if entry.query is None else entry.query.replace("{table}", table),
            gx_type=entry.type,
            kwargs=MappingProxyType(
                {key: _resolve(name, value) for key, value in (entry.kwargs or {}).items()}
            ),
            schema=entry.of_schema,
        )


def _resolve(name: str, value: Any) -> Any:
    """`{codebook: channels}` stands for the codes of that list; anything else for itself."""
    if not (isinstance(value, dict) and set(value) == {"codebook"}):
        return value
    try:
        return sorted(_CODES[value["codebook"]]())
    except KeyError:
        raise SuiteError(
            f"{name}: the codebook has no list {value['codebook']!r}; it has {', '.join(_CODES)}"
        ) from None

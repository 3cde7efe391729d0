"""A query: its SQL, its parameters, and both as one text that runs anywhere.

What lives here: the value that pages, downloads and "copy as SQL" share; conditions that are left
out where no value was chosen. What does not: any question of a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool | list[str] | list[int] | None

# A string, a comment or a parameter: only the last is filled in.
_PIECES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$(?P<name>[a-z_]+)")


@dataclass(frozen=True, slots=True)
class Query:
    """SQL over the tables of the published file, with parameters written `$name`.

    `sql` has no LIMIT of its own where a page shows it in portions, and always an ORDER BY.
    """

    sql: str
    parameters: Mapping[str, Value] = field(default_factory=dict)

    def as_text(self) -> str:
        """The query with its parameters filled in as literals: what a person copies and runs."""

        def filled(match: re.Match[str]) -> str:
            name = match["name"]
            return match[0] if name is None else literal(self.parameters[name])

        return _PIECES.sub(filled, self.sql)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that counts where `value` is chosen (not None): `sql` names `$parameter`."""

    sql: str
    parameter: str
    value: Value


def where(*conditions: Condition) -> str:
    """The clause of the chosen conditions; empty where none is chosen."""
    chosen = [condition.sql for condition in conditions if condition.value is not None]
    return "where " + "\n    and ".join(chosen) if chosen else ""


def build(template: str, *conditions: Condition, **parameters: Value) -> Query:
    """The query of a template whose `{where}` becomes the chosen conditions (or nothing).

    The template's own conditions come before, as `where … {and_where}`. Parameters named beside the
    conditions are always given.
    """
    clause = where(*conditions)
    sql = template.replace("{where}", clause)
    sql = sql.replace("{and_where}", clause.replace("where", "and", 1))
    sql = "\n".join(line.rstrip() for line in sql.strip().splitlines() if line.strip())
    given = {c.parameter: c.value for c in conditions if c.value is not None}
    return Query(sql, {**parameters, **given})


def literal(value: Value) -> str:
    """A value as DuckDB's SQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal(entry) for entry in value) + "]"
    return "'" + value.replace("'", "''") + "'"

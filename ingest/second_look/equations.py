"""The identities that hold within one table, as equations over its cells.

What lives here: reading `dbt_project/seeds/identities.csv`, whose small language is told in
`int_identity_terms.sql`, as far as it is about one form of a report. What does not: evaluating
them over the warehouse (`dbt_project`), naming the cell at fault (`locate.py`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.tables.forms import table_forms
from ingest.tables.official import OfficialCell, OfficialRow

# What a cell counts: indicator, channel, applicant type, outcome; '' where it is not broken down.
Code = tuple[str, str, str, str]

_OPERAND = re.compile(r"(^| [+-] )([a-z0-9_]+)(?::([a-z_]+)=([^@ ]+))?")
_DIMENSIONS = ("channel", "applicant_type", "outcome")


@dataclass(frozen=True, slots=True)
class Equation:
    """`sum(sign * cell) = 0` over the cells of one form; every cell must be printed."""

    check_id: str
    form: str
    terms: tuple[tuple[int, Code], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code stands in a form: its table, printed row and column (0-based)."""

    table: str
    row: OfficialRow
    column: int


def load_equations(identities: Path) -> tuple[Equation, ...]:
    """The equations of every official form, from the file of identities.

    Only identities within one form, with `=` and one reading, whose cells the form has.
    """
    with identities.open(encoding="utf8", newline="") as handle:
        rows = [
            row
            for row in csv.DictReader(handle)
            if row["frame"] == "within" and row["relation"] == "=" and " or " not in row["rhs"]
        ]
    return tuple(
        equation
        for form, cells in places().items()
        for row in rows
        if row["forms"] == "*" or form in row["forms"].split("|")
        for equation in _of_row(row, form, cells)
    )


def places() -> dict[str, dict[Code, Place]]:
    """Form → code → where it stands."""
    found: dict[str, dict[Code, Place]] = {}
    for table in table_forms():
        cells = found.setdefault(table.form.value, {})
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                cells.setdefault(code_of(cell), Place(table.table, row, column))
    return found


def code_of(cell: OfficialCell) -> Code:
    """What a cell of an official table counts."""
    return cell.indicator, cell.channel or "", cell.applicant_type or "", cell.outcome or ""


def _of_row(row: Mapping[str, str], form: str, cells: Mapping[Code, Place]) -> Iterator[Equation]:
    per = row["per"]
    for per_code in _per_codes(per, cells):
        terms = [
            *_terms(row["lhs"], 1, per, per_code),
            *_terms(row["rhs"], -1, per, per_code),
        ]
        if all(code in cells for _, code in terms):
            yield Equation(row["check_id"], form, tuple(terms))


def _per_codes(per: str, cells: Mapping[Code, Place]) -> list[str]:
    """The codes that the form has in a dimension, and '' for none."""
    if not per:
        return [""]
    place = 1 + _DIMENSIONS.index(per)
    return sorted({code[place] for code in cells})


def _terms(side: str, sign: int, per: str, per_code: str) -> Iterator[tuple[int, Code]]:
    for operator, indicator, dimension, codes in _OPERAND.findall(side):
        for code in codes.split("|"):
            named = {per: per_code, dimension: code}
            channel, applicant_type, outcome = (named.get(name, "") for name in _DIMENSIONS)
            yield (
                -sign if operator.strip() == "-" else sign,
                (indicator, channel, applicant_type, outcome),
            )

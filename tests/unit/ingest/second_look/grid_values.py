"""Correct official tables with random cells, as the second look takes them: code → value.

What lives here: what the tests of this room share. What does not: making the grids
(`tests/unit/ingest/tables/forms_grid.py`).
"""

from __future__ import annotations

from functools import cache

from ingest.paths import DBT_PROJECT_DIR
from ingest.second_look.equations import Code, Equation, code_of, load_equations
from tests.unit.ingest.tables.forms_grid import Grid, official
from tests.unit.ingest.tables.reading import grids

IDENTITIES = DBT_PROJECT_DIR / "seeds" / "identities.csv"


@cache
def equations_of(form: str) -> tuple[Equation, ...]:
    """The equations of a form."""
    return tuple(e for e in load_equations(IDENTITIES) if e.form == form)


def correct_tables(form: str, density: str, seed: int) -> list[Grid]:
    """Tables 3 and 4 of a form, in which every sum holds."""
    return [grid for grid in grids(form, density, seed) if grid.table in ("t3", "t4")]


def values_of(tables: list[Grid]) -> dict[Code, float | None]:
    """Code → number of several tables together."""
    found: dict[Code, float | None] = {}
    for grid in tables:
        for row in official(grid.form.form.value, grid.table).rows:
            for cell in row.cells:
                found[code_of(cell)] = grid.truth[grid.table, cell.row_no, cell.column_no]
    return found

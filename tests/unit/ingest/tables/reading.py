"""Comparing a reading with the truth.

What lives here: what the tests of tables share. What does not: making pages (`renderer.py`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.model import Page, ValueSemantic
from ingest.tables import TableReading, read_tables
from ingest.text.folding import fold
from tests.unit.ingest.tables.forms_grid import Grid, Key, make_grid

FORMS = {
    "std_2021": ("t2", "t3", "t4"),
    "std_2019": ("t2", "t3", "t4"),
    "annex_2014": ("annex",),
}
DENSITIES = ("zero", "sparse", "dense")


@dataclass
class Comparison:
    """Cells read otherwise than printed, and cells not read."""

    reading: TableReading
    wrong: list[tuple[Key, float | None, float | None]] = field(default_factory=list)
    missing: list[Key] = field(default_factory=list)
    blank: list[Key] = field(default_factory=list)  # read as printed blanks

    @property
    def exact(self) -> bool:
        """Every cell as printed, none too many."""
        return not self.wrong and not self.missing and not self.blank


def grids(form: str, density: str, seed: int) -> list[Grid]:
    """All tables of a form."""
    rng = random.Random(f"{form} {density} {seed}")
    return [make_grid(form, table, density, rng) for table in FORMS[form]]


def truth_of(tables: list[Grid]) -> dict[Key, float | None]:
    """The cells of several tables together."""
    return {key: value for grid in tables for key, value in grid.truth.items()}


def read(page: Page) -> TableReading:
    """Fold and read."""
    return read_tables(page, fold(page.text))


def compare(page: Page, truth: Mapping[Key, float | None], *, by_row: bool = False) -> Comparison:
    """Read a page and compare cell by cell; the evidence of every cell must be in the page.

    `by_row`: the truth numbers the cells of tables t2 and t4 by row alone, as the gold does.
    """
    result = Comparison(read(page))
    seen: dict[Key, float | None] = {}
    blanks: set[Key] = set()
    for o in result.reading.observations:
        key = (str(o.table_name), int(o.row_no or 0), int(o.column_no or 0))
        if by_row and o.table_name in ("t2", "t4"):
            key = (key[0], key[1], 1)
        assert key not in seen, f"{key} was read twice"
        assert 0 <= o.start < o.end <= len(page.text)
        if o.value_semantic is not ValueSemantic.BLANK:
            assert page.text[o.start : o.end] == o.value_text
        seen[key] = o.value
        if o.value_semantic is ValueSemantic.BLANK:
            blanks.add(key)
    for key, value in truth.items():
        got = seen.pop(key, None)
        if value is None or got is None:
            if got is not None:
                result.wrong.append((key, value, got))
            elif value is not None:
                (result.blank if key in blanks else result.missing).append(key)
        elif abs(value - got) > 1e-6 * max(1.0, abs(value)):
            result.wrong.append((key, value, got))
    result.wrong += [(key, None, value) for key, value in seen.items()]
    return result

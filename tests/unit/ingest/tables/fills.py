"""What agencies print in the cells of a grid: other marks than digits, and nothing at all.

What lives here: one function a habit of filling in; print and truth change together. What does
not: damage, which changes the print alone (`mutations.py`), spellings of labels (`spellings.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.unit.ingest.tables.forms_grid import Grid, GridCell, Key, blank_some

_UNITS = {"wan_yuan": "万元", "as_printed": "元", "item": "件", "case": "件"}
Fill = Callable[[Grid, random.Random], Grid]


def _each(grid: Grid, change: Callable[[GridCell, Key], tuple[str, bool]]) -> Grid:
    """`change` gives what is printed in a cell, and whether it still is the number of the truth."""
    truth = dict(grid.truth)
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row:
            if cell.key is not None:
                text, number = change(cell, cell.key)
                cell = replace(cell, text=text)
                if not number:
                    truth[cell.key] = None  # type: ignore[index]
            cells.append(cell)
        rows.append(cells)
    return Grid(grid.table, grid.form, rows, truth)


def as_printed(grid: Grid, rng: random.Random) -> Grid:
    """Digits in every cell."""
    return grid


def some_blank(grid: Grid, rng: random.Random) -> Grid:
    """A third of the cells is left empty."""
    return blank_some(grid, rng)


def zeros_blank(grid: Grid, rng: random.Random) -> Grid:
    """Who has nothing to count leaves the cell empty."""
    return _each(grid, lambda c, k: ("", False) if c.text == "0" else (c.text, True))


def only_totals(grid: Grid, rng: random.Random) -> Grid:
    """Of the table of requests only the column of totals is filled in."""
    if grid.table != "t3":
        return grid
    return _each(grid, lambda c, k: (c.text, True) if k[2] == 7 else ("", False))


def totals_blank(grid: Grid, rng: random.Random) -> Grid:
    """The leaves are filled in, the totals of rows are not."""
    if grid.table != "t3":
        return grid
    return _each(grid, lambda c, k: ("", False) if k[2] == 7 else (c.text, True))


def zeros_dashes(grid: Grid, rng: random.Random) -> Grid:
    """A dash or a slash stands for nothing to report."""
    mark = rng.choice(["-", "—", "/", "——", "_"])
    return _each(grid, lambda c, k: (mark, False) if c.text == "0" else (c.text, True))


def all_slashes(grid: Grid, rng: random.Random) -> Grid:
    """The whole table is crossed out."""
    return _each(grid, lambda c, k: ("/", False))


def zeros_none(grid: Grid, rng: random.Random) -> Grid:
    """The word none for nothing to report."""
    return _each(grid, lambda c, k: ("无", False) if c.text == "0" else (c.text, True))


def all_blank(grid: Grid, rng: random.Random) -> Grid:
    """The form was published empty."""
    return _each(grid, lambda c, k: ("", False))


def with_units(grid: Grid, rng: random.Random) -> Grid:
    """Some numbers carry their unit."""
    if grid.table not in ("t2", "annex"):
        return grid

    def change(cell: GridCell, key: Key) -> tuple[str, bool]:
        printed = grid.form.rows
        unit = next(
            c.printed_unit for r in printed for c in r.cells
            if (c.row_no, c.column_no) == key[1:]
        )  # fmt: skip
        if not cell.text.replace(",", "").isdecimal() or rng.random() < 0.5:
            return cell.text, True
        return cell.text + _UNITS.get(unit, unit), True

    return _each(grid, change)


FILLS: dict[str, Fill] = {
    f.__name__: f
    for f in (
        as_printed, some_blank, zeros_blank, only_totals, totals_blank, zeros_dashes, all_slashes,
        zeros_none, all_blank, with_units,
    )
}  # fmt: skip
# Where an empty cell leaves no trace in a rendering, these cannot be read without inference.
LEAVES_BLANKS = ("some_blank", "zeros_blank", "only_totals", "totals_blank", "all_blank")

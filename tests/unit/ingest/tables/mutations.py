"""Damage done to a grid before it is written: what converters and tired editors do to tables.

What lives here: one function a kind of damage; each changes the print, never the truth. What does
not: renderings (`renderer.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.unit.ingest.tables.forms_grid import Grid, GridCell, Row

Mutation = Callable[[Grid, random.Random], Grid]


def _data_rows(grid: Grid) -> list[int]:
    return [i for i, row in enumerate(grid.rows) if any(c.key is not None for c in row)]


def _copy(grid: Grid, rows: list[Row]) -> Grid:
    return Grid(grid.table, grid.form, rows, grid.truth)


def label_broken(grid: Grid, rng: random.Random) -> Grid:
    """Two characters of a row label are wrong."""
    rows = [list(r) for r in grid.rows]
    choices = [
        i for i in _data_rows(grid) if any(c.key is None and len(c.text) > 6 for c in rows[i])
    ]
    if not choices:
        return grid
    i = rng.choice(choices)
    at = max(j for j, c in enumerate(rows[i]) if c.key is None and len(c.text) > 6)
    text = rows[i][at].text
    place = rng.randrange(3, len(text) - 1)
    rows[i][at] = replace(rows[i][at], text=text[:place] + "囗" + text[place + 2 :])
    return _copy(grid, rows)


def label_lost(grid: Grid, rng: random.Random) -> Grid:
    """The label of a row is gone, its values are there."""
    rows = [list(r) for r in grid.rows]
    i = rng.choice(_data_rows(grid)[1:-1] or _data_rows(grid))
    rows[i] = [replace(c, text="") if c.key is None and c.text not in "条件次篇个人人次万元" else c for c in rows[i]]  # fmt: skip
    return _copy(grid, rows)


def label_replaced(grid: Grid, rng: random.Random) -> Grid:
    """Another label stands where an official one should."""
    rows = [list(r) for r in grid.rows]
    i = rng.choice(_data_rows(grid))
    labels = [j for j, c in enumerate(rows[i]) if c.key is None]
    if not labels:
        return grid
    at = labels[0] if grid.table == "annex" else labels[-1]
    rows[i][at] = replace(rows[i][at], text="本县其余零星情形")
    return _copy(grid, rows)


def cell_lost(grid: Grid, rng: random.Random) -> Grid:
    """One value cell is missing altogether."""
    rows = [list(r) for r in grid.rows]
    i = rng.choice(_data_rows(grid))
    at = rng.choice([j for j, c in enumerate(rows[i]) if c.key is not None])
    del rows[i][at]
    return _copy(grid, rows)


def row_lost(grid: Grid, rng: random.Random) -> Grid:
    """A row is missing altogether."""
    rows = list(grid.rows)
    del rows[rng.choice(_data_rows(grid))]
    return _copy(grid, rows)


def header_cut(grid: Grid, rng: random.Random) -> Grid:
    """The header rows are gone."""
    if grid.table == "t2":
        kept = [r for r in grid.rows if any(c.key is not None for c in r) or rng.random() < 0.5]
        return _copy(grid, kept)
    return _copy(grid, grid.rows[_data_rows(grid)[0] :])


def values_a_row_down(grid: Grid, rng: random.Random) -> Grid:
    """The values of two neighbouring rows stand together behind the second label."""
    rows = [list(r) for r in grid.rows]
    data = _data_rows(grid)
    at = rng.randrange(len(data) - 1) if len(data) > 1 else 0
    if len(data) < 2:
        return grid
    one, two = data[at], data[at + 1]
    moved = [c for c in rows[one] if c.key is not None]
    rows[one] = [c for c in rows[one] if c.key is None]
    labels = [c for c in rows[two] if c.key is None]
    rows[two] = [*labels, *moved, *(c for c in rows[two] if c.key is not None)]
    return _copy(grid, rows)


def columns_swapped(grid: Grid, rng: random.Random) -> Grid:
    """Two columns are exchanged, header and values alike."""
    if grid.table == "annex":
        return grid
    rows = [list(r) for r in grid.rows]
    if grid.table == "t4":
        order = list(range(15))
        order[1], order[2] = 2, 1
        rows[-1] = [rows[-1][i] for i in order]
        rows[1][1], rows[1][2] = rows[1][2], rows[1][1]
        return _copy(grid, rows)
    first, second = (2, 4) if grid.table == "t3" else (0, 1)
    for row in rows:
        values = [j for j, c in enumerate(row) if c.key is not None]
        if len(values) > second:
            a, b = values[first], values[second]
            row[a], row[b] = _swap(row[a], row[b])
    for row in rows:
        texts = [c.text for c in row]
        if grid.table == "t3" and "商业企业" in texts:
            row[1], row[3] = row[3], row[1]
        if grid.table == "t2" and texts[0] == "信息内容" and len(texts) > 2:
            row[1], row[2] = _swap(row[1], row[2])
    return _copy(grid, rows)


def _swap(one: GridCell, two: GridCell) -> tuple[GridCell, GridCell]:
    return replace(two, columns=one.columns), replace(one, columns=two.columns)


def digits_torn(grid: Grid, rng: random.Random) -> Grid:
    """A number of two digits or more is torn in two by a space."""
    rows = [list(r) for r in grid.rows]
    places = [
        (i, j)
        for i in _data_rows(grid)
        for j, c in enumerate(rows[i])
        if c.key is not None and len(c.text) > 1 and c.text.isdecimal()
    ]
    if not places:
        return grid
    i, j = rng.choice(places)
    text = rows[i][j].text
    rows[i][j] = replace(rows[i][j], text=f"{text[0]} {text[1:]}")
    return _copy(grid, rows)


MUTATIONS: dict[str, Mutation] = {
    f.__name__: f
    for f in (
        label_broken, label_lost, label_replaced, cell_lost, row_lost, header_cut,
        values_a_row_down, columns_swapped, digits_torn,
    )
}  # fmt: skip

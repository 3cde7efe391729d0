"""The official tables of a report as grids, rebuilt from its observations.

What lives here: which figure stands in which cell, under the labels of the official forms. What
does not: reading tables (`ingest/tables`), tables as the text prints them (`highlight.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from explorer.facts import Fact
from ingest.reference.codebook import OfficialCell, official_cells

# Tables whose codebook gives every cell a row number of its own.
_NUMBERED_BY_CELL = ("t2", "t4")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: the block it belongs to, its label, and a figure or None for each column."""

    block: str
    label: str
    cells: tuple[Fact | None, ...]


@dataclass(frozen=True, slots=True)
class GridPart:
    """Rows under the same columns."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """An official table of a form."""

    form: str
    table: str
    parts: tuple[GridPart, ...]
    figures: int


def grids(facts: Sequence[Fact], label: Callable[[Fact], str]) -> list[Grid]:
    """The tables of a report in their order. `label` names a row that no official form lists."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.table_name is not None and fact.row_no is not None:
            found.setdefault((fact.form, fact.table_name), []).append(fact)
    return [_grid(form, table, inside, label) for (form, table), inside in found.items()]


def _grid(form: str, table: str, facts: list[Fact], label: Callable[[Fact], str]) -> Grid:
    cells = official_cells().get((form, table))
    rows = _other_rows(facts, label) if cells is None else _official_rows(table, cells, facts)
    parts = tuple(
        GridPart(columns, tuple(row for _, row in inside))
        for columns, inside in groupby(rows, key=lambda entry: entry[0])
    )
    return Grid(form, table, parts, len(facts))


def _official_rows(
    table: str, cells: Iterable[OfficialCell], facts: Iterable[Fact]
) -> list[tuple[tuple[str, ...], GridRow]]:
    by_place = {
        (fact.row_no, None if table in _NUMBERED_BY_CELL else fact.column_no): fact
        for fact in facts
    }

    def row_of(cell: OfficialCell) -> tuple[str, str, int]:
        return cell.block, cell.row_label, 0 if table in _NUMBERED_BY_CELL else cell.row_no

    rows = []
    for (block, row_label, _), inside in groupby(cells, key=row_of):
        row = list(inside)
        placed = tuple(
            by_place.get((cell.row_no, None if table in _NUMBERED_BY_CELL else column))
            for column, cell in enumerate(row, 1)
        )
        columns = tuple(cell.column_label for cell in row)
        rows.append((columns, GridRow("" if block == row_label else block, row_label, placed)))
    return rows


def _other_rows(
    facts: Iterable[Fact], label: Callable[[Fact], str]
) -> list[tuple[tuple[str, ...], GridRow]]:
    """A table that is no official one: its columns are told by the time they cover."""
    by_row: dict[int, dict[int, Fact]] = {}
    columns: dict[int, str] = {}
    for fact in facts:
        column = fact.column_no or 1
        by_row.setdefault(fact.row_no or 0, {})[column] = fact
        columns.setdefault(column, fact.time_scope)
    numbers = sorted(columns)
    names = tuple(columns[number] for number in numbers)
    return [
        (
            names,
            GridRow("", label(next(iter(cells.values()))), tuple(cells.get(n) for n in numbers)),
        )
        for _, cells in sorted(by_row.items())
    ]

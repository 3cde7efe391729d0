"""Ruling lines of a PDF page to grids of cells.

What lives here: geometry only. Lines that cross make a table; where a line between two fields is
missing, the fields are one cell. What does not: words (`pdf.py`).

Coordinates are PDF points, x to the right, y down from the top of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

# Word and WPS draw borders 0.5 to 1.5 points wide and let them miss each other by as much; the
# narrowest column of an official table is 15 points.
_SNAP = 3.0
# A separator counts where it covers the middle of a field's side, within this.
_COVER = 1.5
# After merging, a page of tables has some dozens of lines. More is a drawing, and finding tables
# in it takes time that grows with the square.
_MAX_MERGED_RULES = 1_500
_MAX_FIELDS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line: its place across, and its extent along."""

    place: float
    start: float
    end: float


@dataclass(slots=True)
class Region:
    """A cell of a grid: the fields it covers, and whether its upper and lower side are ruled."""

    row: int
    column: int
    row_end: int
    column_end: int
    ruled_above: bool = True
    ruled_below: bool = True


@dataclass(slots=True)
class Grid:
    """A table's lines and cells: `regions[k]` covers the fields `(row, column)` mapped to `k`."""

    xs: list[float]
    ys: list[float]
    regions: list[Region] = field(default_factory=list)
    field_regions: dict[tuple[int, int], int] = field(default_factory=dict)

    def region_at(self, x: float, y: float) -> int | None:
        """Return the number of the region that holds a point; None outside the grid."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        return self.field_regions.get((row, column))


def find_grids(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Grid]:
    """Return the tables that the lines of a page draw, from top to bottom.

    Boxes with a single column are no tables. A drawing with more lines than any table gives none.
    """
    across, down = merge_rules(horizontal), merge_rules(vertical)
    if len(across) + len(down) > _MAX_MERGED_RULES:
        return []
    grids = []
    for rows, columns in _connected(across, down):
        grid = _grid_of(rows, columns)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join lines that continue or cover each other; borders are drawn cell by cell."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.place), rule.start)):
        last = merged[-1] if merged else None
        if (
            last is not None
            and abs(last.place - rule.place) <= _COVER
            and rule.start <= last.end + _SNAP
        ):
            merged[-1] = Rule(last.place, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group lines that cross or touch each other, directly or through others."""
    group = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    for i, row in enumerate(across):
        for j, column in enumerate(down, start=len(across)):
            if (
                row.start - _SNAP <= column.place <= row.end + _SNAP
                and column.start - _SNAP <= row.place <= column.end + _SNAP
            ):
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for item in range(len(group)):
        rows, columns = members.setdefault(root(item), ([], []))
        if item < len(across):
            rows.append(across[item])
        else:
            columns.append(down[item - len(across)])
    return [pair for pair in members.values() if pair[0] and pair[1]]


def _grid_of(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    """Make the grid of connected lines; None where it has fewer than two columns or one row.

    The outer sides count as ruled even where they are not drawn: at a page end Word leaves out
    the side of a cell that goes on. They are closed at the reach of the lines that cross them.
    """
    xs = _places([rule.place for rule in columns] + _reach(rows))
    ys = _places([rule.place for rule in rows] + _reach(columns))
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MAX_FIELDS:
        return None
    grid = Grid(xs, ys)
    _join_fields(grid, rows, columns)
    return grid if len(grid.regions) > 2 else None


def _reach(rules: list[Rule]) -> list[float]:
    return [min(rule.start for rule in rules), max(rule.end for rule in rules)]


def _places(values: list[float]) -> list[float]:
    """Return the distinct places, those within the snap distance taken as one (the first)."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places


def _join_fields(grid: Grid, rows: list[Rule], columns: list[Rule]) -> None:
    """Join fields that no line parts, and number the resulting regions in reading order."""
    row_count, column_count = len(grid.ys) - 1, len(grid.xs) - 1
    parent = {(i, j): (i, j) for i in range(row_count) for j in range(column_count)}

    def root(item: tuple[int, int]) -> tuple[int, int]:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    ruled_rows = _extents_by_place(rows, grid.ys)
    ruled_columns = _extents_by_place(columns, grid.xs)
    for i in range(row_count):
        for j in range(column_count):
            y, x = (grid.ys[i] + grid.ys[i + 1]) / 2, (grid.xs[j] + grid.xs[j + 1]) / 2
            if j and not _covers(ruled_columns[j], y):
                parent[max(root((i, j)), root((i, j - 1)))] = min(root((i, j)), root((i, j - 1)))
            if i and not _covers(ruled_rows[i], x):
                parent[max(root((i, j)), root((i - 1, j)))] = min(root((i, j)), root((i - 1, j)))
    numbers: dict[tuple[int, int], int] = {}
    for i, j in parent:
        top = root((i, j))
        if top not in numbers:
            numbers[top] = len(grid.regions)
            grid.regions.append(Region(i, j, i + 1, j + 1))
        region = grid.regions[numbers[top]]
        region.column = min(region.column, j)
        region.row_end = max(region.row_end, i + 1)
        region.column_end = max(region.column_end, j + 1)
        grid.field_regions[i, j] = numbers[top]
    _note_open_ends(grid, ruled_rows)


def _note_open_ends(grid: Grid, ruled_rows: list[list[Rule]]) -> None:
    """Remember which cells of the first and last row are not closed by a line."""
    for region in grid.regions:
        middle = (grid.xs[region.column] + grid.xs[region.column_end]) / 2
        if region.row == 0:
            region.ruled_above = _covers(ruled_rows[0], middle)
        if region.row_end == len(grid.ys) - 1:
            region.ruled_below = _covers(ruled_rows[-1], middle)


def _extents_by_place(rules: list[Rule], places: list[float]) -> list[list[Rule]]:
    """Return for each place the lines that run there."""
    found: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        index = bisect_right(places, rule.place) - 1
        found[max(index, 0)].append(rule)
    return found


def _covers(rules: list[Rule], point: float) -> bool:
    return any(rule.start - _COVER <= point <= rule.end + _COVER for rule in rules)

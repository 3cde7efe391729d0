"""Tables put together otherwise than the form: labels merged, columns added, rows for blocks.

What lives here: one function an oddity, grids in, text of a report out. What does not: the ways in
which whole tables are flattened (`manners.py`, `renderer.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.model import Page
from tests.unit.ingest.tables.forms_grid import OUTCOMES, Grid
from tests.unit.ingest.tables.renderer import HEADINGS
from tests.unit.ingest.tables.surroundings import BEHIND, PROSE


def _page(grids: Sequence[Grid], write: Callable[[Grid], str]) -> Page:
    tables = "".join(f"{HEADINGS[grid.table]}\n{write(grid)}\n" for grid in grids)
    return Page(PROSE + tables + BEHIND)


def _rows(grid: Grid) -> list[tuple[list[str], list[str]]]:
    """Labels and values of every printed row."""
    return [([c.text for c in row if c.key is None], [c.text for c in row if c.key]) for row in grid.rows]  # fmt: skip


def _pipes(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(" | ".join(row) + " |" for row in rows)


def labels_in_one_cell(grids: Sequence[Grid]) -> Page:
    """The group's label and the row's stand in one cell."""
    return _page(
        grids,
        lambda g: _pipes([["".join(ls), *vs] if ls and vs and g.table != "annex" else [*ls, *vs] for ls, vs in _rows(g)]),
    )  # fmt: skip


def labels_repeated(grids: Sequence[Grid]) -> Page:
    """The group's label stands in every row of the group."""

    def write(grid: Grid) -> str:
        rows = []
        above: list[str] = []
        for labels, values in _rows(grid):
            if grid.table == "t3" and values and any(labels):
                if len(labels) >= len(above):
                    above = labels
                elif labels[0][:1].isdecimal():
                    labels = above[: 3 - len(labels)] + labels
            rows.append([*labels, *values])
        return _pipes(rows)

    return _page(grids, write)


def running_numbers(grids: Sequence[Grid]) -> Page:
    """Rows are numbered in a column of their own, a cell a line."""

    def write(grid: Grid) -> str:
        if grid.table == "t4":
            return "\n".join(text for labels, values in _rows(grid) for text in [*labels, *values])
        lines = ["序号"]
        count = 0
        for labels, values in _rows(grid):
            count += bool(values)
            lines += [*([str(count)] if values else []), *labels, *values]
        return "\n".join(lines)

    return _page(grids, write)


def numbers_stuck_to_labels(grids: Sequence[Grid]) -> Page:
    """No space between label and first value."""
    if grids[0].table == "annex":
        return _page(grids, lambda g: "\n".join("".join(ls + vs) for ls, vs in _rows(g)))
    return _page(grids, lambda g: "\n".join("".join(ls) + " ".join(vs) for ls, vs in _rows(g)))


def commas(grids: Sequence[Grid]) -> Page:
    """Cells between commas."""
    return _page(
        grids,
        lambda g: "\n".join(",".join([*ls, *(v.replace(",", "") for v in vs)]) for ls, vs in _rows(g)),
    )  # fmt: skip


def without_line_ends(grids: Sequence[Grid]) -> Page:
    """The whole report on one line."""
    text = _page(grids, lambda g: "\n".join(t for ls, vs in _rows(g) for t in [*ls, *vs])).text
    return Page(text.replace("\n", " "))


def proceedings_in_rows(grids: Sequence[Grid]) -> Page:
    """The three blocks of table 4 one below the other."""

    def write(grid: Grid) -> str:
        if grid.table != "t4":
            return _pipes([[*ls, *vs] for ls, vs in _rows(grid)])
        values = _rows(grid)[-1][1]
        blocks = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
        rows = [[b, *values[i * 5 : i * 5 + 5]] for i, b in enumerate(blocks)]
        return _pipes([["类别", *OUTCOMES], *rows])

    return _page(grids, write)


def headers_glued(grids: Sequence[Grid]) -> Page:
    """The cells of header rows run together."""
    return _page(
        grids,
        lambda g: "\n".join(" ".join([*ls, *vs]) if vs else "".join(ls) for ls, vs in _rows(g)),
    )


ODDITIES: dict[str, Callable[[Sequence[Grid]], Page]] = {
    f.__name__: f
    for f in (
        labels_in_one_cell, labels_repeated, running_numbers, numbers_stuck_to_labels, commas,
        without_line_ends, proceedings_in_rows, headers_glued,
    )
}  # fmt: skip

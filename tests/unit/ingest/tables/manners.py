"""Flattened tables in further manners met on pages and in converters' output.

What lives here: one function a manner, grids in, text of a report out; each was seen with other
numbers. What does not: the lettered shapes of the field notes (`renderer.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.model import Page
from tests.unit.ingest.tables.forms_grid import Grid, GridCell
from tests.unit.ingest.tables.renderer import HEADINGS
from tests.unit.ingest.tables.surroundings import BEHIND, PROSE

Write = Callable[[Grid], str]


def _width(grid: Grid) -> int:
    return max(sum(c.columns for c in row) for row in grid.rows)


def _page(grids: Sequence[Grid], write: Write, note: str = "", *, headings: bool = True) -> Page:
    parts = [PROSE]
    for grid in grids:
        heading = f"{HEADINGS[grid.table]}\n" if headings else ""
        parts.append(f"{heading}{note}{write(grid)}\n")
    return Page("".join(parts) + BEHIND)


def pipe_behind_alone(grids: Sequence[Grid]) -> Page:
    """Each cell on its line, behind each a pipe on a line of its own."""

    def write(grid: Grid) -> str:
        return "\n".join(f"{c.text}\n|" if c.text else "|" for row in grid.rows for c in row)

    return _page(grids, write, "该部分以表格形式报告。表格如下：\n")


def pipe_before(grids: Sequence[Grid]) -> Page:
    """Each cell but a row's first behind a pipe, the row closed by a pipe alone."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            lines.append(row[0].text)
            lines += [f"| {c.text}".strip() for c in row[1:]]
            lines.append("|")
        return "\n".join(lines)

    return _page(grids, write)


def cells_closed_and_padded(grids: Sequence[Grid]) -> Page:
    """A cell a line with a pipe behind, a row filled up by pipes behind its last cell."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            missing = _width(grid) - len(row)
            cells = [f"{c.text} |".strip() for c in row]
            cells[-1] += " " + "|" * missing if missing else ""
            lines += cells
        return "\n".join(lines)

    return _page(grids, write)


def cells_closed_padding_alone(grids: Sequence[Grid]) -> Page:
    """As before, the pipes that fill up a row on a line of their own."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            missing = _width(grid) - len(row)
            lines += [f"{c.text} |".strip() for c in row] + (["|" * missing] if missing else [])
        return "\n".join(lines)

    return _page(grids, write)


def rows_opened_cells_closed(grids: Sequence[Grid]) -> Page:
    """A pipe alone opens a row, each cell is indented and closed by a pipe."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            lines.append("| ")
            for cell in row:
                lines += [f"       {cell.text}  | ", "      "]
            lines += ["    " + "|" * (_width(grid) - len(row)), ""]
        return "\n".join(lines)

    return _page(grids, write)


def one_line_a_table(grids: Sequence[Grid]) -> Page:
    """All cells of a table on one line, between spaces."""
    return _page(grids, lambda g: " ".join(c.text for row in g.rows for c in row))


def wide_pipes(grids: Sequence[Grid]) -> Page:
    """Full-width pipes without spaces."""
    return _page(grids, lambda g: "\n".join("｜".join(c.text for c in row) for row in g.rows))


def wide_spaces(grids: Sequence[Grid]) -> Page:
    """Cells of a row between ideographic spaces."""
    return _page(grids, lambda g: "\n".join("\u3000".join(c.text for c in row) for row in g.rows))


def tabs_indented(grids: Sequence[Grid]) -> Page:
    """Tabs between cells, more of them where cells were merged."""

    def write(grid: Grid) -> str:
        return "\n".join("".join(c.text + "\t" * c.columns for c in row) for row in grid.rows)

    return _page(grids, write)


def row_a_line_apart(grids: Sequence[Grid]) -> Page:
    """A row a line, blank lines and indents between."""
    return _page(grids, lambda g: "\n\n".join("  " + " ".join(c.text for c in row) for row in g.rows))  # fmt: skip


def flip_book(grids: Sequence[Grid]) -> Page:
    """Pages of a flip book: a head line and a page number between rows."""

    def write(grid: Grid) -> str:
        lines = []
        for number, row in enumerate(grid.rows):
            if number % 13 == 12:
                lines += [f"Page {number} - 青石镇2023年政府信息公开工作年度报告", f"P. {number}"]
            lines.append(" ".join(c.text for c in row))
        return "\n".join(lines)

    return _page(grids, write)


def without_headings(grids: Sequence[Grid]) -> Page:
    """No heading stands before the tables."""
    return _page(grids, lambda g: "\n".join(" | ".join(c.text for c in row) + " |" for row in g.rows), headings=False)  # fmt: skip


def numbered_titles(grids: Sequence[Grid]) -> Page:
    """A title of its own over each table, a note under it, as in Markdown."""

    def write(grid: Grid) -> str:
        rows = "\n".join("| " + " | ".join(c.text for c in row) + " |" for row in grid.rows)
        return f"## 表{grid.table[-1]}：{HEADINGS[grid.table][2:]}\n{rows}\n注：以上数据由镇党政办公室统计。"

    return _page(grids, write)


def indented_cells(grids: Sequence[Grid]) -> Page:
    """A cell a line, values indented, header labels broken."""

    def text(cell: GridCell) -> str:
        if cell.key is not None:
            return f"  {cell.text}"
        return "\n\n".join([cell.text[:2], cell.text[2:]]) if len(cell.text) == 4 else cell.text

    return _page(grids, lambda g: "\n\n".join(text(c) for row in g.rows for c in row))


MANNERS: dict[str, Callable[[Sequence[Grid]], Page]] = {
    f.__name__: f
    for f in (
        pipe_behind_alone, pipe_before, cells_closed_and_padded, cells_closed_padding_alone,
        rows_opened_cells_closed, one_line_a_table, wide_pipes, wide_spaces, tabs_indented, row_a_line_apart, flip_book,
        without_headings, numbered_titles, indented_cells,
    )
}  # fmt: skip
SHOWS_BLANKS = ("rows_opened_cells_closed", "pipe_behind_alone", "pipe_before", "wide_pipes", "tabs_indented", "without_headings", "numbered_titles")  # fmt: skip

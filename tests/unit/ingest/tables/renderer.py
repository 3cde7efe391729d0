"""Grids written in every rendering that reports on the web have been seen in.

What lives here: one function a rendering, text in, `Page` out. The letters are those of the
shapes in the field notes: (a) pipes with merged cells collapsed, (b) pipes at both ends, (c) a
cell a line with a pipe, (d) the pipe alone, (e) a cell a line, (f) header cut, (h) blanks
vanished, (i) label broken.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

from ingest.model import Cell, Page, Table
from tests.unit.ingest.tables.forms_grid import Grid, GridCell, Row

HEADINGS = {
    "t2": "二、主动公开政府信息情况",
    "t3": "三、收到和处理政府信息公开申请情况",
    "t4": "四、政府信息公开行政复议、行政诉讼情况",
    "annex": "政府信息公开情况统计表",
}
BEFORE = "一、总体情况\n2023年，主动公开政府信息120条，收到申请3件，均已答复。\n"
AFTER = "五、存在的主要问题及改进情况\n公开不够及时，培训2次。\n六、其他需要报告的事项\n无。\n"
RAW_LINE = 19  # characters of a label that fit in its column of a narrow PDF table


def _page(grids: Sequence[Grid], write: Callable[[Grid], str], note: str = "") -> Page:
    parts = [BEFORE]
    for grid in grids:
        parts.append(f"{HEADINGS[grid.table]}\n{note}{write(grid)}\n")
    return Page("".join(parts) + AFTER)


def pipes_padded(grids: Sequence[Grid]) -> Page:
    """(a) Cells of a row first, the places of merged cells as empty cells at the end."""

    def write(grid: Grid) -> str:
        width = max(sum(c.columns for c in row) for row in grid.rows)
        lines = []
        for row in grid.rows:
            missing = width - len(row)
            lines.append(
                " | ".join(c.text for c in row) + " |" + " |" * (missing > 0) + "|" * (missing - 1)
            )
        return "\n".join(lines)  # fmt: skip

    return _page(grids, write)


def pipes_in_place(grids: Sequence[Grid]) -> Page:
    """(a) Empty cells where merged cells were: behind the label."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            lines.append("".join(f"{c.text} |" + "|" * (c.columns - 1) + " " for c in row).rstrip())
        return "\n".join(lines)

    return _page(grids, write)


def pipes_both_ends(grids: Sequence[Grid]) -> Page:
    """(b) Pipes at both ends."""

    def write(grid: Grid) -> str:
        return "\n".join(
            "| " + " | ".join(" | ".join([c.text] + [""] * (c.columns - 1)) for c in row) + " |"
            for row in grid.rows
        )

    return _page(grids, write)


def markdown(grids: Sequence[Grid]) -> Page:
    """(b) with the ruler of Markdown behind the first row."""
    page = pipes_both_ends(grids)
    lines = []
    fresh = True
    for line in page.text.split("\n"):
        lines.append(line)
        if line.startswith("|") and fresh:
            lines.append("|" + "---|" * (line.count("|") - 1))
        fresh = not line.startswith("|")
    return Page("\n".join(lines))


def cell_and_pipe(grids: Sequence[Grid]) -> Page:
    """(c) One cell a line with a pipe behind it."""
    return _page(grids, lambda g: "\n".join(f"{c.text} |".strip() for row in g.rows for c in row))


def pipe_alone(grids: Sequence[Grid]) -> Page:
    """(d) One cell a line, a pipe alone on the line between two cells of a row."""

    def write(grid: Grid) -> str:
        return "\n".join("\n|\n".join(c.text for c in row).replace("\n\n", "\n") for row in grid.rows)  # fmt: skip

    return _page(grids, write)


def cell_a_line(grids: Sequence[Grid]) -> Page:
    """(e) One cell a line, blank lines between."""
    return _page(grids, lambda g: "\n\n".join(c.text for row in g.rows for c in row))


def header_cut(grids: Sequence[Grid]) -> Page:
    """(f) What stood behind a line break in a header cell is lost."""

    def cut(cell: GridCell) -> str:
        text = cell.text
        for long, short in (("本年新制作数量", "本年新"), ("本年新公开数量", "本年新"), ("本年增/减", "本年增/"), ("商业企业", "商业"), ("科研机构", "科研")):  # fmt: skip
            text = text.replace(long, short)
        return text

    return _page(grids, lambda g: "\n".join(cut(c) for row in g.rows for c in row))


def labels_broken(grids: Sequence[Grid]) -> Page:
    """(i) Labels broken over lines."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            for cell in row:
                text = cell.text.replace("）", "）\n", 1) if cell.key is None else cell.text
                if cell.key is None and len(text) > 12 and "\n" not in text:
                    text = text[:9] + "\n" + text[9:]
                lines.append(text)
        return "\n".join(lines)

    return _page(grids, write)


def spaced_labels(grids: Sequence[Grid]) -> Page:
    """Spaces inside labels, tabs between cells."""

    def write(grid: Grid) -> str:
        return "\n".join("\t".join(" ".join(c.text) if c.key is None and len(c.text) < 5 else c.text for c in row) for row in grid.rows)  # fmt: skip

    return _page(grids, write)


def pdf_raw(grids: Sequence[Grid]) -> Page:
    """The text layer of a PDF: wrapped labels, group labels a character a line, page numbers."""

    def write(grid: Grid) -> str:
        lines: list[str] = []
        for number, row in enumerate(grid.rows):
            labels = [c.text for c in row if c.key is None]
            values = " ".join(c.text for c in row if c.key is not None)
            for group in labels[:-1]:
                lines += list(group) if group.startswith("三、") else [group[:3], group[3:]]
            label = labels[-1] if labels else ""
            if not values:
                lines += ["\n".join([t[:2], t[2:]]) if 3 < len(t) < 7 else t for t in labels[-1:]]
            elif len(label) > RAW_LINE:
                lines += [label[:RAW_LINE], f"{label[RAW_LINE:]} {values}"]
            else:
                lines.append(f"{label} {values}".strip())
            if number % 11 == 9:
                lines.append(f"- {number} -")
        return "\n".join(line for line in lines if line)

    return _page(grids, write)


def pdf_middle(grids: Sequence[Grid]) -> Page:
    """As the plain mode of text extraction: the values of a wrapped label between its lines."""

    def write(grid: Grid) -> str:
        lines: list[str] = []
        for row in grid.rows:
            labels = [c.text for c in row if c.key is None]
            values = " ".join(c.text for c in row if c.key is not None)
            lines += labels[:-1]
            label = labels[-1] if labels else ""
            if values and len(label) > RAW_LINE:
                lines += [label[:RAW_LINE], values, label[RAW_LINE:]]
            else:
                lines.append(f"{label} {values}".strip())
        return "\n".join(lines)

    return _page(grids, write)


def pdf_before(grids: Sequence[Grid]) -> Page:
    """As the plain mode where label and values differ in height: now and then values first."""

    def write(grid: Grid) -> str:
        lines: list[str] = []
        for number, row in enumerate(grid.rows):
            labels = [c.text for c in row if c.key is None]
            values = " ".join(c.text for c in row if c.key is not None)
            if values and number % 5 == 2 and grid.table == "t3":
                lines += [values, *labels]
            else:
                lines += [*labels[:-1], f"{labels[-1] if labels else ''} {values}".strip()]
        return "\n".join(lines)

    return _page(grids, write)


def pdf_layout(grids: Sequence[Grid]) -> Page:
    """Columns kept by spaces."""

    def write(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            line = "    "
            for cell in row:
                gap = 8 if cell.key is None else 6
                line += cell.text + " " * gap
            lines.append(line.rstrip())
        return "\n".join(lines)

    return _page(grids, write)


def blanks_vanish(grids: Sequence[Grid]) -> Page:
    """(h) Empty cells leave nothing."""

    def write(grid: Grid) -> str:
        return "\n".join(" | ".join(c.text for c in row if c.text) + " |" for row in grid.rows)

    return _page(grids, write)


def parsed_table(grids: Sequence[Grid]) -> Page:
    """Cells with their places, as a reader of HTML, Word or ruled PDFs gives them."""
    text = BEFORE
    tables = []
    for grid in grids:
        text += HEADINGS[grid.table] + "\n"
        start = len(text)
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(grid.rows):
            column = 0
            for i, cell in enumerate(row):
                while (r, column) in taken:
                    column += 1
                text += "\t" if i else ""
                cells.append(Cell(r, column, len(text), len(text) + len(cell.text), cell.rows, cell.columns))  # fmt: skip
                text += cell.text
                taken |= {(r + y, column + x) for y in range(cell.rows) for x in range(cell.columns)}  # fmt: skip
                column += cell.columns
            text += "\n"
        tables.append(Table(tuple(cells), start, len(text) - 1))
    return Page(text + AFTER, tuple(tables))


def parsed_over_pages(grids: Sequence[Grid]) -> Page:
    """As `parsed_table`, every table cut in two by a page end."""
    halves: list[Grid] = []
    for grid in grids:
        middle = len(grid.rows) * 2 // 3 if grid.table != "t4" else len(grid.rows)
        halves.append(Grid(grid.table, grid.form, grid.rows[:middle]))
        if grid.rows[middle:]:
            halves.append(Grid(grid.table, grid.form, grid.rows[middle:]))
    return parsed_table(halves)


def full_width(page: Page) -> Page:
    """Digits and letters printed full-width."""
    wide = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}
    return Page(page.text.translate(wide), page.tables)


def plain(text: str) -> str:
    """Text without width, for comparing quotes."""
    return unicodedata.normalize("NFKC", text)


RENDERINGS: dict[str, Callable[[Sequence[Grid]], Page]] = {
    f.__name__: f
    for f in (
        pipes_padded, pipes_in_place, pipes_both_ends, markdown, cell_and_pipe, pipe_alone,
        cell_a_line, header_cut, labels_broken, spaced_labels, pdf_raw, pdf_middle, pdf_before,
        pdf_layout, parsed_table, parsed_over_pages,
    )
}  # fmt: skip
EXPLICIT_BLANKS = ("pipes_padded", "pipes_in_place", "pipes_both_ends", "markdown", "cell_and_pipe", "parsed_table")  # fmt: skip


def shuffled(rows: list[Row], rng: random.Random) -> list[Row]:
    """A copy of rows in random order."""
    copy = list(rows)
    rng.shuffle(copy)
    return copy

"""Reports with known tables as Word and PDF files, written by the libraries that write such files.

What lives here: grids in, bytes of a .docx or .pdf out. What does not: HTML (`html_documents.py`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.unit.ingest.tables.forms_grid import Grid, GridCell
from tests.unit.ingest.tables.renderer import HEADINGS
from tests.unit.ingest.tables.surroundings import BEHIND, PROSE, TITLE

FONT = "STSong-Light"  # a font every PDF viewer brings: nothing is embedded
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
_CELL = ParagraphStyle("cell", fontName=FONT, fontSize=7.5, leading=9, wordWrap="CJK", alignment=1)
_TEXT = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK")
_WIDTHS = {"t3": [26, 62, 130], "t4": [], "t2": [], "annex": [330, 50]}
_PAGE_WIDTH = 470


def word_file(grids: Sequence[Grid]) -> bytes:
    """A .docx with merged cells."""
    document = docx.Document()
    for line in (TITLE, *PROSE.splitlines()):
        document.add_paragraph(line)
    for grid in grids:
        document.add_paragraph(HEADINGS[grid.table])
        width = max(c + cell.columns for _, c, cell in _placed(grid))
        table = document.add_table(rows=len(grid.rows), cols=width)
        for r, c, cell in _placed(grid):
            place = table.cell(r, c)
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(table.cell(r + cell.rows - 1, c + cell.columns - 1))
            place.text = cell.text
    for line in BEHIND.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _placed(grid: Grid) -> Iterator[tuple[int, int, GridCell]]:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            tall = min(cell.rows, len(grid.rows) - r)  # rows may have been taken out
            yield r, column, replace(cell, rows=tall)
            taken |= {(r + y, column + x) for y in range(cell.rows) for x in range(cell.columns)}
            column += cell.columns


def pdf_file(grids: Sequence[Grid], *, gap: float = 0) -> bytes:
    """A ruled PDF with page numbers; `gap` points of space let tables run over page ends."""
    story: list[Flowable] = [Paragraph(TITLE, _TEXT)]
    story += [Paragraph(line, _TEXT) for line in PROSE.splitlines()]
    story.append(Spacer(1, gap))
    for grid in grids:
        story += [Paragraph(HEADINGS[grid.table], _TEXT), _pdf_table(grid), Spacer(1, 12)]
    story += [Paragraph(line, _TEXT) for line in BEHIND.splitlines()]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, leftMargin=60, rightMargin=60).build(
        story, onFirstPage=_number, onLaterPages=_number
    )
    return buffer.getvalue()


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 30, f"— {document.page} —")


def _pdf_table(grid: Grid) -> Table:
    width = max(c + cell.columns for _, c, cell in _placed(grid))
    cells: list[list[object]] = [[""] * width for _ in grid.rows]
    style: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]  # fmt: skip
    for r, c, cell in _placed(grid):
        cells[r][c] = Paragraph(cell.text, _CELL)
        end = (c + cell.columns - 1, r + cell.rows - 1)
        style.append(("BOX", (c, r), end, 0.5, colors.black))
        if cell.columns > 1 or (cell.rows > 1 and cell.rows < 5):
            style.append(("SPAN", (c, r), end))
    first = _WIDTHS[grid.table]
    rest = (_PAGE_WIDTH - sum(first)) / (width - len(first))
    return Table(cells, colWidths=[*first, *[rest] * (width - len(first))], style=TableStyle(style))


def pdf_over_pages(grids: Sequence[Grid]) -> bytes:
    """As `pdf_file`, tables cut by page ends at another place."""
    return pdf_file(grids, gap=230)

"""Lines and tables to the text that is stored, with the place of every cell in it.

What lives here: `PageBuilder`, which all readers of tables (HTML, PDF, Word) write to, so that a
table looks the same whatever it came from: one row a line, cells joined by ` | `. And how white
space inside a line or a cell is put right. What does not: finding tables in a format (`html.py`,
`pdf.py`, `docx.py`), reading what their cells mean (`ingest.tables`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.formats import limits
from ingest.model import Cell, Page, Table

CELL_SEPARATOR = " | "
_SEPARATOR_LENGTH = len(CELL_SEPARATOR)

# Characters between which a line break is no space: ideographs, Chinese punctuation, full-width.
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2026"
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])[^\S\u3000]*\n\s*(?=[{_CJK}])")
# No-break spaces (U+00A0) are layout on web pages. The ideographic space (U+3000) is kept inside
# a line: it often parts two labels.
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f]+")
# U+FEFF, U+200B and their kin are invisible and would part a word; NUL is damage.
_INVISIBLE = re.compile("[\u0000\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
# Nothing to do on a text without any of these.
_UNCLEAN = re.compile("[\u0000\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\n\t\r\f\v\u00a0]|  ")


def tidy_inline(raw: str) -> str:
    r"""Return one line of text: white space collapsed, none for breaks between CJK characters.

    >>> tidy_inline("本年新\n制作数量"), tidy_inline(" 12\n件 ")
    ('本年新制作数量', '12 件')
    """
    raw = raw.strip()
    if raw.isalnum() or not _UNCLEAN.search(raw):  # most cells, most lines
        return raw
    if "\n" in raw:
        raw = _CJK_BREAK.sub("", _INVISIBLE.sub("", raw))
    return _SPACES.sub(" ", _INVISIBLE.sub("", raw)).strip()


class GridCell(NamedTuple):
    """A cell as a format gives it, before it has a column: tidy text and spans.

    A tuple and not a dataclass: a page makes hundreds, and reading is timed by them.
    """

    text: str
    row_span: int = 1
    column_span: int = 1


class PageBuilder:
    """Collects lines and tables in reading order and counts the offsets of the cells."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._cell_count = 0
        self._tables: list[Table] = []

    def add_line(self, text: str) -> None:
        """Append a line that is already tidy; an empty one is left out."""
        if text:
            self._write(text)
            self._write("\n")

    def add_table(self, rows: Sequence[Sequence[GridCell]]) -> None:
        """Append a table, one row a line, and remember its cells.

        Blank cells keep their place (an empty interval), for a printed blank is not a zero. Rows
        without any cell are covered by spans from above and take no line.
        """
        start = self._length
        cells: list[Cell] = []
        open_spans: dict[int, int] = {}  # column -> further rows it covers
        for row_number, row in enumerate(rows):
            self._cell_count += len(row)
            limits.require_at_most(self._cell_count, limits.MAX_CELLS, "table cells")
            self._add_row(row_number, row, open_spans, cells)
        end = self._length - 1 if cells else start
        if cells:
            self._tables.append(Table(tuple(cells), start, end))

    def _add_row(
        self,
        row_number: int,
        row: Sequence[GridCell],
        open_spans: dict[int, int],
        cells: list[Cell],
    ) -> None:
        """Write one row and give its cells the columns that spans from above leave free."""
        covered: set[int] = set()
        if open_spans:
            covered.update(open_spans)
            for spanned in covered:
                open_spans[spanned] -= 1
                if not open_spans[spanned]:
                    del open_spans[spanned]
        column = 0
        start = self._length
        new = tuple.__new__  # what calling the class does, in half the time
        for text, printed_row_span, printed_column_span in row:
            while column in covered:
                column += 1
            end = start + len(text)
            if printed_row_span == printed_column_span == 1:  # nearly all
                cells.append(new(Cell, (row_number, column, start, end, 1, 1)))
                start = end + _SEPARATOR_LENGTH
                column += 1
                continue
            row_span = min(max(printed_row_span, 1), limits.MAX_ROW_SPAN)
            column_span = min(max(printed_column_span, 1), limits.MAX_COLUMN_SPAN)
            cells.append(Cell(row_number, column, start, end, row_span, column_span))
            if row_span > 1:
                open_spans.update(dict.fromkeys(range(column, column + column_span), row_span - 1))
            start = end + _SEPARATOR_LENGTH
            column += column_span
        limits.require_at_most(column, limits.MAX_COLUMNS, "columns in one table")
        if row:
            self._write(CELL_SEPARATOR.join([cell.text for cell in row]))
            self._write("\n")

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > limits.MAX_CHARACTERS:
            limits.require_at_most(self._length, limits.MAX_CHARACTERS, "characters")

    def build(
        self,
        media_type: str,
        encoding: str | None = None,
        hints: dict[str, str] | None = None,
    ) -> Page:
        """Return the page: its text ends without a line break, offsets stay as they were."""
        text = "".join(self._parts)
        return Page(
            text=text.removesuffix("\n"),
            tables=tuple(self._tables),
            media_type=media_type,
            encoding=encoding,
            hints=hints or {},
        )

"""A PDF with a text layer to lines and tables.

What lives here: words to lines in reading order, words to the cells of ruled tables, tables that
go on over a page end. What does not: the geometry of ruling lines (`pdf_grid.py`), how rows look
(`rendering.py`), joining hard-wrapped lines (`ingest.text`), OCR (nowhere: a scan is refused).
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from ingest.formats import limits
from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.media import Media
from ingest.formats.pdf_grid import Grid, Rule, find_grids
from ingest.formats.rendering import GridCell, PageBuilder, tidy_inline
from ingest.model import Page

# pdfminer warns of every oddity of a font; what matters of it ends as a refusal here.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# A filled box this thin is a line; thicker ones are shading behind the text.
_LINE_THICKNESS = 3.0
# Shorter lines are dashes and underlines of single letters.
_MIN_LINE = 5.0
# Grey value above which a line is not seen on white paper.
_INVISIBLE_GREY = 0.97
# A page of a scan may carry a stamp or a page number as text; a page of a report has hundreds.
_MIN_CHARACTERS_PER_PAGE = 15
# Share of characters without a Unicode value above which nothing can be trusted.
_MAX_UNMAPPED_SHARE = 0.02
_UNMAPPED = re.compile(r"\(cid:\d+\)")
# - 5 -, 第 5 页, 5 / 12, P. 9, 第5页 共12页; a bare number only where it is the page's own.
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·•~\s]+\d{1,3}[-—–－·•~\s]+|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|"
    r"[Pp](?:age)?\s*\.?\s*\d{1,3}|\d{1,3}\s*[/／]\s*\d{1,3})$"
)
# A bare page number stands in the outer tenth of the page.
_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class _Word:
    """A run of characters without a gap, and its place."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Sheet:
    """What is needed of a PDF page."""

    number: int
    height: float
    words: list[_Word]
    horizontal: list[Rule]
    vertical: list[Rule]
    image_count: int


@dataclass(slots=True)
class _OpenTable:
    """A table being collected, which may go on over page ends."""

    xs: list[float]
    rows: list[list[GridCell]] = field(default_factory=list)
    # First column of cells that no line closed at the bottom -> place of the cell in rows.
    open_below: dict[int, tuple[int, int]] = field(default_factory=dict)


def read_pdf(data: bytes) -> Page:
    """Return the page of a PDF.

    Raises `UnreadableDocument` with `encrypted_pdf`, `scanned_pdf`, `garbled_pdf`,
    `damaged_file`, `empty_file`, `too_large`.
    """
    sheets = list(_sheets(data))
    _require_text(sheets)
    builder = PageBuilder()
    _Assembler(builder).assemble(sheets)
    unread = [str(s.number) for s in sheets if s.image_count and not s.words]
    hints = {"unread_pages": ",".join(unread)} if unread else {}
    return builder.build(Media.PDF, None, hints)


def _sheets(data: bytes) -> Iterator[_Sheet]:
    """Yield the pages; every fault of the library on damaged bytes is one refusal."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
            limits.require_at_most(count, limits.MAX_PAGES, "pages")
            for page in pdf.pages:
                yield _sheet(page)
                page.close()  # frees its objects: a long document stays small
    except UnreadableDocument:
        raise
    except Exception as error:  # pdfminer raises whatever the broken bytes lead it to
        raise _refusal(error) from error


def _refusal(error: Exception) -> UnreadableDocument:
    """Tell a locked PDF from a broken one."""
    causes = [error, *error.args, error.__cause__, error.__context__]
    if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes):
        return UnreadableDocument(
            Refusal.ENCRYPTED_PDF,
            "The PDF is locked with a password. Open it, save it without the password (or print "
            "it to a new PDF), and put that in the inbox.",
        )
    return UnreadableDocument(
        Refusal.DAMAGED_FILE,
        f"The PDF is damaged ({type(error).__name__}). Fetch it again, or open it in a viewer "
        "that repairs it and save it anew.",
    )


def _sheet(page: Any) -> _Sheet:
    """Take words and lines from a page of the library."""
    limits.require_at_most(len(page.chars), limits.MAX_PAGE_CHARACTERS, "characters on one page")
    words = [
        _Word(w["text"], float(w["x0"]), float(w["x1"]), float(w["top"]), float(w["bottom"]))
        for w in page.extract_words(keep_blank_chars=False, use_text_flow=False)
    ]
    horizontal, vertical = _rules(page)
    return _Sheet(
        page.page_number, float(page.height), words, horizontal, vertical, len(page.images)
    )


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """Return the visible ruling lines: drawn lines, thin filled boxes, sides of outlined boxes."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    objects = [*page.lines, *page.rects]
    if len(objects) > limits.MAX_PAGE_RULES:
        return [], []  # a drawing: its words are read as lines
    for item in objects:
        x0, x1, top, bottom = (float(item[key]) for key in ("x0", "x1", "top", "bottom"))
        is_rect = item["object_type"] == "rect"
        colour = item["non_stroking_color" if is_rect and item["fill"] else "stroking_color"]
        if _is_invisible(colour):
            continue
        if bottom - top <= _LINE_THICKNESS:
            if x1 - x0 >= _MIN_LINE:
                horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _LINE_THICKNESS:
            if bottom - top >= _MIN_LINE:
                vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif is_rect and item["stroke"]:
            horizontal += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
            vertical += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
    return horizontal, vertical


def _is_invisible(colour: Any) -> bool:
    """Tell white from everything else; CMYK and patterns count as visible."""
    if isinstance(colour, int | float):
        return colour >= _INVISIBLE_GREY
    if isinstance(colour, tuple | list) and len(colour) in (1, 3):
        return all(isinstance(c, int | float) and c >= _INVISIBLE_GREY for c in colour)
    return False


def _require_text(sheets: list[_Sheet]) -> None:
    """Raise where the pages are pictures, or their characters have no meaning."""
    count = sum(len(word.text) for sheet in sheets for word in sheet.words)
    if count < _MIN_CHARACTERS_PER_PAGE * len(sheets):
        if any(sheet.image_count for sheet in sheets):
            raise UnreadableDocument(
                Refusal.SCANNED_PDF,
                "The PDF is a scan: it has no text layer. Run OCR on it, check the figures, then "
                "put the text file in the inbox.",
            )
        if not count:
            raise UnreadableDocument(
                Refusal.EMPTY_FILE,
                "The PDF shows no text (its letters may be drawn as shapes). Run OCR on it, or "
                "export it again from the program it was written in.",
            )
    unmapped = sum(
        len(_UNMAPPED.findall(word.text)) for sheet in sheets for word in sheet.words
    )
    if unmapped > count * _MAX_UNMAPPED_SHARE:
        raise UnreadableDocument(
            Refusal.GARBLED_PDF,
            "The PDF's fonts do not say which characters they draw, so its text cannot be read. "
            "Run OCR on it, or export it again from the program it was written in.",
        )


class _Assembler:
    """Puts lines and tables of all pages in reading order."""

    def __init__(self, builder: PageBuilder) -> None:
        self._builder = builder
        self._table: _OpenTable | None = None

    def assemble(self, sheets: list[_Sheet]) -> None:
        for sheet in sheets:
            self._add_sheet(sheet)
        self._close_table()

    def _add_sheet(self, sheet: _Sheet) -> None:
        grids = find_grids(sheet.horizontal, sheet.vertical)
        cells, loose = _place_words(sheet.words, grids)
        lines = _without_page_number(_lines(loose), sheet)
        items: list[tuple[float, Grid | str]] = [(line.top, line.text) for line in lines]
        items += [
            (grid.ys[0], grid) for grid, words in zip(grids, cells, strict=True) if any(words)
        ]
        texts = {id(grid): words for grid, words in zip(grids, cells, strict=True)}
        for position, (_, item) in enumerate(sorted(items, key=lambda item: item[0])):
            if isinstance(item, Grid):
                self._add_grid(item, texts[id(item)], first_on_page=position == 0)
            else:
                self._close_table()
                self._builder.add_line(item)

    def _add_grid(self, grid: Grid, words: list[list[_Word]], *, first_on_page: bool) -> None:
        """Add a grid as a new table, or to the one that the page end interrupted."""
        goes_on = (
            first_on_page and self._table is not None and _same_width(self._table.xs, grid.xs)
        )
        if not goes_on or self._table is None:
            self._close_table()
            self._table = _OpenTable(grid.xs)
        _append_rows(self._table, grid, words)

    def _close_table(self) -> None:
        if self._table is not None:
            self._builder.add_table(self._table.rows)
            self._table = None


def _append_rows(table: _OpenTable, grid: Grid, words: list[list[_Word]]) -> None:
    """Add the cells of a grid to a table, a cell that the page end cut being joined again."""
    offset = len(table.rows)
    table.rows.extend([] for _ in range(len(grid.ys) - 1))
    still_open: dict[int, tuple[int, int]] = {}
    for region, its_words in zip(grid.regions, words, strict=True):
        text = _cell_text(its_words)
        row_span = region.row_end - region.row
        place = table.open_below.get(region.column)
        if region.row == 0 and not region.ruled_above and place is not None:
            above = table.rows[place[0]][place[1]]
            joined = tidy_inline(f"{above.text}\n{text}")
            table.rows[place[0]][place[1]] = GridCell(
                joined, above.row_span + row_span, above.column_span
            )
        else:
            row = table.rows[offset + region.row]
            place = (offset + region.row, len(row))
            row.append(GridCell(text, row_span, region.column_end - region.column))
        if region.row_end == len(grid.ys) - 1 and not region.ruled_below:
            still_open[region.column] = place
    table.open_below = still_open


def _same_width(xs: list[float], others: list[float]) -> bool:
    """Tell whether two grids have the same sides; inner lines may differ from row to row."""
    return abs(xs[0] - others[0]) <= 2 * _LINE_THICKNESS and (
        abs(xs[-1] - others[-1]) <= 2 * _LINE_THICKNESS
    )


def _place_words(
    words: list[_Word], grids: list[Grid]
) -> tuple[list[list[list[_Word]]], list[_Word]]:
    """Share out the words: per grid and region, and those outside all grids."""
    placed: list[list[list[_Word]]] = [[[] for _ in grid.regions] for grid in grids]
    loose: list[_Word] = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for grid, regions in zip(grids, placed, strict=True):
            number = grid.region_at(x, y)
            if number is not None:
                regions[number].append(word)
                break
        else:
            loose.append(word)
    return placed, loose


def _lines(words: list[_Word]) -> list[_Word]:
    """Join words that stand on one line, lines from top to bottom."""
    lines: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        last = lines[-1] if lines else []
        if last and middle <= max(w.bottom for w in last[-1:]) - 0.25 * (word.bottom - word.top):
            last.append(word)
        else:
            lines.append([word])
    return [_joined(line) for line in lines]


def _joined(line: list[_Word]) -> _Word:
    line.sort(key=lambda word: word.x0)
    text = _UNMAPPED.sub("\ufffd", " ".join(word.text for word in line))
    return _Word(
        tidy_inline(text),
        line[0].x0,
        max(word.x1 for word in line),
        min(word.top for word in line),
        max(word.bottom for word in line),
    )


def _cell_text(words: list[_Word]) -> str:
    """Return the text of a cell on one line."""
    return tidy_inline("\n".join(line.text for line in _lines(words)))


def _without_page_number(lines: list[_Word], sheet: _Sheet) -> list[_Word]:
    """Leave out the page number where it is the first or the last line of the page."""
    return [
        line
        for position, line in enumerate(lines)
        if not (position in (0, len(lines) - 1) and _is_page_number(line, sheet))
    ]


def _is_page_number(line: _Word, sheet: _Sheet) -> bool:
    in_margin = (
        line.bottom < sheet.height * _MARGIN or line.top > sheet.height * (1 - _MARGIN)
    )
    if not in_margin:
        return False
    return _PAGE_NUMBER.match(line.text) is not None or line.text == str(sheet.number)

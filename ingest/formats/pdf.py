"""A PDF with a text layer to lines and tables.

What lives here: words to lines in reading order, words to the cells of ruled tables, tables that
go on over a page end. What does not: the geometry of ruling lines (`pdf_grid.py`), how rows look
(`rendering.py`), joining hard-wrapped lines (`ingest.text`), OCR (nowhere: a scan is refused).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.media import Media
from ingest.formats.pdf_grid import Grid, find_grids
from ingest.formats.pdf_source import Sheet, Word, read_sheets
from ingest.formats.rendering import GridCell, PageBuilder, tidy_inline
from ingest.model import Issue, Page, Severity

# How far the sides of a table may be off on the next page.
_SIDE_TOLERANCE = 6.0
# A page of a scan may carry a stamp or a page number as text; a page of a report has hundreds.
_MIN_CHARACTERS_PER_PAGE = 15
# Share of characters without a Unicode value above which nothing can be trusted.
_MAX_UNMAPPED_SHARE = 0.02
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")
# - 5 -, 第 5 页, 5 / 12, P. 9, 第5页 共12页; a bare number only where it is the page's own.
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·•~\s]+\d{1,3}[-—–－·•~\s]+|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|"
    r"[Pp](?:age)?\s*\.?\s*\d{1,3}|\d{1,3}\s*[/／]\s*\d{1,3})$"
)
# A bare page number stands in the outer tenth of the page.
_MARGIN = 0.1


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
    sheets = read_sheets(data)
    _require_text(sheets)
    builder = PageBuilder()
    _Assembler(builder).assemble(sheets)
    unread = [str(s.number) for s in sheets if s.image_count and not s.words]
    page = builder.build(Media.PDF, None, {"unread_pages": ",".join(unread)} if unread else {})
    return replace(page, issues=(_unread_pages(unread),)) if unread else page


def _unread_pages(numbers: list[str]) -> Issue:
    return Issue(
        "decode",
        "unread_pages",
        Severity.WARNING,
        f"Page(s) {', '.join(numbers)} of the PDF are pictures without text and were not read. Run "
        "OCR on the file (ocrmypdf -l chi_sim) and put the result in the inbox if figures stand "
        "there.",
    )


def _require_text(sheets: list[Sheet]) -> None:
    """Raise where the pages are pictures, or their characters have no meaning."""
    count = sum(len(word.text) for sheet in sheets for word in sheet.words)
    if count < _MIN_CHARACTERS_PER_PAGE * len(sheets):
        if any(sheet.image_count for sheet in sheets):
            raise UnreadableDocument(
                Refusal.SCANNED_PDF,
                "The PDF is a scan: it has no text layer. Run OCR on it (for one: ocrmypdf -l chi_sim "
                "scan.pdf read.pdf), check the figures, and put the result in the inbox.",
            )
        if not count:
            raise UnreadableDocument(
                Refusal.EMPTY_FILE,
                "The PDF shows no text (its letters may be drawn as shapes). Run OCR on it, or "
                "export it again from the program it was written in.",
            )
    unmapped = sum(len(_UNMAPPED.findall(word.text)) for sheet in sheets for word in sheet.words)
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

    def assemble(self, sheets: list[Sheet]) -> None:
        for sheet in sheets:
            self._add_sheet(sheet)
        self._close_table()

    def _add_sheet(self, sheet: Sheet) -> None:
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

    def _add_grid(self, grid: Grid, words: list[list[Word]], *, first_on_page: bool) -> None:
        """Add a grid as a new table, or to the one that the page end interrupted."""
        goes_on = first_on_page and self._table is not None and _same_width(self._table.xs, grid.xs)
        if not goes_on or self._table is None:
            self._close_table()
            self._table = _OpenTable(grid.xs)
        _append_rows(self._table, grid, words)

    def _close_table(self) -> None:
        if self._table is not None:
            self._builder.add_table(self._table.rows)
            self._table = None


def _append_rows(table: _OpenTable, grid: Grid, words: list[list[Word]]) -> None:
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
    return abs(xs[0] - others[0]) <= _SIDE_TOLERANCE and (
        abs(xs[-1] - others[-1]) <= _SIDE_TOLERANCE
    )


def _place_words(
    words: Sequence[Word], grids: list[Grid]
) -> tuple[list[list[list[Word]]], list[Word]]:
    """Share out the words: per grid and region, and those outside all grids."""
    placed: list[list[list[Word]]] = [[[] for _ in grid.regions] for grid in grids]
    loose: list[Word] = []
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


def _lines(words: list[Word]) -> list[Word]:
    """Join words that stand on one line, lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        last = lines[-1] if lines else []
        if last and middle <= max(w.bottom for w in last[-1:]) - 0.25 * (word.bottom - word.top):
            last.append(word)
        else:
            lines.append([word])
    return [_joined(line) for line in lines]


def _joined(line: list[Word]) -> Word:
    line.sort(key=lambda word: word.x0)
    text = " ".join(word.text for word in line)
    return Word(
        tidy_inline(text),
        line[0].x0,
        max(word.x1 for word in line),
        min(word.top for word in line),
        max(word.bottom for word in line),
    )


def _cell_text(words: list[Word]) -> str:
    """Return the text of a cell on one line."""
    return tidy_inline("\n".join(line.text for line in _lines(words)))


def _without_page_number(lines: list[Word], sheet: Sheet) -> list[Word]:
    """Leave out the page number where it is the first or the last line of the page."""
    return [
        line
        for position, line in enumerate(lines)
        if not (position in (0, len(lines) - 1) and _is_page_number(line, sheet))
    ]


def _is_page_number(line: Word, sheet: Sheet) -> bool:
    in_margin = line.bottom < sheet.height * _MARGIN or line.top > sheet.height * (1 - _MARGIN)
    if not in_margin:
        return False
    return _PAGE_NUMBER.match(line.text) is not None or line.text == str(sheet.number)

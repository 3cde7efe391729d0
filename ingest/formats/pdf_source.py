"""What a PDF page shows: its words, its ruling lines, how many pictures.

What lives here: every call of the PDF library (PDFium, through pypdfium2), and the way from its
coordinates to ours. What does not: lines, tables and reading order (`pdf.py`, `pdf_grid.py`).

PDFium and not a Python parser: it reads a page in 5 ms instead of 50, it is hardened against
damaged files, and it bounds what it unpacks. It is not thread-safe: one document at a time a
process.

Coordinates given out are points, x to the right, y down from the top of the page as shown.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats import limits
from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.pdf_grid import Rule

# A filled box this thin is a line; thicker ones are shading behind the text.
_LINE_THICKNESS = 3.0
# Shorter lines are dashes and underlines of single letters.
_MIN_LINE = 5.0
# Colour parts (0-255) from which a line is not seen on white paper, and its opacity.
_WHITE = 247
# A gap of more than this part of a letter's height parts two words. Between two digits of a
# number there is none; between the figures of two columns there are several letters' heights.
_WORD_GAP = 0.3
# Letters of one line overlap at least by this part of their height.
_LINE_OVERLAP = 0.5
# Text of a report is 9 to 22 points high; a box beyond this is looked at twice.
_LARGE_LETTER = 30.0
# Form XObjects nest; real files do so once or twice.
_MAX_FORM_DEPTH = 5

Box = tuple[float, float, float, float]  # left, bottom, right, top, in PDF coordinates
Transform = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a gap, and its place."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is needed of a PDF page; `number` counts from 1."""

    number: int
    height: float
    words: tuple[Word, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    image_count: int


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the pages of a PDF.

    Raises `UnreadableDocument` with `encrypted_pdf`, `damaged_file` or `too_large`.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    try:
        limits.require_at_most(len(document), limits.MAX_PAGES, "pages")
        return [_sheet(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    finally:
        document.close()


def _refusal(error: pypdfium2.PdfiumError) -> UnreadableDocument:
    """Tell a locked PDF from a broken one."""
    if getattr(error, "err_code", None) in (
        pdfium.FPDF_ERR_PASSWORD,
        pdfium.FPDF_ERR_SECURITY,
    ):
        return UnreadableDocument(
            Refusal.ENCRYPTED_PDF,
            "The PDF is locked with a password. Open it, save it without the password (or print "
            "it to a new PDF), and put that in the inbox.",
        )
    return UnreadableDocument(
        Refusal.DAMAGED_FILE,
        "The PDF is damaged and cannot be opened. Fetch it again, or open it in a viewer that "
        "repairs it and save it anew.",
    )


def _sheet(document: pypdfium2.PdfDocument, index: int) -> Sheet:
    page = document[index]
    try:
        transform, height = _upright(page)
        words = tuple(_words(page, transform))
        horizontal: list[Rule] = []
        vertical: list[Rule] = []
        image_count = 0
        wanted = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
        for item in page.get_objects(filter=wanted, max_depth=_MAX_FORM_DEPTH):
            if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                image_count += 1
            else:
                _add_rules(item, transform, horizontal, vertical)
            if len(horizontal) + len(vertical) > limits.MAX_PAGE_RULES:
                horizontal, vertical = [], []  # a drawing: its words are read as lines
                break
        return Sheet(index + 1, height, words, tuple(horizontal), tuple(vertical), image_count)
    finally:
        page.close()


def _upright(page: pypdfium2.PdfPage) -> tuple[Transform, float]:
    """Turn what the page shows upright; return the way to our coordinates, and its height.

    The content itself is turned, and not only its coordinates: PDFium passes over sideways text
    whose font is not in the file.
    """
    left, bottom, right, top = page.get_bbox()
    turns = {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }
    turn = turns.get(page.get_rotation())
    if turn is None:
        return (lambda x, y: (x - left, top - y)), top - bottom
    for item in page.get_objects(max_depth=1):
        pdfium.FPDFPageObj_Transform(item.raw, *turn)
    height = top - bottom if turn[1] == 0 else right - left
    return (lambda x, y: (x, height - y)), height


def _words(page: pypdfium2.PdfPage, transform: Transform) -> Iterator[Word]:
    """Yield the words of a page in the order of its text."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        limits.require_at_most(count, limits.MAX_PAGE_CHARACTERS, "characters on one page")
        characters: list[str] = []
        box = (0.0, 0.0, 0.0, 0.0)
        for character, x0, x1, top, bottom in _characters(text_page, count, transform):
            if characters and (character.isspace() or not _continues(box, x0, top, bottom)):
                yield Word("".join(characters), *box)
                characters.clear()
            if character.isspace():
                continue
            if characters:
                box = (
                    min(box[0], x0),
                    max(box[1], x1),
                    min(box[2], top),
                    max(box[3], bottom),
                )
            else:
                box = (x0, x1, top, bottom)
            characters.append(character)
        if characters:
            yield Word("".join(characters), *box)
    finally:
        text_page.close()


def _characters(
    text_page: Any, count: int, transform: Transform
) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield each character with its box (x0, x1, top, bottom); spaces of width 0 stay spaces."""
    rectangle = pdfium.FS_RECTF()
    reference = ctypes.byref(rectangle)
    high_surrogate = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
            if not 0x10000 <= code < 0x110000:
                code = 0xFFFD
        pdfium.FPDFText_GetLooseCharBox(text_page, index, reference)
        box: Box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if max(box[2] - box[0], box[3] - box[1]) > _LARGE_LETTER:
            box = _plausible_box(text_page, index, box)
        x0, y0 = transform(box[0], box[1])
        x1, y1 = transform(box[2], box[3])
        # Characters whose font does not say what they are come as 0, U+FFFE or private use.
        character = "\ufffd" if code in (0, 0xFFFE, 0xFFFF) else chr(code)
        yield character, min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)


def _plausible_box(text_page: Any, index: int, box: Box) -> Box:
    """Return the box of the ink where the box of the font is far larger.

    The box of the font (it holds all its letters, so that a line's letters are level) is wrong by
    a factor for vertical writing: group labels of table 3 are set so.
    """
    ink = text_page.get_charbox(index)
    ink_size = max(ink[2] - ink[0], ink[3] - ink[1])
    is_wrong = max(box[2] - box[0], box[3] - box[1]) > 3 * ink_size
    return (ink[0], ink[1], ink[2], ink[3]) if is_wrong else box


def _continues(
    box: tuple[float, float, float, float], x0: float, top: float, bottom: float
) -> bool:
    """Tell whether a character goes on a word: same line, no gap, not back to the left."""
    height = max(bottom - top, 1.0)
    overlap = min(box[3], bottom) - max(box[2], top)
    if overlap < _LINE_OVERLAP * min(height, box[3] - box[2]):
        return False
    return -height < x0 - box[1] <= _WORD_GAP * height


def _add_rules(
    item: pypdfium2.PdfObject,
    transform: Transform,
    horizontal: list[Rule],
    vertical: list[Rule],
) -> None:
    """Add the visible straight lines of a path: strokes, thin filled boxes, outlines."""
    fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item.raw, fill_mode, stroke):
        return
    is_stroked = bool(stroke.value) and _is_visible(pdfium.FPDFPageObj_GetStrokeColor, item)
    is_filled = bool(fill_mode.value) and _is_visible(pdfium.FPDFPageObj_GetFillColor, item)
    if not is_stroked and not is_filled:
        return
    for points in _subpaths(item, transform):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= _LINE_THICKNESS:
            if x1 - x0 >= _MIN_LINE:
                horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _LINE_THICKNESS:
            if bottom - top >= _MIN_LINE:
                vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif is_stroked:
            _add_sides(points, horizontal, vertical)


def _add_sides(
    points: list[tuple[float, float]], horizontal: list[Rule], vertical: list[Rule]
) -> None:
    """Add the level and the upright sides of an outline."""
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        if abs(y - next_y) <= 1 and abs(x - next_x) >= _MIN_LINE:
            horizontal.append(Rule((y + next_y) / 2, min(x, next_x), max(x, next_x)))
        elif abs(x - next_x) <= 1 and abs(y - next_y) >= _MIN_LINE:
            vertical.append(Rule((x + next_x) / 2, min(y, next_y), max(y, next_y)))


def _is_visible(get_colour: Callable[..., int], item: pypdfium2.PdfObject) -> bool:
    """Tell white and transparent from everything else; a pattern without colour is visible."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get_colour(item.raw, red, green, blue, alpha):
        return True
    return alpha.value > 255 - _WHITE and min(red.value, green.value, blue.value) < _WHITE


def _subpaths(
    item: pypdfium2.PdfObject, transform: Transform
) -> Iterator[list[tuple[float, float]]]:
    """Yield the corner points of each part of a path, in page coordinates, closed where it is.

    Parts with curves are no ruling lines and are left out.
    """
    matrix = item.get_matrix()
    container = item.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    count = pdfium.FPDFPath_CountSegments(item.raw)
    points: list[tuple[float, float]] = []
    is_curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(count, limits.MAX_PAGE_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not is_curved:
                yield points
            points, is_curved = [], False
        is_curved = is_curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(transform(*matrix.on_point(x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not is_curved:
        yield points

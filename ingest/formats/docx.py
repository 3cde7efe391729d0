"""A Word file (.docx) to lines and tables.

What lives here: the XML of the document's body to paragraphs and rows, merged cells once. What
does not: old Word formats (`media.py` refuses them), how rows look (`rendering.py`).

The XML is read directly: python-docx leaves out what stands in content controls and text boxes
(templates of agencies are full of both) and loads every picture.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from ingest.formats import limits
from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.layout import are_figures, is_real_table
from ingest.formats.media import Media
from ingest.formats.rendering import GridCell, PageBuilder, tidy_inline
from ingest.formats.tree import texts_of
from ingest.model import Page

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Written by "Strict Open XML"; brought to the common name before anything looks.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
_TRANSPARENT = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_SPACES = {f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}br": "\n", f"{_W}cr": "\n"}


def read_docx(data: bytes) -> Page:
    """Return the page of a Word file.

    Raises `UnreadableDocument` with `damaged_file`, `too_large`, `too_deep`, `empty_file`.
    """
    body = _body(data)
    builder = PageBuilder()
    _Renderer(builder).render(body, depth=0)
    page = builder.build(Media.DOCX)
    if not page.text.strip():
        raise UnreadableDocument(
            Refusal.EMPTY_FILE,
            "The Word file shows no text: it may hold pictures only. Run OCR on them and put the "
            "text in the inbox.",
        )
    return page


def _body(data: bytes) -> etree._Element:
    """Unpack and parse the main part, within the bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            limits.require_at_most(len(members), limits.MAX_ARCHIVE_MEMBERS, "parts")
            main = _main_part(members)
            # The directory's sizes bind: zipfile never unpacks more than they say.
            limits.require_at_most(main.file_size, limits.MAX_EXPANDED_BYTES, "bytes unpacked")
            xml = archive.read(main)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise _damaged(error) from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(xml.replace(_STRICT, _W[1:-1].encode()), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower() or "huge" in str(error).lower():
            raise _too_deep() from error
        raise _damaged(error) from error
    body = root.find(f"{_W}body")
    if body is None:
        raise _damaged(ValueError("no body"))
    return body


def _main_part(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return the document's part; some writers number it (word/document2.xml)."""
    for member in members:
        name = member.filename
        if name.startswith("word/document") and name.endswith(".xml") and name.count("/") == 1:
            return member
    raise ValueError("no word/document.xml in it")


def _damaged(error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        Refusal.DAMAGED_FILE,
        f"The Word file is damaged ({error or type(error).__name__}). Fetch it again, or open it "
        "in Word, WPS or LibreOffice and save it anew.",
    )


def _too_deep() -> UnreadableDocument:
    return UnreadableDocument(
        Refusal.TOO_DEEP,
        "Tables or boxes in the Word file are nested too deeply to be a report. Save its text as "
        ".txt and put that in the inbox.",
    )


class _Renderer:
    """Writes the blocks of a body, or of a cell of a layout table, to the builder."""

    def __init__(self, builder: PageBuilder) -> None:
        self._builder = builder

    def render(self, container: etree._Element, depth: int) -> None:
        if depth > limits.MAX_DEPTH:
            raise _too_deep()
        for block in container:
            if block.tag == f"{_W}p":
                self._render_paragraph(block, depth)
            elif block.tag == f"{_W}tbl":
                self._render_table(block, depth)
            elif block.tag in _TRANSPARENT:
                self.render(block, depth + 1)

    def _render_paragraph(self, paragraph: etree._Element, depth: int) -> None:
        for line in paragraph_text(paragraph).split("\n"):
            self._builder.add_line(tidy_inline(line))
        for box in paragraph.iter(_TEXT_BOX):
            if not _is_inside(box, _FALLBACK, paragraph):
                self.render(box, depth + 1)

    def _render_table(self, table: etree._Element, depth: int) -> None:
        rows = _rows_of(table)
        if _is_layout(table, rows):
            for cell in _cells_of(table):
                self.render(cell, depth + 1)
        else:
            self._builder.add_table(rows)


def _is_layout(table: etree._Element, rows: list[list[GridCell]]) -> bool:
    inner = table.findall(f".//{_W}tbl")
    if not inner:
        return not are_figures(rows)
    own = sum(len(row) for row in rows)
    inner_length = sum(map(_text_length, inner))
    return not is_real_table(own, _text_length(table), inner_length)


def _text_length(element: etree._Element) -> int:
    return sum(map(len, texts_of(element, f"{_W}t")))


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children of a kind, looking through content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, tag)


def _cells_of(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, f"{_W}tr"):
        yield from _children(row, f"{_W}tc")


def _rows_of(table: etree._Element) -> list[list[GridCell]]:
    """Return the rows of a table; a merged cell appears once, with its spans."""
    rows: list[list[GridCell]] = []
    origins: dict[int, tuple[int, int]] = {}  # first grid column -> place of the merged cell
    count = 0
    for row in _children(table, f"{_W}tr"):
        rows.append([])
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _children(row, f"{_W}tc"):
            count += 1
            limits.require_at_most(count, limits.MAX_CELLS, "table cells")
            properties = cell.find(f"{_W}tcPr")
            span = _number(None if properties is None else properties.find(f"{_W}gridSpan"), 1)
            merge = None if properties is None else properties.find(f"{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            if goes_on and column in origins:
                _extend(rows, origins[column])
            else:
                rows[-1].append(GridCell(_cell_text(cell), 1, span))
                origins.pop(column, None)
                if merge is not None:
                    origins[column] = (len(rows) - 1, len(rows[-1]) - 1)
            column += span
    return rows


def _extend(rows: list[list[GridCell]], place: tuple[int, int]) -> None:
    """Let a merged cell cover one more row."""
    above = rows[place[0]][place[1]]
    rows[place[0]][place[1]] = above._replace(row_span=above.row_span + 1)


def _number(element: etree._Element | None, default: int) -> int:
    """Return the number a property carries, between 0 and the bound of spans."""
    value = "" if element is None else element.get(f"{_W}val") or ""
    if not value.isascii() or not value.isdigit() or len(value) > 4:
        return default
    return min(max(int(value), default), limits.MAX_COLUMN_SPAN)


def _cell_text(cell: etree._Element) -> str:
    return tidy_inline(
        "\n".join(
            paragraph_text(paragraph)
            for paragraph in cell.iter(f"{_W}p")
            if not _is_inside(paragraph, _FALLBACK, cell)
        )
    )


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph as it shows: no deleted, hidden or boxed text."""
    pieces: list[str] = []
    for element in paragraph.iter(f"{_W}t", f"{_W}noBreakHyphen", *_SPACES):
        if not _is_shown(element, paragraph):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif (parent := element.getparent()) is not None and parent.tag == f"{_W}r":
            pieces.append(_SPACES[str(element.tag)])  # a tab elsewhere is a tab stop's setting
    return "".join(pieces)


def _is_shown(element: etree._Element, paragraph: etree._Element) -> bool:
    """Tell text of the paragraph itself from boxed, alternative and hidden text."""
    run = element.getparent()
    if run is not None and run.tag == f"{_W}r":
        properties = run.find(f"{_W}rPr")
        if properties is not None:
            vanish = properties.find(f"{_W}vanish")
            if vanish is not None and vanish.get(f"{_W}val", "1") not in (
                "0",
                "false",
                "off",
            ):
                return False
        if run.getparent() is paragraph:
            return True
    return not _is_inside(element, _FALLBACK, paragraph) and not _is_inside(
        element, _TEXT_BOX, paragraph
    )


def _is_inside(element: etree._Element, tag: str, top: etree._Element) -> bool:
    """Tell whether an element lies in one of a kind, below `top`."""
    for ancestor in element.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag == tag:
            return True
    return False

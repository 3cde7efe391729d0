"""Another reader for each kind of document: bytes to a stream of words and numbers.

What lives here: the standard library's parsers of HTML and XML, and PDFium's own reading order;
none of the first reader's trees, grids and alignments. What does not: finding a cell in the stream
(`look.py`).
"""

from __future__ import annotations

import email
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from html.parser import HTMLParser
from xml.etree import ElementTree

from ingest.formats.encoding import decode
from ingest.formats.errors import UnreadableDocument
from ingest.formats.media import Media

_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_BLANKS = frozenset(("", "-", "--", "/", "—", "——", "_", "－", "无", "\\"))
_HALF = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CELLS = frozenset(("td", "th"))
_BLOCKS = frozenset(("p", "div", "br", "tr", "table", "li", "h1", "h2", "h3", "h4", "section"))
_UNSEEN = frozenset(("script", "style", "template"))


class NoSecondReader(Exception):
    """This kind of document has no second reader, or it cannot open this one."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a cell: its number where it is one, `is_blank` where nothing is printed."""

    text: str
    number: float | None = None
    is_blank: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is neither a number nor blank."""
        return self.number is None and not self.is_blank


def read_stream(data: bytes, media_type: str) -> list[Item]:
    """The items of a document in reading order. Raises NoSecondReader."""
    reader = _READERS.get(media_type)
    if reader is None:
        raise NoSecondReader(f"no second reader for {media_type}")
    try:
        return list(reader(data))
    except (
        UnreadableDocument, ValueError, KeyError, zipfile.BadZipFile, zlib.error,
        ElementTree.ParseError, OSError,
    ) as error:  # fmt: skip
        raise NoSecondReader(f"the second reader cannot open it: {error}") from error


def item_of(text: str) -> Item:
    """What a word or cell is; thousands separators and full-width digits are undone."""
    words = re.sub(r"\s+", "", text)
    plain = words.translate(_HALF)
    if plain in _BLANKS:
        return Item(words, is_blank=True)
    if _NUMBER.fullmatch(plain):
        return Item(words, number=float(plain.replace(",", "")))
    return Item(words)


def _words(text: str) -> Iterator[Item]:
    """Words of running text: spaces, bars and line ends part them."""
    for word in re.split(r"[\s|│]+", text):
        if word:
            yield item_of(word)


def _text(data: bytes) -> Iterator[Item]:
    yield from _words(decode(data).text)


def _html(data: bytes) -> Iterator[Item]:
    yield from _of_markup(decode(data).text)


def _of_markup(markup: str) -> Iterator[Item]:
    parser = _Cells()
    parser.feed(markup)
    parser.close()
    yield from parser.items


def _mht(data: bytes) -> Iterator[Item]:
    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield from _html(payload)


def _docx(data: bytes) -> Iterator[Item]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    yield from _of_word(root)


def _of_word(element: ElementTree.Element) -> Iterator[Item]:
    for child in element:
        if child.tag == f"{_W}tc" and child.find(f".//{_W}tbl") is None:
            yield item_of("".join(t.text or "" for t in child.iter(f"{_W}t")))
        elif child.tag == f"{_W}p":
            yield from _words("".join(t.text or "" for t in child.iter(f"{_W}t")))
        else:
            yield from _of_word(child)


def _pdf(data: bytes) -> Iterator[Item]:
    """PDFium's own order of the page's text, without our words, lines and grids."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NoSecondReader(f"the second reader cannot open it: {error}") from error
    try:
        for page in document:
            yield from _words(page.get_textpage().get_text_range())
    finally:
        document.close()


class _Cells(HTMLParser):
    """Innermost cells of tables as one item each, other text word by word."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[Item] = []
        self._open: list[tuple[int, list[str]]] = []  # depth of its table, text; outermost first
        self._depth = 0
        self._outside: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._depth += 1
            if self._open:
                # What stands before an inner table is layout, not a cell of figures.
                self._outside += self._open[-1][1]
                self._open[-1][1].clear()
                self._flush()
        elif tag in _CELLS or tag == "tr":
            self._close_cell()  # pages leave </td> out
            self._flush()
            if tag in _CELLS:
                self._open.append((self._depth, []))
        elif tag in _BLOCKS and not self._open:
            self._outside.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table":
            self._close_cell()
            self._depth = max(0, self._depth - 1)
        elif tag in _CELLS:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            (self._open[-1][1] if self._open else self._outside).append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _close_cell(self) -> None:
        if self._open and self._open[-1][0] == self._depth:
            self.items.append(item_of("".join(self._open.pop()[1])))

    def _flush(self) -> None:
        self.items += _words("".join(self._outside))
        self._outside = []


_READERS: dict[str, Callable[[bytes], Iterator[Item]]] = {
    Media.TEXT.value: _text,
    Media.HTML.value: _html,
    Media.MHT.value: _mht,
    Media.PDF.value: _pdf,
    Media.DOCX.value: _docx,
}

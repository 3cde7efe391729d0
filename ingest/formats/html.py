"""A web page to lines and tables.

What lives here: markup to a tree, the tree's blocks to lines, its tables to rows with the place of
every cell. What does not: which parts are furniture of the site (`html_chrome.py`), what the page
says of itself (`html_hints.py`), tables hidden in scripts (`html_scripts.py`), how rows look
(`rendering.py`), what the figures mean (`ingest.tables`).

Nothing is fetched and nothing runs: the parser has no network, knows no entities but HTML's own,
and scripts are only ever read as strings.
"""

from __future__ import annotations

import re

from lxml import etree

from ingest.formats import limits
from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.html_chrome import remove_chrome, remove_element
from ingest.formats.html_hints import add_body_hints, head_hints, is_furniture_line
from ingest.formats.html_scripts import recover_script_tables
from ingest.formats.layout import are_figures, is_real_table
from ingest.formats.rendering import GridCell, PageBuilder, tidy_inline
from ingest.formats.tree import all_texts_of, count, select, texts_of
from ingest.model import Page

# Elements that begin and end a line. Everything unknown is inline: Word's smart tags
# (<st1:chsdate>) sit in the middle of dates.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
# Stripped before the walk, in C: they carry no structure, only looks.
_INLINE = frozenset(
    [
        "span",
        "font",
        "a",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "small",
        "big",
        "sup",
        "sub",
        "ins",
        "del",
        "strike",
        "tt",
        "code",
        "cite",
        "abbr",
        "label",
        "mark",
        "bdo",
        "nobr",
        "wbr",
        "dfn",
        "kbd",
        "samp",
        "var",
        "acronym",
        "basefont",
        "map",
    ]
)
_INERT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "applet",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "datalist",
        "input",
        "button",
        "textarea",
        "link",
        "meta",
        "base",
        "img",
        "area",
        "colgroup",
        "col",
        "head",
        "xml",
    ]
)
_IS_HIDDEN = (
    "contains(translate(translate(@style, ' \t\n', ''), 'DISPLAYNOE', 'displaynoe'), 'display:none')"
)
_HIDDEN = etree.XPath(f"//*[@hidden or {_IS_HIDDEN}]")
# where a page writes no `display` in capitals: a fifth of the time, as Word styles every word
_HIDDEN_IN_SMALL_LETTERS = etree.XPath(f"//*[@hidden or contains(@style, 'display') and {_IS_HIDDEN}]")
_OWN_CELLS = etree.XPath(
    "count(.//*[self::td or self::th]) - count(.//table//*[self::td or self::th])"
)
_EMBEDDED = re.compile(r"base64,[A-Za-z0-9+/=%]{64,}")  # pictures inside the page
# libxml2 reads these in HTML and refuses to write them when an element's text is moved. Dropped
# from the bytes: that takes a tenth of the time.
_CONTROL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_NO_CHARACTERS = ("\ufffe", "\uffff")
_INLINE_TAG = re.compile(r"</?(?:span|font|b|strong|i|em|u|o:p|st1:\w+)\b[^<>]*>", re.IGNORECASE)


def read_html(text: str, encoding: str | None, media_type: str = "text/html") -> Page:
    """Return the page of a decoded HTML document.

    Raises `UnreadableDocument` with `empty_file` where the page shows no text, `too_deep` or
    `too_large` where it is beyond the bounds of `limits.py`.
    """
    if "base64," in text:
        text = _EMBEDDED.sub("", text)
    limits.require_at_most(len(text), limits.MAX_MARKUP_CHARACTERS, "characters of markup")
    root = parse(text)
    hints = head_hints(root, text)
    recover_script_tables(root)
    tags = {element.tag for element in root.iter()}
    _remove_invisible(root, text, tags)
    add_body_hints(root, text, hints)
    remove_chrome(root)
    _strip_inline(root, tags)
    builder = PageBuilder()
    _Renderer(builder, hints).render(root)
    page = builder.build(media_type, encoding, hints)
    if not page.text.strip():
        raise UnreadableDocument(
            Refusal.EMPTY_FILE,
            "The page shows no text: it may be loaded by a script, or be a picture. Save the page "
            "from a browser once it is shown, or put its text in the inbox.",
        )
    return page


def parse(text: str) -> etree._Element:
    """Parse markup to a tree, tolerant of everything but bombs.

    libxml2 drops what lies deeper than 256 elements. Unclosed <font>s of old editors get there,
    so such pages are parsed once more without inline tags before they are refused.
    """
    for markup in (text, None):
        source = _INLINE_TAG.sub("", text) if markup is None else markup
        parser = etree.HTMLParser(
            encoding="utf-8",
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        # Surrogates cannot be written in UTF-8; they come from broken escapes in scripts.
        data = source.encode("utf-8", "ignore").translate(None, _CONTROL)
        for character in _NO_CHARACTERS:
            if character in source:  # seldom, and to look for it in bytes takes long
                data = data.replace(character.encode(), b"")
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            root = None  # libxml2 found no element at all
        faults = parser.error_log.filter_from_fatals()
        if root is None and not faults:
            return etree.fromstring(b"<html><body/></html>", etree.HTMLParser())
        if root is not None and not any(_is_bound(fault.message) for fault in faults):
            return root
    raise UnreadableDocument(
        Refusal.TOO_DEEP,
        "The page's elements are nested too deeply or are too long to be a report. Open it in a "
        "browser and save its text as .txt.",
    )


def _is_bound(message: str) -> bool:
    """Tell the parser's bounds (it dropped something) from ordinary bad markup."""
    return "Excessive depth" in message or "HUGE" in message or "too long" in message


def _remove_invisible(root: etree._Element, source: str, tags: set[str]) -> None:
    """Drop what a browser does not show; `tags` are the names of the tree's elements.

    Stripping is quick only for names that occur.
    """
    # Two plain searches of bytes: a pattern takes a millisecond a page, lower() of text as long.
    plain = source.encode("utf-8", "ignore")
    lowered = plain.lower()
    if (shown := lowered.count(b"display")) or b" hidden" in lowered:
        small = shown == plain.count(b"display")
        for element in select(_HIDDEN_IN_SMALL_LETTERS if small else _HIDDEN, root):
            if element.getparent() is not None and element.tag != "body":
                remove_element(element)
    if inert := _INERT & tags:
        etree.strip_elements(root, *inert, with_tail=False)


def _strip_inline(root: etree._Element, tags: set[str]) -> None:
    """Merge inline elements into the text around them, so that a walk meets only structure."""
    inline = {tag for tag in tags if tag in _INLINE or ":" in tag}
    if inline:
        etree.strip_tags(root, *inline)


class _Renderer:
    """Walks the tree once, in document order, and writes lines and tables to the builder."""

    def __init__(self, builder: PageBuilder, hints: dict[str, str]) -> None:
        self._builder = builder
        self._hints = hints
        self._line: list[str] = []

    def render(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        preformatted = 0
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag == "table" and self._render_table(element):
                    walk.skip_subtree()
                    continue
                if tag in BLOCKS or tag == "br":
                    self._end_line()
                preformatted += tag == "pre"
                self._add(element.text, preformatted)
            else:
                if tag in BLOCKS:
                    self._end_line()
                preformatted -= tag == "pre"
                self._add(element.tail, preformatted)
        self._end_line()

    def _render_table(self, table: etree._Element) -> bool:
        """Write a data table; False where it is layout and its blocks are to be walked."""
        if _holds_tables(table):
            return False
        rows, strays = _rows_of(table)
        if not are_figures(rows):
            return False
        self._end_line()
        for stray in strays:
            self._builder.add_line(stray)
        self._builder.add_table(rows)
        return True

    def _add(self, text: str | None, preformatted: int) -> None:
        if not text:
            return
        if not preformatted:
            self._line.append(text)
            return
        first, *others = text.split("\n")
        self._line.append(first)
        for other in others:
            self._end_line()
            self._line.append(other)

    def _end_line(self) -> None:
        if not self._line:
            return
        line = tidy_inline("".join(self._line))
        self._line.clear()
        if line and not is_furniture_line(line, self._hints):
            self._builder.add_line(line)


def _holds_tables(table: etree._Element) -> bool:
    """Tell whether a table holds others and is there to place them on the page.

    A real table with a small table in one of its cells (a split header) keeps its own rows; the
    inner one's text joins its cell.
    """
    inner_tables = table.findall(".//table")
    if not inner_tables:
        return False
    inner_length = sum(_text_length(inner) for inner in inner_tables)
    if not is_real_table(count(_OWN_CELLS, table), _text_length(table), inner_length):
        return True
    for inner in inner_tables:
        etree.strip_tags(inner, "tbody", "thead", "tfoot", "tr", "td", "th")
    etree.strip_tags(table, "table")
    return False


def _text_length(element: etree._Element) -> int:
    """Count the characters that show, without the source's indentation."""
    return sum(map(len, map(str.strip, all_texts_of(element))))


_NO_SPANS = (None, None)


def _rows_of(table: etree._Element) -> tuple[list[list[GridCell]], list[str]]:
    """Return the rows of a table without nested ones, and text that stands outside its cells.

    Rows are taken in document order, because broken markup puts cells without a row, and rows
    without a section, anywhere.
    """
    rows: list[list[GridCell]] = []
    strays: list[str] = []
    new = tuple.__new__  # what calling the class does, in half the time
    for element in table.iter("tr", "td", "th", "caption"):
        tag = element.tag
        if tag == "tr":
            rows.append([])
        elif tag == "caption":
            strays.append(_cell_text(element))
        else:
            if not rows:
                rows.append([])
            spans = element.get("rowspan"), element.get("colspan")
            if spans == _NO_SPANS:  # most cells, and reading is timed by these
                rows[-1].append(new(GridCell, (_cell_text(element), 1, 1)))
            else:
                rows[-1].append(GridCell(_cell_text(element), *map(_span, spans)))
        outside = element.text if tag == "tr" else element.tail
        if outside and not outside.isspace():
            strays.append(tidy_inline(outside))
    if table.text and not table.text.isspace():
        strays.insert(0, tidy_inline(table.text))
    return rows, strays


def _cell_text(cell: etree._Element) -> str:
    """Return the text of a cell on one line; its blocks and line breaks part it like new lines."""
    children = len(cell)
    if not children:
        return tidy_inline(cell.text or "")
    if children == 1 and not len(only := cell[0]):  # Word's and most editors' one paragraph
        return tidy_inline("\n".join(filter(None, (cell.text, only.text, only.tail))))
    return tidy_inline("\n".join(texts_of(cell)))


def _span(value: str | None) -> int:
    """Return a rowspan or colspan as browsers take it: 1 where it is missing or nonsense."""
    if value is None:
        return 1
    digits = value.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1

"""Markdown of the project as HTML: README.md and docs/.

What lives here: rendering a text, its headings as anchors, its links as links of the site. What
does not: the frame around it (`templates`), which texts there are and where they go (`pages.py`).
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_NUMBER = re.compile(r"[<>~≤≥]?[-+−]?[\d,]*\.?\d+( ?(%|s|MB|GB|µs|ms))?")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its anchor; `level` counts from 1."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A rendered text: its title, its HTML, its headings below the title."""

    title: str
    html: str
    headings: tuple[Heading, ...]
    files: tuple[str, ...]  # of the project, that it links to and that are no pages


class BrokenLink(Exception):
    """A text links to what is not there."""


def render(source: str, path: str, pages: dict[str, str], known_files: frozenset[str]) -> Text:
    """The text at `path` of the project, for its place in the site.

    `pages` maps texts of the project to their places in the site, `known_files` are files that may
    be linked to (they go to `files/`). Raises BrokenLink with the text and the target. Markup in
    the source shows as text.
    """
    # "js-default" without its linkify: links are those that are written as such
    markdown = MarkdownIt("js-default", {"linkify": False, "html": False, "typographer": False})
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("table_close", _table_close)
    tokens = markdown.parse(source)
    headings = list(_anchored(tokens))
    files: list[str] = []
    for token in tokens:
        for link in token.children or ():
            if link.type == "link_open":
                link.attrSet(
                    "href", _placed(str(link.attrGet("href")), path, pages, known_files, files)
                )
    for table in _tables(tokens):
        _align_numbers(table)
    title = next((one.text for one in headings if one.level == 1), posixpath.basename(path))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Text(title, html, tuple(one for one in headings if one.level > 1), tuple(files))


def anchor_of(heading: str) -> str:
    """The anchor of a heading, as hosts of repositories make it."""
    plain = unicodedata.normalize("NFC", heading).strip().lower()
    return _NOT_IN_ANCHOR.sub("", plain).replace(" ", "-")


def _anchored(tokens: Sequence[Token]) -> Iterator[Heading]:
    seen: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = "".join(
            child.content
            for child in inline.children or ()
            if child.type in ("text", "code_inline")
        )
        anchor = anchor_of(text)
        seen[anchor] = seen.get(anchor, -1) + 1
        if seen[anchor]:
            anchor = f"{anchor}-{seen[anchor]}"
        opening.attrSet("id", anchor)
        yield Heading(int(opening.tag[1]), anchor, text)


def _placed(
    href: str, path: str, pages: dict[str, str], known_files: frozenset[str], files: list[str]
) -> str:
    """A link of the text at `path`, as a link between their places in the site."""
    target, _, anchor = href.partition("#")
    if "://" in href or href.startswith("mailto:") or not target:
        return href
    named = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if named in pages:
        place = pages[named]
    elif named in known_files:
        files.append(named)
        place = f"files/{named}"
    else:
        raise BrokenLink(f"{path} links to {target}, and there is no {named} in the project.")
    here = posixpath.dirname(pages[path]) or "."
    return posixpath.relpath(place, here) + (f"#{anchor}" if anchor else "")


def _tables(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            start = number
        elif token.type == "table_close":
            yield tokens[start : number + 1]


def _align_numbers(table: Sequence[Token]) -> None:
    """Mark the cells of columns that hold numbers, and those that hold no value."""
    columns: dict[int, list[tuple[Token, str]]] = {}
    column = 0
    for cell, inline in pairwise(table):
        if cell.type == "tr_open":
            column = 0
        elif cell.type in ("th_open", "td_open"):
            columns.setdefault(column, []).append((cell, inline.content))
            column += 1
    for cells in columns.values():
        said = [text for cell, text in cells if cell.type == "td_open" and text not in ("", "null")]
        is_number = bool(said) and all(_NUMBER.fullmatch(text) for text in said)
        for cell, text in cells:
            names = ["num"] * is_number + ["null"] * (text == "null" and cell.type == "td_open")
            if names:
                cell.attrSet("class", " ".join(names))


def _table_open(*_: object) -> str:
    # a table that is wider than the screen moves in a box of its own, with the keyboard too
    return '<div class="wide" role="region" aria-label="Table" tabindex="0"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"

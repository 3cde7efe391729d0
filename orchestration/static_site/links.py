"""Whether the links of a folder of pages lead somewhere.

What lives here: finding links and anchors in HTML files and following them in the folder. What does
not: making links (`texts.py`, `templates`). The network is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html


def broken_links(site: Path, pages: Iterable[Path] | None = None) -> Iterator[str]:
    """Each link of the site's pages that leads nowhere, in words; `pages` names some of them.

    A link must be relative, stay inside `site`, and lead to a file; its anchor must be in that file.
    """
    root = site.resolve()
    for page in sorted(root.rglob("*.html") if pages is None else pages):
        for link in _links(page):
            fault = _fault(link, page, root)
            if fault:
                yield f"{page.relative_to(root).as_posix()}: {link}: {fault}"


def _fault(link: str, page: Path, root: Path) -> str | None:
    """What is wrong with a link of a page; None where it leads to something."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return (
            None if parts.scheme in ("http", "https", "mailto", "data") else "no scheme of the web"
        )
    if parts.path.startswith("/"):
        return "not relative"
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_relative_to(root):
        return "leads out of the site"
    if not target.is_file():
        return "no such file"
    anchor = unquote(parts.fragment)
    if anchor and target.suffix == ".html" and anchor not in _anchors(target):
        return "no such anchor"
    return None


def _links(page: Path) -> list[str]:
    """The links of a page, and what it loads."""
    places = [place.strip() for place in _attributes(page, ("href", "src"))]
    return [place for place in places if place]


@cache
def _anchors(page: Path) -> frozenset[str]:
    return frozenset(_attributes(page, ("id", "name")))


def _attributes(page: Path, names: tuple[str, ...]) -> list[str]:
    document = html.document_fromstring(page.read_bytes())
    return [
        str(element.get(name)) for element in document.iter() for name in names if element.get(name)
    ]

"""The text and the elements of a parsed tree, with the types they really have.

What lives here: thin, typed access to lxml. What does not: anything that decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree


def texts_of(element: etree._Element, *tags: str) -> Iterator[str]:
    """Yield the pieces of text inside an element (of the given tags), in document order."""
    return element.itertext(*tags)  # type: ignore[return-value]  # no bytes in what was decoded


_STRING = etree.XPath("string()", smart_strings=False)
_TEXTS = etree.XPath(".//text()", smart_strings=False)
_BROKEN_TEXTS = etree.XPath("boolean(.//text()[preceding-sibling::node()[1][self::text()]])")


def text_of(element: etree._Element) -> str:
    """Return all text inside an element."""
    return cast(str, _STRING(element))


def all_texts_of(element: etree._Element) -> list[str]:
    """Return the pieces of text inside an element, in a fifth of the time of `texts_of` where many.

    Where something was taken out of the tree a piece may lie in two nodes, which are one for lxml.
    """
    if _BROKEN_TEXTS(element):
        return list(texts_of(element))
    return text_nodes_of(element)


def text_nodes_of(element: etree._Element) -> list[str]:
    """Return the pieces of text as they lie in the tree: parted where something was taken out."""
    return cast("list[str]", _TEXTS(element))


def count(path: etree.XPath, root: etree._Element) -> int:
    """Return the number that an XPath gives."""
    return int(cast(float, path(root)))


def select(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that an XPath finds."""
    return cast("list[etree._Element]", path(root))

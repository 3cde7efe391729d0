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


def text_of(element: etree._Element, *tags: str) -> str:
    """Return all text inside an element (of the given tags)."""
    return "".join(element.itertext(*tags))  # type: ignore[arg-type]


def select(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that an XPath finds."""
    return cast("list[etree._Element]", path(root))

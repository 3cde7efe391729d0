"""The one way in: bytes and a file name to a `Page`.

What lives here: choosing the reader. What does not: the readers.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace

from ingest.formats import limits
from ingest.formats.encoding import decode
from ingest.formats.html import read_html
from ingest.formats.media import Media, binary_media, text_media
from ingest.formats.text import read_text
from ingest.model import Page

# Readers with heavy imports are loaded when the first such document comes: a batch of web pages
# starts half a second sooner without the PDF machinery.
_BINARY_READERS = {
    Media.PDF: ("ingest.formats.pdf", "read_pdf"),
    Media.DOCX: ("ingest.formats.docx", "read_docx"),
    Media.MHT: ("ingest.formats.mht", "read_mht"),
}


def read_page(data: bytes, file_name: str) -> Page:
    """Read one document.

    In: its bytes, and its name (only its ending is looked at, and only where the content does not
    tell what it is). Out: a `Page` whose cells satisfy `text[cell.start:cell.end]`. Raises
    `UnreadableDocument` and nothing else, whatever the bytes.
    """
    limits.require_at_most(len(data), limits.MAX_BYTES, "bytes")
    media = binary_media(data)
    if media is not None:
        module, function = _BINARY_READERS[media]
        reader: Callable[[bytes], Page] = getattr(importlib.import_module(module), function)
        return reader(data)
    decoded = decode(data)
    if text_media(decoded.text, file_name) is Media.HTML:
        page = read_html(decoded.text, decoded.encoding)
    else:
        page = read_text(decoded.text, decoded.encoding)
    issues = decoded.issues()
    return replace(page, issues=issues) if issues else page

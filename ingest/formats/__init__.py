"""Bytes to pages: decoding, and the readers of text, HTML, PDF and Word.

What belongs here: everything that turns the bytes of one document into a `Page`, that is text,
tables with the place of each cell, and hints. What does not: archives and dumps of documents
(`ingest.landing`), undoing what the web did to the text (`ingest.text`), the meaning of tables
(`ingest.tables`).
"""

from __future__ import annotations

from ingest.formats.errors import UnreadableDocument
from ingest.formats.reading import read_page

__all__ = ["UnreadableDocument", "read_page"]

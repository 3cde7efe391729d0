"""Plain text to a page.

What lives here: nothing but line ends. The text is stored as it is printed; everything that the
web did to it (width, script, spam, hard wraps) is undone later in `ingest.text`, which keeps the
way back to these offsets. Tables flattened into text are read by `ingest.tables`.
"""

from __future__ import annotations

from ingest.formats import limits
from ingest.model import Page


def normalise_line_ends(text: str) -> str:
    """Return the text with LF line ends and without byte order mark and NULs, else unchanged."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\ufeff", "").replace("\0", "")


def read_text(text: str, encoding: str | None) -> Page:
    """Return the page of a decoded plain text file."""
    stored = normalise_line_ends(text)
    limits.require_at_most(len(stored), limits.MAX_CHARACTERS, "characters")
    return Page(text=stored, media_type="text/plain", encoding=encoding)

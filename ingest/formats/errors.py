"""The one error of this room: a document that cannot be read, told so that a person can act.

What lives here: `UnreadableDocument` and the codes it carries. What does not: issues of documents
that were read but are doubtful (`ingest.model.Issue`), and what happens to the refused document
(quarantine, `ingest.batch`).
"""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a document was not read; stored as the quarantine code."""

    EMPTY_FILE = "empty_file"
    BINARY_FILE = "binary_file"
    UNKNOWN_ENCODING = "unknown_encoding"
    MOJIBAKE = "mojibake"
    LEGACY_WORD = "legacy_word"
    RICH_TEXT = "rich_text"
    ARCHIVE = "archive_file"
    SCANNED_PDF = "scanned_pdf"
    ENCRYPTED_PDF = "encrypted_pdf"
    GARBLED_PDF = "garbled_pdf"
    DAMAGED_FILE = "damaged_file"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"


class UnreadableDocument(Exception):
    """A document that cannot be turned into a page.

    `code` is a `Refusal`; `message` says in plain English what is wrong and the way out. The
    file's name is not part of it: whoever catches the error knows the file and names it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = str(code)
        self.message = message

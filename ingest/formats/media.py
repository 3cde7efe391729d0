"""What kind of document the bytes are: content first, the file's name last.

What lives here: magic numbers and the look of markup. What does not: decoding (`encoding.py`),
reading (`text.py`, `html.py`, `pdf.py`, `docx.py`). Extensions are wrong so often (Word HTML saved
as .doc, a PDF served as .html) that they only decide where the content says nothing.
"""

from __future__ import annotations

import itertools
import re
from enum import StrEnum

from ingest.formats.errors import Refusal, UnreadableDocument


class Media(StrEnum):
    """Kinds of documents that have a reader."""

    TEXT = "text/plain"
    HTML = "text/html"
    MHT = "multipart/related"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# (magic number, what it is). Text can begin with none of these.
_BINARY = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"wOFF", "a font"),
)
# (magic number, what it is): landing unpacks what it can of these (`ingest.dumps`).
_ARCHIVES = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PAR1", "parquet"),
)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|div|p|br|title|article|section)\b",
    re.IGNORECASE,
)
_CLOSING_TAG = re.compile(r"</(?:p|div|td|tr|table|span|li|ul|h[1-6]|body|html)\s*>", re.IGNORECASE)
_MHT_HEADER = re.compile(rb"(?im)^(?:content-type:\s*multipart/related|mime-version:\s*1\.0)")
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package)\b")

# PDF readers accept the header anywhere in the first kilobyte, and servers prepend junk.
_PDF_HEADER_WITHIN = 1024
_LOOK_AHEAD = 4096


def binary_media(data: bytes) -> Media | None:
    """Return the media type that the bytes' magic number tells; None where they may be text.

    Raises `UnreadableDocument` (`empty_file`, `legacy_word`, `rich_text`, `archive_file`,
    `binary_file`) for kinds that are not read.
    """
    head = data[:_LOOK_AHEAD]
    if not head:
        raise UnreadableDocument(
            Refusal.EMPTY_FILE,
            "The file has no bytes. Fetch the document again, or remove it from the inbox.",
        )
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return Media.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_media(data)
    if head.startswith(_OLE) or _WORD_XML.search(head):
        raise UnreadableDocument(
            Refusal.LEGACY_WORD,
            "The file is in an old Office format (.doc, .wps, .xls or Word XML), or locked with a "
            "password. Save it as .docx without a password (LibreOffice does a whole folder: soffice "
            "--headless --convert-to docx *.doc *.wps; a sheet: --convert-to html *.xls), and put "
            "that in the inbox.",
        )
    if head.lstrip().startswith(b"{\\rtf"):
        raise UnreadableDocument(
            Refusal.RICH_TEXT,
            "The file is Rich Text (.rtf). Open it in Word, WPS or LibreOffice, save it as .docx, "
            "and put that in the inbox.",
        )
    _refuse_magic(head)
    if _MHT_HEADER.search(head) and b"multipart/" in head.lower():
        return Media.MHT
    return None


def _zip_media(data: bytes) -> Media:
    """Tell a Word file from other zips by the names in its directory."""
    if b"word/document" in data or b"word/_rels/" in data:
        return Media.DOCX
    raise UnreadableDocument(
        Refusal.ARCHIVE,
        "The file is a zip: an archive, which `gongkai refresh` unpacks where it lies in an inbox, or "
        "a spreadsheet, slides or OFD, which are zips inside. Export these as .docx or .pdf, and put "
        "that in the inbox.",
    )


def _refuse_magic(head: bytes) -> None:
    for magic, what in _BINARY:
        if head.startswith(magic):
            raise UnreadableDocument(
                Refusal.BINARY_FILE,
                f"The file is {what}, not a document. If it is a picture of a report, run OCR on "
                "it and put the text in the inbox.",
            )
    is_bitmap = head.startswith(b"BM") and b"\0" in head[:64]
    is_riff = head.startswith(b"RIFF") and b"\0" in head[:64]
    is_program = head.startswith(b"MZ") and b"\0" in head[:64]
    if is_bitmap or is_riff or is_program:
        raise UnreadableDocument(
            Refusal.BINARY_FILE,
            "The file is a picture, a recording or a program, not a document. If it is a picture "
            "of a report, run OCR on it and put the text in the inbox.",
        )
    for magic, what in _ARCHIVES:
        if head.startswith(magic):
            raise UnreadableDocument(
                Refusal.ARCHIVE,
                f"The file is packed ({what}). An inbox takes .zip, .tar.gz, .jsonl, .parquet and "
                ".warc as they are; unpack anything else and put the documents in the inbox.",
            )


def text_media(text: str, file_name: str) -> Media:
    """Return whether decoded characters are HTML or plain text.

    Markup at the start or throughout is HTML whatever the name says; a name that ends like a web
    page needs one tag. A text that merely mentions a tag stays text.
    """
    start = text[:_LOOK_AHEAD].lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _MARKUP.search(start):
        return Media.HTML
    tags = _CLOSING_TAG.finditer(text)
    if sum(1 for _ in itertools.islice(tags, 3)) == 3:  # one or two may be quoted in prose
        return Media.HTML
    looks_like_page = file_name.lower().rpartition(".")[2] in {
        "html", "htm", "shtml", "xhtml", "asp", "aspx", "jsp", "jhtml", "php", "do",
    }  # fmt: skip
    return Media.HTML if looks_like_page and _MARKUP.search(text) else Media.TEXT

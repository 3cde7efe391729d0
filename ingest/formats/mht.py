"""A web page saved as one file (.mht, .mhtml) to a page.

What lives here: finding the page among the parts of the MIME message. What does not: reading it
(`html.py`). Other parts (pictures, styles, scripts) are not decoded.
"""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import Message

from ingest.formats import limits
from ingest.formats.encoding import decode
from ingest.formats.errors import Refusal, UnreadableDocument
from ingest.formats.html import read_html
from ingest.formats.html_hints import address_hints
from ingest.formats.media import Media, text_media
from ingest.formats.text import read_text
from ingest.model import Page


def read_mht(data: bytes) -> Page:
    """Return the page of a saved web page: its main part, or the first that shows text.

    Raises `UnreadableDocument` with `damaged_file`, `too_large`, or what reading the part raises.
    """
    parts = _text_parts(data)
    address = ""
    refusal: UnreadableDocument | None = None
    for part, location in parts:
        address = address or location
        try:
            return _read_part(part, address)
        except UnreadableDocument as error:
            refusal = refusal or error
    raise refusal or UnreadableDocument(
        Refusal.DAMAGED_FILE,
        "The saved web page (.mht) holds no page: it was cut off or saved wrongly. Save it again "
        "from a browser, as .html or .mht.",
    )


def _text_parts(data: bytes) -> list[tuple[bytes, str]]:
    """Return the decoded parts that are HTML or text, HTML first, each with its address."""
    try:
        message = email.message_from_bytes(data)
        parts = list(message.walk())
        limits.require_at_most(len(parts), limits.MAX_MIME_PARTS, "parts")
        found = [
            (
                part.get_content_type() != "text/html",
                position,
                _payload(part),
                _address(part),
            )
            for position, part in enumerate(parts)
            if part.get_content_type() in ("text/html", "text/plain", "application/xhtml+xml")
        ]
    except UnreadableDocument:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError,
            RecursionError) as error:  # the email package on broken headers  # fmt: skip
        raise UnreadableDocument(
            Refusal.DAMAGED_FILE,
            f"The saved web page (.mht) is damaged ({type(error).__name__}). Save it again from a "
            "browser, as .html or .mht.",
        ) from error
    return [(payload, address) for _, _, payload, address in sorted(found) if payload]


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(part: Message) -> str:
    return str(part.get("Content-Location") or "").strip()


def _read_part(payload: bytes, address: str) -> Page:
    decoded = decode(payload)
    if text_media(decoded.text, "part.html") is Media.TEXT:
        page = replace(read_text(decoded.text, decoded.encoding), media_type=Media.MHT)
    else:
        page = read_html(decoded.text, decoded.encoding, Media.MHT)
    hints = address_hints(address) | page.hints
    return replace(page, hints=hints, issues=decoded.issues())

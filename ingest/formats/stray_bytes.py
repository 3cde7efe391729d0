"""Characters of a file in which a few bytes are damaged.

What lives here: decoding with the damaged places marked (U+FFFD), as few as can be. What does not:
deciding which encoding the file is in and how much damage is too much (`encoding.py`), leaving out
the figures beside damage (`ingest.text.damage`).

A byte lost or added in GB18030 or Big5 shifts the pairs after it: they decode, to other characters,
up to the next byte that cannot be the second of a pair. Such a stretch is mended by finding the one
byte without which it reads best, so that only this place is marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MARK = "\ufffd"

# Bytes that are never part of a pair: a stretch between them can be decoded by itself. The second
# byte of a GB18030 pair is 0x30-0x39 or 0x40 and above, of a Big5 pair 0x40 and above.
_SYNC = re.compile(rb"([\x00-\x2f\x3a-\x3f]+)")
# A longer stretch without such a byte is no prose; trying each of its bytes takes its square.
_MAX_STRETCH = 4_000
_HIGH = 0x80


def decode_marked(data: bytes, encoding: str, rate: Callable[[str], float]) -> str:
    """Decode with damaged places marked; `rate` says how much a text reads like prose."""
    if encoding not in ("gb18030", "big5hkscs", "cp950"):
        return data.decode(encoding, "replace")
    return "".join(_decode_stretch(piece, encoding, rate) for piece in _SYNC.split(data))


def _decode_stretch(piece: bytes, encoding: str, rate: Callable[[str], float]) -> str:
    try:
        return piece.decode(encoding)
    except UnicodeDecodeError as error:
        fault_at = error.start
    best = piece.decode(encoding, "replace")
    if len(piece) > _MAX_STRETCH:
        return best
    best_rate = -1.0
    for position in range(min(fault_at + 2, len(piece))):
        if piece[position] < _HIGH:
            continue
        try:
            text = piece[:position].decode(encoding) + MARK + piece[position + 1 :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if (rated := rate(text)) > best_rate:
            best, best_rate = text, rated
    return best

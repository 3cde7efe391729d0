"""Numbers that count nothing: dates, laws, telephones, titles, ordinals.

What lives here: naming them, so that no number of a text goes without an explanation. What does
not: telling them from figures (`mentions.py`), figures that were seen and not taken (`context.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.narrative.mentions import Mention, scan
from ingest.narrative.reading import LeftAlone
from ingest.text.sentences import segments

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_KINDS = (
    (re.compile(r"^[《“「]"), "part of a name or title"),
    (re.compile(r"^[〔\[].*号?$"), "the number of a document"),
    (re.compile(r"^(?:第|No)"), "an ordinal: the number of an article, a clause, a session"),
    (re.compile(r"[年月日]|\d[-/.]\d{1,2}[-/.]\d|学年"), "a date"),
    (re.compile(r"^\s*\(?\d{1,2}[).、]"), "the number of a paragraph"),
    (re.compile(r"^(?:电话|传真|邮编|邮政|热线|QQ|号码|拨打)|\d{7,}|\d{3,4}[-—]\d"), "a telephone or post code"),
    (re.compile(r"^(?:https?:|www\.)|@"), "an address in the net"),
    (re.compile(r"\d[:：]\d"), "a time or a ratio"),
)  # fmt: skip
_OTHER = "part of an identifier"
_NO_UNIT = "no unit behind it, or part of a word"


def numbers_without_figures(text: str) -> Iterator[LeftAlone]:
    """Every number of a folded text that is no figure, with what it is; offsets count in `text`."""
    for segment in segments(text):
        explained: list[tuple[int, int]] = []
        for match, mention in scan(segment.text):
            start, end = match.span()
            if isinstance(mention, Mention):
                explained.append((mention.start, mention.end))
                continue
            explained.append((start, end))
            words = match.group()
            if _DIGITS.search(words):
                reason = _NO_UNIT if match["number"] is not None else _kind(words)
                yield LeftAlone(segment.start + start, segment.start + end, words, reason)
        for digits in _DIGITS.finditer(segment.text):
            if not any(s <= digits.start() < e for s, e in explained):
                yield LeftAlone(
                    segment.start + digits.start(), segment.start + digits.end(), digits.group(), _OTHER
                )


def _kind(words: str) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.search(words)), _OTHER)

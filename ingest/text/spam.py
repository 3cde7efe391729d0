"""Finding advertisements that replaced words of a report throughout.

What lives here: recognising the spam string of a page and guessing the word it stands for.
What does not: the vocabulary (`rules/spam.toml`), taking it out of the text (`folding.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Before these, a replaced word was 公开; the sign must be seen twice, once may be chance.
_BEFORE_DISCLOSURE = re.compile(r"(?:信息|主动|申请|不予|予以|同意|政务|村务)$")
_BEFORE_INFORMATION = re.compile(r"(?:政府|政务|网上|各类)$")
_YEAR_BEHIND = re.compile(r"(?:19|20)\d{2}年$")
_MINIMUM_SIGNS = 2
_MAXIMUM_LENGTH = 60  # longer common strings are copied paragraphs, not advertisements


@dataclass(frozen=True, slots=True)
class SpamSpan:
    """An advertisement at `start:end` of the text, and the word it stands for ('' unknown)."""

    start: int
    end: int
    text: str
    replacement: str


@cache
def _vocabulary() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rules = tomllib.loads((files("ingest.rules") / "spam.toml").read_text(encoding="utf8"))
    cores = sorted(rules["core"], key=len, reverse=True)
    # a core in Latin letters must not stand inside a longer word (KOK in KOKO, hth in health)
    parts = [
        rf"(?<![A-Za-z]){re.escape(c)}(?![A-Za-z])" if c.isascii() and c.isalpha() else re.escape(c)
        for c in cores
    ]
    tail = "|".join(map(re.escape, sorted(rules["tails"], key=len, reverse=True)))
    glue = rules["glue"]
    return (
        re.compile("|".join(parts)),
        re.compile(rf"(?:{glue}|{tail}|{'|'.join(parts)})+"),
        re.compile(rf"{glue}+$"),
    )


def find_spam(text: str) -> list[SpamSpan]:
    """All advertisements in the text, in order; an empty list costs one scan."""
    core, run, _ = _vocabulary()
    if core.search(text) is None:
        return []
    spans = _runs(text, core, run)
    if not spans:
        return []
    spans = _cut_to_repeated(text, spans)
    word = _replaced_word(text, spans)
    return [SpamSpan(s, e, text[s:e], word) for s, e in spans]


def _runs(text: str, core: re.Pattern[str], run: re.Pattern[str]) -> list[tuple[int, int]]:
    """Maximal runs of spam vocabulary that hold a core word."""
    spans = []
    for match in run.finditer(text):
        if core.search(match.group()) and match.end() - match.start() <= _MAXIMUM_LENGTH:
            spans.append((match.start(), match.end()))
    return spans


def _cut_to_repeated(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut runs to the string that repeats, so that a count or year behind one keeps its digits."""
    counts = Counter(text[s:e] for s, e in spans)
    stems = sorted((t for t, n in counts.items() if n >= _MINIMUM_SIGNS), key=len, reverse=True)
    cut = []
    for start, end in spans:
        string = text[start:end]
        stem = next((t for t in stems if t != string and string.startswith(t)), None)
        if stem is not None:
            end = start + len(stem)
        elif (year := _YEAR_BEHIND.search(text[start : end + 1])) is not None:
            end = start + year.start()
        if end > start:
            cut.append((start, end))
    return cut


def _replaced_word(text: str, spans: list[tuple[int, int]]) -> str:
    before = [text[max(0, s - 2) : s] for s, _ in spans]
    if sum(bool(_BEFORE_DISCLOSURE.search(b)) for b in before) >= _MINIMUM_SIGNS:
        return "公开"
    after = [text[e : e + 2] for _, e in spans]
    signs = sum(
        bool(_BEFORE_INFORMATION.search(b)) and a == "公开"
        for b, a in zip(before, after, strict=True)
    )
    return "信息" if signs >= _MINIMUM_SIGNS else ""

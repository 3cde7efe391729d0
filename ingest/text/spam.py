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
_STUCK = re.compile(r"[A-Za-z_]|\d{2}")
_TAILS_LENGTH = 4  # 网页版登录入口: two endings of advertisements in a row are no chance
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
def _vocabulary() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of sure words, of unsure words, of whole advertisements, and of either's letters.

    The last has no look-around: its first characters are known, so that it scans quickly.
    """
    rules = tomllib.loads((files("ingest.rules") / "spam.toml").read_text(encoding="utf8"))
    core, weak, tail = (_alternatives(rules[name]) for name in ("core", "weak", "tails"))
    run = re.compile(rf"(?:{rules['glue']}|{core}|{weak}|{tail})+")
    letters = "|".join(re.escape(word) for word in (*rules["core"], *rules["weak"]))
    return re.compile(core), re.compile(weak), run, re.compile(letters)


def _alternatives(words: list[str]) -> str:
    """The longest first; a word in Latin letters must not stand inside a longer one."""
    return "|".join(
        rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])" if w.isascii() and w.isalpha() else re.escape(w)
        for w in sorted(words, key=len, reverse=True)
    )


def find_spam(text: str) -> list[SpamSpan]:
    """All advertisements in the text, in order; an empty list costs one scan."""
    core, weak, run, letters = _vocabulary()
    if letters.search(text) is None or (core.search(text) is None and weak.search(text) is None):
        return []
    spans = [m.span() for m in run.finditer(text) if _is_advertisement(m.group())]
    if not spans:
        return []
    spans = _cut_to_repeated(text, spans)
    word = _replaced_word(text, spans)
    return [SpamSpan(s, e, text[s:e], word) for s, e in spans]


def _is_advertisement(run: str) -> bool:
    """A run with a sure word, or with an unsure one that has something stuck to it."""
    core, weak, _, _ = _vocabulary()
    if len(run) > _MAXIMUM_LENGTH:
        return False
    if core.search(run):
        return True
    unsure = weak.search(run)
    if unsure is None:
        return False
    rest = run[: unsure.start()] + run[unsure.end() :]
    if _STUCK.search(rest) is not None or weak.search(rest) is not None:
        return True
    return len(rest) >= _TAILS_LENGTH


def _cut_to_repeated(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut runs to the string that repeats.

    A count or year behind one keeps its digits, and 网站 before one is a word of the report.
    """
    counts = Counter(text[s:e] for s, e in spans)
    stems = sorted((t for t, n in counts.items() if n >= _MINIMUM_SIGNS), key=len, reverse=True)
    cut = []
    for start, end in spans:
        string = text[start:end]
        stem = next((t for t in stems if t != string and t in string), None)
        if stem is not None:
            start += string.index(stem)
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

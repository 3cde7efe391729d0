"""Folding of width and script, one character for one.

What lives here: the character tables. What does not: removing or replacing text (`folding.py`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from opencc import OpenCC

from ingest.model import Script

# Full-width forms, compatibility ideographs, radicals (PDF fonts), spaces of any width.
_RANGES = (
    (0xFF00, 0xFFEF),
    (0x2E80, 0x2FDF),
    (0xF900, 0xFAFF),
    (0x2000, 0x200A),
    (0x00A0, 0x00A0),
    (0x3000, 0x3000),
    (0xFE30, 0xFE6F),
)
# A long text of simplified script changes at fewer than one character in a hundred (乾 著 馀 …);
# traditional text at a third of them. Mixed mirrors lie between: 3 % is far from both.
_HANT_SHARE = 0.03


@cache
def width_table() -> dict[int, str]:
    """Map of code points to their one-character NFKC form; enclosed numbers (①) are left alone."""
    table: dict[int, str] = {}
    for first, last in _RANGES:
        for code in range(first, last + 1):
            char = chr(code)
            folded = unicodedata.normalize("NFKC", char)
            if len(folded) == 1 and folded != char and unicodedata.category(char) != "No":
                table[code] = folded
    table[0xFFE5] = "¥"
    table[0x2012] = table[0x2013] = table[0x2015] = "—"  # dashes: one form
    table[0x2014] = "—"
    table[0x0009] = " "
    return table


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simplify_char(char: str) -> str:
    simplified: str = _converter().convert(char)
    return simplified if len(simplified) == 1 else char


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in width_table()) + "]")


def fold_width(text: str) -> str:
    """Full-width and compatibility characters to their one-character form; the length stays."""
    table = width_table()
    return _foldable().sub(lambda match: table[ord(match[0])], text)


def to_simplified(text: str) -> str:
    """Traditional to simplified, one character for one, so that offsets survive."""
    simplified: str = _converter().convert(text)
    if len(simplified) == len(text):
        return simplified
    return "".join(_simplify_char(c) for c in text)


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words of traditional copies and the mainland's, of one length each."""
    path = files("ingest.rules") / "vocabulary.toml"
    words: dict[str, str] = tomllib.loads(path.read_text(encoding="utf8"))["hant"]
    if uneven := [w for w, v in words.items() if len(w) != len(v)]:
        raise ValueError(f"ingest/rules/vocabulary.toml: not of one length: {uneven}")
    return re.compile("|".join(sorted(words, key=len, reverse=True))), words


# Zeros of Chinese dates in their many disguises: Cyrillic and Latin O, circles.
_FAKE_ZERO = re.compile(
    r"[ОоOoΟο○◯〇Ｏ０0零](?<=[一二三四五六七八九〇零].)(?=[一二三四五六七八九〇零ОоOoΟο○◯0年])"
)


def fold_width_and_script(raw: str) -> tuple[str, Script]:
    """The text with width and script folded (same length), and the script it was printed in."""
    narrow = fold_width(raw)
    aligned = to_simplified(narrow)
    if aligned == narrow:
        script = Script.HANS
    else:
        changed = sum(a != b for a, b in zip(aligned, narrow, strict=True))
        ideographs = sum("一" <= c <= "鿿" for c in narrow)
        script = Script.HANT if changed > _HANT_SHARE * max(ideographs, 1) else Script.HANS
    if script is Script.HANT:
        pattern, words = _vocabulary()
        aligned = pattern.sub(lambda m: words[m.group()], aligned)
    while (fixed := _FAKE_ZERO.sub("〇", aligned)) != aligned:
        aligned = fixed
    return aligned, script

"""Labels of tables: how a printed label is compared with an official one.

What lives here: the key of a label (its ideographs without numbering, brackets, spaces, quotation
marks and mirror vocabulary), the lexicon of a table, exact, joined and fuzzy look-up. What does
not: the labels themselves (`forms.py`), the order of rows (`align.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache

from ingest.tables.words import table_words

_NUMBERING = re.compile(
    r"\s*+(?:[一二三四五六七八九十]{1,3}\s*+[、.,:]"
    r"|\(?\s*+[一二三四五六七八九十]{1,2}\s*+\)\s*+[、.]?"
    r"|\(?\d{1,2}\s*+[.、,)]\s*(?!\d)"
    r"|[①-⑳⑴-⒛])\s*"
)
_NOT_CJK = re.compile("[^\u4e00-\u9fff]+")
_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*(?:[)\]】〕]|$)")
_OF_WHICH = "其中"
SHORT = 3  # ideographs: a label no longer than this counts only in its place, never inside others
FUZZY_RATIO = 0.62  # two wrong or lost characters in a label of eight still pass
FUZZY_MARGIN = 0.12  # the next best row must be clearly worse
LONGEST_LABEL = 120  # characters; a longer cell is prose or a table of its own


class Role(Enum):
    """What a label is in a table."""

    ROW = "row"
    COLUMN = "column"
    GROUP = "group"
    HEADER = "header"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Use:
    """What a label stands for in a table: a row or a column by its index, or only a role."""

    role: Role
    index: int
    official: bool = True


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str]]:
    words = table_words().vocabulary
    pattern = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
    return pattern, words


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """The ideographs of a label, numbering and 其中 in front taken off; `text` is folded."""
    numbering = _NUMBERING.match(text)
    if numbering:
        text = text[numbering.end() :]
    key = _NOT_CJK.sub("", text)
    pattern, words = _vocabulary()
    key = pattern.sub(lambda m: words[m.group()], key)
    return key.removeprefix(_OF_WHICH)


@lru_cache(maxsize=8192)
def short_key(text: str) -> str:
    """As `label_key`, bracketed filling notes left out."""
    numbering = _NUMBERING.match(text)
    if numbering:
        text = text[numbering.end() :]
    return label_key(_BRACKETED.sub("", text))


class Lexicon:
    """The labels of one table of one form, found by key."""

    def __init__(self, uses: Iterable[tuple[str, Use]], *, unit_column: bool = False) -> None:
        self.unit_column = unit_column  # the annex prints a unit between label and number
        self._uses: dict[str, list[Use]] = {}
        self.row_keys: dict[int, list[str]] = {}
        for key, use in uses:
            known = self._uses.setdefault(key, [])
            if all((k.role, k.index) != (use.role, use.index) for k in known):
                known.append(use)
            if use.role is Role.ROW and key not in self.row_keys.setdefault(use.index, []):
                self.row_keys[use.index].append(key)
        self.prefixes = {key[:n] for key in self._uses for n in range(1, len(key) + 1)}
        inner = sorted((k for k in self._uses if len(k) > SHORT), key=len, reverse=True)
        self.inner = re.compile("|".join(map(re.escape, inner)))

    def uses(self, key: str) -> list[Use]:
        """Everything a key may stand for, in the order of rows."""
        return self._uses.get(key, [])

    def find(self, key: str, last_row: int) -> Use | None:
        """What a key stands for when row `last_row` was seen last (-1: none yet).

        Of a label that two rows share the first one not yet passed counts. A short label counts
        as a row only when the rows just before it have been seen: 其他 and 总计 are columns too.
        """
        uses = self._uses.get(key)
        if not uses:
            return None
        if len(uses) == 1 and len(key) > SHORT:
            return uses[0]
        rows = [u for u in uses if u.role is Role.ROW]
        others = [u for u in uses if u.role is not Role.ROW]
        for use in rows:
            if use.index > last_row and (not others or last_row >= use.index - 3):
                return use
        if others:
            return others[0]
        return rows[-1] if rows else None

    def guess_row(self, key: str, candidates: Iterable[int]) -> tuple[int, float] | None:
        """The row among `candidates` whose label resembles `key`, with the likeness, or None.

        The beginning or the end of a label that no other candidate shares is certain; otherwise
        the likeness must pass `FUZZY_RATIO` and be clearly the best.
        """
        if len(key) < SHORT:
            return None
        scored: list[tuple[float, int]] = []
        for row in candidates:
            best = 0.0
            for label in self.row_keys[row]:
                if len(key) >= SHORT + 1 and (label.startswith(key) or label.endswith(key)):
                    best = 1.0
                elif len(label) >= SHORT + 1:
                    matcher = SequenceMatcher(None, label, key, autojunk=False)
                    if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                        best = max(best, matcher.ratio())
            scored.append((best, row))
        scored.sort(reverse=True)
        if not scored or scored[0][0] < FUZZY_RATIO:
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < FUZZY_MARGIN:
            return None
        return scored[0][1], scored[0][0]

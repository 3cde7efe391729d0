"""Names as people type them: folded Chinese, pinyin by syllables, initials.

What lives here: one name's spellings, and a query's. What does not: finding agencies by them
(`agency_index.py`), places spelled in web addresses (`ingest/reference/pinyin.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin

from ingest.text.width import fold_width_and_script

_LETTERS = re.compile(r"[^a-z]")
Syllables = tuple[str, ...]


def fold_name(text: str) -> str:
    """Half width, simplified, lower case, single spaces: what two spellings of a name share."""
    folded, _ = fold_width_and_script(unicodedata.normalize("NFC", text))
    return " ".join(folded.lower().split())


def letters(text: str) -> str:
    """The letters a to z of a spelling in pinyin; ü and v are u, tones and apostrophes fall."""
    plain = unicodedata.normalize("NFD", text.lower())
    return _LETTERS.sub("", plain).replace("v", "u")


@cache
def _syllable(raw: str) -> str:
    return letters(raw)


class Speller:
    """Spells names; `places` gives the readings that a dictionary of words does not know."""

    def __init__(self, places: Iterable[tuple[str, str]] = ()) -> None:
        """`places` are names with their pinyin, rank left out: (漯河市, Luohe)."""
        self._exceptions = _exceptions(places)
        self._pattern = (
            re.compile("|".join(map(re.escape, sorted(self._exceptions, key=len, reverse=True))))
            if self._exceptions
            else None
        )

    def spellings(self, name: str) -> list[Syllables]:
        """The syllables of a name: (an, qing, shi); twice where places are read otherwise."""
        usual = _dictionary(name)
        if self._pattern is None or self._pattern.search(name) is None:
            return [usual]
        found: list[str] = []
        at = 0
        for match in self._pattern.finditer(name):
            found += _dictionary(name[at : match.start()])
            found += self._exceptions[match.group()]
            at = match.end()
        return [tuple(found) + _dictionary(name[at:]), usual]


def _dictionary(name: str) -> Syllables:
    if not name:
        return ()
    spelled = (_syllable(s) for s in lazy_pinyin(name, v_to_u=False))
    return tuple(s for s in spelled if s)


def _exceptions(places: Iterable[tuple[str, str]]) -> Mapping[str, Syllables]:
    """Place names that the dictionary would spell otherwise than the list of places does."""
    found: dict[str, Syllables] = {}
    for name, spelling in places:
        asked = letters(spelling)
        usual = _dictionary(name)
        if not asked or "".join(usual).startswith(asked):
            continue
        if (syllables := _fitting(name, asked)) is not None:
            found[name] = syllables
    return found


def _fitting(name: str, spelling: str) -> Syllables | None:
    """The readings of a name's characters that give its spelling, its rank as usual.

    One character may have a reading that is in no dictionary (陕西 is spelled Shaanxi).
    """
    choices = [
        "|".join(dict.fromkeys(_syllable(reading) for reading in readings))
        for readings in pinyin(name, style=Style.NORMAL, heteronym=True, v_to_u=False)
    ]
    if len(choices) != len(name):
        return None
    for unknown in (None, *range(len(name))):
        groups = [
            "([a-z]{1,6})" if place == unknown else f"({readings})"
            for place, readings in enumerate(choices)
        ]
        for length in range(len(name), 0, -1):  # the rank may be left out of a spelling
            if found := re.fullmatch("".join(groups[:length]), spelling):
                return (*found.groups(), *_dictionary(name[length:]))
    return None

"""Finding an agency by what people type: part of a name, pinyin, initials, a code.

What lives here: the index in memory and the ranking. What does not: spelling (`spelling.py`), where
agencies come from (`queries/search.py`), one index per publication (`searching.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from explorer.spelling import Speller, Syllables, fold_name, letters

_CHINESE = re.compile(r"[㐀-鿿〇]")
_CODE = re.compile(r"\d{2,12}")
_KEY = re.compile(r"a[0-9a-f]{4,16}|unresolved_[0-9a-z_]*")
_LEVELS = ("national", "province", "prefecture", "county", "township")
_LONGEST_QUERY = 60  # characters; no name is longer
_GAP = 3  # characters that a shortened name may leave out in one place: 安庆(市)林业(局)
_FEWEST_LETTERS = 2  # one letter begins the initials of thousands


class Match(IntEnum):
    """How well a name fits; less is better."""

    WHOLE = 0
    BEGINNING = 2
    INITIALS = 4
    INSIDE = 6
    INITIALS_INSIDE = 8
    WORDS = 10  # every word of the query is somewhere in it
    SHORTENED = 12  # its characters in their order, some left out


_OLD_NAME = 1  # added where it is not the main name that fits


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as a list shows it; `other_names` are those it was also seen under."""

    key: str
    name: str
    other_names: tuple[str, ...] = ()
    level: str | None = None
    region_code: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    report_count: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """An agency that fits; `matched_name` is the other name that did, None for its main one."""

    agency: Agency
    rank: int
    matched_name: str | None = None


class AgencyIndex:
    """All agencies of a publication, searchable; never changed after it is built."""

    def __init__(self, agencies: Iterable[Agency], places: Iterable[tuple[str, str]] = ()) -> None:
        """`places` are place names with their pinyin, see `Speller`."""
        self.agencies = tuple(agencies)
        speller = Speller(places)
        names = [
            (index, name, is_old)
            for index, agency in enumerate(self.agencies)
            for name, is_old in (
                (agency.name, False), *((other, True) for other in agency.other_names),
            )
        ]  # fmt: skip
        self._names = _Lines((i, old, fold_name(name), name, ()) for i, name, old in names)
        spelled = [
            (index, is_old, syllables, name)
            for index, name, is_old in names
            for syllables in speller.spellings(fold_name(name))
        ]
        self._pinyin = _Lines((i, old, "".join(s), name, s) for i, old, s, name in spelled)
        self._initials = _Lines(
            (i, old, "".join(x[0] for x in s), name, ()) for i, old, s, name in spelled
        )
        self._by_key = {agency.key: agency for agency in self.agencies}

    def get(self, key: str) -> Agency | None:
        """The agency of a key."""
        return self._by_key.get(key)

    def find(self, query: str, limit: int = 50) -> tuple[list[Hit], int]:
        """The best agencies for a query, and how many fit in all. Any text is allowed."""
        folded = fold_name(query[: 2 * _LONGEST_QUERY])[:_LONGEST_QUERY]
        if not folded:
            return [], 0
        best = self._match(folded.replace(" ", ""))
        words = folded.split(" ")
        if len(words) > 1:
            found = [self._match(word) for word in words]
            for index in set.intersection(*map(set, found)):
                old = found[0][index].matched_name
                self._keep(best, index, Match.WORDS, old)
        if not best and _CHINESE.search(folded):
            self._shortened(folded.replace(" ", ""), best)
        hits = sorted(best.values(), key=_order)
        return hits[:limit], len(hits)

    def _match(self, word: str) -> dict[int, Hit]:
        best: dict[int, Hit] = {}
        if _CODE.fullmatch(word):
            self._codes(word, best)
        if _KEY.fullmatch(word):
            for index, agency in enumerate(self.agencies):
                if agency.key.startswith(word):
                    self._keep(best, index, Match.WHOLE, None)
        for index, is_old, name, match in self._names.find(word):
            self._keep(best, index, match + is_old * _OLD_NAME, name if is_old else None)
        spelled = letters(word)
        if len(spelled) >= _FEWEST_LETTERS and not _CHINESE.search(word) and not word.isdigit():
            for index, is_old, name, match in self._pinyin.find(spelled):
                self._keep(best, index, match + is_old * _OLD_NAME, name if is_old else None)
            for index, is_old, name, match in self._initials.find(spelled):
                rank = Match.INITIALS_INSIDE if match is Match.INSIDE else Match.INITIALS
                self._keep(best, index, rank + is_old * _OLD_NAME, name if is_old else None)
        return best

    def _codes(self, code: str, best: dict[int, Hit]) -> None:
        for index, agency in enumerate(self.agencies):
            if agency.region_code and agency.region_code.startswith(code):
                exact = agency.region_code == code
                self._keep(best, index, Match.WHOLE if exact else Match.BEGINNING, None)

    def _shortened(self, word: str, best: dict[int, Hit]) -> None:
        for index, is_old, name in self._names.shortened(word):
            rank = Match.SHORTENED + is_old * _OLD_NAME
            self._keep(best, index, rank, name if is_old else None)

    def _keep(self, best: dict[int, Hit], index: int, rank: int, name: str | None) -> None:
        held = best.get(index)
        if held is None or rank < held.rank:
            best[index] = Hit(self.agencies[index], rank, name)


def _order(hit: Hit) -> tuple[int, int, int, int, str, str]:
    agency = hit.agency
    level = _LEVELS.index(agency.level) if agency.level in _LEVELS else len(_LEVELS)
    return hit.rank, level, -agency.report_count, len(agency.name), agency.name, agency.key


class _Lines:
    """Many short texts searched as one; each with its agency's number and what it is a form of."""

    def __init__(self, entries: Iterable[tuple[int, bool, str, str, Syllables]]) -> None:
        kept = list(entries)
        self._owners = [(index, is_old, name) for index, is_old, _, name, _ in kept]
        self._bounds = [syllables for *_, syllables in kept]
        texts = [text for _, _, text, _, _ in kept]
        self._all = "\n" + "\n".join(texts) + "\n"
        self._starts = list(accumulate((len(t) + 1 for t in texts), initial=1))[:-1]

    def find(self, word: str) -> Iterator[tuple[int, bool, str, Match]]:
        """Lines that hold the word; spelled ones where it begins with a syllable."""
        at = self._all.find(word)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            offset = at - self._starts[line]
            if self._is_bound(line, offset):
                yield (*self._owners[line], self._how(at, offset, len(word)))
            at = self._all.find(word, at + 1)

    def shortened(self, word: str) -> Iterator[tuple[int, bool, str]]:
        """Lines that hold the characters of the word in their order, with small gaps."""
        pattern = f"[^\\n]{{0,{_GAP}}}?".join(map(re.escape, word))
        for match in re.finditer(pattern, self._all):
            yield self._owners[bisect_right(self._starts, match.start()) - 1]

    def _is_bound(self, line: int, offset: int) -> bool:
        syllables: Sequence[str] = self._bounds[line]
        if not syllables or offset == 0:
            return True
        for syllable in syllables:
            offset -= len(syllable)
            if offset <= 0:
                return offset == 0
        return False

    def _how(self, at: int, offset: int, length: int) -> Match:
        if offset > 0:
            return Match.INSIDE
        return Match.WHOLE if self._all[at + length] == "\n" else Match.BEGINNING

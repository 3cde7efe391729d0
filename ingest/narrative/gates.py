"""Which rules may read in a segment, told by the characters that stand there.

Most patterns cannot match without certain words: 结转 for what is carried over. A segment holds
few of them, so most rules need not be tried on it: one look at its pairs of characters leaves a
sixth.

What lives here: the words that a pattern needs, read off the pattern itself, and choosing rules by
them. What does not: the rules (`rules.py`), trying them (`segment_reader.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from operator import add
from re import _constants as _op  # type: ignore[attr-defined]  # the standard library's own parser
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from ingest.narrative.rules import Candidates, all_rules, rules_by_unit

Words = frozenset[str]


def needed_words(pattern: re.Pattern[str]) -> Words | None:
    """Words of which one stands in every match of the pattern; None where there are none such."""
    if pattern.flags & re.IGNORECASE:
        return None
    return _needed(_parser.parse(pattern.pattern))


def _needed(tree: Iterable[tuple[Any, Any]]) -> Words | None:
    best: Words | None = None
    run = ""
    for op, argument in tree:
        if op is _op.LITERAL:
            run += chr(argument)
            continue
        best = _better(_better(best, frozenset([run]) if run else None), _of_one(op, argument))
        run = ""
    return _better(best, frozenset([run]) if run else None)


def _of_one(op: Any, argument: Any) -> Words | None:
    if op is _op.IN and all(kind is _op.LITERAL for kind, _ in argument):
        return frozenset(chr(code) for _, code in argument)
    if op is _op.BRANCH:
        branches = [_needed(branch) for branch in argument[1]]
        known = [words for words in branches if words is not None]
        return frozenset().union(*known) if len(known) == len(branches) else None
    if op is _op.SUBPATTERN:
        return _needed(argument[3])
    if op in (_op.MAX_REPEAT, _op.MIN_REPEAT) and argument[0] >= 1:
        return _needed(argument[2])
    return None  # classes, anchors and what may be left out need no word


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The words that are rarer: longer ones, then fewer."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=lambda words: (-min(2, *map(len, words), 2), len(words)))


@cache
def _gates() -> tuple[dict[str, int], int]:
    """Bits of characters and pairs of them, and the bits that are set for every text.

    A rule has two bits, for its `left` and its `right`, in two blocks: a bit is set where a text
    holds the rarest pair of one of the words that the pattern needs.
    """
    rules = all_rules()
    needs = [
        (needed_words(pattern) if pattern is not None else None, 1 << (block * len(rules) + index))
        for index, rule in enumerate(rules)
        for block, pattern in enumerate((rule.left, rule.right))
    ]
    counts = Counter(key for words, _ in needs for word in words or () for key in _pieces(word))
    bits: dict[str, int] = {}
    always = 0
    for words, bit in needs:
        if words is None:
            always |= bit
            continue
        for word in words:
            key = min(_pieces(word), key=lambda piece: (counts[piece], piece))
            bits[key] = bits.get(key, 0) | bit
    return bits, always


def _pieces(word: str) -> list[str]:
    """The pairs of neighbouring characters of a word; a single character is its own piece."""
    return [a + b for a, b in pairwise(word)] or [word]


@cache
def _keys() -> frozenset[str]:
    return frozenset(_gates()[0])


@cache
def _units() -> dict[str, int]:
    """The rules of a unit, as bits."""
    index = {rule.id: number for number, rule in enumerate(all_rules())}
    return {
        unit: sum(1 << index[rule.id] for rule in rules) for unit, rules in rules_by_unit().items()
    }


def open_gates(text: str) -> int:
    """The rules that may match somewhere in the text, as bits in the order of the rules."""
    bits, found = _gates()
    keys = _keys()
    for key in keys.intersection(text):
        found |= bits[key]
    for key in keys.intersection(map(add, text, text[1:])):
        found |= bits[key]
    return found & (found >> len(all_rules()))


def rules_that_may_read(unit: str, gates: int) -> Candidates:
    """The rules for a unit among those whose gates are open."""
    return _rules_of(gates & _units().get(unit, 0))


@lru_cache(maxsize=16_384)
def _rules_of(left: int) -> Candidates:
    rules = all_rules()
    chosen = []
    while left:
        lowest = left & -left
        chosen.append(rules[lowest.bit_length() - 1])
        left ^= lowest
    return Candidates(chosen)

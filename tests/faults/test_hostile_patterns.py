"""No pattern is slow on hostile input: each is tried on texts made of its own characters.

Python's engine backtracks: a pattern with ambiguous repeats takes time that doubles with each
character. Every pattern of the reader is searched in the worst texts that can be made of what it
looks for, as long as a segment may be. One that doubles would never end: the time limit tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from reader_patterns import patterns

from ingest.text.sentences import _LONGEST_SEGMENT

_MOST_CHARACTERS = 12  # of one pattern; the first of each alternative come first


def _characters(tree: Any, found: list[str]) -> None:
    """Characters that the pattern looks for, those of its repeats first."""
    for operator, argument in tree:
        if operator in (op.MAX_REPEAT, op.MIN_REPEAT):
            _characters(argument[2], found)
    for operator, argument in tree:
        if operator is op.LITERAL:
            found.append(chr(argument))
        elif operator is op.IN:
            found += [chr(a) for o, a in argument if o is op.LITERAL][:2]
            found += ["1" for o, a in argument if o is op.CATEGORY and a is op.CATEGORY_DIGIT]
            found += [" " for o, a in argument if o is op.CATEGORY and a is op.CATEGORY_SPACE]
        elif operator is op.BRANCH:
            for branch in argument[1]:
                _characters(branch, found)
        elif operator is op.SUBPATTERN:
            _characters(argument[3], found)
        elif operator in (op.ASSERT, op.ASSERT_NOT):
            _characters(argument[1], found)


def _hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts of a segment's greatest length: each character, each pair of them, again and again."""
    found: list[str] = []
    _characters(_parser.parse(pattern.pattern), found)
    characters = list(dict.fromkeys(found))[:_MOST_CHARACTERS] or ["1"]
    for one, other in product(characters, repeat=2):
        yield (one + other) * (_LONGEST_SEGMENT // 2) + "\0"


@pytest.mark.timeout(240)
def test_every_pattern_ends_when_the_text_is_made_of_its_own_characters() -> None:
    every = patterns()
    assert len(every) > 500
    for pattern in every.values():
        for text in _hostile(pattern):
            pattern.search(text)


def test_hostile_texts_hold_what_a_doubling_pattern_fears() -> None:
    """The oracle itself: of (a+)+b the texts are runs of a, on which it would never end."""
    assert "a" * 100 in next(_hostile(re.compile("(?:a+)+b")))

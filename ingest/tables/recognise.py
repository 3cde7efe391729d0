"""Recognising the labels in a run of texts: whole, broken over several, or wrapped in other words.

What lives here: which labels stand in a run and where. What does not: the values behind them
(`entries.py`), the labels themselves and how they are compared (`labels.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.tables.labels import LONGEST_LABEL, Lexicon, Role, label_key, short_key
from ingest.tables.pieces import Piece

_WORD = re.compile(r"\S+")
_JOINED_PIECES = 14  # a label printed one character a line has up to eleven
_NEGATIONS = ("非", "不", "未")  # 非规范性文件 is not 规范性文件
_RESIDUE = 3  # ideographs: shorter leftovers are fragments of group labels
_MOST_REMEMBERED = 32  # texts of one run; the header of the widest table has some twenty


class Label(NamedTuple):
    """A label met in the stream. `role` None: a text that is no label of this table."""

    role: Role | None
    index: int  # type: ignore[assignment]  # shadows the search of a tuple, which nobody needs
    method: str  # label_exact, label_normalised, label_joined, label_inside, unknown
    key: str
    start: int
    end: int
    line: int  # of its last piece


def read_labels(pieces: Sequence[Piece], lexicon: Lexicon, last_row: int) -> list[Label]:
    """The labels in consecutive text pieces, in reading order."""
    texts = tuple([piece.text for piece in pieces])
    if " " in "".join(texts):
        pieces = [part for piece in pieces for part in _labels_apart(piece, lexicon)]
        texts = tuple([piece.text for piece in pieces])
    find = _find_labels if len(texts) <= _MOST_REMEMBERED else _find_labels.__wrapped__
    return [
        Label(role, index, method, key, pieces[first].start, pieces[last].end, pieces[last].line)
        for role, index, method, key, first, last in find(texts, lexicon, last_row)
    ]


def _labels_apart(piece: Piece, lexicon: Lexicon) -> Sequence[Piece]:
    """A piece cut at its spaces where every word is a label: a header printed on one line."""
    words = list(_WORD.finditer(piece.text)) if " " in piece.text else ()
    if len(words) < 2 or not all(lexicon.uses(label_key(w.group())) for w in words):
        return (piece,)
    return [
        piece._replace(start=piece.start + w.start(), end=piece.start + w.end(), text=w.group())
        for w in words
    ]


class _Found(NamedTuple):
    """A label in a run of texts, from the first to the last of those it is printed in."""

    role: Role | None
    index: int  # type: ignore[assignment]  # shadows the search of a tuple, which nobody needs
    method: str
    key: str
    first: int
    last: int


@lru_cache(maxsize=4096)  # the same rows stand in most reports
def _find_labels(texts: Sequence[str], lexicon: Lexicon, last_row: int) -> tuple[_Found, ...]:
    """The labels in consecutive texts, behind row `last_row`."""
    found: list[_Found] = []
    rest: list[tuple[int, str]] = []
    i = 0
    while i < len(texts):
        label = _label_at(texts, i, lexicon, last_row)
        if label is None:
            if len(texts[i]) <= LONGEST_LABEL:
                # notes in brackets name other things than the row
                rest.append((i, short_key(texts[i]) or label_key(texts[i])))
            i += 1
            continue
        last_row = _flush(found, rest, lexicon, last_row)
        found.append(label)
        if label.role is Role.ROW:
            last_row = label.index
        i = label.last + 1
    _flush(found, rest, lexicon, last_row)
    return tuple(found)


def _label_at(texts: Sequence[str], i: int, lexicon: Lexicon, last_row: int) -> _Found | None:
    """The label that begins with text `i`, whole or joined with the next ones."""
    key = label_key(texts[i])
    for k, whole in ((key, True), (short_key(texts[i]), False)):
        use = lexicon.find(k, last_row) if k else None
        if use is not None:
            method = "label_exact" if whole and use.official else "label_normalised"
            return _Found(use.role, use.index, method, k, i, i)
    if key and key not in lexicon.prefixes:
        return None
    joined, best = key, None
    for j in range(i + 1, min(i + _JOINED_PIECES, len(texts))):
        joined += label_key(texts[j])
        if joined not in lexicon.prefixes:
            break
        use = lexicon.find(joined, last_row)
        if use is not None:
            best = _Found(use.role, use.index, "label_joined", joined, i, j)
    return best


def _flush(
    found: list[_Found], rest: list[tuple[int, str]], lexicon: Lexicon, last_row: int
) -> int:
    """Search the texts left over, joined, for labels inside them; the others stay unknown."""
    if not rest:
        return last_row
    joined = "".join([key for _, key in rest])
    at = 0
    for match in lexicon.inner.finditer(joined):
        use = lexicon.find(match.group(), last_row)
        if use is None or joined[: match.start()].endswith(_NEGATIONS):
            continue
        _unknown(found, rest, joined, at, match.start())
        first, last = _text_at(rest, match.start()), _text_at(rest, match.end() - 1)
        found.append(_Found(use.role, use.index, "label_inside", match.group(), first, last))
        if use.role is Role.ROW:
            last_row = use.index
        at = match.end()
    _unknown(found, rest, joined, at, len(joined))
    rest.clear()
    return last_row


def _unknown(
    found: list[_Found], rest: Sequence[tuple[int, str]], joined: str, start: int, end: int
) -> None:
    if end - start < _RESIDUE:
        return
    first, last = _text_at(rest, start), _text_at(rest, end - 1)
    found.append(_Found(None, -1, "unknown", joined[start:end], first, last))


def _text_at(rest: Sequence[tuple[int, str]], offset: int) -> int:
    """The number of the text that holds an offset of the joined keys."""
    for number, key in rest:
        if offset < len(key):
            return number
        offset -= len(key)
    return rest[-1][0]

"""From pieces to entries: which labels stand in a run of text, and the values that follow them.

What lives here: recognising labels that are whole, broken over pieces, or wrapped in other words,
and pairing them with the values printed next. What does not: deciding about labels nobody knows
and values that do not fit (`align.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.tables.labels import LONGEST_LABEL, Lexicon, Role, label_key, short_key
from ingest.tables.pieces import Kind, Piece, Stream
from ingest.tables.words import table_words

_WORD = re.compile(r"\S+")
_JOINED_PIECES = 14  # a label printed one character a line has up to eleven
_NEGATIONS = ("非", "不", "未")  # 非规范性文件 is not 规范性文件
_RESIDUE = 3  # ideographs: shorter leftovers are fragments of group labels


@dataclass(frozen=True, slots=True)
class Label:
    """A label met in the stream. `role` None: a text that is no label of this table."""

    role: Role | None
    index: int
    method: str  # label_exact, label_normalised, label_joined, label_inside, unknown
    key: str
    start: int
    end: int
    line: int  # of its last piece


@dataclass(slots=True)
class Entry:
    """Labels in a run, and the values that follow before the next label."""

    labels: list[Label] = field(default_factory=list)
    values: list[Piece] = field(default_factory=list)
    units: list[Piece] = field(default_factory=list)
    columns: tuple[Label, ...] = ()  # the column labels in force
    after_group: bool = False  # values stand directly after a group label


def read_labels(pieces: Sequence[Piece], lexicon: Lexicon, last_row: int) -> list[Label]:
    """The labels in consecutive text pieces, in reading order."""
    pieces = [part for piece in pieces for part in _labels_apart(piece, lexicon)]
    found: list[Label] = []
    rest: list[tuple[Piece, str]] = []
    i = 0
    while i < len(pieces):
        label, used = _label_at(pieces, i, lexicon, last_row)
        if label is None:
            if len(pieces[i].text) <= LONGEST_LABEL:
                text = pieces[i].text  # notes in brackets name other things than the row
                rest.append((pieces[i], short_key(text) or label_key(text)))
            i += 1
            continue
        last_row = _flush(found, rest, lexicon, last_row)
        found.append(label)
        if label.role is Role.ROW:
            last_row = label.index
        i += used
    _flush(found, rest, lexicon, last_row)
    return found


def _labels_apart(piece: Piece, lexicon: Lexicon) -> Sequence[Piece]:
    """A piece cut at its spaces where every word is a label: a header printed on one line."""
    words = list(_WORD.finditer(piece.text)) if " " in piece.text else ()
    if len(words) < 2 or not all(lexicon.uses(label_key(w.group())) for w in words):
        return (piece,)
    return [
        piece._replace(start=piece.start + w.start(), end=piece.start + w.end(), text=w.group())
        for w in words
    ]


def _label_at(
    pieces: Sequence[Piece], i: int, lexicon: Lexicon, last_row: int
) -> tuple[Label | None, int]:
    """The label that begins with piece `i`, whole or joined with the next ones."""
    piece = pieces[i]
    key = label_key(piece.text)
    for k, whole in ((key, True), (short_key(piece.text), False)):
        use = lexicon.find(k, last_row) if k else None
        if use is not None:
            method = "label_exact" if whole and use.official else "label_normalised"
            return Label(use.role, use.index, method, k, piece.start, piece.end, piece.line), 1
    if key and key not in lexicon.prefixes:
        return None, 1
    joined, best = key, None
    for j in range(i + 1, min(i + _JOINED_PIECES, len(pieces))):
        joined += label_key(pieces[j].text)
        if joined not in lexicon.prefixes:
            break
        use = lexicon.find(joined, last_row)
        if use is not None:
            end = pieces[j]
            best = (
                Label(use.role, use.index, "label_joined", joined, piece.start, end.end, end.line),
                j - i + 1,
            )
    return best if best is not None else (None, 1)


def _flush(
    found: list[Label], rest: list[tuple[Piece, str]], lexicon: Lexicon, last_row: int
) -> int:
    """Search the pieces left over, joined, for labels inside them; the others stay unknown."""
    if not rest:
        return last_row
    joined = "".join(key for _, key in rest)
    at = 0
    for match in lexicon.inner.finditer(joined):
        use = lexicon.find(match.group(), last_row)
        if use is None or joined[: match.start()].endswith(_NEGATIONS):
            continue
        _unknown(found, rest, joined, at, match.start())
        first, last = _piece_at(rest, match.start()), _piece_at(rest, match.end() - 1)
        found.append(
            Label(
                use.role, use.index, "label_inside", match.group(), first.start, last.end, last.line
            )
        )
        if use.role is Role.ROW:
            last_row = use.index
        at = match.end()
    _unknown(found, rest, joined, at, len(joined))
    rest.clear()
    return last_row


def _unknown(
    found: list[Label], rest: Sequence[tuple[Piece, str]], joined: str, start: int, end: int
) -> None:
    if end - start < _RESIDUE:
        return
    first, last = _piece_at(rest, start), _piece_at(rest, end - 1)
    found.append(Label(None, -1, "unknown", joined[start:end], first.start, last.end, last.line))


def _piece_at(rest: Sequence[tuple[Piece, str]], offset: int) -> Piece:
    for piece, key in rest:
        if offset < len(key):
            return piece
        offset -= len(key)
    return rest[-1][0]


def entries_of(stream: Stream, lexicon: Lexicon) -> list[Entry]:
    """Labels with the values after them, for the whole of a table."""
    if lexicon.unit_column:
        stream = replace(stream, pieces=tuple(apart_from_units(stream.pieces)))
    return list(_grid_entries(stream, lexicon) if stream.grid else _run_entries(stream, lexicon))


@cache
def _unit_behind() -> re.Pattern[str]:
    units = sorted(table_words().unit_words, key=len, reverse=True)
    return re.compile(r"(.*?\S)[\s,]+(" + "|".join(r"\s*".join(map(re.escape, u)) for u in units) + ")")


def apart_from_units(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Labels and their unit as pieces of their own, a unit broken over two cells or lines as one."""
    for piece in _whole_units(pieces):
        short = piece.kind is Kind.TEXT and len(piece.text) <= LONGEST_LABEL
        behind = _unit_behind().fullmatch(piece.text) if short else None
        if behind is None or _is_unit_word(piece.text):
            yield piece
            continue
        yield piece._replace(end=piece.start + behind.end(1), text=behind[1])
        yield piece._replace(start=piece.start + behind.start(2), text=behind[2])


def _whole_units(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Units of two characters joined that narrow columns break: 万 above 元."""
    units = table_words().unit_words
    skip = False
    for i, piece in enumerate(pieces):
        if skip:
            skip = False
            continue
        if len(piece.text) == 1 and piece.kind is Kind.TEXT and i + 1 < len(pieces):
            following = pieces[i + 1]
            if len(following.text) == 1 and piece.text + following.text in units:
                piece = piece._replace(text=piece.text + following.text, end=following.end)
                skip = True
        yield piece


class _Columns:
    """The column labels in force: those printed since the last row label."""

    def __init__(self) -> None:
        self.labels: tuple[Label, ...] = ()
        self._open = False

    def take(self, labels: Sequence[Label]) -> None:
        fresh = tuple(label for label in labels if label.role is Role.COLUMN)
        if fresh:
            self.labels = (self.labels + fresh) if self._open else fresh
            self._open = True

    def close(self) -> None:
        self._open = False


def is_unit(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether a piece is the unit between label and number."""
    if not lexicon.unit_column or piece.kind is not Kind.TEXT:
        return False
    return _is_unit_word(piece.text)


def _is_unit_word(text: str) -> bool:
    return "".join(text.split()).strip("()") in table_words().unit_words


def _grid_entries(stream: Stream, lexicon: Lexicon) -> Iterator[Entry]:
    """One entry a row; rows without values lend their text to the label of the next row."""
    columns = _Columns()
    waiting: list[Piece] = []
    last_row = -1
    for row in _rows(stream.pieces):
        texts = [p for p in row if p.kind is Kind.TEXT and not is_unit(p, lexicon)]
        labels = read_labels(texts, lexicon, last_row)
        if waiting and not any(label.role is Role.ROW for label in labels):
            joined = read_labels([*waiting, *texts], lexicon, last_row)
            if any(label.role is Role.ROW for label in joined):
                labels = joined
        columns.take(labels)
        rows = [label for label in labels if label.role is Role.ROW]
        has_value = any(p.kind is Kind.VALUE for p in row)
        if not rows and not has_value:
            waiting = [p for p in texts if all(la.role is None for la in labels)]
            continue
        waiting = []
        label_end = rows[-1].end if rows else (texts[-1].end if texts else row[0].start)
        if rows:  # a merged label that is printed once for every column it covers
            label_end = max(
                [label_end] + [p.end for p in texts if p.text == _text_at(texts, rows[-1])]
            )
        if not rows and texts and row[0].kind is not Kind.TEXT:
            label_end = row[0].start
        after = [p for p in row if p.start >= label_end]
        entry = Entry(
            labels=rows[-1:] or [label for label in labels if label.role is None][-1:],
            values=[p for p in after if not is_unit(p, lexicon)],
            units=[p for p in row if is_unit(p, lexicon)],
            columns=columns.labels,
            after_group=not rows and any(label.role is Role.GROUP for label in labels),
        )
        if rows:
            last_row = rows[-1].index
            columns.close()
        yield entry


def _text_at(texts: Sequence[Piece], label: Label) -> str | None:
    return next((p.text for p in texts if p.end == label.end), None)


def _rows(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in pieces:
        if row and piece.line != row[-1].line:
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _run_entries(stream: Stream, lexicon: Lexicon) -> Iterator[Entry]:
    """Runs of text and runs of values in turn, as far as the stream tells."""
    columns = _Columns()
    entry = Entry()
    texts: list[Piece] = []
    last_row = -1
    for piece in stream.pieces:
        if is_unit(piece, lexicon):
            entry.units.append(piece)
            continue
        if piece.kind is Kind.TEXT:
            if entry.values:
                yield entry
                entry = Entry()
            texts.append(piece)
            continue
        if texts:
            last_row = _take_run(entry, texts, lexicon, columns, last_row)
            texts = []
        entry.values.append(piece)
    if texts:
        if entry.values:
            yield entry
            entry = Entry()
        _take_run(entry, texts, lexicon, columns, last_row)
    yield entry


def _take_run(
    entry: Entry, texts: list[Piece], lexicon: Lexicon, columns: _Columns, last_row: int
) -> int:
    labels = read_labels(texts, lexicon, last_row)
    columns.take(labels)
    entry.columns = columns.labels
    entry.labels = [label for label in labels if label.role in (Role.ROW, None)]
    entry.after_group = bool(labels) and labels[-1].role is Role.GROUP
    rows = [label for label in labels if label.role is Role.ROW]
    if rows:
        columns.close()
        return rows[-1].index
    return last_row

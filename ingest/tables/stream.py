"""A page's tables and lines as a stream of pieces: labels, values and blanks in reading order.

What lives here: cutting cells of `page.tables` and lines of flattened text (pipes in all their
ways, one cell a line, text layers of PDFs) into pieces. What does not: what a label says
(`labels.py`), which piece belongs to which row (`align.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from ingest.model import Table
from ingest.tables.cells import BLANK, CellValue, read_cell
from ingest.tables.words import table_words

_PLACE = attrgetter("row", "column")
_PIPES = re.compile(r"[|│┃¦┆┊]")
_CHUNK = re.compile(r"(?<!\S)(?:万\s{1,4}元|人\s{1,4}次)(?!\S)|\S+")  # units are stretched too
_BEHIND_NUMBERING = ".、,)"  # 3 . 其他: the number belongs to the label
_NUMBERING = re.compile(r"\d{1,2}[.、)]")
_NUMBERING_ALONE = re.compile(r"[1-9][.、)]")
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_NUMBERS = frozenset("12345678")  # most rows under one heading
_OWN_LABEL = re.compile("[\u4e00-\u9fff]{2}")  # a label without numbering of its own
_STUCK = re.compile(r"(\S*[\u4e00-\u9fff)”\"])\d[\d,]*")
_LABEL_AND_VALUE = re.compile(  # 行政许可550; 制发规范性文件总数:6件
    r"([\u4e00-\u9fff]{4,12}|\S{3,60}[\u4e00-\u9fff)](?=\d[\d,.]*$)|\S{3,60}?:)"
    r"\d[\d,]*(?:\.\d+)?[\u4e00-\u9fff]{0,2}"
)
_FEWEST_BESIDE_STUCK = 3  # words of a line of label and values
_REQUESTS = 7  # values of a row of the table of requests
_WIDE_GAP = 2  # spaces between two cells of a laid-out line; one space may stand inside a label
_FEWEST_BROKEN = 3  # cells of a header row; a row of data has as many and a value among them
_LONGEST_HALF = 5  # characters of half a label: 法律服 of 法律服务机构
_FEWEST_COMMAS = 5  # values; 1,113,000 is a number
_FEWEST_OPEN = 2  # rows that end without a pipe; a single one has a line end in a cell
_MANY_TABS = 2  # a line with as many tabs came out of a spreadsheet or a Word table
LONGEST_CELL = 300  # characters; longer cells are outer layout, not cells of these tables


class Kind(IntEnum):
    """What a piece is: words, a value, an empty cell."""

    TEXT = 0
    VALUE = 1
    BLANK = 2


class Piece(NamedTuple):
    """A cell or token; `text` is folded, `line` numbers the row or line it stands in."""

    kind: Kind
    start: int
    end: int
    line: int
    text: str
    value: CellValue | None


@dataclass(frozen=True, slots=True)
class Stream:
    """Pieces in reading order. In a grid a row ends with its line; elsewhere it may run on."""

    pieces: tuple[Piece, ...]
    grid: bool
    loose: bool  # lines of spaced tokens, as the text layer of a PDF gives them
    parsed: bool = False  # cells from a parser: as many as the document has


def _piece(aligned: str, start: int, end: int, line: int) -> Piece:
    text = aligned[start:end]
    if text.isdecimal():  # most cells, by far
        return Piece(Kind.VALUE, start, end, line, text, read_cell(text))
    stripped = text.strip()
    if not stripped:
        return Piece(Kind.BLANK, start, end, line, "", read_cell(""))
    if len(stripped) != len(text):
        start += len(text) - len(text.lstrip())
        end = start + len(stripped)
    value = read_cell(stripped)
    kind = Kind.TEXT if value is None else Kind.VALUE
    return Piece(kind, start, end, line, stripped, value)


def stream_of_tables(aligned: str, tables: Iterable[Table]) -> Stream:
    """The cells of parsed tables, row by row; rows of later tables follow those of earlier ones."""
    rows: list[list[Piece]] = []
    for table in tables:
        row = None
        for cell in sorted(table.cells, key=_PLACE):
            if cell.row != row:
                row = cell.row
                rows.append([])
            if cell.end - cell.start <= LONGEST_CELL:
                rows[-1].append(_piece(aligned, cell.start, cell.end, len(rows)))
    pieces = [piece for row in _whole_headers(rows) for piece in row]
    return Stream(tuple(pieces), grid=True, loose=False, parsed=True)


def _whole_headers(rows: Sequence[list[Piece]]) -> Iterator[list[Piece]]:
    """Rows, those of a header whose cells were broken over two rows joined: 商业 above 企业."""
    i = 0
    while i < len(rows):
        row, below = rows[i], rows[i + 1] if i + 1 < len(rows) else []
        i += 1
        if len(row) == len(below) >= _FEWEST_BROKEN and all(map(_is_half, [*row, *below])):
            row = [a._replace(text=a.text + b.text) for a, b in zip(row, below, strict=True)]
            i += 1
        yield row


def _is_half(piece: Piece) -> bool:
    return piece.kind is Kind.TEXT and len(piece.text) <= _LONGEST_HALF


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    cells: list[str] | None  # between pipes or tabs; None for a line without


def stream_of_lines(aligned: str, lines: Sequence[tuple[int, int]]) -> Stream:
    """The pieces of flattened text; `lines` are the offsets of its lines."""
    kept = _lines_with_content(aligned, lines)
    rows = [line.cells for line in kept if line.cells is not None]
    grid = any(sum(1 for cell in cells if cell.strip()) > 1 for cells in rows)
    if rows and not grid:
        cells = _without_numbering(_cells_over_lines(aligned, kept))
        return Stream(tuple(cells), grid=False, loose=False)
    pieces: list[Piece] = []
    loose = False
    ends = _open_ends(kept)
    for number, line in enumerate(kept):
        if line.cells is not None:
            pieces += _cells_of_line(aligned, line, number, ends)
        elif len(line.text.split(None, 1)) == 1 and not _LABEL_AND_VALUE.fullmatch(line.text):
            pieces.append(_piece(aligned, line.start, line.end, number))
        else:
            tokens = _tokens_of_line(aligned, line.start, line.end, number)
            loose = loose or len(tokens) > 1
            pieces += tokens
    return Stream(tuple(_without_numbering(pieces)), grid, loose and not grid)


def _without_numbering(pieces: Sequence[Piece]) -> list[Piece]:
    """Take out numbers that number the label on the line below them: `3.`, then `其他`."""
    return [
        piece
        for i, piece in enumerate(pieces)
        if not (
            i + 1 < len(pieces)
            and pieces[i + 1].kind is Kind.TEXT
            and pieces[i + 1].line != piece.line
            and _NUMBERING_ALONE.fullmatch(piece.text)
        )
    ]


def _lines_with_content(aligned: str, lines: Sequence[tuple[int, int]]) -> list[_Line]:
    """Lines that are not blank, no page number and no ruler."""
    if not lines:
        return []
    noise = table_words().line_noise
    first, last = lines[0][0], lines[-1][1]
    parted = _PIPES.search(aligned, first, last) or aligned.find("\t", first, last) >= 0
    tabbed = [s for s in lines if aligned.count("\t", *s) >= _MANY_TABS] if parted else []
    closed = all(aligned[a:b].rstrip(" \r").endswith("\t") for a, b in tabbed)
    kept: list[_Line] = []
    for start, end in lines:
        text = aligned[start:end]
        stripped = text.strip()
        if not stripped:
            continue
        if not stripped.isdecimal() and stripped != "|" and noise.fullmatch(stripped):
            continue
        cells = None
        if parted and text.count("\t") >= _MANY_TABS:
            stripped = text.strip(" \r")  # a tab at the end has an empty cell behind it
            stripped = stripped[:-1] if closed else stripped  # unless one closes every row
            cells = stripped.split("\t")
        elif parted and _PIPES.search(stripped):
            cells = _PIPES.split(stripped)
        elif "," in stripped:
            cells = _comma_separated(stripped)
        if len(stripped) != len(text):
            start += text.index(stripped)
        kept.append(_Line(start, start + len(stripped), stripped, cells))
    return kept


def _comma_separated(text: str) -> list[str] | None:
    """A label and nothing but values behind it, between commas; not 1,113."""
    parts = text.split(",")
    behind = len(parts)
    while behind > 1 and read_cell(parts[behind - 1].strip()) is not None:
        behind -= 1
    if len(parts) >= _FEWEST_COMMAS and read_cell(parts[0].strip()) is not None and behind == 1:
        return parts  # a row without a label
    label = ",".join(parts[:behind])
    if behind == len(parts) or label[-1:].isdecimal() or read_cell(label.strip()) is not None:
        return None
    return [label, *parts[behind:]]


def _open_ends(lines: Sequence[_Line]) -> tuple[bool, bool]:
    """Whether rows begin and end without a pipe: one that does stand there has a blank beside it."""
    rows = [x for x in lines if x.cells is not None and len(x.cells) > _MANY_TABS]
    begin = sum(bool(x.cells and x.cells[0].strip()) for x in rows)
    end = sum(bool(x.cells and x.cells[-1].strip()) for x in rows)
    begins_open = begin * 2 > len(rows)
    return begins_open, begins_open and end >= _FEWEST_OPEN and end * 10 >= len(rows)


def _cells_of_line(
    aligned: str, line: _Line, number: int, open_ends: tuple[bool, bool]
) -> list[Piece]:
    """A row in one line: cells between pipes, the pipes that open and close the line being none."""
    cells: list[Piece] = []
    at = line.start
    parts = line.cells or []
    piped = "\t" not in line.text
    begins, ends = open_ends
    last = len(parts) - 1
    for i, part in enumerate(parts):
        outer = piped and not part and ((i == 0 and not begins) or (i == last and not ends))
        if not outer:
            cells.append(_piece(aligned, at, at + len(part), number))
        at += len(part) + 1
    return cells


def _cells_over_lines(aligned: str, lines: Sequence[_Line]) -> list[Piece]:
    """One cell a line, a pipe after it or alone between two: an empty place is a blank cell."""
    trailing = sum(len(line.text) > 1 and bool(_PIPES.match(line.text[-1])) for line in lines)
    leading = sum(len(line.text) > 1 and line.cells is None for line in lines)
    if trailing > leading:
        return _cells_before_pipes(aligned, lines)
    return _cells_between_pipes(aligned, lines)


def _cells_before_pipes(aligned: str, lines: Sequence[_Line]) -> list[Piece]:
    """A pipe ends a cell, on its line; where it stands alone the cell is empty, or a row begins."""
    pieces = [
        _cell_of_line(aligned, line, number)
        if _PIPES.sub("", line.text).strip()
        else _blank(line.start, number)
        for number, line in enumerate(lines)
    ]
    openers: set[int] = set()
    last = Kind.TEXT  # what the last cell was that is not empty
    for i, piece in enumerate(pieces):
        if piece.kind is Kind.TEXT and i > 0:
            if len(lines[i - 1].text) == 1 and pieces[i - 1].kind is Kind.BLANK:
                openers.add(i - 1)
            elif last is Kind.VALUE:
                return pieces  # a row begins without one: pipes alone are empty cells
        last = piece.kind if piece.kind is not Kind.BLANK else last
    return [piece for i, piece in enumerate(pieces) if i not in openers]


def _blank(at: int, number: int) -> Piece:
    return Piece(Kind.BLANK, at, at, number, "", BLANK)


def _cell_of_line(aligned: str, line: _Line, number: int) -> Piece:
    body = _PIPES.sub(" ", line.text)
    opened = len(body) - len(body.lstrip())
    closed = len(body) - len(body.rstrip())
    return _piece(aligned, line.start + opened, line.end - closed, number)


def _cells_between_pipes(aligned: str, lines: Sequence[_Line]) -> list[Piece]:
    """A pipe stands between two cells, or behind every cell, also the last of a row."""
    cells: list[Piece] = []
    pipes: list[int] = []  # before each cell
    waiting = 0
    blanks: list[list[Piece]] = []  # empty places before each cell, should they be cells
    open_places: list[Piece] = []
    for number, line in enumerate(lines):
        first, last = _PIPES.match(line.text[0]), _PIPES.match(line.text[-1])
        if _PIPES.sub("", line.text).strip():
            if first is not None:
                open_places += [_blank(line.start, number)] if waiting else []
                waiting += 1
            cells.append(_cell_of_line(aligned, line, number))
            pipes.append(waiting)
            blanks.append(open_places)
            waiting, open_places = int(last is not None), []
        else:
            open_places += [_blank(line.start, number)] if waiting else []
            waiting += 1
    closing = _pipes_close_rows(cells, pipes)
    pieces: list[Piece] = []
    for i, cell in enumerate(cells):
        pieces += blanks[i]
        ends_row = cell.kind is Kind.TEXT and i > 0 and cells[i - 1].kind is not Kind.TEXT
        if ends_row and pipes[i] and not closing:  # the last cell of the row before was empty
            pieces.append(_blank(cell.start, cell.line))
        pieces.append(cell)
    return pieces + open_places


def _pipes_close_rows(cells: Sequence[Piece], pipes: Sequence[int]) -> bool:
    """Whether a pipe stands behind the last cell of a row as well.

    Between a label and the next stand as many pipes as the row has values and blanks, or one more.
    A row without blanks decides; where none is, the wide rows of the table of requests do.
    """
    runs: list[tuple[int, int]] = []  # pipes and values between one label and the next
    count = values = 0
    for cell, before in zip(cells, pipes, strict=True):
        count += before
        if cell.kind is not Kind.TEXT:
            values += 1
            continue
        if values:
            runs.append((count, values))
        count = values = 0
    if not runs or min(count - values for count, values in runs) < 1:
        return False
    wide = [count for count, _ in runs if count >= _REQUESTS]
    return not wide or wide.count(_REQUESTS) * 2 < len(wide)


def _chunks(aligned: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of a line; a first number that sticks to its label is cut off."""
    chunks = [(start + m.start(), start + m.end()) for m in _CHUNK.finditer(aligned[start:end])]
    few = len(chunks) < _FEWEST_BESIDE_STUCK
    if few and not (len(chunks) > 1 and _LABEL_AND_VALUE.fullmatch(aligned, *chunks[0])):
        return chunks
    if read_cell(aligned[slice(*chunks[-1])]) is None:
        return chunks
    cut: list[tuple[int, int]] = []
    for i, (a, b) in enumerate(chunks):
        stuck = _STUCK.fullmatch(aligned, a, b)  # 减3 is a value
        followed = i + 1 < len(chunks) and read_cell(aligned[slice(*chunks[i + 1])]) is not None
        if stuck and followed and read_cell(aligned[a:b]) is None:
            cut += [(a, stuck.end(1)), (stuck.end(1), b)]
        else:
            cut.append((a, b))
    return cut


def _is_numbering(aligned: str, chunks: Sequence[tuple[int, int]], i: int) -> bool:
    """Whether a number numbers the label behind it: `3 . 其他`, `3. 其他`, or a line's `3 其他`."""
    if i + 1 == len(chunks):
        return False
    following = aligned[slice(*chunks[i + 1])]
    if following[0] in _BEHIND_NUMBERING:
        return True
    if _NUMBERING.fullmatch(aligned, *chunks[i]) and _IDEOGRAPH.match(following):
        return True
    return (
        i == 0
        and aligned[slice(*chunks[0])] in _NUMBERS
        and _OWN_LABEL.match(following) is not None
    )


def _tokens_of_line(aligned: str, start: int, end: int, number: int) -> list[Piece]:
    """The tokens of a line without pipes: values stand alone, words close together are one label.

    A number between words of an open bracket belongs to the words (计 1 条).
    """
    chunks = _chunks(aligned, start, end)
    if len(chunks) == 1:
        stuck = _LABEL_AND_VALUE.fullmatch(aligned, start, end)
        if stuck is None or read_cell(aligned[start:end]) is not None:
            return [_piece(aligned, start, end, number)]
        return [
            _piece(aligned, start, stuck.end(1), number),
            _piece(aligned, stuck.end(1), end, number),
        ]
    pieces: list[Piece] = []
    text_from: int | None = None
    text_to = depth = 0
    for i, (a, b) in enumerate(chunks):
        word = aligned[a:b]
        value = None if depth > 0 or _is_numbering(aligned, chunks, i) else read_cell(word)
        if value is None:
            if text_from is not None and a - text_to >= _WIDE_GAP:
                pieces.append(_text(aligned, text_from, text_to, number))
                text_from = None
            if text_from is None:
                text_from = a
            text_to = b
            depth += word.count("(") - word.count(")")
            continue
        if text_from is not None:
            pieces.append(_text(aligned, text_from, text_to, number))
            text_from = None
        pieces.append(Piece(Kind.VALUE, a, b, number, word, value))
    if text_from is not None:
        pieces.append(_text(aligned, text_from, text_to, number))
    return pieces


def _text(aligned: str, start: int, end: int, number: int) -> Piece:
    return Piece(Kind.TEXT, start, end, number, aligned[start:end], None)

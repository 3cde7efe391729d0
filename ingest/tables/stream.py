"""A page's tables and lines as a stream of pieces: labels, values and blanks in reading order.

What lives here: cutting cells of `page.tables` and lines of flattened text (one cell a line, text
layers of PDFs) into pieces. What does not: pipes and other separators (`pipes.py`), what a label
says (`labels.py`), which piece belongs to which row (`align.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.model import Table
from ingest.tables.cells import read_cell
from ingest.tables.pieces import TEXT, VALUE, Piece, Stream, piece_at
from ingest.tables.pipes import (
    MANY_TABS,
    PIPES,
    Line,
    cells_of_line,
    cells_over_lines,
    open_ends,
)
from ingest.tables.words import table_words

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
_WIDE_GAP = 2  # spaces between two cells of a laid-out line; one space may stand inside a label
_FEWEST_BROKEN = 3  # cells of a header row; a row of data has as many and a value among them
_LONGEST_HALF = 5  # characters of half a label: 法律服 of 法律服务机构
_FEWEST_COMMAS = 5  # values; 1,113,000 is a number
LONGEST_CELL = 300  # characters; longer cells are outer layout, not cells of these tables


def stream_of_tables(aligned: str, tables: Iterable[Table]) -> Stream:
    """The cells of parsed tables, row by row; rows of later tables follow those of earlier ones."""
    rows: list[list[Piece]] = []
    for table in tables:
        row = None
        for cell in sorted(table.cells):
            if cell.row != row:
                row = cell.row
                rows.append([])
            if cell.end - cell.start <= LONGEST_CELL:
                rows[-1].append(piece_at(aligned, cell.start, cell.end, len(rows)))
    pieces = [piece for row in _whole_headers(rows) for piece in row]
    return Stream(tuple(pieces), grid=True, loose=False, parsed=True)


def _whole_headers(rows: Sequence[list[Piece]]) -> Iterator[list[Piece]]:
    """Rows, those of a header whose cells were broken over two rows joined: 商业 above 企业."""
    i = 0
    while i < len(rows):
        row, below = rows[i], rows[i + 1] if i + 1 < len(rows) else []
        i += 1
        broken = len(row) == len(below) >= _FEWEST_BROKEN and all(map(_is_half, row))
        if broken and all(map(_is_half, below)):
            row = [a._replace(text=a.text + b.text) for a, b in zip(row, below, strict=True)]
            i += 1
        yield row


def _is_half(piece: Piece) -> bool:
    return piece.kind is TEXT and len(piece.text) <= _LONGEST_HALF


def stream_of_lines(aligned: str, lines: Sequence[tuple[int, int]]) -> Stream:
    """The pieces of flattened text; `lines` are the offsets of its lines."""
    kept = _lines_with_content(aligned, lines)
    rows = [line.cells for line in kept if line.cells is not None]
    grid = any(sum(1 for cell in cells if cell.strip()) > 1 for cells in rows)
    if rows and not grid:
        cells = _without_numbering(cells_over_lines(aligned, kept))
        return Stream(tuple(cells), grid=False, loose=False)
    pieces: list[Piece] = []
    loose = False
    ends = open_ends(kept)
    for number, line in enumerate(kept):
        if line.cells is not None:
            pieces += cells_of_line(aligned, line, number, ends)
        elif len(line.text.split(None, 1)) == 1 and not _LABEL_AND_VALUE.fullmatch(line.text):
            pieces.append(piece_at(aligned, line.start, line.end, number))
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
            and pieces[i + 1].kind is TEXT
            and pieces[i + 1].line != piece.line
            and _NUMBERING_ALONE.fullmatch(piece.text)
        )
    ]


def _lines_with_content(aligned: str, lines: Sequence[tuple[int, int]]) -> list[Line]:
    """Lines that are not blank, no page number and no ruler."""
    if not lines:
        return []
    noise = table_words().line_noise
    first, last = lines[0][0], lines[-1][1]
    parted = PIPES.search(aligned, first, last) or aligned.find("\t", first, last) >= 0
    tabbed = [s for s in lines if aligned.count("\t", *s) >= MANY_TABS] if parted else []
    closed = all(aligned[a:b].rstrip(" \r").endswith("\t") for a, b in tabbed)
    kept: list[Line] = []
    for start, end in lines:
        text = aligned[start:end]
        stripped = text.strip()
        if not stripped:
            continue
        if not stripped.isdecimal() and stripped != "|" and noise.fullmatch(stripped):
            continue
        cells = None
        if parted and text.count("\t") >= MANY_TABS:
            stripped = text.strip(" \r")  # a tab at the end has an empty cell behind it
            stripped = stripped[:-1] if closed else stripped  # unless one closes every row
            cells = stripped.split("\t")
        elif parted and PIPES.search(stripped):
            cells = PIPES.split(stripped)
        elif "," in stripped:
            cells = _comma_separated(stripped)
        if len(stripped) != len(text):
            start += text.index(stripped)
        kept.append(Line(start, start + len(stripped), stripped, cells))
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
            return [piece_at(aligned, start, end, number)]
        return [
            piece_at(aligned, start, stuck.end(1), number),
            piece_at(aligned, stuck.end(1), end, number),
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
        pieces.append(Piece(VALUE, a, b, number, word, value))
    if text_from is not None:
        pieces.append(_text(aligned, text_from, text_to, number))
    return pieces


def _text(aligned: str, start: int, end: int, number: int) -> Piece:
    return Piece(TEXT, start, end, number, aligned[start:end], None)

"""What converters repeat or take out: merged cells printed once a column, text without repeats.

What lives here: recognising both. What does not: what is told about it (`table.py`).
"""

from __future__ import annotations

from itertools import pairwise

from ingest.tables.align import Alignment
from ingest.tables.forms import TableForm
from ingest.tables.labels import Role
from ingest.tables.pieces import TEXT, VALUE, Stream
from ingest.tables.recognise import read_labels

CAPTIONS = 3  # with so many blocks in the text the header 信息内容 must stand more than once
FEWEST_NUMBERS = 6  # all different by chance is no longer likely in these tables


FEWEST_REPEATS = 3  # labels printed twice side by side, before it is the converter's habit


def repeats_merged(stream: Stream) -> bool:
    """Whether the converter prints a merged cell once for every column it covers."""
    if not stream.grid:
        return False
    pairs = pairwise(stream.pieces)
    same = [a for a, b in pairs if a.text == b.text and a.kind is TEXT and a.line == b.line]
    return len(same) >= FEWEST_REPEATS


def is_deduplicated(stream: Stream, form: TableForm, alignment: Alignment | None) -> bool:
    """Whether what must stand several times in this table stands only once."""
    if stream.grid:
        return False
    if form.table == "t2":
        return _header_once(stream, form)
    if form.table == "t4":
        texts = [p for p in stream.pieces if p.kind is TEXT]
        labels = read_labels(texts, form.lexicon, -1)
        blocks = {x.index for x in labels if x.role is Role.CAPTION and x.index > 0}
        outcomes = [x.index for x in labels if x.role is Role.COLUMN]
        return len(blocks) == 2 and len(outcomes) >= 4 and len(set(outcomes)) == len(outcomes)
    if alignment is None:
        return False
    return _numbers_once(alignment, len(form.rows))


def _header_once(stream: Stream, form: TableForm) -> bool:
    texts = [p for p in stream.pieces if p.kind is TEXT]
    labels = read_labels(texts, form.lexicon, -1)
    captions = sum(x.role is Role.CAPTION for x in labels)
    headers = sum(x.role is Role.HEADER for x in labels)
    return captions >= CAPTIONS and headers == 1


def _numbers_once(alignment: Alignment, rows: int) -> bool:
    texts = [p.text for a in alignment.rows.values() for p in a.pieces if p.kind is VALUE]
    texts += [p.text for p in alignment.homeless]
    empty = sum(not a.pieces for a in alignment.rows.values()) + rows - len(alignment.rows)
    return len(set(texts)) == len(texts) >= FEWEST_NUMBERS and empty * 3 >= rows

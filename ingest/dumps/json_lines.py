"""JSON lines: a row a line.

What lives here: lines to rows, each broken one told. What does not: which column is what
(`columns.py`), unpacking (`streams.py`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from ingest.dumps.budget import Budget
from ingest.dumps.columns import RowUnusable, row_member
from ingest.dumps.streams import CHUNK, Lookahead
from ingest.dumps.values import Fault, Member
from ingest.limits import MEBIBYTE

# JSON may write a Chinese character of three bytes as six (\u4e2d), and a row has other columns.
_ESCAPED = 2
_OTHER_COLUMNS = 4 * MEBIBYTE


def read_json_lines(
    stream: Lookahead, uri: str, name: str, budget: Budget
) -> Iterator[Member | Fault]:
    """The documents of the lines, and a fault for each line that gives none."""
    limits = budget.limits
    longest = _ESCAPED * limits.document_bytes + _OTHER_COLUMNS
    lines = io.BufferedReader(stream, CHUNK)
    number = 0
    while line := lines.readline(longest + 1):
        number += 1
        place = f"{uri}/line {number}"
        if len(line) > longest and not line.endswith(b"\n"):
            _skip_line(lines)
            budget.take_member()
            yield _too_large(place, limits.document_bytes)
            continue
        if not line.strip(b" \t\r\n\0\xef\xbb\xbf"):
            continue
        budget.take_member()
        try:
            member = row_member(_row(line), place, name)
        except RowUnusable as unusable:
            yield Fault(place, "row_unusable", f"{place} {unusable}. Mend the line and refresh again.")
            continue
        if len(member.data) > limits.document_bytes:
            yield _too_large(place, limits.document_bytes)
        else:
            yield member


def _row(line: bytes) -> dict[str, object]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = line.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RowUnusable("is neither UTF-8 nor GB18030")
    try:
        row = json.loads(text)
    except RecursionError as error:
        raise RowUnusable("is nested too deeply to be a row") from error
    except ValueError as error:
        raise RowUnusable(f"is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise RowUnusable(f"is no JSON object but {type(row).__name__}")
    return row


def _skip_line(lines: io.BufferedReader[Any]) -> None:
    while (piece := lines.readline(CHUNK)) and not piece.endswith(b"\n"):
        pass


def _too_large(place: str, limit: int) -> Fault:
    return Fault(
        place,
        "member_too_large",
        f"{place} holds a document of more than {limit / MEBIBYTE:.1f} MiB. Shorten it, or raise "
        "GONGKAI_MAX_DOCUMENT_BYTES.",
    )

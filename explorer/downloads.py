"""A query's rows as a CSV file, sent while they are read.

What lives here: the bytes of a download. What does not: which query (`pages`), exports of whole
tables (`gongkai` publications).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from explorer.queries.query import Query
from explorer.warehouse import Warehouse


def download(warehouse: Warehouse, query: Query, *, name: str, seconds: float) -> Response:
    """All rows of a query as `name`.csv: UTF-8 with a mark at its beginning, so that Excel knows.

    Null is an empty cell. Raises NotPublished and TookTooLong before the first byte is sent; a
    download that is stopped later breaks off, so that nobody takes it for whole.
    """
    chunks = _chunks(warehouse, query, seconds)
    first = next(chunks)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(
        _with_first(first, chunks), media_type="text/csv; charset=utf-8", headers=headers
    )


def _with_first(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _chunks(warehouse: Warehouse, query: Query, seconds: float) -> Iterator[bytes]:
    with warehouse.reading() as reading:
        columns, portions = reading.stream(query, seconds)
        yield b"\xef\xbb\xbf" + _lines([columns])
        for rows in portions:
            yield _lines(rows)


def _lines(rows: object) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()

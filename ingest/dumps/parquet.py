"""Parquet: a document a row.

What lives here: rows, some at a time, of the columns that matter. What does not: which column is
what (`columns.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from ingest.dumps.budget import Budget
from ingest.dumps.columns import RowUnusable, find_columns, known_columns, row_member
from ingest.dumps.values import DumpRefused, Fault, Member, tidy
from ingest.limits import MEBIBYTE

# Rows held at once: pages have some 100 kB, so this is a few MB.
_ROWS = 64
_READ_AHEAD = MEBIBYTE
# Thrift structures of the file's footer; those of the widest real tables are far below.
_MAX_FOOTER = 64 * MEBIBYTE


def read_parquet(file: IO[bytes], uri: str, name: str, budget: Budget) -> Iterator[Member | Fault]:
    """The documents of the rows, and a fault for each row that gives none.

    Raises DumpRefused where no column can be a document, or where the file says that it unpacks to
    too much.
    """
    import pyarrow.parquet as pq

    # Pages are unpacked one by one, not a whole row group; a text that is stored once for many rows
    # stays stored once.
    options = {"pre_buffer": False, "buffer_size": _READ_AHEAD}
    bounds = {"thrift_string_size_limit": _MAX_FOOTER, "thrift_container_size_limit": 10_000_000}
    parquet = pq.ParquetFile(file, **options, **bounds)
    budget.require_members(parquet.metadata.num_rows)
    chosen = find_columns(parquet.schema_arrow.names)
    body = (*chosen["html"], *chosen["text"])
    if not body:
        held = ", ".join(tidy(column) for column in parquet.schema_arrow.names[:20])
        raise DumpRefused(
            "dump_without_documents",
            f"{uri} has no column that holds a page or a text (looked for {known_columns()}; it has: "
            f"{held}). Rename the column to html or text, and the address to url.",
        )
    columns = [column for columns in chosen.values() for column in columns]
    budget.require_bytes(_unpacked_bytes(parquet, set(columns)))
    parquet = pq.ParquetFile(file, read_dictionary=list(body), **options, **bounds)
    number = 0
    for batch in parquet.iter_batches(_ROWS, columns=columns, use_threads=False):
        for row in (batch.slice(index, 1) for index in range(batch.num_rows)):
            number += 1
            place = f"{uri}/row {number}"
            budget.take_member()
            yield _document(row, place, name, budget)


def _document(row: object, place: str, name: str, budget: Budget) -> Member | Fault:
    try:
        member = row_member(row.to_pylist()[0], place, name)  # type: ignore[attr-defined]
    except RowUnusable as unusable:
        return Fault(place, "row_unusable", f"{place} {unusable}. Mend the row and refresh again.")
    except UnicodeDecodeError as error:
        message = f"{place} says it is text and is not UTF-8 ({error.reason}). Write it anew."
        return Fault(place, "row_unusable", message)
    budget.take_bytes(len(member.data))
    if len(member.data) > budget.limits.document_bytes:
        return Fault(
            place,
            "member_too_large",
            f"{place} holds a document of {len(member.data) / MEBIBYTE:.1f} MiB, more than the limit "
            f"of {budget.limits.document_bytes / MEBIBYTE:.1f} MiB. Shorten it, or raise "
            "GONGKAI_MAX_DOCUMENT_BYTES.",
        )
    return member


def _unpacked_bytes(parquet: object, columns: set[str]) -> int:
    """How many bytes the footer says that the columns unpack to."""
    metadata = parquet.metadata  # type: ignore[attr-defined]
    total = 0
    for group_number in range(metadata.num_row_groups):
        group = metadata.row_group(group_number)
        for column_number in range(group.num_columns):
            column = group.column(column_number)
            if column.path_in_schema.partition(".")[0] in columns:
                total += max(column.total_uncompressed_size, 0)
    return total

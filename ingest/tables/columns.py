"""The order of columns, told by the header.

What lives here: comparing the printed header with the form's. What does not: the header of the
table of proceedings (`proceedings.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.tables.forms import TableForm
from ingest.tables.labels import label_key
from ingest.tables.official import OfficialRow
from ingest.tables.pieces import Stream
from ingest.tables.recognise import Label

NATURAL, TOTAL = 0, 6
ORGANISATIONS = (1, 2, 3, 4, 5)


@cache
def form_order(width: int) -> tuple[int, ...]:
    """The places of a row's cells in the order of the form."""
    return tuple(range(width))


def places_of_row(
    form: TableForm, row: OfficialRow, columns: Sequence[Label]
) -> tuple[int, ...] | None:
    """The official place of each printed value of a row; None where the header makes no sense.

    Without a header, or with one that is only partly readable, the order of the form counts.
    """
    plain = form_order(len(row.cells))
    if len(plain) == 1 or not columns:
        return plain
    if form.table == "t3":
        return _applicants(tuple([c.index for c in columns]))
    own = {form.columns.index(label_key(c.column_label)): i for i, c in enumerate(row.cells)}
    printed = list(dict.fromkeys(own[c.index] for c in columns if c.index in own))
    if printed == sorted(printed):
        return plain
    return tuple(printed) if len(printed) == len(plain) else None


def order_is_certain(form: TableForm, columns: Sequence[Label], stream: Stream) -> bool:
    """Whether the order in which header cells are read is the order in which they are printed.

    The text layer of a PDF gives header cells by height: only those on one line are in order.
    """
    if not stream.loose:
        return True
    moved = [c for c in columns if form.table != "t3" or c.index in ORGANISATIONS]
    return len({c.line for c in moved}) == 1


@lru_cache(maxsize=256)
def _applicants(printed_columns: tuple[int, ...]) -> tuple[int, ...] | None:
    """Five kinds of organisation between natural persons and the total."""
    order = list(dict.fromkeys(printed_columns))
    if NATURAL in order and TOTAL in order and order.index(NATURAL) > order.index(TOTAL):
        return None
    printed = [c for c in order if c in ORGANISATIONS]
    if printed == sorted(printed):
        return form_order(TOTAL + 1)
    if len(printed) == len(ORGANISATIONS):
        return (NATURAL, *printed, TOTAL)
    return None

"""The unit of an amount: printed in its cell, its header, its unit column, or not at all.

What lives here: reading units of headers and amounts typed into them. What does not: multiplying
(`emit.py`), units inside a cell (`cells.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.tables.align import Assigned
from ingest.tables.cells import read_cell
from ingest.tables.fit import Slot
from ingest.tables.official import YUAN, OfficialRow
from ingest.tables.recognise import Label
from ingest.tables.words import table_words

LONGEST_NOTE = 12  # characters: （单位：万元） behind a label that was cut from it
_UNIT = re.compile(r"亿元|万元|元")
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)*\s*(?:亿|万)?元")


def money_factor(labels: Sequence[str]) -> int | None:
    """The first money unit in labels, as a factor to yuan."""
    for label in labels:
        match = _UNIT.search("".join(label.split()))
        if match:
            return table_words().money[match.group()]
    return None


def row_factor(aligned: str, row: OfficialRow, assigned: Assigned) -> int | None:
    """The unit of a row's amounts: that of the unit column, or of the column's header."""
    if not row.has_amounts:
        return None
    own = money_factor([p.text for p in assigned.units])
    if own is not None:
        return own
    return money_factor([_printed(aligned, c) for c in assigned.columns[-len(row.cells) :]])


def typed_into_header(aligned: str, row: OfficialRow, assigned: Assigned) -> Slot | None:
    """An amount that was typed over the unit in its header: （单位：0.5万元）."""
    if len(row.cells) != 1 or row.cells[0].unit != YUAN or not assigned.columns:
        return None
    label = assigned.columns[-1]
    match = _AMOUNT.search(_printed(aligned, label))
    value = read_cell(match.group()) if match else None
    if match is None or value is None:
        return None
    return Slot(value, label.start + match.start(), label.start + match.end())


def _printed(aligned: str, label: Label) -> str:
    """A header label with the note behind it, which may stand in pieces of its own."""
    return re.split(r"[|\t\n]", aligned[label.start : label.end + LONGEST_NOTE])[0]

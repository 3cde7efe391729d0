"""The rows and cells of the official tables, and the fact that each cell states.

What lives here: reading them from `data/reference/official_table_cells.csv` and from the files of
forms. What does not: labels and anchors (`forms.py`), anything that looks at a page.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ingest.paths import REFERENCE_DIR

YUAN = "yuan"
_NUMBERED_BY_CELL = ("t2", "t4")  # each cell has a row number of its own in the codebook


@dataclass(frozen=True, slots=True)
class OfficialCell:
    """A cell of an official table and the fact it states."""

    row_no: int  # as in official_table_cells.csv
    column_no: int  # 1-based, within the printed row
    column_label: str
    indicator: str
    outcome: str | None
    applicant_type: str | None
    channel: str | None
    printed_unit: str
    unit: str  # canonical
    signed: bool  # 本年增/减: the only cells that may be negative


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A printed row: its label and its cells from left to right."""

    label: str
    block: str
    cells: tuple[OfficialCell, ...]
    has_amounts: bool = field(init=False)  # some cells are money

    def __post_init__(self) -> None:
        object.__setattr__(self, "has_amounts", any(cell.unit == YUAN for cell in self.cells))


@cache
def canonical_units() -> dict[str, str]:
    """The unit in which each indicator is stored."""
    with (REFERENCE_DIR / "indicators.csv").open(encoding="utf8", newline="") as handle:
        return {row["indicator"]: row["unit"] for row in csv.DictReader(handle)}


@cache
def _official_rows() -> dict[tuple[str, str], tuple[OfficialRow, ...]]:
    units = canonical_units()
    printed: dict[tuple[str, str], dict[tuple[str, str, str], list[dict[str, str]]]] = {}
    path = REFERENCE_DIR / "official_table_cells.csv"
    with path.open(encoding="utf8", newline="") as handle:
        for row in csv.DictReader(handle):
            rows = printed.setdefault((row["form"], row["table"]), {})
            if row["table"] == "t4":  # one printed row of three blocks
                key = ("", "", "")
            elif row["table"] == "annex":  # labels repeat, row numbers do not
                key = (row["row_no"], row["block"], row["row_label"])
            else:
                key = ("", row["block"], row["row_label"])
            rows.setdefault(key, []).append(row)
    return {
        table: tuple(
            OfficialRow(key[2], key[1], tuple(_cell(c, i, units) for i, c in enumerate(cells, 1)))
            for key, cells in rows.items()
        )
        for table, rows in printed.items()
    }


def _cell(row: Mapping[str, str], column_no: int, units: dict[str, str]) -> OfficialCell:
    return OfficialCell(
        row_no=int(row["row_no"]),
        column_no=column_no,
        column_label=row["column_label"],
        indicator=row["indicator"],
        outcome=row["outcome"] or None,
        applicant_type=row["applicant_type"] or None,
        channel=row["channel"] or None,
        printed_unit=row["printed_unit"],
        unit=units[row["indicator"]],
        signed=row["column_label"] == "本年增/减",
    )


def rows_of(form: str, table: str, entry: Mapping[str, Any]) -> tuple[OfficialRow, ...]:
    """The rows of a table of a form; `entry` is what the form's file says of the table.

    They stand in the file itself, or in another form's (`same_rows_as`), or in the codebook's list
    of cells. Raises KeyError where a cell names an indicator that the codebook does not list.
    """
    if "row" not in entry:
        return _official_rows()[entry.get("same_rows_as", form), table]
    units = canonical_units()
    rows: list[OfficialRow] = []
    printed = 0  # rows are numbered as in the codebook: by cell where each stands for itself
    for row in entry["row"]:
        cells = []
        for column_no, cell in enumerate(row["cells"], 1):
            printed += 1 if table in _NUMBERED_BY_CELL or column_no == 1 else 0
            filled = dict.fromkeys(("outcome", "applicant_type", "channel"), "") | cell
            cells.append(_cell({**filled, "row_no": str(printed)}, column_no, units))
        rows.append(OfficialRow(row["label"], row.get("block", ""), tuple(cells)))
    return tuple(rows)

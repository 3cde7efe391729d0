"""The forms as data: rows, columns and cells of every official table, with their labels.

What lives here: joining `data/reference/official_table_cells.csv` with `ingest/rules/tables`. What
does not: anything that looks at a page. Adding next year's form is adding its cells to the CSV
and a file beside `std_2021.toml`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.model import Form
from ingest.paths import REFERENCE_DIR
from ingest.tables.labels import Lexicon, Role, Use, label_key, short_key
from ingest.tables.words import RULES_DIR, load_toml

SHARED_FILES = frozenset({"words.toml", "labels.toml", "local.toml"})


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


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of a form."""

    form: Form
    table: str
    rows: tuple[OfficialRow, ...]
    anchors: tuple[str, ...]  # keys that speak for this form
    lexicon: Lexicon
    columns: tuple[str, ...]  # keys of the official column labels, by column index of the lexicon


def _keys(label: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for k in (label_key(_half(label)), short_key(_half(label))) if k))


def _half(text: str) -> str:
    return text.translate(str.maketrans("（），：；．", "(),:;."))


@cache
def _aliases() -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = {}
    for entry in load_toml("labels.toml")["label"]:
        aliases.setdefault(_half(entry["official"]), []).extend(entry["seen"])
    return aliases


def _uses(label: str, role: Role, index: int) -> Iterator[tuple[str, Use]]:
    for key in _keys(label):
        yield key, Use(role, index)
    for alias in _aliases().get(_half(label), []):
        for key in _keys(alias):
            yield key, Use(role, index, official=False)


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


def _cell(row: dict[str, str], column_no: int, units: dict[str, str]) -> OfficialCell:
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


def _lexicon(
    table: str, rows: tuple[OfficialRow, ...], data: dict[str, list[str]]
) -> tuple[Lexicon, tuple[str, ...]]:
    uses: list[tuple[str, Use]] = []
    for index, row in enumerate(rows):
        if table != "t4":
            uses += _uses(row.label, Role.ROW, index)
    columns = list(dict.fromkeys(cell.column_label for row in rows for cell in row.cells))
    if table != "annex":
        for index, label in enumerate(columns):
            uses += _uses(label, Role.COLUMN, index)
    if table == "t4":
        blocks = dict.fromkeys(("行政复议", "未经复议直接起诉", "复议后起诉"))
        for index, label in enumerate(blocks):
            uses += _uses(label, Role.CAPTION, index)
    for role, name in (
        (Role.CAPTION, "captions"),
        (Role.HEADER, "headers"),
        (Role.GROUP, "groups"),
    ):
        for index, label in enumerate(data[name]):
            uses += _uses(label, role, index)
    return Lexicon(uses, unit_column=table == "annex"), tuple(label_key(_half(c)) for c in columns)


@cache
def table_forms() -> tuple[TableForm, ...]:
    """Every table of every form, from the rule files and the codebook of cells."""
    found: list[TableForm] = []
    for path in sorted(RULES_DIR.glob("*.toml")):
        if path.name in SHARED_FILES:
            continue
        data = load_toml(path.name)
        form = Form(data["form"])
        for table, entry in data.items():
            if table == "form":
                continue
            rows = _official_rows()[form.value, table]
            lexicon, columns = _lexicon(table, rows, entry)
            anchors = tuple(k for a in entry["anchors"] for k in _keys(a))
            found.append(TableForm(form, table, rows, anchors, lexicon, columns))
    return tuple(found)


def forms_of(table: str) -> tuple[TableForm, ...]:
    """The forms that have a table of this name, the newest first."""
    return tuple(
        sorted(
            (f for f in table_forms() if f.table == table), key=lambda f: f.form.value, reverse=True
        )
    )

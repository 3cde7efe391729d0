"""The forms as data: every official table with its rows and the labels that tell it.

What lives here: making tables of the files in `ingest/rules/tables`. What does not: their rows and
cells (`official.py`), anything that looks at a page. Adding next year's form is adding a file
beside `std_2021.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.model import Form
from ingest.tables import words
from ingest.tables.labels import Lexicon, Role, Use, label_key, short_key
from ingest.tables.official import OfficialRow, rows_of
from ingest.tables.words import load_toml

SHARED_FILES = frozenset({"words.toml", "labels.toml", "local.toml"})


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


def _lexicon(
    table: str, rows: tuple[OfficialRow, ...], data: dict[str, Any]
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
    for path in sorted(words.RULES_DIR.glob("*.toml")):
        if path.name in SHARED_FILES:
            continue
        data = load_toml(path.name)
        form = Form(data["form"])
        for table, entry in data.items():
            if table == "form":
                continue
            rows = rows_of(form.value, table, entry)
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

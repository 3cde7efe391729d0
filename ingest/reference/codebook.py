"""The codebook: which indicators and breakdowns exist, as `data/reference/*.csv` lists them.

What lives here: typed, frozen entries of the codebook and the functions that load each list once.
What does not: the places (`regions.py`), the words that reports use for an entry beyond the
synonyms of the lists (`ingest/rules`), the cells of the official tables read from a page
(`ingest/tables`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from ingest.paths import REFERENCE_DIR

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that reports count: `unit` is canonical, `dimensions` may break it down."""

    code: str
    fact: str  # the family: disclosures, requests, staffing, proceedings, fees, engagement
    label_zh: str
    label_en: str
    unit: str
    dimensions: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Category:
    """A class of disclosed information, with the labels that agencies print for it."""

    code: str
    label_zh: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way of disclosing (`used_for` disclosure) or of requesting (`used_for` request)."""

    code: str
    used_for: str
    label_zh: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicantType:
    """Who requests; `parent` is the wider type, None at the top."""

    code: str
    parent: str | None
    label_zh: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request or a proceeding (`used_for`) ended; `parent` is the wider outcome."""

    code: str
    parent: str | None
    used_for: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class OrgGroup:
    """A kind of body inside an aggregate report."""

    code: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class OfficialCell:
    """A cell of an official table: where it stands and what it counts. `form` and `table` as in
    the contract; `printed_unit` is the unit of the form, not the canonical one.
    """

    form: str
    table: str
    row_no: int
    block: str
    row_label: str
    column_label: str
    indicator: str
    outcome: str | None
    applicant_type: str | None
    channel: str | None
    printed_unit: str


class CodebookError(ValueError):
    """A list of the codebook contradicts itself or another one."""


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE_DIR / name).open(encoding="utf8", newline="") as handle:
        return list(csv.DictReader(handle))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _keyed(name: str, entries: list[tuple[str, Entry]]) -> Mapping[str, Entry]:
    keyed = dict(entries)
    if len(keyed) != len(entries):
        raise CodebookError(f"{name}: a code is listed twice")
    return MappingProxyType(keyed)


@cache
def indicators() -> Mapping[str, Indicator]:
    """Code → indicator, in the order of the list."""
    return _keyed(
        "indicators.csv",
        [
            (
                row["indicator"],
                Indicator(
                    code=row["indicator"],
                    fact=row["fact"],
                    label_zh=row["label_zh"],
                    label_en=row["label_en"],
                    unit=row["unit"],
                    dimensions=_split(row["dimensions"]),
                    note=row["note"],
                ),
            )
            for row in _rows("indicators.csv")
        ],
    )


@cache
def categories() -> Mapping[str, Category]:
    """Code → category, in the order of the list."""
    return _keyed(
        "categories.csv",
        [
            (
                row["category"],
                Category(row["category"], row["label_zh"], _split(row["synonyms"])),
            )
            for row in _rows("categories.csv")
        ],
    )


@cache
def channels() -> Mapping[str, Channel]:
    """Code → channel, in the order of the list."""
    return _keyed(
        "channels.csv",
        [
            (
                row["channel"],
                Channel(row["channel"], row["used_for"], row["label_zh"], _split(row["synonyms"])),
            )
            for row in _rows("channels.csv")
        ],
    )


@cache
def applicant_types() -> Mapping[str, ApplicantType]:
    """Code → applicant type; raises `CodebookError` where a parent is unknown."""
    keyed = _keyed(
        "applicant_types.csv",
        [
            (
                row["applicant_type"],
                ApplicantType(row["applicant_type"], row["parent"] or None, row["label_zh"]),
            )
            for row in _rows("applicant_types.csv")
        ],
    )
    _check_parents("applicant_types.csv", {e.parent for e in keyed.values()}, set(keyed))
    return keyed


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Code → outcome; raises `CodebookError` where a parent is unknown."""
    keyed = _keyed(
        "outcomes.csv",
        [
            (
                row["outcome"],
                Outcome(row["outcome"], row["parent"] or None, row["used_for"], row["label_zh"]),
            )
            for row in _rows("outcomes.csv")
        ],
    )
    _check_parents("outcomes.csv", {e.parent for e in keyed.values()}, set(keyed))
    return keyed


@cache
def org_groups() -> Mapping[str, OrgGroup]:
    """Code → kind of body inside an aggregate report."""
    return _keyed(
        "org_groups.csv",
        [
            (row["org_group"], OrgGroup(row["org_group"], row["label_zh"]))
            for row in _rows("org_groups.csv")
        ],
    )


@cache
def official_cells() -> Mapping[tuple[str, str], tuple[OfficialCell, ...]]:
    """(form, table) → its cells row by row, left to right.

    Raises `CodebookError` where a cell names an indicator that the codebook does not list.
    """
    known = indicators()
    layout: dict[tuple[str, str], list[OfficialCell]] = {}
    for row in _rows("official_table_cells.csv"):
        if row["indicator"] not in known:
            raise CodebookError(f"official_table_cells.csv: no indicator {row['indicator']!r}")
        cell = OfficialCell(
            form=row["form"],
            table=row["table"],
            row_no=int(row["row_no"]),
            block=row["block"],
            row_label=row["row_label"],
            column_label=row["column_label"],
            indicator=row["indicator"],
            outcome=row["outcome"] or None,
            applicant_type=row["applicant_type"] or None,
            channel=row["channel"] or None,
            printed_unit=row["printed_unit"],
        )
        layout.setdefault((cell.form, cell.table), []).append(cell)
    return MappingProxyType({key: tuple(cells) for key, cells in layout.items()})


def _check_parents(name: str, parents: set[str | None], codes: set[str]) -> None:
    if unknown := parents - codes - {None}:
        raise CodebookError(f"{name}: unknown parents {unknown}")

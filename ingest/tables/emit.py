"""From slots to observations: units, signs, evidence, rule ids.

What lives here: making the values of the model. What does not: deciding what a slot holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.model import (
    Form,
    Issue,
    Observation,
    OrgScope,
    Qualifier,
    Severity,
    TimeScope,
    ValueSemantic,
)
from ingest.tables.fit import Slot
from ingest.tables.official import YUAN, OfficialCell

STAGE = "tables"
_WAN_YUAN = "wan_yuan"
_BLANK, _NUMBER = ValueSemantic.BLANK, ValueSemantic.NUMBER
_EXACT, _OWN, _YEAR = Qualifier.EXACT, OrgScope.OWN, TimeScope.YEAR


@dataclass(frozen=True, slots=True)
class Source:
    """What all observations of a table share."""

    text: str  # the stored text
    form: Form
    table: str


def issue(
    code: str, message: str, severity: Severity = Severity.WARNING, *,
    evidence: str | None = None, start: int | None = None, end: int | None = None,
) -> Issue:  # fmt: skip
    """An issue of this stage."""
    return Issue(STAGE, code, severity, message, evidence, start, end)


def observe(
    source: Source, cell: OfficialCell, slot: Slot, rule_id: str, factor: int | None,
    blank_at: tuple[int, int] | None,
) -> tuple[Observation | None, Issue | None]:  # fmt: skip
    """The observation of one official cell, and what is doubtful about it.

    `factor` is the money unit that the header or the unit column prints; `blank_at` is the place
    of the label that a blank cell is quoted by.
    """
    value, start, end = slot
    semantic = value.semantic
    if semantic is _BLANK or start == end:
        if blank_at is None:
            return None, None
        start, end = blank_at
    printed = source.text[start:end]
    number = value.number
    doubt = None
    if not value.readable or (value.signed and not cell.signed):
        doubt = _unreadable(source, cell, printed, start, end)
        number = None
    if number is None and semantic is _NUMBER:
        semantic = ValueSemantic.NONE_TEXT
    # As Observation(...) would, in half the time: a page has two hundred.
    observation = tuple.__new__(Observation, (
        cell.indicator,
        None if number is None else float(number) if cell.unit != YUAN
        else _in_yuan(cell, number, value.factor, factor),
        cell.unit,
        "" if semantic is _BLANK else printed,
        start,
        end,
        rule_id,
        None,  # category
        None,  # category_label
        cell.channel,
        cell.applicant_type,
        cell.outcome,
        None,  # org_group
        _EXACT,
        None,  # share_pct
        semantic,
        _OWN,
        _YEAR,
        source.form,
        None,  # section
        source.table,
        cell.row_no,
        cell.column_no,
    ))  # fmt: skip
    return observation, doubt


def _unreadable(source: Source, cell: OfficialCell, printed: str, start: int, end: int) -> Issue:
    return issue(
        "table_value_unreadable",
        f"The cell {cell.column_label} of {source.table} (row {cell.row_no}) holds words or a sign "
        "where a count belongs; what is printed is kept, no number was stored. Look at the "
        "document.",
        evidence=printed, start=start, end=end,
    )  # fmt: skip


def _in_yuan(cell: OfficialCell, number: Decimal, own: int | None, header: int | None) -> float:
    if own is not None:
        return float(number * own)
    if header is not None:
        return float(number * header)
    return float(number * (10_000 if cell.printed_unit == _WAN_YUAN else 1))

"""A report's figures as the pages show them: what each is, in words, and the checks it takes part in.

What lives here: from rows of `observations` to facts in a language. What does not: the rows
(`queries/report.py`), where they stand in the text (`highlight.py`), rules (`rule_words.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.highlight import Mark
from explorer.language import Words, messages

DIMENSIONS = ("category", "channel", "applicant_type", "outcome", "org_group")
FAMILIES = ("disclosures", "requests", "proceedings", "fees", "staffing", "engagement")
_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "approx": "≈ "}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure. `number` is its number in the report; texts are in the language of the page."""

    number: str
    observation_id: str
    family: str
    indicator: str
    label: str
    breakdown: tuple[str, ...]
    value: str
    start: int
    end: int
    form: str
    time_scope: str
    table_name: str | None
    row_no: int | None
    column_no: int | None
    row: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The indicator with its breakdown."""
        return " · ".join((self.label, *self.breakdown))


@dataclass(frozen=True, slots=True)
class CheckLink:
    """A check that a figure takes part in: where it stands in the page, its name, its status."""

    anchor: str
    title: str
    status: str


def word(words: Words, dimension: str, code: str | None) -> str:
    """The word for a code that figures are broken down or described by; the code if unknown."""
    if code is None:
        return ""
    texts = messages().get(f"breakdowns.{dimension}_{code}")
    return texts[words.language] if texts else code


def facts_of(rows: Iterable[Mapping[str, Any]], words: Words) -> list[Fact]:
    """The facts of the rows of `queries.report.observations`, in their order."""
    return [_fact(row, words) for row in rows]


def _fact(row: Mapping[str, Any], words: Words) -> Fact:
    label = row["label_zh"] if words.is_chinese else row["label_en"]
    return Fact(
        number=row["observation_id"].rpartition("-")[2],
        observation_id=row["observation_id"],
        family=row["fact"] or "",
        indicator=row["indicator"],
        label=label or row["indicator"],
        breakdown=_breakdown(row, words),
        value=_value(row, words),
        start=row["char_start"],
        end=row["char_end"],
        form=row["form"],
        time_scope=row["time_scope"],
        table_name=row["table_name"],
        row_no=row["row_no"],
        column_no=row["column_no"],
        row=row,
    )


def _breakdown(row: Mapping[str, Any], words: Words) -> tuple[str, ...]:
    parts = []
    for dimension in DIMENSIONS:
        if dimension == "category" and row["category_label"]:
            parts.append(str(row["category_label"]))
        elif row[dimension]:
            parts.append(word(words, dimension, row[dimension]))
    return tuple(parts)


def _value(row: Mapping[str, Any], words: Words) -> str:
    if row["value"] is None:
        if row["share_pct"] is not None:
            return f"{words.number(row['share_pct'])} %"
        return word(words, "semantic", row["value_semantic"])
    sign = _SIGNS.get(row["qualifier"], "")
    percent = " %" if row["unit"] == "percent" else ""
    return f"{sign}{words.number(row['value'])}{percent}"


def marks_of(facts: Iterable[Fact], aligned: str) -> list[Mark]:
    """Where the facts stand. `aligned` is the text folded character for character."""
    marks = []
    for fact in facts:
        printed = fact.row["value_text"] or ""
        at = aligned.rfind(printed, fact.start, fact.end) if printed else -1
        core = (at, at + len(printed)) if at >= 0 else None
        marks.append(Mark(fact.number, fact.family, fact.start, fact.end, core))
    return marks


def checks_by_fact(
    checks: Iterable[Mapping[str, Any]], shares: Iterable[Mapping[str, Any]], words: Words
) -> dict[str, list[CheckLink]]:
    """observation_id → the checks it takes part in, failing ones first as the rows stand."""
    found: dict[str, list[CheckLink]] = {}
    for row in checks:
        title = row["title_zh"] if words.is_chinese else row["title_en"]
        link = CheckLink(f"check-{row['check_key']}", title, row["status"])
        operands = {operand.get("observation_id") for operand in json.loads(row["operands"])}
        for observation_id in operands - {None}:
            found.setdefault(observation_id, []).append(link)
    for row in shares:
        title = words("report.share_check", share=row["share_pct"])
        link = CheckLink(f"share-{row['observation_id']}", title, row["status"])
        for observation_id in {row["observation_id"], row["total_observation_id"]} - {None}:
            found.setdefault(observation_id, []).append(link)
    return found

"""A report: its text with every figure where it stands, its tables, its checks, its versions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from explorer.facts import FAMILIES, Fact, checks_by_fact, facts_of, marks_of, word
from explorer.highlight import Mark, cut, lay_out
from explorer.language import Words
from explorer.left_alone import Number, numbers_left_alone, reason_in_chinese
from explorer.official_grid import grids
from explorer.pages.page import Asked, NotHere, Page, Queries
from explorer.parameters import Parameters
from explorer.queries import report, search
from explorer.rule_words import rule_words
from ingest.text.width import fold_width_and_script
from ingest.version import reader_version

_LEFT_ALONE = {True: "alone", False: "uncounted"}  # kinds of marks, as the style sheet knows them
_SUGGESTED = 8
_SHORTEST_PREFIX = 4  # of a key that is unknown, when looking for what may be meant
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def _queries(given: Parameters) -> Queries:
    key = given.path["report_id"]
    return {
        "figures": report.observations(key),
        "report": report.report(key),
        "checks": report.checks(key),
        "shares": report.shares(key),
        "findings": report.findings(key),
        "versions": report.versions(key),
        "differences": report.differences(key),
        "copies": report.copies(key),
        "issues": report.issues(key),
        "neighbours": report.neighbours(key),
    }


def _context(asked: Asked) -> dict[str, Any]:
    words = asked.words
    row = asked.rows("report").first()
    if row is None:
        raise _not_here(asked)
    text: str = row["text"]
    facts = facts_of(asked.rows("figures"), words)
    shows_left_alone = asked.given.choice("left_alone", ("1",)) is not None
    numbers = (
        numbers_left_alone(text, row["report_year"], row["org_scope"]) if shows_left_alone else ()
    )
    marks = marks_of(facts, fold_width_and_script(text)[0])
    marks += [
        Mark(f"x{i}", _LEFT_ALONE[number.is_count], number.start, number.end)
        for i, number in enumerate(numbers)
    ]
    checks, shares = list(asked.rows("checks")), list(asked.rows("shares"))
    versions = list(asked.rows("versions"))
    return {
        "report": row,
        "address_of_source": row["source_uri"] if _WEB_ADDRESS.match(row["source_uri"]) else None,
        "facts": facts,
        "by_number": {fact.number: fact for fact in facts},
        "families": [family for family in FAMILIES if any(f.family == family for f in facts)],
        "groups": _groups(facts),
        "beside": _beside(facts),
        "blocks": lay_out(text, cut(text, marks)),
        "grids": grids(facts, lambda fact: fact.name),
        "rules": {fact.row["rule_id"]: rule_words(fact.row["rule_id"]) for fact in facts},
        "fact_checks": checks_by_fact(checks, shares, words),
        "checks": [_with_operands(check, row["report_id"]) for check in checks],
        "shares": shares,
        "findings": list(asked.rows("findings")),
        "versions": versions if len(versions) > 1 else [],
        "differences": list(asked.rows("differences")),
        "copies": list(asked.rows("copies")),
        "issues": list(asked.rows("issues")),
        **_neighbours(asked.rows("neighbours"), row["report_year"]),
        "shows_left_alone": shows_left_alone,
        "left_alone": [(f"x{i}", n, _reason(n, words)) for i, n in enumerate(numbers)],
        "is_other_reader": shows_left_alone and row["reader_version"] != reader_version(),
        "this_reader": reader_version() if shows_left_alone else "",
        "word": lambda dimension, code: word(words, dimension, code),
    }


def _not_here(asked: Asked) -> NotHere:
    key = asked.given.path["report_id"]
    for length in (len(key), 12, 8, _SHORTEST_PREFIX):
        start = key[: min(length, len(key))]
        if len(start) < _SHORTEST_PREFIX:
            continue
        rows = list(asked.reading.ask(search.reports_like(start), limit=_SUGGESTED))
        if rows:
            break
    else:
        rows = []
    return NotHere(
        asked.words("errors.no_report", key=key),
        [
            (
                " ".join(str(part) for part in (row["agency_name"], row["report_year"]) if part)
                or row["report_id"],
                f"/report/{row['report_id']}",
            )
            for row in rows
        ],
    )


def _groups(facts: Iterable[Fact]) -> list[tuple[str, str, list[Fact]]]:
    """Figures of sentences by family, then those of each table: kind, name and figures."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for family in FAMILIES:
        groups[("family", family)] = []
    for fact in facts:
        key = ("family", fact.family) if fact.table_name is None else ("table", fact.table_name)
        groups.setdefault(key, []).append(fact)
    return [(kind, name, inside) for (kind, name), inside in groups.items() if inside]


def _beside(facts: Iterable[Fact]) -> dict[str, list[str]]:
    """Fact → other facts that were read from the very same words."""
    by_place: dict[tuple[int, int], list[str]] = {}
    for fact in facts:
        by_place.setdefault((fact.start, fact.end), []).append(fact.number)
    return {
        number: [other for other in numbers if other != number]
        for numbers in by_place.values()
        if len(numbers) > 1
        for number in numbers
    }


def _with_operands(check: Mapping[str, Any], report_id: str) -> dict[str, Any]:
    """The check with its operands; `href` leads to where each stands."""
    operands = json.loads(check["operands"])
    for operand in operands:
        owner, _, number = (operand.get("observation_id") or "").rpartition("-")
        place = f"#at-{number}" if number else ""
        operand["href"] = (
            place if owner == report_id else f"/report/{owner}{place}" if owner else ""
        )
    return {**check, "operands": operands}


def _neighbours(rows: Iterable[Mapping[str, Any]], year: int | None) -> dict[str, Any]:
    years = list(rows) if year is not None else []
    before = [row for row in years if row["report_year"] < (year or 0)]
    after = [row for row in years if row["report_year"] > (year or 0)]
    return {"before": before[-1] if before else None, "after": after[0] if after else None}


def _reason(number: Number, words: Words) -> str:
    return reason_in_chinese(number.reason) if words.is_chinese else number.reason


REPORT = Page(
    name="report",
    path="/report/{report_id}",
    template="report.html",
    queries=_queries,
    context=_context,
)

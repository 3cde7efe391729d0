"""Comparing what was read of a report with its labels, by the rules of the gold labels.

A fact is found where indicator, breakdown and value agree (a category by label or code); a figure
of the year that is neither a fact nor optional is spurious; a `forbidden` reading is a trap sprung.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ingest.document import Report
from ingest.model import TimeScope
from ingest.paths import REFERENCE_DIR
from ingest.text.width import to_simplified

_DIMENSIONS = ("indicator", "channel", "applicant_type", "outcome", "org_group")
_IDENTITY = ("agency", "region_code", "report_year", "published_on", "signed_on", "script", "form")


@dataclass
class Score:
    """Counts over reports; `errors` tells each in words."""

    found: int = 0
    missing: int = 0
    spurious: int = 0
    traps: int = 0
    identity_right: int = 0
    identity_asked: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.spurious)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missing)


@cache
def _cells() -> dict[tuple[str, str, int], list[dict[str, str]]]:
    cells: dict[tuple[str, str, int], list[dict[str, str]]] = defaultdict(list)
    with (REFERENCE_DIR / "official_table_cells.csv").open(encoding="utf8", newline="") as handle:
        for row in csv.DictReader(handle):
            cells[row["form"], row["table"], int(row["row_no"])].append(row)
    return cells


def _facts(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """The labelled facts, official tables unfolded to one a cell; printed blanks are no facts."""
    facts = [dict(f) for f in gold["facts"]]
    for table, rows in gold.get("tables", {}).items():
        form = gold.get("table_forms", {}).get(table, gold["form"])
        for row_no, values in rows.items():
            cells = _cells()[form, table, int(row_no)]
            for cell, value in zip(cells, values if isinstance(values, list) else [values], strict=True):
                if value is not None:
                    factor = 10_000 if cell["printed_unit"] == "wan_yuan" else 1
                    facts.append({d: cell.get(d) or None for d in _DIMENSIONS} | {"value": value * factor})
    return facts


def _fold(text: object) -> str:
    simplified = to_simplified(unicodedata.normalize("NFKC", str(text or "")))
    return re.sub(r"[\s“”\"'《》()]", "", simplified)


def _label(text: object) -> str:
    return re.sub(r"(?:信息|类|情况|方面){1,2}$", "", _fold(text))


def _same(fact: dict[str, Any], seen: dict[str, Any]) -> bool:
    if any((fact.get(d) or None) != (seen.get(d) or None) for d in _DIMENSIONS):
        return False
    if fact.get("category") or fact.get("category_label"):
        by_label = fact.get("category_label") and _label(fact["category_label"]) == _label(seen["category_label"])
        if not by_label and (not fact.get("category") or fact["category"] != seen["category"]):
            return False
    elif seen["category"] or seen["category_label"]:
        return False
    if fact.get("value") is None:
        return bool(fact.get("share_pct") == seen["share_pct"])
    return seen["value"] is not None and abs(fact["value"] - seen["value"]) <= 1e-6 * max(1, abs(fact["value"]))


def add_report(score: Score, gold: dict[str, Any], report: Report) -> None:
    """Score one report into `score`."""
    seen = [
        {
            **{d: getattr(o, d) for d in (*_DIMENSIONS, "category", "category_label", "value", "share_pct")},
            "rule": o.rule_id,
        }
        for o in report.observations
        if o.time_scope is TimeScope.YEAR and (o.value is not None or o.share_pct is not None)
    ]
    unused = list(seen)
    facts = _facts(gold)
    for fact in facts:
        hit = next((s for s in unused if _same(fact, s)), None)
        if hit is None:
            score.missing += 1
            score.errors.append(f"{gold['file']}: missing {fact}")
        else:
            unused.remove(hit)
            score.found += 1
    allowed = facts + gold.get("optional", [])
    for extra in unused:
        if not any(_same(fact, extra) for fact in allowed):
            score.spurious += 1
            score.errors.append(f"{gold['file']}: spurious {extra}")
    for trap in gold.get("forbidden", []):
        for one in seen:
            same = trap["indicator"] == one["indicator"] and trap["value"] == one["value"]
            if same and all(trap.get(d) in (None, one[d]) for d in _DIMENSIONS[1:]):
                score.traps += 1
                score.errors.append(f"{gold['file']}: trap {trap}")
    _add_identity(score, gold, report)


def _add_identity(score: Score, gold: dict[str, Any], report: Report) -> None:
    identity = report.identity
    got = {
        "agency": identity.agency_name,
        "region_code": identity.region_code,
        "report_year": identity.report_year,
        "published_on": identity.published_on,
        "signed_on": identity.signed_on,
        "script": report.folded.script.value,
        "form": report.form.value,
    }
    for name in _IDENTITY:
        if gold.get(name, "skip") == "skip":
            continue
        wanted = [gold[name], *gold.get(f"{name}_accept", [])]
        right = any(
            got[name] is None if w is None else got[name] is not None and _fold(w) == _fold(got[name])
            for w in wanted
        )
        score.identity_asked += 1
        score.identity_right += right
        if not right:
            score.errors.append(f"{gold['file']}: {name} is {got[name]}, not {gold[name]}")


def labels(folder: Path) -> list[dict[str, Any]]:
    """All labels of a folder."""
    return [json.loads(p.read_text(encoding="utf8")) for p in sorted(folder.glob("*.gold.json"))]

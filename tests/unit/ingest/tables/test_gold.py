"""The gold labels beside the repo: every official cell of every report there."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from ingest.formats import read_page
from ingest.paths import PROJECT_ROOT, REFERENCE_DIR
from tests.unit.ingest.tables.forms_grid import Key
from tests.unit.ingest.tables.reading import compare

GOLD = PROJECT_ROOT.parent / "shared" / "gold" / "reports" / "tables"
OFFICIAL = PROJECT_ROOT.parent / "shared" / "official"
OFFICIAL_GOLD = PROJECT_ROOT.parent / "shared" / "gold" / "official"


def _cases() -> list[tuple[Path, Path]]:
    cases = [(p, p.with_name(json.loads(p.read_text("utf8"))["file"])) for p in sorted(GOLD.glob("*.gold.json"))]  # fmt: skip
    for path in sorted(OFFICIAL_GOLD.glob("*.gold.json")):
        cases.append((path, OFFICIAL / json.loads(path.read_text("utf8"))["file"]))
    return cases


@cache
def _units() -> dict[tuple[str, str, int], str]:
    with (REFERENCE_DIR / "official_table_cells.csv").open(encoding="utf8", newline="") as handle:
        return {
            (r["form"], r["table"], int(r["row_no"])): r["printed_unit"]
            for r in csv.DictReader(handle)
        }


def _truth(gold: dict) -> dict[Key, float | None]:
    truth: dict[Key, float | None] = {}
    for table, rows in gold["tables"].items():
        form = gold.get("table_forms", {}).get(table, gold["form"])
        for number, values in rows.items():
            cells = values if isinstance(values, list) else [values]
            wan = _units()[form, table, int(number)] == "wan_yuan"
            for column, value in enumerate(cells, 1):
                key = (table, int(number), column)
                truth[key] = value * 10_000 if wan and value is not None else value
    return truth


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold labels are not beside the repo")
@pytest.mark.parametrize(("path", "raw"), _cases(), ids=lambda p: p.name)
def test_every_official_cell_is_right_when_the_report_is_labelled(path: Path, raw: Path) -> None:
    gold = json.loads(path.read_text("utf8"))
    page = read_page(raw.read_bytes(), raw.name)
    result = compare(page, _truth(gold), by_row=True)
    assert not result.wrong and not result.missing and not result.blank
    forms = {t: gold.get("table_forms", {}).get(t, gold["form"]) for t in gold["tables"]}
    assert {t: f.value for t, f in result.reading.forms.items()} == forms

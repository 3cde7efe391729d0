"""Function and kind of agencies by the rules of `data/reference`, on a list of names as they occur."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from ingest.paths import REFERENCE_DIR

_NAMES = Path(__file__).parent / "agency_names.csv"


def told(rules: str, yields: str) -> dict[str, str | None]:
    """Bare name → what the first rule by priority yields, as the warehouse's SQL matches it."""
    query = f"""
        select names.bare_name, arg_min(rules.{yields}, rules.priority)
        from read_csv('{_NAMES}', all_varchar = true) as names
        left join read_csv('{REFERENCE_DIR / rules}', types = {{'priority': 'INTEGER'}}) as rules
            on regexp_matches(names.bare_name, rules.pattern)
        group by names.bare_name
    """
    return dict(duckdb.execute(query).fetchall())


@pytest.mark.parametrize(
    ("rules", "yields"),
    [("agency_functions.csv", "function_code"), ("agency_kinds.csv", "kind")],
)
def test_first_rule_tells_an_agency_when_its_name_is_one_of_many(rules: str, yields: str) -> None:
    with _NAMES.open(encoding="utf8", newline="") as handle:
        expected = {row["bare_name"]: row[yields] for row in csv.DictReader(handle)}
    assert told(rules, yields) == expected


def test_every_function_tells_some_name_when_the_list_is_read() -> None:
    with (REFERENCE_DIR / "agency_functions.csv").open(encoding="utf8", newline="") as handle:
        codes = {row["function_code"] for row in csv.DictReader(handle)}
    assert codes - set(told("agency_functions.csv", "function_code").values()) == set()

"""Agencies that there could be: every bureau of every county whose name is the only one of its kind.

What lives here: names and the region of each. What does not: what they report (`generate.py`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from ingest.paths import REFERENCE_DIR

_BUREAUS = (
    "教育局", "民政局", "水利局", "财政局", "林业局", "审计局", "统计局", "司法局", "公安局", "农业局",
    "交通运输局", "环境保护局", "安全生产监督管理局", "住房和城乡建设局", "人力资源和社会保障局", "国土资源局",
)  # fmt: skip
_YEARS = 2008, 2018  # of the free-text reports: the county must have existed in all of them


@dataclass(frozen=True, slots=True)
class Agency:
    """Who reports: `name` begins with the county, `region_code` is the county's."""

    name: str
    region_code: str


@cache
def agencies() -> tuple[Agency, ...]:
    """All of them (some 38,000), always in the same order: a bureau of all counties, then the next."""
    with (REFERENCE_DIR / "regions.csv").open(encoding="utf8", newline="") as handle:
        counties = [row for row in csv.DictReader(handle) if row["level"] == "county"]
    names = [county["region_name"] for county in counties]
    doubled = {name for name in names if names.count(name) > 1}
    places = [
        county
        for county in counties
        if county["region_name"] not in doubled
        and int(county["first_seen"]) <= _YEARS[0]
        and int(county["last_seen"]) >= _YEARS[1]
    ]
    return tuple(
        Agency(place["region_name"] + bureau, place["region_code"])
        for bureau in _BUREAUS
        for place in places
    )

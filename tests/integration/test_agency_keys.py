"""Keys of agencies on 3,000 invented reports of 600 agencies over 12 years, spelt as reports do.

What lives here: the two ways to be wrong, counted. What does not: single names
(`dbt_project/models/intermediate/unit_tests.yml`).
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator

import pytest
from dbt_runs import WITHOUT_TESTS, failures, rows, run_dbt
from staging_rows import frames, report, write_staging

from ingest.paths import REFERENCE_DIR

_AGENCIES, _REPORTS = 600, 3_000
# Ways in which reports print one body; bodies that are easily taken for each other.
_BODIES = [
    ("科学技术局", "科技局"),
    ("人力资源和社会保障局", "人力资源社会保障局", "人社局"),
    ("发展和改革局", "发改局", "发展改革局"),
    ("住房和城乡建设局", "住建局", "住房城乡建设局"),
    ("卫生局",),
    ("卫生和计划生育局", "卫生计生局", "卫计局"),
    ("人民政府", "政府", ""),
    ("人民政府办公室", "政府办公室", "政府办"),
    ("公安局",),
    ("公安局交通警察大队",),
    ("城市管理局", "城管局"),
    ("城市管理行政执法局", "城管执法局"),
    ("水利局",),
    ("水务局",),
    ("国家税务局", "国税局"),
    ("地方税务局", "地税局"),
]
_PLACE_KINDS = ("县", "市", "区", "旗")


class _Place:
    def __init__(self, row: dict[str, str], above: dict[str, dict[str, str]]) -> None:
        self.code, self.name = row["region_code"], row["region_name"]
        self.first, self.last = int(row["first_seen"]), int(row["last_seen"])
        over = above[row["parent_code"]]
        has_none = over["region_name"].startswith(("市辖", "省直", "自治区直", "县"))
        self.prefecture = "" if has_none else over["region_name"]
        self.province = above[over["parent_code"]]["region_name"]


def _places() -> list[_Place]:
    with (REFERENCE_DIR / "regions.csv").open(encoding="utf8") as file:
        listed = [row for row in csv.DictReader(file) if row["level"] != "township"]
    above = {row["region_code"]: row for row in listed}
    return [
        _Place(row, above)
        for row in listed
        if row["level"] == "county"
        and row["region_name"].endswith(_PLACE_KINDS)
        and len(row["region_name"]) > 1
        and row["region_name"] != "市辖区"
        and (row["first_seen"], row["last_seen"]) == ("2008", "2023")
    ]


def _printed(choose: random.Random, place: _Place, body: str) -> str:
    front = choose.choice(["", "", place.province, place.prefecture, place.province + place.prefecture])
    return front + place.name + body


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[int]]]:
    """Key → the agencies that got it."""
    choose = random.Random(20)
    places = _places()
    # several agencies of a place, and places that share their name with others
    few = choose.sample(places, 80) + [p for p in places if p.name in ("鼓楼区", "朝阳区", "城区", "桥西区")]
    agencies = choose.sample([(place, body) for place in few for body in _BODIES], _AGENCIES)
    told, owner = [], {}
    for number in range(_REPORTS):
        agency = number % _AGENCIES if number < _AGENCIES else choose.randrange(_AGENCIES)
        place, spellings = agencies[agency]
        name = _printed(choose, place, choose.choice(spellings))
        report_id = f"r{number:04}"
        owner[report_id] = agency
        told.append(
            (report(report_id, name, choose.randint(2008, 2019), region_code=place.code), [])
        )
    database = tmp_path_factory.mktemp("keys") / "work.duckdb"
    write_staging(database, frames(told))
    built = run_dbt(database, "build", *WITHOUT_TESTS, "--select", "+int_report_agency")
    assert failures(built) == []
    found: dict[str, set[int]] = defaultdict(set)
    for key, report_id in rows(
        database, "select agency_key, report_id from intermediate.int_report_agency"
    ):
        found[key].add(owner[report_id])
    yield found


def test_two_agencies_never_share_a_key_when_many_report(keys: dict[str, set[int]]) -> None:
    assert {key: sorted(agencies) for key, agencies in keys.items() if len(agencies) > 1} == {}


def test_agency_keeps_one_key_when_it_is_spelt_in_many_ways(keys: dict[str, set[int]]) -> None:
    assert sum(len(agencies) for agencies in keys.values()) == _AGENCIES

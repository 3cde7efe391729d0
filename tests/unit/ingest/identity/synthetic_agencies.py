"""Invented reports of invented series: agencies of every level and province, their names spelt in
many ways over twelve years, to see whether each is told apart and told alike.

What lives here: a seeded generator of agencies and of the heads and tails of their reports, and
what `measure` counts. What does not: the figures that must be reached (`test_synthetic_agencies.py`).
The long form, 3,000 reports of 600 agencies, is run by hand: `python synthetic_agencies.py`.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from identity_cases import body, identity_of
from opencc import OpenCC

from ingest.identity.names import long_form, split_name
from ingest.paths import REFERENCE_DIR
from ingest.reference.regions import everyday_name

FIRST_YEAR, LAST_YEAR = 2009, 2020
_NO_PLACES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# long form, what is printed for short, what 我 says
_DEPARTMENTS = (
    ("教育局", "教育局", "局"), ("财政局", "财政局", "局"), ("水利局", "水利局", "局"),
    ("环境保护局", "环保局", "局"), ("科学技术局", "科技局", "局"), ("民政局", "民政局", "局"),
    ("人力资源和社会保障局", "人社局", "局"), ("住房和城乡建设局", "住建局", "局"),
    ("国土资源局", "国土局", "局"), ("安全生产监督管理局", "安监局", "局"), ("审计局", "审计局", "局"),
    ("工商行政管理局", "工商局", "局"), ("质量技术监督局", "质监局", "局"), ("司法局", "司法局", "局"),
    ("人口和计划生育委员会", "计生委", "委"), ("发展和改革委员会", "发改委", "委"),
    ("公安局", "公安局", "局"), ("统计局", "统计局", "局"), ("气象局", "气象局", "局"),
    ("残疾人联合会", "残联", "会"), ("住房公积金管理中心", "住房公积金管理中心", "中心"),
    ("国家税务局", "国税局", "局"), ("地方税务局", "地税局", "局"), ("林业局", "林业局", "局"),
)  # fmt: skip
_CENTRAL = (
    ("海关总署", "署"), ("国家税务总局", "局"), ("中国气象局", "局"), ("国家统计局", "局"),
    ("交通运输部", "部"), ("国家林业局", "局"), ("国家粮食局", "局"), ("水利部", "部"),
)  # fmt: skip
_INSTITUTIONS = (
    ("师范学院", "院"),
    ("医学院", "院"),
    ("海关", "关"),
    ("经济技术开发区管理委员会", "委"),
)


@dataclass(frozen=True)
class Place:
    """A place that keeps its code and name through all the years."""

    code: str
    name: str
    level: str
    above: str  # its city or prefecture, '' where it has none
    province: str


@dataclass(frozen=True)
class Agency:
    """An agency: `core` is its name without its place, `short` how it may be printed."""

    place: Place | None
    core: str
    short: str
    noun: str

    @property
    def full(self) -> str:
        """Its name with its place."""
        return (self.place.name if self.place else "") + self.core


@dataclass(frozen=True)
class SyntheticReport:
    """The text of a report, with the agency and year that it is of."""

    agency: Agency
    year: int
    text: str


@cache
def _places() -> tuple[tuple[Place, ...], dict[str, list[str]]]:
    with (REFERENCE_DIR / "regions.csv").open(encoding="utf8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    lasting = {
        r["region_code"]: r
        for r in rows
        if int(r["first_seen"]) <= FIRST_YEAR and int(r["last_seen"]) >= LAST_YEAR
    }
    places = []
    for code, row in lasting.items():
        if row["level"] == "township" or row["region_name"] in _NO_PLACES:
            continue
        above = lasting.get(code[:4] + "00") if row["level"] == "county" else None
        province = lasting.get(code[:2] + "0000")
        if province is None or (row["level"] == "county" and above is None):
            continue
        city = above["region_name"] if above else ""
        city = province["region_name"] if city in _NO_PLACES else city
        places.append(
            Place(code, row["region_name"], row["level"], city, province["region_name"])
        )
    towns: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["level"] == "township" and row["region_name"].endswith(("镇", "乡", "街道")):
            towns[row["region_code"][:6]].append(row["region_name"])
    return tuple(places), towns


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _telephone_codes() -> dict[str, str]:
    with (REFERENCE_DIR / "area_codes.csv").open(encoding="utf8", newline="") as handle:
        return {
            code: row["area_code"]
            for row in csv.DictReader(handle)
            for code in row["region_codes"].split("|")
        }


def agencies(count: int, chance: random.Random) -> list[Agency]:
    """Agencies of all levels and provinces, none twice."""
    places, towns = _places()
    by_province: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_province[place.province].append(place)
    provinces = sorted(by_province)
    made: dict[str, Agency] = {}
    while len(made) < count:
        place = chance.choice(by_province[provinces[len(made) % len(provinces)]])
        roll = chance.random()
        if roll < 0.03:
            name, noun = chance.choice(_CENTRAL)
            agency = Agency(None, name, name, noun)
        elif roll < 0.3 and place.level == "county" and towns[place.code]:
            town = chance.choice(towns[place.code])
            core = town + ("办事处" if town.endswith("街道") else "人民政府")
            agency = Agency(place, core, town, "街道" if town.endswith("街道") else town[-1])
        elif roll < 0.42:
            noun = place.name[-1]
            agency = Agency(place, "人民政府", "", noun)
            if place.name.endswith(("地区", "盟")):
                agency = Agency(place, "行政公署", "", noun)
        elif roll < 0.5 and place.level == "prefecture" and len(everyday_name(place.name)) == 3:
            name, noun = chance.choice(_INSTITUTIONS)
            agency = Agency(place, place.name[:-1] + name, place.name[:-1] + name, noun)
        else:
            long, short, noun = chance.choice(_DEPARTMENTS)
            if place.level == "province":
                long, short = (n[:-1] + "厅" if n.endswith("局") else n for n in (long, short))
                noun = "厅" if noun == "局" else noun
            agency = Agency(place, long, short, noun)
        made.setdefault(f"{agency.place}{agency.core}", agency)
    return list(made.values())


def reports(count: int, of: int, seed: int) -> Iterator[SyntheticReport]:
    """`count` reports of `of` agencies over the years, each head and tail one of many."""
    chance = random.Random(seed)
    listed = agencies(of, chance)
    for number in range(count):
        agency = listed[number % of]
        year = chance.randint(FIRST_YEAR, LAST_YEAR)
        yield _report(agency, year, chance)


def _names(agency: Agency, chance: random.Random) -> tuple[str, str]:
    """The full name as one report may print it, and the name that its title prints."""
    place, core = agency.place, agency.core
    if place is None or core.endswith(tuple(name for name, _ in _INSTITUTIONS)):
        return core, core
    name = chance.choice((place.name, everyday_name(place.name)))
    if place.above and (place.name.endswith("区") or chance.random() < 0.3):
        name = place.above + name
    full = name + core
    in_title = chance.choice((full, full, name + agency.short, agency.short, core))
    if core in ("人民政府", "行政公署"):
        in_title = chance.choice((full, name))
    return full, in_title


def _report(agency: Agency, year: int, chance: random.Random) -> SyntheticReport:
    full, in_title = _names(agency, chance)
    place = agency.place
    title = chance.choice(
        (
            f"{in_title}{year}年政府信息公开工作年度报告",
            f"{year}年度{in_title}政府信息公开年度报告",
            f"{in_title}政府信息公开工作{year}年度报告",
            f"{year}年政府信息公开工作年度报告({full})",
            f"{full}\n{year}年政府信息公开工作年度报告",
            f"{in_title}关于{year}年政府信息公开工作情况的报告",
            f"{year}年政府信息公开工作年度报告",
            "",
        )
    )
    told = f"如对本报告有任何疑问,请与{full}办公室联系"
    code = _telephone_codes().get(place.code[:4] + "00", "") if place else "010"
    if code:
        told += f"(电话:{code}-{chance.randint(2000000, 8999999)})"
    clauses = [
        f"本报告由{full}编制。统计期限自{year}年1月1日起至{year}年12月31日止。",
        f"根据条例要求,现公布{full}{year}年度政府信息公开工作年度报告。",
        told + "。",
    ]
    signed = chance.random() < 0.5
    style = chance.random()
    if style < 0.7 or place is None:
        lead = "\n".join(chance.sample(clauses, chance.choice((1, 2))))
    elif style < 0.8:  # only the signature names it
        title, lead, signed = f"{year}年政府信息公开工作年度报告", "", True
    elif style < 0.9:  # only the way to the page names it
        title = f"首页 > {place.above or place.name} > {full} > 年报\n{year}年政府信息公开年度报告"
        lead, signed = "", False
    else:  # the page is kept by a successor
        title = f"{full}{year}年政府信息公开年度报告\n发布机构:{place.name}大数据发展局"
        lead = f"发布日期:{year + 8}-06-22"
    noun = agency.noun
    text = f"{title}\n{lead}\n{body(noun, year, place.name[-1] if place else '')}"
    if signed:
        text += f"{full}\n{year + 1}年{chance.randint(1, 3)}月{chance.randint(1, 28)}日\n"
    if chance.random() < 0.1:
        text = _traditional().convert(text)
    return SyntheticReport(agency, year, text)


@dataclass(frozen=True)
class Measured:
    """What was counted: reports, and what went wrong with how many of them or of the agencies."""

    reports: int
    agencies: int
    refused: int
    unresolved: int
    wrong_region: int
    wrong_year: int
    shared_keys: tuple[str, ...]  # one name and place, several agencies
    split_agencies: tuple[str, ...]  # one agency, several names or places
    printed_names: int  # agencies under several names as they are given, places and all


def measure(count: int, of: int, seed: int) -> Measured:
    """Read synthetic reports and count what was told apart and told alike."""
    refused = unresolved = wrong_region = wrong_year = total = 0
    told_as: dict[Agency, set[tuple[str, str | None]]] = defaultdict(set)
    printed: dict[Agency, set[str]] = defaultdict(set)
    holders: dict[tuple[str, str | None], set[Agency]] = defaultdict(set)
    for report in reports(count, of, seed):
        total += 1
        told = identity_of(report.text)
        refused += not told.is_report
        wrong_year += told.report_year != report.year
        if told.agency_name is None:
            unresolved += 1
            continue
        code = report.agency.place.code if report.agency.place else None
        wrong_region += told.region_code != code
        parts = split_name(told.agency_name)
        bare = parts.town or long_form(parts.body) or "人民政府"
        told_as[report.agency].add((bare, told.region_code))
        printed[report.agency].add(told.agency_name)
        holders[bare, told.region_code].add(report.agency)
    return Measured(
        total, of, refused, unresolved, wrong_region, wrong_year,
        tuple(f"{k}: {[a.full for a in v]}" for k, v in holders.items() if len(v) > 1),
        tuple(f"{a.full}: {sorted(map(str, v))}" for a, v in told_as.items() if len(v) > 1),
        sum(len(v) > 1 for v in printed.values()),
    )  # fmt: skip


if __name__ == "__main__":
    told = measure(3_000, 600, 11)
    print(told)
    print(len(told.shared_keys), "keys shared,", len(told.split_agencies), "agencies split")

"""Which place on the map a report belongs to, from its agency's name and everything around it.

What lives here: collecting what tells of a place (addresses, postcodes, telephone codes, site and
credit codes, domains, places named), and deciding between places of one name or finding a place
that is not named. What does not: the gazetteer (`ingest.reference`), names (`names.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.identity.clues import Clue, Clues
from ingest.identity.names import (
    NameParts,
    is_central,
    is_party_body,
    is_vertical,
    leading_stem,
    split_name,
    without_party,
)
from ingest.reference.regions import Level, Region, gazetteer, nearest_in_time

# A zone that the code list of 2014 did not hold reports from its prefecture until then.
_ZONE = re.compile(r"(?:开发|产业|经济|工业|园|管理|示范|合作|保税|度假|新)区$|新城$|管委会$")
_ZONES_LISTED_FROM = 2015
_CORPS = re.compile(r"生产建设兵团|^兵团|农?第?(?P<n>十?[一二三四五六七八九十])师(?![范资傅])")
_CHINESE_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_CENTRAL_HEAD = re.compile(
    r"中华人民共和国|总局|人民银行|国家统计局|监(?:督)?管(?:理)?委员会|[证银保]监会|管理局"
)
_LEVELS = {
    "省": (Level.PROVINCE,),
    "市": (Level.PREFECTURE, Level.COUNTY, Level.PROVINCE),
    "州": (Level.PREFECTURE,),
    "盟": (Level.PREFECTURE,),
    "县": (Level.COUNTY,),
    "区": (Level.COUNTY, Level.PROVINCE),
    "旗": (Level.COUNTY,),
}
# A place that the name does not tell needs two mentions, or one clue that is exact to the place.
_ENOUGH = 2.0
_ENOUGH_OF_KIND = 1.0  # where the name says which kind of place it wants (县教育局)
INSTITUTION = re.compile(r"(?:大学|学院|学校|中学|小学|幼儿园|医院|党校|职校|海关|银行|支行|公司)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report belongs: `region` None where it belongs to no place or none could be told.

    `clues` are what was relied on; `ambiguous` lists places between which nothing decided.
    """

    region: Region | None
    clues: tuple[Clue, ...]
    ambiguous: tuple[Region, ...] = ()
    from_name: bool = False  # the agency's own name tells the place


def resolve_place(parts: NameParts, name: str, year: int | None, clues: Clues) -> Place:
    """The place of an agency. `parts` is its name taken apart, `name` the whole of it."""
    local = bool(parts.regions) and parts.regions[0].level > Level.PROVINCE
    if not local and (corps := _corps_region(name, year)):
        return Place(corps, (Clue("name", name, (corps.code,), 1.0),), from_name=True)
    if is_party_body(name) and (regions := split_name(without_party(name)).regions):
        return _among(regions, name, year, clues)
    if parts.regions:
        within = _with_town(_of_stem_within(parts), parts.town, year)
        return _among(within, parts.places, year, clues)
    if parts.town:
        return _of_town(parts, year, clues)
    if is_central(name):
        return _of_central_branch(name, year, clues)
    if stems := _stem_regions(name):
        decided = _among(stems, name, year, clues)
        if decided.region is not None:
            institution = INSTITUTION.search(name) is not None
            score = clues.score(decided.region) if institution or not is_vertical(name) else 1.0
            if institution and score < 0:  # 中山大学 answers the telephone in 广州
                return _seat(year, clues)
            if institution or score > 0:
                return decided
    if INSTITUTION.search(name) and not parts.relative:
        return _seat(year, clues)
    return find_unnamed(parts.relative, year, clues)


def _among(regions: Iterable[Region], printed: str, year: int | None, clues: Clues) -> Place:
    """One of several places of a name: the one of the year, then the one the clues point to."""
    listed = tuple(regions)
    if len(listed) > 1:
        listed = tuple(dict.fromkeys(nearest_in_time(listed, year)))
    named = Clue("name", printed, tuple(r.code for r in listed), 1.0)
    if len(listed) > 1:
        if len(listed) == 2 and sum(r.code[2] == "9" for r in listed) == 1:
            # one place under two codes, for a year directly under the province: that year's code
            region = min(listed, key=lambda r: r.last_seen - r.first_seen)
            return Place(_listed(region, year), (named,), from_name=True)
        by_score = sorted(((clues.score(r), r) for r in listed), key=lambda s: (-s[0], s[1].level))
        best, region = by_score[0]
        if by_score[1][0] == best and by_score[1][1].level == region.level:
            return Place(None, (named,), ambiguous=listed, from_name=True)
        return Place(_listed(region, year), (named, *clues.pointing_to(region)), from_name=True)
    region = listed[0]
    return Place(_listed(region, year), (named, *clues.confirming(region)), from_name=True)


def _listed(region: Region, year: int | None) -> Region:
    """The place itself, or its prefecture where it is a zone that was not yet on the list."""
    late = year is not None and year < min(region.first_seen, _ZONES_LISTED_FROM)
    if late and region.level is Level.COUNTY and _ZONE.search(region.name):
        return gazetteer().at_code(region.prefecture_code, year) or region
    return region


def _of_town(parts: NameParts, year: int | None, clues: Clues) -> Place:
    """The county of a township: by the list of townships, else by the places around it."""
    towns = gazetteer().towns_named(parts.town)
    counties = {
        gazetteer().in_year(county, year)
        for town in towns
        if (county := gazetteer().at_code(town.county_code, year)) is not None
    }
    scored = sorted(((clues.score(c), c.code, c) for c in counties), reverse=True)
    if scored and (scored[0][0] > 0 or len(scored) == 1):
        best = scored[0]
        if len(scored) == 1 or scored[1][0] < best[0]:
            named = Clue("town", parts.town, (best[1],), 1.0)
            unnamed = find_unnamed("", year, clues, levels=(Level.COUNTY,))
            # A county that the report names beats a township of that name elsewhere.
            if unnamed.region is None or best[0] > 0 or unnamed.region == best[2]:
                return Place(best[2], (named, *clues.pointing_to(best[2])))
    return find_unnamed("", year, clues, levels=(Level.COUNTY,))


def _of_central_branch(name: str, year: int | None, clues: Clues) -> Place:
    """A body of the centre has no place; its branch (国家税务总局X市税务局) has that of its name."""
    for match in _CENTRAL_HEAD.finditer(name):
        parts = split_name(name[match.end() :])
        if parts.regions:
            return _among(parts.regions, parts.places, year, clues)
        if stems := _stem_regions(name[match.end() :]):
            return _among(stems, name, year, clues)
    return Place(None, ())


def _stem_regions(name: str) -> tuple[Region, ...]:
    """Places whose name without its kind begins a body's name (蚌埠医学院, 上海海关)."""
    stem = leading_stem(name)
    return gazetteer().with_stem(stem) if stem else ()


def _of_stem_within(parts: NameParts) -> tuple[Region, ...]:
    """A province's body in one of its cities (江苏省淮安地方税务局) belongs to the city."""
    if parts.regions[0].level is Level.PROVINCE and is_vertical(parts.body):
        cities = tuple(
            city
            for city in _stem_regions(parts.body)
            if city.level is Level.PREFECTURE and any(city.is_within(p) for p in parts.regions)
        )
        return cities or parts.regions
    return parts.regions


def _with_town(
    regions: tuple[Region, ...], town: str, year: int | None
) -> tuple[Region, ...]:
    """Those of several counties of one name that have the township, or the county below a
    prefecture (扬州市高邮街道) that alone has it; `regions` where the list of townships tells none.
    """
    if not town:
        return regions
    nearest = nearest_in_time(regions, year)
    if len(nearest) < 2 and nearest[0].level is Level.COUNTY:
        return regions
    counties = {t.county_code for t in gazetteer().towns_named(town)}
    if named := tuple(r for r in regions if r.code in counties):
        return named
    below = [c for code in sorted(counties) if (c := gazetteer().at_code(code, year))]
    below = [c for c in below if any(c.is_within(r) for r in nearest)]
    return (below[0],) if len(below) == 1 else regions


def _seat(year: int | None, clues: Clues) -> Place:
    """Where an institution without a place in its name is: the prefecture of its address."""
    for clue in clues.all():
        if clue.kind in ("address", "telephone", "postcode"):
            for code in clue.codes:
                prefecture = gazetteer().at_code(code[:4] + "00", year)
                if prefecture is None or prefecture.name in ("市辖区", "县"):
                    prefecture = gazetteer().at_code(code[:2] + "0000", year)
                if prefecture is not None:
                    return Place(prefecture, clues.pointing_to(prefecture) or (clue,))
    return Place(None, ())


def find_unnamed(
    relative: str, year: int | None, clues: Clues, levels: tuple[Level, ...] = ()
) -> Place:
    """A place that the agency's name does not tell (县教育局, 我局, spam instead of the place).

    `relative` is the kind of place that the name presupposes; without it the kind of place that
    the text speaks of as its own.
    """
    if relative == "自治区":
        levels = (Level.PROVINCE,)
    kind = relative[-1:] if relative[-1:] in _LEVELS else ""
    if not kind and not levels:
        kind = clues.own_kind()
    wanted = levels or _LEVELS.get(kind, (Level.COUNTY, Level.PREFECTURE))
    scores: dict[Region, float] = {}
    for clue in clues.all():
        for code in clue.codes:
            region = gazetteer().at_code(code, year)
            if region is None or region.level not in wanted or region.name in ("市辖区", "县"):
                continue
            region = gazetteer().in_year(region, year)
            if kind and not levels and not region.name.endswith(kind):
                continue
            if region.first_seen > (year or 9999) + 8 or region.last_seen < (year or 0) - 8:
                continue
            scores.setdefault(region, 0.0)
    for region in scores:
        scores[region] = clues.score(region, exact=True)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], -item[0].level))
    enough = _ENOUGH_OF_KIND if kind or levels else _ENOUGH
    if not ranked or ranked[0][1] < enough:
        return Place(None, ())
    if len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
        return Place(None, (), ambiguous=(ranked[0][0], ranked[1][0]))
    region = ranked[0][0]
    return Place(_listed(region, year), clues.pointing_to(region))


@cache
def _corps() -> Mapping[int, dict[str, str | int]]:
    path = files("ingest.rules") / "identity" / "corps.toml"
    rules = tomllib.loads(path.read_text(encoding="utf8"))
    return {0: rules["corps"], **{d["number"]: d for d in rules["division"]}}


def is_corps(name: str) -> bool:
    """Whether a name is of the Xinjiang corps or of one of its divisions."""
    return _corps_region(name, None) is not None


def _corps_region(name: str, year: int | None) -> Region | None:
    """The city of a division of the Xinjiang corps, or Xinjiang for the corps itself."""
    if "师" not in name and "兵团" not in name:
        return None
    numbers = [m["n"] for m in _CORPS.finditer(name) if m["n"]]
    if "兵团" not in name and (not numbers or re.search(r"农.{0,3}师|第.{1,2}师", name) is None):
        return None
    number = 0
    if numbers:
        printed = numbers[0]
        number = _CHINESE_NUMBERS[printed[-1]] + (10 if len(printed) == 2 else 0)
    division = _corps().get(number)
    if division is None:
        return None
    early = year is not None and year < int(division.get("since", 0))
    code = str(division["before"] if early else division["region"])
    return gazetteer().at_code(code, year)

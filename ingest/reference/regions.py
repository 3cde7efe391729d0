"""The gazetteer: places of GB/T 2260 with the years in which each was seen.

What lives here: places by code and by name (full names, everyday short forms, stems), who contains
whom, and which of several places of one name existed in a year. What does not: telling from a
report which place is meant (`ingest/identity/place.py`), pinyin (`pinyin.py`), telephone and post
(`dialling.py`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property

from opencc import OpenCC

from ingest.paths import REFERENCE_DIR

# Rows that only fill a level of the code and are no places.
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
# District names that are everyday words: they count only behind the name of their city.
_COMMON_WORDS = frozenset({"城区", "郊区", "矿区", "新区"})
_PEOPLES = (
    "哈萨克族?|蒙古族?|达斡尔族|柯尔克孜|维吾尔|布依族|朝鲜族|土家族|哈尼族|傈僳族|拉祜族|东乡族|纳西族|景颇族"
    "|仫佬族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|塔吉克|普米族|独龙族|裕固族|保安族|回族|藏族|苗族|彝族|壮族"
    "|满族|侗族|瑶族|白族|傣族|黎族|佤族|畲族|水族|土族|羌族|怒族|各族"
)
_AUTONOMOUS = re.compile(rf"(?<=..)(?:{_PEOPLES})*族?自治(?=[州县旗])")
_AUTONOMOUS_REGION = re.compile(r"(?:壮族|回族|维吾尔)?自治区$")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|地区|林区|新区|[省市县区州盟旗])$")
_MINIMUM_STEM = 2


class Level(IntEnum):
    """How far down a place stands; smaller is higher."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4


@dataclass(frozen=True, slots=True)
class Region:
    """A place: six digits, nine for a township. `first_seen` and `last_seen` are years of the
    editions of the code list that hold it, so it may have existed a little longer.
    """

    code: str
    name: str
    level: Level
    first_seen: int
    last_seen: int

    @property
    def province_code(self) -> str:
        """The code of its province, or itself."""
        return self.code[:2] + "0000"

    @property
    def prefecture_code(self) -> str:
        """Its prefecture, or itself where it stands higher."""
        return self.code[:4] + "00"

    @property
    def county_code(self) -> str:
        """The six-digit code that a report of this place is filed under."""
        return self.code[:6]

    def is_within(self, other: Region) -> bool:
        """Whether `other` contains this place or is the same."""
        stem = other.code.rstrip("0") if other.level < Level.COUNTY else other.code
        width = {Level.PROVINCE: 2, Level.PREFECTURE: 4}.get(other.level, len(stem))
        return self.code[:width] == other.code[:width]

    def years_away(self, year: int | None) -> int:
        """Years between `year` and the editions that hold the place; 0 where one does."""
        if year is None:
            return 0
        return max(self.first_seen - year, year - self.last_seen, 0)


def nearest_in_time(places: Iterable[Region], year: int | None) -> tuple[Region, ...]:
    """Those of `places` that existed in `year`, or came nearest to it; input order is kept.

    Without a year, the places seen last. Between the editions of 2014 and 2023 the nearer counts.
    """
    listed = tuple(places)
    if len(listed) < 2:
        return listed
    if year is None:
        latest = max(place.last_seen for place in listed)
        return tuple(place for place in listed if place.last_seen == latest)
    distance = min(place.years_away(year) for place in listed)
    return tuple(place for place in listed if place.years_away(year) == distance)


def everyday_name(name: str) -> str:
    """The name without its peoples (景宁畲族自治县 → 景宁县, 广西壮族自治区 → 广西自治区)."""
    if name.endswith("自治区"):
        return _AUTONOMOUS_REGION.sub("自治区", name)
    return _AUTONOMOUS.sub("", name)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(name: str) -> str:
    """A name as folding writes it."""
    folded: str = _converter().convert(name)
    return folded


def stem_of(name: str) -> str:
    """A name without what kind of place it is (景宁畲族自治县 → 景宁); '' where too short."""
    stem = _SUFFIX.sub("", everyday_name(name))
    return stem if len(stem) >= _MINIMUM_STEM else ""


class Gazetteer:
    """All places, ready to be looked up by code and by name."""

    def __init__(self, regions: Iterable[Region], short: Mapping[str, str] | None = None) -> None:
        """`short` maps names in everyday use to those of the list (科左中旗 → 科尔沁左翼中旗)."""
        self._by_code: dict[str, list[Region]] = {}
        self._names: dict[str, list[Region]] = {}
        self._stems: dict[str, list[Region]] = {}
        self._towns: dict[str, list[Region]] = {}
        self._towns_as_listed: dict[str, str] = {}
        listed = list(regions)
        # folded texts write 干县 for 乾县 and 于潜镇 for 於潜镇: the conversion knows no names
        folded = _simplified("\n".join(region.name for region in listed)).split("\n")
        for region, folded_name in zip(listed, folded, strict=True):
            self._by_code.setdefault(region.code, []).append(region)
            if region.name in _PLACEHOLDERS:
                continue
            if region.level is Level.TOWNSHIP:
                for name in {region.name, folded_name}:
                    self._towns.setdefault(name, []).append(region)
                if folded_name != region.name:
                    self._towns_as_listed[folded_name] = region.name
            else:
                self._add_upper(region, folded_name)
        self._short = dict(short or {})
        for short_name, name in self._short.items():
            self._names.setdefault(short_name, []).extend(self._names.get(name, ()))
        self._longest = max(map(len, self._names), default=0)
        self._heads = frozenset(name[:2] for name in self._names)
        self._stem_heads = frozenset(name[:2] for name in self._stems)

    def _add_upper(self, region: Region, folded: str) -> None:
        for name in {region.name, everyday_name(region.name), folded, everyday_name(folded)}:
            if len(name) > 1:
                self._names.setdefault(name, []).append(region)
        stem = stem_of(region.name)
        if stem and region.name not in _COMMON_WORDS:
            self._stems.setdefault(stem, []).append(region)
            if region.level is Level.PREFECTURE and region.name.endswith("地区"):
                self._names.setdefault(stem + "行署", []).append(region)

    def at_code(self, code: str, year: int | None = None) -> Region | None:
        """The place of a code, as it was named in `year`."""
        found = nearest_in_time(self._by_code.get(code, ()), year)
        return found[0] if found else None

    def named(self, name: str) -> tuple[Region, ...]:
        """Provinces, prefectures and counties of this full or everyday name."""
        return tuple(self._names.get(name, ()))

    def with_stem(self, stem: str) -> tuple[Region, ...]:
        """Provinces, prefectures and counties whose name without its kind is `stem`."""
        return tuple(self._stems.get(stem, ()))

    def in_year(self, region: Region, year: int | None) -> Region:
        """The place of the same stem that stood in its stead in `year` (上虞区 → 上虞市), or itself.

        The editions follow each other yearly until 2014; a place that none of them holds was
        founded, renamed or moved later.
        """
        if year is None or region.years_away(year) == 0:
            return region
        stem = stem_of(region.name)
        for other in self._stems.get(stem, ()):
            same = other.level is region.level and other.province_code == region.province_code
            if same and other.years_away(year) == 0:
                return other
        return region

    def towns_named(self, name: str) -> tuple[Region, ...]:
        """Townships of this name (the list is of 2023)."""
        return tuple(self._towns.get(name, ()))

    def as_listed(self, text: str, region: Region) -> str:
        """`text` with a place's name as listed: misspelt by folding (干县 → 乾县), or short."""
        for short_name, name in self._short.items():
            if name == region.name:
                text = text.replace(short_name, name)
        folded = _simplified(region.name)
        return text if folded == region.name else text.replace(folded, region.name)

    def town_as_listed(self, folded: str) -> str:
        """The name of a township that folding misspelt (干佑街道) as the list has it (乾佑街道)."""
        return self._towns_as_listed.get(folded, folded)

    def name_at(self, text: str, start: int) -> str:
        """The longest name of a province, prefecture or county that begins at `start`, or ''."""
        if text[start : start + 2] not in self._heads:
            return ""
        for end in range(min(start + self._longest, len(text)), start + 1, -1):
            if text[start:end] in self._names:
                return text[start:end]
        return ""

    def stem_at(self, text: str, start: int) -> str:
        """The longest stem of such a place that begins at `start`, or ''."""
        if text[start : start + 2] not in self._stem_heads:
            return ""
        for end in range(min(start + self._longest, len(text)), start + 1, -1):
            if text[start:end] in self._stems:
                return text[start:end]
        return ""

    def name_ending_at(self, text: str, end: int) -> str:
        """The longest name of such a place that ends at `end`, or ''."""
        for start in range(max(end - self._longest, 0), end - 1):
            if text[start : start + 2] in self._heads and text[start:end] in self._names:
                return text[start:end]
        return ""

    def names_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Names of such places in a text with where they begin, the longest at each place."""
        behind = 0
        for match in self._may_begin.finditer(text):
            at = match.start()
            if at >= behind and (name := self.name_at(text, at)):
                yield name, at
                behind = at + len(name)

    @cached_property
    def _may_begin(self) -> re.Pattern[str]:
        """Two characters that may begin a name, told by each alone: quick to search for."""
        first, second = ("".join(sorted({head[i] for head in self._heads})) for i in (0, 1))
        return re.compile(f"[{first}](?=[{second}])")

    @cached_property
    def short_counties(self) -> tuple[Region, ...]:
        """Counties whose name is too short to have a stem (费县)."""
        return tuple(
            place for name, places in self._names.items() if not stem_of(name) for place in places
        )

    @cached_property
    def stems(self) -> Mapping[str, tuple[Region, ...]]:
        """Stem → places, for those who need them all (pinyin)."""
        return {stem: tuple(places) for stem, places in self._stems.items()}


def is_common_word(name: str) -> bool:
    """Whether a district's name is also an everyday word (城区), so that it proves nothing alone."""
    return name in _COMMON_WORDS


@cache
def gazetteer() -> Gazetteer:
    """The places of `regions.csv`, loaded once per process."""
    levels = {level.name.lower(): level for level in Level}
    with (REFERENCE_DIR / "region_short_names.csv").open(encoding="utf8", newline="") as handle:
        short = {row["short_name"]: row["name"] for row in csv.DictReader(handle)}
    with (REFERENCE_DIR / "regions.csv").open(encoding="utf8", newline="") as handle:
        rows = csv.reader(handle)
        next(rows)
        return Gazetteer(
            (
                Region(code, name, levels[level], int(first), int(last))
                for code, name, level, _, first, last in rows
            ),
            short,
        )

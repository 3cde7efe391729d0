"""The grammar of an agency's name: its places, what it is within them, its normal form.

What lives here: telling a name from other words, splitting it (昌邑市 | 饮马镇 | 人民政府), full
official forms (饮马镇 → 饮马镇人民政府), short and long forms of one function. What does not: where
names stand in a report (`agency.py`), which of several places of a name is meant (`place.py`). The
vocabulary is `rules/identity/names.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.reference.regions import Level, Region, gazetteer, is_common_word

_MAXIMUM_LENGTH = 48  # joint names run to forty characters; longer strings are sentences
_NAME = re.compile(r"[一-鿿〇㐀-䶿\U00020000-\U0002fa1f()、·]+")  # 㵲水街道 has a rare character
_HALF_PARENTHESIS = re.compile(r"\([^()]*$|^[^()]*\)")
# Lines and clauses repeat from report to report (headings, names): what one is, is remembered.
_REMEMBERED = 16_384
_FORMER = re.compile(
    r"\((?:原|以下|简称|含|挂|盖章|公章|机关|本级|部门|单位|正文|全文)[^()]*\)|\([^()一-鿿]*\)|\(盖章\)$"
)
_ZONES = ("开发区", "园区", "示范区", "保税区", "度假区", "风景区", "高新区", "经开区", "试验区")
# What is left of an advertisement in front of a name.
_ADVERTISEMENT = re.compile(
    r"^(?:发布|官网|入口|登录|首页|平台|网址|下载|[0-9A-Za-z.@#$%&*_+=/:-])+"
)
_EDGES = " 、,。;:·|()《》“”\"'[]【】—-_*#\u3000"
# 市场, 市政 … begin a body's own name; elsewhere such a character stands for the place.
_RELATIVE = re.compile(
    r"(?:自治)?(?:省(?!际|级)|市(?!场|政(?!府)|容|民|辖|级)|县(?!级)|区(?!域|划|级)|州(?!县)|盟|旗"
    r"|镇(?!江|村|街)|乡(?!村|镇)|街道(?!办事处$))(?=.)"
)
_SELF = re.compile(r"^(?:全|我|本|各)(?=[省市县区州旗镇乡局厅委办院校])")
_TOWN = re.compile(
    r"(?:人民政府)?(?P<town>[一-鿿㐀-䶿\U00020000-\U0002fa1f]{1,14}?(?:镇|乡|街道|苏木|地区(?=办事处)))"
    r"(?P<body>(?:人民)?政府.{0,8}|办事处|办|党政.{1,6}|党工委|便民服务中心|)$"
)
_ONLY_KIND = re.compile(r"(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|办|$)")
_OFFICE_OF_GOVERNMENT = re.compile(r"^(?:人民政府|政府|府)(?P<office>办公厅|办公室|办)$")
_CENTRAL = re.compile(
    r"^(?:中华人民共和国|国务院|国家|全国|中国(?!共产党.{2,8}[省市县区])|中共中央|中央)|^海关总署|^[一-鿿]{2,14}(?:总局|总署)$"
    r"|^[一-鿿]{2,8}部(?=[一-鿿]{2,6}(?:委员会|管理局)$)"
    r"|^(?!.*[省市县区州委].{0,3}部$)[一-鿿]{2,14}部(?:\(.*\))?$"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: `places` + `relative` + `town` + `body` is the name.

    `regions` are the places that the last of `places` may be; `relative` is a place that is not
    named (县 in 县教育局).
    """

    places: str
    regions: tuple[Region, ...]
    relative: str
    town: str
    body: str

    @property
    def core(self) -> str:
        """The name without its places."""
        return self.town + self.body

    @property
    def is_government(self) -> bool:
        """Whether the name is a place's government itself, above the township."""
        return not self.town and self.body in ("", "人民政府", "政府", "行政公署", "行署")


@cache
def _rules() -> tuple[tuple[str, ...], frozenset[str], re.Pattern[str], tuple[str, ...]]:
    rules = _vocabulary()
    return (
        tuple(rules["endings"]),
        frozenset(rules["no_names"]),
        re.compile("|".join(map(re.escape, rules["not_in_names"]))),
        tuple(rules["names_all_the_same"]),
    )


@cache
def _vocabulary() -> dict[str, list[str]]:
    path = files("ingest.rules") / "identity" / "names.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


@cache
def _contact_offices() -> tuple[str, ...]:
    return tuple(sorted(_vocabulary()["contact_offices"], key=len, reverse=True))


@cache
def _vertical() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _vocabulary()["vertical"])))


@cache
def _short_forms() -> dict[str, str]:
    forms: list[dict[str, str]] = _vocabulary()["short"]  # type: ignore[assignment]
    return {form["short"]: form["long"] for form in forms}


@lru_cache(maxsize=_REMEMBERED)
def clean_name(printed: str) -> str:
    """A printed name without spaces, notes (原…) and what stands around it."""
    name = "".join(printed.split())
    if "(" in name or ")" in name:
        name = _FORMER.sub("", name).strip(_EDGES)
        if name.count("(") != name.count(")"):
            name = _HALF_PARENTHESIS.sub("", name)
    else:
        name = name.strip(_EDGES)
    name = _ADVERTISEMENT.sub("", name)
    if not gazetteer().name_at(name, 0):  # 全州县 is a county
        name = _SELF.sub("", name)
    return _undouble(name)


def _undouble(name: str) -> str:
    """Undo slots of a template that were filled twice (大兴区大兴区发改委, 民政局局)."""
    if name.find(name[:3], 3) > 0:
        for width in range(len(name) // 2, 2, -1):
            if name[:width] == name[width : 2 * width]:
                return name[width:]
    for width in (4, 3, 2):
        if len(name) >= 2 * width + 2 and name[-width:] == name[-2 * width : -width]:
            return name[:-width]
    if len(name) > 2 and name[-1] == name[-2] and name[-1] in "局厅委办":
        return name[:-1]
    return name


@lru_cache(maxsize=_REMEMBERED)
def is_agency_name(name: str) -> bool:
    """Whether a cleaned string is the name of a body or of a place with a government."""
    endings, no_names, not_in_names, all_the_same = _rules()
    if not 2 <= len(name) <= _MAXIMUM_LENGTH or name in no_names:
        return False
    base = name[: name.rfind("(")] if name.endswith(")") else name  # 档案局(馆)
    if not base.endswith(endings):
        return False
    if _NAME.fullmatch(name) is None:
        return False
    if name.endswith(all_the_same):
        return True
    return not_in_names.search(name) is None


@lru_cache(maxsize=65_536)
def split_name(name: str) -> NameParts:
    """Take a cleaned name apart."""
    end, regions = places_at(name, 0)
    if regions and _ONLY_KIND.match(name, end):  # 古县乡: the county's name is in the township's
        end -= len(gazetteer().name_ending_at(name, end))
        end, regions = places_at(name[:end], 0)
    places, rest = name[:end], name[end:]
    relative = ""
    town = _TOWN.match(rest)
    listed = town is not None and bool(gazetteer().towns_named(town["town"]))  # 镇西堡镇, 市同乡
    if not places and not listed and (match := _RELATIVE.match(rest)):
        relative, rest = match.group(), rest[match.end() :]
    if match := _TOWN.match(rest):
        body = match["body"]
        if rest.startswith("人民政府"):
            places += "人民政府"
        return NameParts(places, regions, relative, match["town"], body)
    return NameParts(places, regions, relative, "", rest)


def places_at(text: str, start: int) -> tuple[int, tuple[Region, ...]]:
    """The chain of place names that begins at `start`: where it ends, and what its last may be.

    A province may stand without its kind (山东泰安市). Each place lies within the one before.
    """
    places = gazetteer()
    at, regions = start, ()  # type: tuple[int, tuple[Region, ...]]
    while name := places.name_at(text, at):
        found = places.named(name)
        if regions:
            found = tuple(r for r in found if any(r.is_within(outer) for outer in regions))
            if not found:
                break
        elif is_common_word(name):
            break
        at, regions = at + len(name), found
    if at == start and (stem := places.stem_at(text, start)):
        provinces = tuple(r for r in places.with_stem(stem) if r.level is Level.PROVINCE)
        behind = start + len(stem)
        if provinces and (name := places.name_at(text, behind)):
            inner = [r for r in places.named(name) if any(r.is_within(p) for p in provinces)]
            if inner:
                end, deeper = places_at(text, behind)
                return end, tuple(r for r in deeper if any(r.is_within(p) for p in provinces))
    return at, regions


# 公安 and 平安 are counties and words: a function directly behind them tells which.
_FUNCTION_BEHIND = re.compile(r"(?:分?局|厅|委|办|部|处|所|站|队|中心|建设|书店)")


@lru_cache(maxsize=_REMEMBERED)
def leading_stem(name: str) -> str:
    """The stem of a place that begins a body's name (蚌埠医学院, 上海海关), '' where none does."""
    stem = gazetteer().stem_at(name, 0)
    if not stem or len(name) < len(stem) + 2 or _FUNCTION_BEHIND.match(name, len(stem)):
        return ""
    return stem


@lru_cache(maxsize=_REMEMBERED)
def is_vertical(name: str) -> bool:
    """Whether a body belongs to a vertical system or a zone, which put a stem before their name."""
    return _vertical().search(name) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_central(name: str) -> bool:
    """Whether a name without a place is that of a body of the central state."""
    return _CENTRAL.match(name) is not None


_PARTY = re.compile(r"^(?:中共|中国共产党)(?!中央)")


def is_party_body(name: str) -> bool:
    """Whether a name is of a body of the party, which puts 中共 before its place."""
    return name.startswith("中") and _PARTY.match(name) is not None


def without_party(name: str) -> str:
    """The name of a body of the party from its place on."""
    return _PARTY.sub("", name)


@lru_cache(maxsize=_REMEMBERED)
def strip_contact_office(name: str) -> str:
    """Who is answered for by the office to be contacted (淮北市物价局办公室 → 淮北市物价局).

    The office of a government is an agency of its own and stays.
    """
    parts = split_name(name)
    if parts.places and _OFFICE_OF_GOVERNMENT.match(parts.body):
        return name
    for office in _contact_offices():
        if name.endswith(office) and len(name) > len(office):
            rest = name[: -len(office)]
            if is_agency_name(rest) and not (office == "办" and len(split_name(rest).core) < 2):
                return rest
    return name


def long_form(body: str) -> str:
    """A body's name with its function spelt out (科技局 → 科学技术局), itself where unknown."""
    for short, long in _short_forms().items():
        if body.startswith(short) and not body.startswith(long):
            rest = body[len(short) :]
            if rest in ("局", "厅", "委", "委员会", "办", "办公室", "分局", "部", ""):
                return long + ("委员会" if rest == "委" else rest)
    return body


def is_short_for(short: str, long: str) -> bool:
    """Whether `short` may be an everyday form of `long` (人社局, 人力资源和社会保障局)."""
    if short == long or long_form(short) == long:
        return True
    if len(short) < 3 or len(short) >= len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def government_of(place: str) -> str:
    """The government of a place above the township; a zone has a committee (管理委员会)."""
    if place.endswith(("人民政府", "行政公署")):
        return place
    if place.endswith(_ZONES):
        return place + "管理委员会"
    return place + ("行政公署" if place.endswith(("地区", "盟")) else "人民政府")


def normal_form(places: str, town: str, body: str) -> str:
    """The full official name: 饮马镇 → 饮马镇人民政府, 沭阳县 → 沭阳县人民政府."""
    if town:
        if town.endswith(("街道", "地区")):
            return places + town + "办事处"
        if body.startswith("政府"):
            body = "人民" + body
        return places + town + (body if body not in ("", "办") else "人民政府")
    if body in ("", "政府", "人民政府"):
        return government_of(places)
    if match := _OFFICE_OF_GOVERNMENT.match(body):
        office = "办公室" if match["office"] == "办" else match["office"]
        return f"{places}人民政府{office}"
    return places + body

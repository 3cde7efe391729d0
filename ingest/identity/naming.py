"""Putting the agency's full name together from what the report says of it in several places.

What lives here: choosing the candidate that is the agency, completing it with its place and its
long form from the others, finding what contradicts it. What does not: finding candidates
(`agency.py`), the grammar of names (`names.py`), places (`place.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.identity.clues import Clues
from ingest.identity.names import (
    NameParts,
    government_of,
    is_central,
    is_party_body,
    is_short_for,
    leading_stem,
    normal_form,
    split_name,
)
from ingest.identity.place import INSTITUTION, Place, is_corps, resolve_place
from ingest.identity.trust import OWN_WORDS, Candidate, Trust
from ingest.reference.regions import Level, Region, gazetteer, stem_of

_NOUN = r"(局|厅|委(?!员)|办(?!法)|部(?!门)|镇|乡|街道|苏木|县|市|区|旗|州|省|盟|院|校|关|中心|站|队|所|公司|集团)"
_FIRST_PERSON = (re.compile("我" + _NOUN), re.compile("本" + _NOUN))
_GOVERNMENT_NOUNS = frozenset("县市区旗州省盟")
_NOUN_ENDINGS = {
    "委": ("委", "委员会"),
    "办": ("办", "办公室", "办公厅", "街道办事处"),
    "院": ("院",),
    "校": ("校", "大学", "学院", "中学", "小学"),
    "关": ("海关",),
    "队": ("队",),
    "镇": ("镇",),
    "乡": ("乡", "苏木"),
    "苏木": ("苏木",),
    "街道": ("街道", "地区", "街道办事处"),
}
_OFFICE = re.compile(
    r"(?:人民政府|政府|府)办(?:公室|公厅)?$|^(?:人民)?政府?(?:信息|政务)公开.{0,8}办(?:公室)?$"
)
_BODY_NOUN_WEIGHT = 3
_LEAD = 2_500  # first persons and occurrences of a name are counted in the opening


@dataclass(frozen=True, slots=True)
class Naming:
    """The agency as told by the report: `name` None where unresolved.

    `chosen` is the candidate it was made from; `conflicts` are own-word candidates that name
    another body.
    """

    name: str | None
    printed: str | None
    place: Place
    chosen: Candidate | None
    conflicts: tuple[Candidate, ...] = ()


def own_noun(text: str) -> str:
    """What a report calls itself (我局 → 局), '' where it speaks in no first person."""
    counts: Counter[str] = Counter()
    opening = text[:_LEAD]
    for pattern in _FIRST_PERSON:
        for match in pattern.finditer(opening):
            noun = match[1]
            if match.start() and "一" <= opening[match.start() - 1] <= "鿿" and match[0][0] == "本":
                continue  # 基本, 成本, 日本
            # a bureau also says 我县 of the place it serves, a government never says 我局
            counts[noun] += 1 if noun in _GOVERNMENT_NOUNS else _BODY_NOUN_WEIGHT
    return counts.most_common(1)[0][0] if counts else ""


def name_agency(
    found: Sequence[Candidate], text: str, year: int | None, clues: Clues, aggregate: bool
) -> Naming:
    """The agency and its place, from the candidates in order of trust.

    `aggregate` says that the report speaks for a whole government: then the office that compiled
    it is not its subject.
    """
    noun = own_noun(text)
    chosen = _choose(found, noun)
    if chosen is None:
        place = resolve_place(split_name(""), "", year, clues)
        speaks = noun in _GOVERNMENT_NOUNS or (aggregate and not noun)
        if place.region is not None and speaks and place.region.name.endswith(noun):
            return Naming(government_of(place.region.name), None, place, None)
        return Naming(None, None, place, None)
    chosen = _fuller(chosen, found)
    parts = split_name(chosen.name)
    # 我县 … 请与X县人民政府办公室联系: the office answers for the government that reports
    answers = chosen.trust is Trust.CONTACT and noun in _GOVERNMENT_NOUNS
    speaks_for_all = answers or (aggregate and chosen.trust > Trust.TITLE_LINE)
    if speaks_for_all and _OFFICE.search(parts.body):
        parts = NameParts(parts.places, parts.regions, parts.relative, "", "人民政府")
    parts = _complete(parts, chosen, found)
    if not parts.places:
        parts = _place_beside(parts, text)
    place = resolve_place(
        parts, chosen.name if not parts.places else parts.places + parts.core, year, clues
    )
    name = _full_name(parts, chosen.name, place, text, clues, year)
    if place.region is not None:
        name = gazetteer().as_listed(name, place.region)
    if parts.town:
        name = name.replace(parts.town, gazetteer().town_as_listed(parts.town))
    return Naming(name, chosen.printed, place, chosen, _conflicts(chosen, parts, found))


def _choose(found: Sequence[Candidate], noun: str) -> Candidate | None:
    """The most trusted candidate that can be who speaks in the report.

    Where none fits what the report calls itself, the most trusted of its own words.
    """
    for candidate in found:
        parts = split_name(candidate.name)
        if candidate.trust is Trust.SITE and not (
            parts.is_government and noun in _GOVERNMENT_NOUNS
        ):
            continue  # the site's owner is not who reports on it
        if candidate.trust >= Trust.SUBJECT and _is_superior(parts, noun):
            continue  # 我区 …《X市政府信息公开规定》
        if candidate.trust is Trust.TITLE or fits_noun(parts, noun):
            return candidate
    return next((c for c in found if c.trust <= Trust.SIGNATURE), None)


def _is_superior(parts: NameParts, noun: str) -> bool:
    """Whether a government is of another kind of place than the one that speaks (我区)."""
    if not (parts.is_government and parts.places and noun in _GOVERNMENT_NOUNS):
        return False
    return not parts.places.removesuffix("人民政府").endswith(noun)


def _fuller(chosen: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The same body's name with the stem of its place in front (园区管委会 → 雅安园区管委会)."""
    if split_name(chosen.name).places:
        return chosen
    for other in found:
        longer = other.name.endswith(chosen.name) and len(other.name) > len(chosen.name)
        named = leading_stem(other.name) and not split_name(other.name).places
        if longer and named and other.trust <= OWN_WORDS:
            return other
    return chosen


def fits_noun(parts: NameParts, noun: str) -> bool:
    """Whether a body may call itself 我 + `noun`."""
    if not noun:
        return True
    if noun in _GOVERNMENT_NOUNS:
        return (
            parts.is_government or _OFFICE.search(parts.body) is not None or "办公室" in parts.body
        )
    endings = _NOUN_ENDINGS.get(noun, (noun,))
    if noun in ("镇", "乡", "苏木", "街道"):
        return parts.town.endswith(endings)
    if parts.is_government and noun != "办":
        return False
    return parts.core.endswith(endings) or (noun == "办" and "办" in parts.core)


def _same_body(a: NameParts, b: NameParts) -> bool:
    """Whether two names may be of one body: its town, or its function in short or long form."""
    if a.town or b.town:
        return a.town == b.town
    if a.is_government or b.is_government:
        return a.is_government and b.is_government
    return is_short_for(a.body, b.body) or is_short_for(b.body, a.body)


def _complete(parts: NameParts, chosen: Candidate, found: Sequence[Candidate]) -> NameParts:
    """Add the places and the long form that other candidates for the same body give."""
    for other in found:
        if other is chosen or other.trust is Trust.SITE:
            continue
        more = split_name(other.name)
        if not _same_body(parts, more):
            continue
        own = other.trust <= OWN_WORDS
        if own and _is_branch_here(parts, more):
            parts = NameParts(more.places, parts.regions, parts.relative, parts.town, more.body)
        elif len(more.places) > len(parts.places) and _agree(parts, more):
            # 请与X县Y乡人民政府办公室联系: the office answers for the town's government
            is_town = bool(parts.town) and parts.body.endswith("政府")
            is_longer = own and len(more.body) >= len(parts.body) and not is_town
            body = more.body if is_longer else parts.body
            parts = NameParts(more.places, more.regions, parts.relative, parts.town, body)
        elif own and len(more.body) > len(parts.body) and not parts.is_government:
            parts = NameParts(parts.places, parts.regions, parts.relative, parts.town, more.body)
    return parts


def _is_branch_here(parts: NameParts, more: NameParts) -> bool:
    """Whether the longer name says the place at its end: 海陵区…分局, 泰州市…局海陵分局."""
    stem = stem_of(parts.places)
    return bool(stem) and more.body.endswith(stem + "分局") and not more.places.startswith(parts.places)


def _agree(parts: NameParts, more: NameParts) -> bool:
    """Whether the longer chain of places is of the same place as the shorter."""
    if not parts.regions:
        return True
    return any(
        a.code == b.code or b.is_within(a) for a in parts.regions for b in more.regions
    ) and (parts.places in more.places)


def _place_beside(parts: NameParts, text: str) -> NameParts:
    """Places that stand directly before the name somewhere in the report."""
    core = parts.core
    if len(core) < 3 or parts.is_government:
        return parts
    places = gazetteer()
    at = text.find(core)
    for _ in range(6):
        if at < 0:
            break
        start, regions = at, ()  # type: tuple[int, tuple[Region, ...]]
        while name := places.name_ending_at(text, start):
            named = places.named(name)
            if regions and not any(r.is_within(n) for r in regions for n in named):
                break
            regions = regions or named
            start -= len(name)
        if regions:
            return NameParts(text[start:at], regions, parts.relative, parts.town, parts.body)
        at = text.find(core, at + 1)
    return parts


def _full_name(
    parts: NameParts, name: str, place: Place, text: str, clues: Clues, year: int | None
) -> str:
    """The full official name, its place in front as far as the report tells it."""
    region = place.region
    if is_corps(name) or (not parts.places and (is_central(name) or _stands_alone(parts, name))):
        return name
    places = parts.places
    if not places and region is not None:
        told = clues.names(region) or any(
            c.kind in ("domain", "site_code", "credit_code", "index_code", "stem") for c in place.clues
        )
        if not told:
            region = None
        else:
            places = region.name
    if not places:
        if parts.is_government:
            return parts.relative + (parts.body or "人民政府")
        return normal_form(parts.relative, parts.town, parts.body)
    if region is not None and region.level is Level.COUNTY and places.startswith(region.name):
        places = _city_before(region, text, year) + places
    return normal_form(places, parts.town, parts.body)


def _stands_alone(parts: NameParts, name: str) -> bool:
    """Whether nothing is put before the name: it is an institution's, or begins with the stem of
    a place (蚌埠医学院).
    """
    if parts.relative or parts.town:
        return False
    if is_party_body(name):
        return True
    return INSTITUTION.search(name) is not None or bool(leading_stem(name))


def _city_before(district: Region, text: str, year: int | None) -> str:
    """The city of a district where the report prints both together, '' otherwise."""
    if not district.name.endswith("区"):
        return ""
    for code in (district.prefecture_code, district.province_code):
        city = gazetteer().at_code(code, year)
        if city is not None and city.name.endswith("市") and city.name + district.name in text:
            return city.name
    return ""


def _conflicts(
    chosen: Candidate, parts: NameParts, found: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """Own-word candidates that name a body of the same kind elsewhere: copied from another."""
    return tuple(
        other
        for other in found
        if other is not chosen
        and other.trust <= Trust.SIGNATURE
        and _contradicts(parts, split_name(other.name), other.trust)
    )


def _contradicts(parts: NameParts, more: NameParts, trust: Trust) -> bool:
    if _same_body(parts, more):
        related = any(a.is_within(b) or b.is_within(a) for a in parts.regions for b in more.regions)
        return bool(parts.regions and more.regions) and not related
    if trust is Trust.CONTACT:
        return False  # a superior's office may well answer for a report
    if parts.town and more.town:
        return True
    return bool(more.core) and more.core[-1] == parts.core[-1:]

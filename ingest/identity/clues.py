"""What around an agency's name tells of its place: collected on demand, weighed in one place.

What lives here: places named, addresses, postcodes, telephone codes, the codes of site and
authority, domains in pinyin, the kind of place a text calls its own. What does not: deciding
(`place.py`), the lists (`ingest.reference`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.reference.dialling import places_of_area_code, places_of_postcode
from ingest.reference.regions import Level, Region, gazetteer, is_common_word, stem_of

# How much a clue counts. A code is exact to the place; an address names a street in it; a
# telephone or postcode tells the prefecture; a name in passing may be that of a superior.
_WEIGHTS = {
    "site_code": 4.0, "credit_code": 4.0, "index_code": 4.0, "office_code": 0.75, "domain": 3.0, "ambiguous_domain": 0.75, "address": 3.0, "telephone": 2.0,
    "postcode": 1.5, "town": 1.0, "site": 2.0, "mention": 1.0, "stem": 1.0,
}  # fmt: skip
_MOST_MENTIONS = 3  # a place named ten times is not ten times as likely
_LEAD, _TAIL = 1_600, 400

# A look-behind at the head of a pattern makes it tried at each character: it stands behind.
_TELEPHONE = re.compile(r"0(?<![\d.]0)(?P<more>\d{2,3})\)?[-— )]{0,2}\d{7,8}(?!\d)")
_POSTCODES = (
    ("邮", re.compile(r"邮政?编码?[: ]{0,3}(?:为)?(?P<code>\d{6})(?!\d)")),
    (",0", re.compile(r"(?P<code>\d{6})(?<!\d\d{6})(?=,0\d{2,3}-)")),
)
_ADDRESS = re.compile(
    r"(?:地址|地点|驻地|通讯处)(?:为|是|:)?\s*:?(?P<a>[一-鿿\d]{4,40})|[(,;](?P<b>[一-鿿]{4,24}\d{0,4}号)"
)
_TOWN_HEAD = re.compile(r"[一-鿿]{2,6}?(?:镇|乡|街道)")
_HOST = re.compile(r"(?<![\w.])(?:[a-z0-9-]{1,63}\.){1,4}(?:gov|edu)\.cn", re.IGNORECASE)
_CREDIT_CODE = re.compile(r"1[12](?<![0-9A-Za-z]..)(\d{6})[0-9A-Z]{6,12}(?![0-9A-Z])")
_INDEX_CODE = re.compile(r"索\s*引\s*号[:\s|]{0,4}(\d{6})(?P<office>\d{3})?[/-]")
_SITE_CODE = re.compile(r"网站标识码[^\d\n]{0,6}(\d{6})\d{4,8}")
_RECORD_CODE = re.compile(r"公(?:网安|安网|网)备案?[^\d\n]{0,6}(\d{6})\d{4,8}")
_QUOTED = re.compile(
    r"[“《「](?:中国|魅力|健康|活力|平安|美丽|智慧|阳光|数字|文明|法治|今日)?|走进|中(?<=[^一-鿿]中)国"
)
# what a text calls its own, with how much it says
_OWN_KIND = (
    (re.compile(r"[全我本](?P<kind>[省市县区州旗盟])(?!委会)"), 2),
    (re.compile(r"(?P<kind>[省市县区州旗盟](?<![一-鿿].))(?:委|政府|直|人大|府办)"), 1),
    (re.compile(r"(?:乡镇|各).{0,3}(?P<kind>[县区旗])直"), 1),
)
# kind of clue, pattern, what every match holds
_CODES = (
    ("site_code", _SITE_CODE, "标识码"),
    ("site_code", _RECORD_CODE, "备"),
    ("credit_code", _CREDIT_CODE, ""),
    ("index_code", _INDEX_CODE, "索"),
)
_GOVERNMENT_WEBSITE = ("site", "sponsor", "publisher", "breadcrumb", "page_title")


@dataclass(frozen=True, slots=True)
class Clue:
    """A sign of a place: its kind, what is printed, the region codes it may mean, its weight.

    `start:end` counts in the folded text; None for the page's metadata.
    """

    kind: str
    text: str
    codes: tuple[str, ...]
    weight: float
    start: int | None = None
    end: int | None = None


class Clues:
    """The clues of one report, collected when first asked for."""

    def __init__(self, text: str, body: int, hints: Mapping[str, str]) -> None:
        self._text = text
        self._lead = text[: body + _LEAD]
        self._tail_at = max(len(self._lead), len(text) - _TAIL)
        self._tail = text[self._tail_at :]
        self._hints = hints

    def all(self) -> tuple[Clue, ...]:
        """Every clue, exact ones first."""
        return self._all

    @cached_property
    def _all(self) -> tuple[Clue, ...]:
        found = [*self._codes(), *self._domains(), *self._addresses(), *self._numbers()]
        found += [*self._sites(), *self._mentions(), *self._stems()]
        return tuple(found)

    def score(self, region: Region, *, exact: bool = False) -> float:
        """How far the clues speak for a place; `exact`: only clues of the place itself, and of
        places above it in so far as they agree.
        """
        total = 0.0
        mentions = 0
        for clue in self._all:
            outer = any(_contains(code, region) for code in clue.codes)
            inner = not exact and any(_inside(code, region) for code in clue.codes)
            itself = region.code in clue.codes
            if clue.kind == "mention":
                if (outer or inner or itself) and mentions < _MOST_MENTIONS:
                    mentions += 1
                    total += clue.weight if itself else clue.weight / 2
            elif itself:
                total += clue.weight
            elif outer or inner:
                total += clue.weight / 2
            elif clue.kind in ("telephone", "postcode", "site_code"):
                total -= clue.weight / 2  # it points elsewhere
        return total

    def pointing_to(self, region: Region) -> tuple[Clue, ...]:
        """The clues that agree with a place, one of each kind."""
        kinds: dict[str, Clue] = {}
        for clue in self._all:
            if any(_contains(c, region) or c == region.code for c in clue.codes):
                kinds.setdefault(clue.kind, clue)
        return tuple(kinds.values())

    def confirming(self, region: Region) -> tuple[Clue, ...]:
        """The clues of numbers and codes that agree with a place that is already told: cheap."""
        return tuple(
            clue
            for clue in (*self._codes(), *self._numbers())
            if any(_contains(code, region) for code in clue.codes)
        )

    def own_kind(self) -> str:
        """The kind of place that the text calls its own (全县, 市政府), '' where it does not."""
        opening = self._text[: _LEAD * 3]
        found = sorted(
            (match.start(), match["kind"], weight)
            for pattern, weight in _OWN_KIND
            for match in pattern.finditer(opening)
        )
        counts: Counter[str] = Counter()
        for _, kind, weight in found:
            counts[kind] += weight
        return counts.most_common(1)[0][0] if counts else ""

    def names(self, region: Region) -> bool:
        """Whether the report or its page names a place in so many words."""
        return region.name in self._text or any(
            region.name in self._hints.get(key, "") for key in _GOVERNMENT_WEBSITE
        )

    # ---- collecting ----

    def _codes(self) -> Iterator[Clue]:
        places = gazetteer()
        for kind, pattern, sign in _CODES:
            if sign and sign not in self._text:
                continue
            for match in pattern.finditer(self._text):
                if places.at_code(match[1]):
                    # nine digits are a county's list of its bodies, or the code of an organisation
                    if kind == "index_code" and match["office"]:
                        kind = "office_code"
                    yield self._clue(kind, match.group(), (match[1],), match.start(), match.end())
                    break
        in_url = _CREDIT_CODE.search(self._hints.get("url", ""))  # …jsp?area=11370883004325000B
        if in_url and places.at_code(in_url[1]):
            yield self._clue("credit_code", in_url.group(), (in_url[1],))
        code = self._hints.get("site_code", "")[:6]
        if len(code) == 6 and places.at_code(code):
            yield self._clue("site_code", self._hints["site_code"], (code,))

    def _domains(self) -> Iterator[Clue]:
        hosts: dict[str, int] = {}
        if ".cn" in self._text.lower():
            hosts = {m.group().lower(): m.start() for m in _HOST.finditer(self._text)}
        hosts |= {self._hints["domain"].lower(): -1} if "domain" in self._hints else {}
        for host, start in hosts.items():
            if places := domain_place(host):
                codes = tuple(dict.fromkeys(p.code for p in places))
                at = start if start >= 0 else None
                kind = "domain" if _nested(places) else "ambiguous_domain"
                yield self._clue(kind, host, codes, at, at + len(host) if at is not None else None)

    def _addresses(self) -> Iterator[Clue]:
        for match in _ADDRESS.finditer(self._lead):
            printed = match["a"] or match["b"]
            start = match.start("a") if match["a"] else match.start("b")
            places = gazetteer()
            at = start
            name = places.name_at(self._text, at)
            if not name and (towns := _town_at_head(printed)):
                yield self._clue("town", printed, towns, start, start + len(printed))
            while name:
                codes = tuple(dict.fromkeys(p.code for p in places.named(name)))
                yield self._clue("address", printed, codes, start, start + len(printed))
                at += len(name)
                name = places.name_at(self._text, at)

    def _numbers(self) -> Iterator[Clue]:
        for match in _TELEPHONE.finditer(self._lead):
            if codes := places_of_area_code("0" + match["more"]):
                start = match.start()
                start -= self._lead[start - 1 : start] == "("
                printed = self._lead[start : match.end()]
                yield self._clue("telephone", printed, codes, start, match.end())
                break
        postcodes = sorted(
            (
                match
                for sign, pattern in _POSTCODES
                if sign in self._lead
                for match in pattern.finditer(self._lead)
            ),
            key=lambda match: match.start(),
        )
        for match in postcodes:
            if codes := places_of_postcode(match["code"]):
                yield self._clue("postcode", match.group(), codes, match.start(), match.end())
                break

    def _sites(self) -> Iterator[Clue]:
        for key in _GOVERNMENT_WEBSITE:
            hint = self._hints.get(key, "")
            for name, _ in gazetteer().names_in(hint):
                codes = tuple(dict.fromkeys(p.code for p in gazetteer().named(name)))
                yield self._clue("site", hint, codes)
            if key == "site" and (stem := _first_stem(hint)):
                yield self._clue("stem", hint, stem)

    def _mentions(self) -> Iterator[Clue]:
        for area, offset in ((self._lead, 0), (self._tail, self._tail_at)):
            for name, start in gazetteer().names_in(area):
                if is_common_word(name):
                    continue
                codes = tuple(dict.fromkeys(p.code for p in gazetteer().named(name)))
                at = offset + start
                yield self._clue("mention", name, codes, at, at + len(name))

    def _stems(self) -> Iterator[Clue]:
        for match in _QUOTED.finditer(self._text):
            stem = gazetteer().stem_at(self._text, match.end())
            if stem:
                codes = tuple(dict.fromkeys(p.code for p in gazetteer().with_stem(stem)))
                yield self._clue("stem", stem, codes, match.end(), match.end() + len(stem))

    def _clue(
        self, kind: str, text: str, codes: tuple[str, ...],
        start: int | None = None, end: int | None = None,
    ) -> Clue:  # fmt: skip
        return Clue(kind, text, codes, _WEIGHTS[kind], start, end)


def _nested(places: Sequence[Region]) -> bool:
    """Whether places of one spelling lie within the widest of them: ziyang is three places. A place
    that changed its prefecture is one.
    """
    if len({(place.province_code, stem_of(place.name)) for place in places}) == 1:
        return True
    widest = min(places, key=lambda place: place.level)
    return all(place.is_within(widest) for place in places)


def _town_at_head(address: str) -> tuple[str, ...]:
    """The county of the township that begins an address (沙头镇后巷198号), where it is the only one of
    its name: the list of townships is of one year.
    """
    match = _TOWN_HEAD.match(address)
    towns = gazetteer().towns_named(match.group()) if match else ()
    counties = tuple(dict.fromkeys(town.county_code for town in towns))
    return counties if len(counties) == 1 else ()


def domain_place(host: str) -> tuple[Region, ...]:
    """The places that a government site's address spells (www.manzhouli.gov.cn)."""
    from ingest.reference.pinyin import places_spelled  # loads a dictionary: only when needed

    for label in host.split("."):
        if len(label) >= 4 and label.isalpha() and (places := places_spelled(label)):
            return places
    return ()


def _contains(code: str, region: Region) -> bool:
    """Whether the place of a code lies above `region` or is it."""
    if code.endswith("0000"):
        return code[:2] == region.code[:2]
    if code.endswith("00"):
        return code[:4] == region.code[:4] and region.level is not Level.PROVINCE
    return code == region.code


def _inside(code: str, region: Region) -> bool:
    width = {Level.PROVINCE: 2, Level.PREFECTURE: 4}.get(region.level, 6)
    return code[:width] == region.code[:width]


def _first_stem(hint: str) -> tuple[str, ...]:
    """Places whose stem is a word of a site's name (上海青浦)."""
    places = gazetteer()
    at = 0
    codes: list[str] = []
    while at < len(hint):
        stem = places.stem_at(hint, at)
        codes += [p.code for p in places.with_stem(stem)] if stem else []
        at += len(stem) or 1
    return tuple(dict.fromkeys(codes))

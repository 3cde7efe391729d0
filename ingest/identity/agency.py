"""Whose report it is: every place in a report where its agency is named, and what follows.

What lives here: finding the names (title, compiling clause, contact, guide, signature, …) and the
order in which they are trusted. What does not: the grammar of a name (`names.py`), putting the
full name together (`naming.py`), the place on the map (`place.py`).

Order of trust, best first: the title; a line of its own beside the title; who compiled the report
(由X编制); whose report is published (现公布X…年度报告); who is to be contacted; the title of the agency's
own guide (《X政府信息公开指南》); who filled in the annex; the signature; the unit of an encyclopedia's
infobox; who forwards it; the last organ of the breadcrumb; what the page's metadata says (发布机构,
来源: often the successor body, so only a hint); the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from ingest.identity.imprint import Signature
from ingest.identity.names import clean_name, is_agency_name, split_name, strip_contact_office
from ingest.identity.title import Title
from ingest.identity.year import YEAR_TOKEN


class Trust(IntEnum):
    """Where a name stands; smaller is trusted more."""

    TITLE = 1
    TITLE_LINE = 2
    COMPILED_BY = 3
    PUBLISHED_FOR = 4
    CONTACT = 5
    GUIDE = 6
    FORM_FILLER = 7
    SIGNATURE = 8
    INFOBOX = 9
    ISSUER = 10
    BREADCRUMB = 11
    METADATA = 12
    SITE = 13


# Names that the report gives of itself, against what the page says around it.
OWN_WORDS = Trust.ISSUER


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name found: `name` is cleaned; `start:end` counts in the folded text (None: metadata)."""

    trust: Trust
    name: str
    printed: str
    start: int | None = None
    end: int | None = None


_ENDS = "。;:《》\\n"
_COMPILED = re.compile(
    r"(?<![自理缘])由(?P<a>[^。;:《》,]{2,60}?)(?P<verb>依照|依据|根据|按照|汇总|综合|会同|负责|组织|牵头|结合|统一|编|起草|公布|发布|撰写)"
    r"(?=(?P<rest>[^。]{0,160}))"
)
_COMPILES = re.compile(
    rf"(?:^|[{_ENDS},、])\s*(?P<a>[^。;:《》,、\n]{{2,40}}?)(?:现)?(?:认真|特|组织)?(?:编制|编写|编撰)了?(?:完成)?(?:本|{YEAR_TOKEN}|《|的)"
)
_PUBLISHED = re.compile(
    r"(?:公布|发布|编制|现将|报送|公开|形成|报告)\s*(?:《|“)?(?P<a>[^。;:《》,、]{2,40}?)\s*"
    rf"(?:的)?\(?{YEAR_TOKEN}年?度?\)?(?:的)?(?:年度)?(?:政府|政务)?(?:信息|政务)?(?:公开|工作)"
)
_PUBLISHED_YEAR_FIRST = re.compile(
    rf"(?:公布|发布|编制|现将|报送|形成)\s*(?:《|“)?{YEAR_TOKEN}年?度?\s*(?P<a>[^。;:《》,、]{{2,40}}?)(?:人民)?(?:政府|政务)?信息公开"
)
_CONTACT = re.compile(
    r"(?:请?(?:直接)?与|向|联系(?:单位|机构|部门|方式|人)?:|咨询(?:单位|机构|部门)?:|受理机构:|请(?:直接)?联系|可联系|请(?:致电|咨询)|由)"
    rf"(?P<a>[^{_ENDS},(]{{3,50}}?)(?:进行)?(?:联系|咨询|反映|索取|查询|负责解释|解释|[(;,。:]|$)"
)
_GUIDE = re.compile(
    r"《(?P<a>[^《》]{2,40}?)(?:政府|政务)?(?:信息|政务)公开(?:工作)?(?:指南|目录)[^《》]{0,20}》"
)
_FILLER = re.compile(r"填报单位(?:名称)?(?:\((?:盖章|公章|章)\))?\s*:\s*(?P<a>[^\n|:]{2,40}?)(?:\s{2,}|\n|\||$)")
_INFOBOX = re.compile(r"(?:^|\n)[ •·|]*(?:发布)?单位\s*[:|]\s*(?P<a>[^\n]{3,40})")
_METADATA = re.compile(
    r"(?:发布机构|发布单位|发布部门|发文机关|发文单位|责任部门|责任单位|所属机构|公开单位|公开机构|公开部门|信息来源|文章来源|编制单位|报告单位|供稿单位|来源|作者|信息提供)"
    r"[\s:|]{1,6}(?P<a>[^\s|:\[\]【】,。]{2,40})"
)
_CRUMB_LINE = re.compile(r"^.*(?:位置|首页|[一-鿿] ?(?:>|»|›)).*$", re.MULTILINE)
_CRUMB = re.compile(r"\s*(?:>+|»|›|→|/|::|\\|-{2,})\s*")
_CRUMB_HEAD = re.compile(r"^.*位置\s*(?:是)?\s*:?")
_SPONSOR = re.compile(r"(?:主办(?:单位)?|版权所有|主管(?:单位)?)\s*:?\s*(?P<a>[一-鿿]{4,30}?)(?:\s|承办|主办|[,。|:]|$)")
_FIRST_LINE_DATE = re.compile(r"^\s*(?P<a>[一-鿿()]{4,40}?)\s*(?:20\d\d|二[〇零○]).*$")

_LEAD = 1_300  # the clauses that name the compiler and the contact stand in the opening
_TAIL = 500
_SIGNATURE_LINES = 8


def candidates(
    text: str, title: Title | None, signature: Signature | None, hints: Mapping[str, str]
) -> list[Candidate]:
    """All names in a report that may be its agency's, the most trusted first.

    `text` is the folded text, `hints` the page's (folded to simplified characters).
    """
    found: list[Candidate] = []
    if title is not None and title.agency:
        trust = Trust.TITLE_LINE if title.on_own_line else Trust.TITLE
        if title.agency == title.issuer:
            trust = Trust.TITLE
        found.append(Candidate(trust, title.agency, title.agency, title.start, title.end))
        if title.issuer and title.issuer != title.agency:
            found.append(Candidate(Trust.ISSUER, title.issuer, title.issuer, title.start, title.end))
    body = title.end if title else 0
    found += _in_lead(text, body)
    found += _in_signature(text, signature, body)
    found += _around(text, body, hints)
    return sorted(found, key=lambda c: c.trust)  # stable: document order within a trust


def _take(trust: Trust, match: re.Match[str], offset: int) -> Candidate | None:
    printed = match["a"]
    name = clean_name(printed)
    if name.endswith("人民"):
        name += "政府"  # 《X市人民政府信息公开指南》: 政府 belongs to the name and to the object
    if trust is Trust.CONTACT:
        name = strip_contact_office(name)
    if not is_agency_name(name):
        return None
    return Candidate(trust, name, printed.strip(), offset + match.start("a"), offset + match.end("a"))


def _in_lead(text: str, body: int) -> Iterator[Candidate]:
    lead = text[body : body + _LEAD]
    for match in _COMPILED.finditer(lead):
        if _about_this_report(lead, match) and (found := _take(Trust.COMPILED_BY, match, body)):
            yield found
    for trust, pattern in (
        (Trust.COMPILED_BY, _COMPILES),
        (Trust.PUBLISHED_FOR, _PUBLISHED),
        (Trust.PUBLISHED_FOR, _PUBLISHED_YEAR_FIRST),
        (Trust.CONTACT, _CONTACT),
        (Trust.INFOBOX, _INFOBOX),
    ):
        for match in pattern.finditer(lead):
            if found := _take(trust, match, body):
                yield found
                break
    if "指南" in text or "目录" in text:
        for match in _GUIDE.finditer(text):
            if found := _take(Trust.GUIDE, match, 0):
                yield found
                break


def _about_this_report(lead: str, match: re.Match[str]) -> bool:
    """Whether 由X… says who compiled the report, not who runs a platform or leads a group."""
    sentence = lead[max(lead.rfind("。", 0, match.start()), 0) : match.start()] + match["rest"]
    written = re.search(r"编制|编写|编撰|汇编|起草|撰写|公布", match["verb"] + match["rest"])
    return written is not None and ("报告" in sentence or "年报" in sentence)


def _in_signature(text: str, signature: Signature | None, body: int) -> Iterator[Candidate]:
    if "填报单位" in text and (match := _FILLER.search(text)):
        if found := _take(Trust.FORM_FILLER, match, 0):
            yield found
    if signature is not None and (name := signatory(signature.name)):
        yield Candidate(Trust.SIGNATURE, name, signature.name, signature.start, signature.end)
        return
    offset = max(body, len(text) - _TAIL)
    end = len(text)
    for line in reversed(text[offset:].split("\n")[-_SIGNATURE_LINES - 8 :]):
        start = end - len(line)
        if (name := signatory(line)) and not _MENU_ITEM.match(line.strip()):
            yield Candidate(Trust.SIGNATURE, name, line.strip(), start, end)
            return
        end = start - 1


_MENU_ITEM = re.compile(r"^(?:·|•|\*|—)")


def signatory(line: str) -> str:
    """The agency that a line consists of, or ''."""
    name = clean_name(line)
    return name if len(line.strip()) <= 60 and is_agency_name(name) else ""


def _around(text: str, body: int, hints: Mapping[str, str]) -> Iterator[Candidate]:
    head = text[: body + 300]
    first = _FIRST_LINE_DATE.match(text)
    if first and (found := _take(Trust.METADATA, first, 0)):
        yield found
    paths = [hints["breadcrumb"]] if "breadcrumb" in hints else []
    paths += [match.group() for match in _CRUMB_LINE.finditer(head)]
    for path in paths:
        yield from _in_breadcrumb(path)
    for match in _METADATA.finditer(head):
        if found := _take(Trust.METADATA, match, 0):
            yield found
    for key in ("publisher", "column"):
        if (name := clean_name(hints.get(key, ""))) and is_agency_name(name):
            yield Candidate(Trust.METADATA, name, hints[key])
    for key in ("site", "sponsor"):
        if (name := clean_name(hints.get(key, ""))) and is_agency_name(name):
            yield Candidate(Trust.SITE, name, hints[key])
    tail = text[-_TAIL:]
    for match in _SPONSOR.finditer(tail):
        if found := _take(Trust.SITE, match, len(text) - len(tail)):
            yield found


def _in_breadcrumb(path: str) -> Iterator[Candidate]:
    """The organs on the way to the page, the last first; its places are put before it."""
    steps = [clean_name(s) for s in _CRUMB.split(_CRUMB_HEAD.sub("", path).strip())]
    places = ""
    names: list[str] = []
    for step in steps:
        if not is_agency_name(step):
            continue
        parts = split_name(step)
        if parts.places and parts.is_government:
            places = parts.places
        elif parts.places or parts.relative or not places:
            names.append(step)
        else:
            names.append(places + step)
    if not names and places:
        names.append(places)
    for name in reversed(names):
        yield Candidate(Trust.BREADCRUMB, name, path.strip())

"""Whose report it is: every place in a report where its agency is named, and what follows.

What lives here: finding the names (title, compiling clause, contact, guide, signature, …) and the
order in which they are trusted. What does not: the grammar of a name (`names.py`), putting the
full name together (`naming.py`), the place on the map (`place.py`).

Order of trust, best first: the title; a line of its own beside the title; who compiled the report
(由X编制); whose report is published (现公布X…年度报告); the letterhead (X文件); who is to be
contacted; the title of the agency's
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
    LETTERHEAD = 5
    CONTACT = 6
    GUIDE = 7
    FORM_FILLER = 8
    SIGNATURE = 9
    INFOBOX = 10
    ISSUER = 11
    BREADCRUMB = 12
    METADATA = 13
    SITE = 14


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
    r"由(?P<a>[^。;:《》,]{2,60}?)(?P<verb>依照|依据|根据|按照|汇总|综合|会同|负责|组织|牵头|结合|统一|编|起草|公布|发布|撰写)"
)
_WRITTEN = re.compile(r"编[制写撰]|汇编|起草|撰写|公布")
_NOT_BY = "自理缘"  # 自由, 理由, 缘由
_COMPILING = re.compile(r"编[制写撰]")
_COMPILER_BEFORE = re.compile(
    rf"(?:^|[{_ENDS},、])\s*(?P<a>[^。;:《》,、\n]{{2,40}}?)(?:现)?(?:认真|特|组织)?$"
)
_COMPILED_WHAT = re.compile(rf"了?(?:完成)?(?:本|{YEAR_TOKEN}|《|的)")
_PUBLISHED = re.compile(
    r"(?:公布|发布|编制|现将|报送|形成)\s*(?:《|“)?"
    rf"(?:(?P<a>[^。;:《》,、]{{2,40}}?)\s*(?:的)?\(?{YEAR_TOKEN}年?度?\)?(?:的)?(?:年度)?(?:政府|政务)?(?:信息|政务)?(?:公开|工作)"
    rf"|{YEAR_TOKEN}年?度?\s*(?P<b>[^。;:《》,、]{{2,40}}?)(?:政府|政务)?信息公开)"
)
_CONTACT = re.compile(
    r"(?:与|联系(?:单位|机构|部门|方式|人)?:|咨询(?:单位|机构|部门)?:|受理机构:|请(?:直接)?联系|可联系|向)"
    rf"(?P<a>[^{_ENDS},(]{{3,50}}?)(?:进行)?(?:联系|咨询|反映|索取|查询|解释|[(;,。:]|$)"
)
_GUIDE = re.compile(
    r"《(?P<a>[^《》]{2,40}?)(?:政府|政务)?(?:信息|政务)公开(?:工作)?(?:指南|目录)[^《》]{0,20}》"
)
_FILLER = re.compile(
    r"填报单位(?:名称)?(?:\((?:盖章|公章|章)\))?\s*:\s*(?P<a>[^\n|:]{2,40}?)(?:\s{2,}|\n|\||$)"
)
_INFOBOX = re.compile(r"(?:^|\n)[ •·|]*(?:发布)?单位\s*[:|]\s*(?P<a>[^\n]{3,40})")
_METADATA = re.compile(
    r"(?:发布机构|发布单位|发布部门|发文机关|发文单位|责任部门|责任单位|所属机构|公开单位|公开机构|公开部门|信息来源|文章来源|编制单位|报告单位|供稿单位|来源|作者|信息提供)"
    r"[\s:|]{1,6}(?P<a>[^\s|:\[\]【】,。]{2,40}?)(?=[\s|:\[\]【】,。]|(?:发布|公开|生成|发文|成文|录入|更新)(?:时间|日期|方式)"
    r"|时间|日期|浏览|点击|阅读|访问|字体|字号|作者|来源|编辑|文号|索引号|责任|打印|人气|$)"
)
_CRUMB_LINE = re.compile(r"^.*(?:位置|首页|[一-鿿] ?(?:>|»|›)).*$", re.MULTILINE)
_CRUMB_SIGNS = ("位置", "首页", ">", "»", "›")
_CRUMB = re.compile(r"\s*(?:>+|»|›|→|/|::|\\|-{2,})\s*")
_CRUMB_HEAD = re.compile(r"^.*位置\s*(?:是)?\s*:?")
_SPONSOR = re.compile(
    r"(?:主办(?:单位)?|版权所有|主管(?:单位)?)\s*:?\s*(?P<a>[一-鿿]{4,30}?)(?:\s|承办|主办|[,。|:]|$)"
)
_LETTERHEAD = re.compile(r"^[ ]*(?P<a>[一-鿿()]{4,40})文件[ ]*$", re.MULTILINE)
_FIRST_LINE_DATE = re.compile(r"^\s*(?P<a>[一-鿿()]{4,40}?)\s*(?:20\d\d|二[〇零○]).*$")

_NEIGHBOURS = re.compile(r"[上下前后]一[篇条]|相关(?:文章|链接|阅读)")
_NEIGHBOUR_SIGNS = ("一篇", "一条", "相关")
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
            found.append(
                Candidate(Trust.ISSUER, title.issuer, title.issuer, title.start, title.end)
            )
    body = title.end if title else 0
    found += _in_lead(text, body)
    found += _in_signature(text, signature, body)
    found += _around(text, body, hints)
    return sorted(found, key=lambda c: c.trust)  # stable: document order within a trust


def _take(trust: Trust, printed: str, at: int) -> Candidate | None:
    """The candidate that a printed string is, `at` an offset of the text; None where it is none."""
    name = clean_name(_PREPOSITION.sub("", printed.strip()))
    if name.endswith("人民"):
        name += "政府"  # 《X市人民政府信息公开指南》: 政府 belongs to the name and to the object
    if trust is Trust.CONTACT:
        name = strip_contact_office(name)
    if not is_agency_name(name):
        return None
    return Candidate(trust, name, printed.strip(), at, at + len(printed))


def _in_lead(text: str, body: int) -> Iterator[Candidate]:
    """The clauses of the opening: compiled by, published for, contact, infobox; the guide's title."""
    lead = text[body : body + _LEAD]
    if any(sign in lead for sign in _NEIGHBOUR_SIGNS):
        lead = _NEIGHBOURS.split(lead, maxsplit=1)[0]
    yield from _compilers(lead, body)
    for match in _PUBLISHED.finditer(lead):
        group = "a" if match["a"] else "b"
        if found := _take(Trust.PUBLISHED_FOR, match[group], body + match.start(group)):
            yield found
            break
    for match in _CONTACT.finditer(lead):
        if found := _take(Trust.CONTACT, match["a"], body + match.start("a")):
            yield found
            break
    infobox = _INFOBOX.search(lead) if "单位" in lead else None
    if infobox and (found := _take(Trust.INFOBOX, infobox["a"], body + infobox.start("a"))):
        yield found
    for match in _GUIDE.finditer(text):
        if found := _take(Trust.GUIDE, match["a"], match.start("a")):
            yield found
            break


def _compilers(lead: str, body: int) -> Iterator[Candidate]:
    """由X编制, X编制了本报告: only where the sentence is about this report."""
    for match in _COMPILED.finditer(lead):
        if match.start() and lead[match.start() - 1] in _NOT_BY:
            continue
        rest = lead[match.start("verb") : match.end() + 160].split("。", 1)[0]
        sentence = lead[max(lead.rfind("。", 0, match.start()), 0) : match.end()] + rest
        if _WRITTEN.search(rest) is None or not ("报告" in sentence or "年报" in sentence):
            continue
        if found := _take(Trust.COMPILED_BY, match["a"], body + match.start("a")):
            yield found
    for pivot in _COMPILING.finditer(lead):
        if not _COMPILED_WHAT.match(lead, pivot.end()):
            continue
        start = max(pivot.start() - 50, 0)
        before = _COMPILER_BEFORE.search(lead[start : pivot.start()])
        if before is None:
            continue
        if found := _take(Trust.COMPILED_BY, before["a"], body + start + before.start("a")):
            yield found
            return


def _in_signature(text: str, signature: Signature | None, body: int) -> Iterator[Candidate]:
    filler = _FILLER.search(text) if "填报单位" in text else None
    if filler and (found := _take(Trust.FORM_FILLER, filler["a"], filler.start("a"))):
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


_PREPOSITION = re.compile(r"^(?:由|经|与|向|请|现|本报告|本年度报告|报告|是|系)+")
_MENU_ITEM = re.compile(r"^(?:·|•|\*|—)")


def signatory(line: str) -> str:
    """The agency that a line consists of, or ''."""
    if len(line) > 60 and len(line.strip()) > 60:
        return ""
    name = clean_name(line)
    return name if is_agency_name(name) else ""


def _around(text: str, body: int, hints: Mapping[str, str]) -> Iterator[Candidate]:
    head = text[: body + 300]
    letterhead = _LETTERHEAD.search(head) if "文件" in head else None
    if letterhead and (found := _take(Trust.LETTERHEAD, letterhead["a"], letterhead.start("a"))):
        yield found
    first = _FIRST_LINE_DATE.match(text)
    if first and (found := _take(Trust.METADATA, first["a"], first.start("a"))):
        yield found
    paths = [hints["breadcrumb"]] if "breadcrumb" in hints else []
    if any(sign in head for sign in _CRUMB_SIGNS):
        paths += [match.group() for match in _CRUMB_LINE.finditer(head)]
    for path in paths:
        yield from _in_breadcrumb(path)
    for match in _METADATA.finditer(head):
        if found := _take(Trust.METADATA, match["a"], match.start("a")):
            yield found
    for key in ("publisher", "column"):
        if (name := clean_name(hints.get(key, ""))) and is_agency_name(name):
            yield Candidate(Trust.METADATA, name, hints[key])
    for key in ("site", "sponsor"):
        if (name := clean_name(hints.get(key, ""))) and is_agency_name(name):
            yield Candidate(Trust.SITE, name, hints[key])
    tail = text[-_TAIL:]
    for match in _SPONSOR.finditer(tail):
        if found := _take(Trust.SITE, match["a"], len(text) - len(tail) + match.start("a")):
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

"""Whose report it is: the places where a report names its own agency.

What lives here: title, compiling clause, publishing clause, contact, guide, annex, signature. What
does not: the order of trust (`trust.py`), whom the sentences are about (`subject.py`), what the page
says (`surroundings.py`), the grammar of a name (`names.py`), putting the full name together
(`naming.py`), the place on the map (`place.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.identity.imprint import Signature
from ingest.identity.names import clean_name, is_agency_name, is_central, leading_stem, split_name
from ingest.identity.subject import subjects
from ingest.identity.surroundings import around
from ingest.identity.title import Title
from ingest.identity.trust import Candidate, Trust, candidate_from
from ingest.identity.year import YEAR_TOKEN

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

_NEIGHBOURS = re.compile(r"[上下前后]一[篇条]|相关(?:文章|链接|阅读)")
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
    if not any(c.trust <= Trust.PUBLISHED_FOR and _tells_place(c.name) for c in found):
        found += subjects(text, body)
    found += around(text, body, hints)
    return sorted(found, key=lambda c: c.trust)  # stable: document order within a trust


def _tells_place(name: str) -> bool:
    """Whether nothing more need be looked for: the name says where its body is, or needs not."""
    return bool(split_name(name).places or leading_stem(name) or is_central(name))


def _in_lead(text: str, body: int) -> Iterator[Candidate]:
    """The clauses of the opening: compiled by, published for, contact, infobox; the guide's title."""
    lead = text[body : body + _LEAD]
    if "一篇" in lead or "一条" in lead or "相关" in lead:
        lead = _NEIGHBOURS.split(lead, maxsplit=1)[0]
    yield from _compilers(lead, body)
    for match in _PUBLISHED.finditer(lead):
        group = "a" if match["a"] else "b"
        if found := candidate_from(Trust.PUBLISHED_FOR, match[group], body + match.start(group)):
            yield found
            break
    for match in _CONTACT.finditer(lead):
        if found := candidate_from(Trust.CONTACT, match["a"], body + match.start("a")):
            yield found
            break
    infobox = _INFOBOX.search(lead) if "单位" in lead else None
    if infobox and (
        found := candidate_from(Trust.INFOBOX, infobox["a"], body + infobox.start("a"))
    ):
        yield found
    for match in _GUIDE.finditer(text):
        if found := candidate_from(Trust.GUIDE, match["a"], match.start("a")):
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
        if found := candidate_from(Trust.COMPILED_BY, match["a"], body + match.start("a")):
            yield found
    for pivot in _COMPILING.finditer(lead):
        if not _COMPILED_WHAT.match(lead, pivot.end()):
            continue
        start = max(pivot.start() - 50, 0)
        before = _COMPILER_BEFORE.search(lead[start : pivot.start()])
        if before is None:
            continue
        at = body + start + before.start("a")
        if found := candidate_from(Trust.COMPILED_BY, before["a"], at):
            yield found
            return


def _in_signature(text: str, signature: Signature | None, body: int) -> Iterator[Candidate]:
    filler = _FILLER.search(text) if "填报单位" in text else None
    if filler and (found := candidate_from(Trust.FORM_FILLER, filler["a"], filler.start("a"))):
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
    """The agency that a line consists of, or ''. A line that ends with a colon addresses one."""
    if (len(line) > 60 and len(line.strip()) > 60) or line.rstrip().endswith(":"):
        return ""
    name = clean_name(line)
    return name if is_agency_name(name) else ""

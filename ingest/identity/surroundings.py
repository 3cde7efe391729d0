"""What the page around a report says of its agency: breadcrumb, metadata, site, letterhead.

What lives here: names in the fields and menus of a page, trusted little because a page is often kept
by the successor body. What does not: what the report says of itself (`agency.py`, `subject.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.identity.names import clean_name, is_agency_name, split_name
from ingest.identity.trust import Candidate, Trust, candidate_from

_METADATA = re.compile(
    r"(?:发布机构|发布单位|发布部门|发文机关|发文单位|责任部门|责任单位|所属机构|公开单位|公开机构|公开部门|信息来源|文章来源|编制单位|报告单位|供稿单位|来源|作者|信息提供)"
    r"[\s:|]{1,6}(?P<a>[^\s|:\[\]【】,。]{2,40}?)(?=[\s|:\[\]【】,。]|(?:发布|公开|生成|发文|成文|录入|更新)(?:时间|日期|方式)"
    r"|时间|日期|浏览|点击|阅读|访问|字体|字号|作者|来源|编辑|文号|索引号|责任|打印|人气|$)"
)
_CRUMB_LINE = re.compile(r"位置|首页|[一-鿿] ?[>»›]")
_CRUMB_SIGN = re.compile(r"[>»›]|位置|首页")
_CRUMB = re.compile(r"\s*(?:>+|»|›|→|/|::|\\|-{2,})\s*")
_CRUMB_HEAD = re.compile(r"^.*位置\s*(?:是)?\s*:?")
_SPONSOR = re.compile(
    r"(?:主办(?:单位)?|版权所有|主管(?:单位)?)\s*:?\s*(?P<a>[一-鿿]{4,30}?)(?:\s|承办|主办|[,。|:]|$)"
)
_LETTERHEAD = re.compile(r"^[ ]*(?P<a>[一-鿿()]{4,40})文件[ ]*$", re.MULTILINE)
_FIRST_LINE_DATE = re.compile(r"^\s*(?P<a>[一-鿿()]{4,40}?)\s*(?:20\d\d|二[〇零○]).*$")
_TAIL = 500


def around(text: str, body: int, hints: Mapping[str, str]) -> Iterator[Candidate]:
    """The names that the page gives, `text` folded, its report's own text from `body` on; `hints`
    are the page's metadata.
    """
    head = text[: body + 300]
    letterhead = _LETTERHEAD.search(head) if "文件" in head else None
    if letterhead and (found := candidate_from(Trust.LETTERHEAD, letterhead["a"], letterhead.start("a"))):
        yield found
    first = _FIRST_LINE_DATE.match(text)
    if first and (found := candidate_from(Trust.METADATA, first["a"], first.start("a"))):
        yield found
    paths = [hints["breadcrumb"]] if "breadcrumb" in hints else []
    if _CRUMB_SIGN.search(head):
        lines = head.split("\n")
        paths += [ln for ln in lines if _CRUMB_SIGN.search(ln) and _CRUMB_LINE.search(ln)]
    for path in paths:
        yield from _in_breadcrumb(path)
    yield from _in_columns(head)
    for match in _METADATA.finditer(head):
        if found := candidate_from(Trust.METADATA, match["a"], match.start("a")):
            yield found
    for key in ("publisher", "column"):
        if (name := clean_name(hints.get(key, ""))) and is_agency_name(name):
            yield Candidate(Trust.METADATA, name, hints[key])
    for key in ("site", "sponsor"):
        if (name := clean_name(hints.get(key, ""))) and is_agency_name(name):
            yield Candidate(Trust.SITE, name, hints[key])
    tail = text[-_TAIL:]
    for match in _SPONSOR.finditer(tail):
        if found := candidate_from(Trust.SITE, match["a"], len(text) - len(tail) + match.start("a")):
            yield found


def _in_columns(head: str) -> Iterator[Candidate]:
    """The publisher where the fields' names stand in one row of a table and their values below."""
    if "发布机构" not in head and "发布单位" not in head:
        return
    end = -1
    above: list[str] = []
    for line in head.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        cells = [cell.strip() for cell in line.split("|")]
        for label, cell in zip(above, cells, strict=False):
            if label in ("发布机构", "发布单位") and cell:
                at = start + line.find(cell)
                if found := candidate_from(Trust.METADATA, cell, at):
                    yield found
        above = cells if len(cells) > 1 else []


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

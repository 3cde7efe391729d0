"""The title of a report, and what stands in its slots.

What lives here: the grammar of titles (year, agency, year, object, year, type), titles cut over
several lines, titles behind a label, agencies on a line of their own beside the title. What does
not: whether the document is a report (`kind.py`), whose it is in the end (`agency.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.identity.names import clean_name, is_agency_name
from ingest.identity.year import YEAR_TOKEN, years_of_title

_HEAD = 3_000  # characters in which a title is looked for; menus and metadata come before it
_VERY_HEAD = 240  # a full title here is taken without looking further
_USUAL_HEAD = 900  # most titles stand in these
_LONGEST = 90  # joined characters of a title; longer lines are sentences
_YEAR = rf"(?:{YEAR_TOKEN}(?:\s*年?\s*(?:[-—~至、]|到)+{YEAR_TOKEN})?(?:学年|年)?(?:度)?)"
_OBJECT = (
    r"(?:(?:人民)?政府(?:部门|机关|交通|环境|教育|系统)?|政务|行政|部门|校务|院务|党务|环境|海关|关务|交通|教育"
    r"|财政|卫生|司法|单位|事业单位|公共企事业单位|高校|办事|警务|检务|狱务|税务|司务)?"
    r"(?:的)?(?:信息|资讯)?(?:的)?(?:网上|主动|依法)?公开"
)
_FILLER = (
    r"(?:工作|年度|情况|进展|落实|贯彻|开展|执行|实施|推进|自查|自评|自检|评估|完成|专项|本级|全年|重点|要点|任务"
    r"|(?:和|与|及|以及|暨|、)(?:政务服务|政务公开|政府信息公开|信息公开|依申请公开|信息化|公共服务|政府网站|网站(?:建设|管理))"
    r"|的|之|及|和|、|年|度|\d{1,2}月份?|上半年|下半年|第[一二三四]季度|[（(](?:公开|发布)[)）]"
    rf"|\(?{_YEAR}\)?)*"
)
_TYPE = r"(?:报告书|报告|年报|总结|小结|汇报|综述|公报|年鉴|的函)"
_TAIL = (
    r"(?:的(?:报告|函|通知|公告|通报|说明|公示))?(?:\((?:[^()]{1,30})\))*(?:[-—](?:公开版|文字版|全文))?"
    r"(?:\.(?:docx?|pdf|xlsx?|wps|html?))?"
)
_TITLE = re.compile(
    rf"^(?P<before>[^。;!?]{{0,60}}?)(?P<object>{_OBJECT}|(?:政府|政务)信息(?=工作)){_FILLER}(?P<type>{_TYPE})(?P<tail>{_TAIL})[》”\"|]*$"
)
_SIGN = re.compile("公开|政府信息|政务信息")
_TYPE_SIGN = re.compile(r"报\s*告|年\s*报|总\s*结|小\s*结|汇\s*报|综\s*述|公\s*报|年\s*鉴|的\s*函")
_PLAIN = re.compile(r"[\s《“\"#*]")
_LABEL = re.compile(
    r"^(?:(?:信息|文件|公文)?(?:名\s*称|标\s*题)|题\s*目|题\s*名|中文名|附件\d?|附|内容概述)[:\s|]+"
)
_NOT_TITLE = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|上篇|下篇|相关|•?上一|•?下一|前一|后一|热门|返回|\d+[、.])"
)
_SITE_BEHIND = re.compile(r"(?:[-_|—]+| {1,})[^-_|—]{2,30}(?:[-_|][^-_|]{2,30})*$")
_FIELDS_BEHIND = re.compile(
    r"\s*(?:发布机构|发布单位|发布日期|发布时间|信息来源|来源|索引号|文号|作者|日期|浏览)[:\s].*$"
)
_ABOUT = re.compile(
    r"^(?P<issuer>.*?)关于(?P<verb>印发|转发|报送|上报|呈报|公布|发布|公开|编制|编报|填报|做好|对|就)?(?P<what>.*)$"
)
_SECOND_TITLE = re.compile(r"信息公开(?!工作?办公室|办|局|科|处)|年报|年度报告")
_YEARS = re.compile(rf"[（(]?{_YEAR}[)）]?")
_YEAR_LINE = re.compile(rf"^[（(]?\s*{_YEAR}\s*[)）]?$")
_AGENCY_LINE = re.compile(rf"^[（(]?{_YEAR}?(?P<agency>[^。;:,]{{2,48}}?){_YEAR}?[)）]?$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: `text[start:end]` of the folded text holds it, `printed` has no spaces.

    `agency` is the name in its slot or on a line of its own (`on_own_line`), '' where there is
    none; `issuer` is who forwards it (X关于印发Y…的通知). `bare` titles name neither year nor agency.
    """

    printed: str
    start: int
    end: int
    agency: str
    issuer: str
    years: tuple[int, ...]
    on_own_line: bool = False

    @property
    def bare(self) -> bool:
        """Whether it could as well be an item of a menu."""
        return not self.agency and not self.years


class _Line(NamedTuple):
    text: str
    start: int
    end: int


def find_title(text: str) -> Title | None:
    """The title in a folded text: of all that read like one, the fullest and first.

    A title on one line is looked for first; only where there is none, or only a menu's, are lines
    put together.
    """
    # Most begin with a full title: the lines of the very head are looked at alone.
    rank, title = _best(text[: text.rfind("\n", 0, _VERY_HEAD) + 1], ((1,),))
    if rank == 0:
        return title
    first = _find(text[:_USUAL_HEAD])
    if first is not None and first.agency and first.years:
        return first
    return _find(text[:_HEAD])


def _find(head: str) -> Title | None:
    return _best(head, ((1,), (2, 3)))[1]


def _best(head: str, passes: Sequence[Sequence[int]]) -> tuple[int | None, Title | None]:
    """The rank and the best title of a head; each pass joins so many lines."""
    lines = list(_lines(head))
    best: tuple[int, int] | None = None
    found: Title | None = None
    for counts in passes:
        behind_prose = 0
        for i, line in enumerate(lines):
            if len(line.text) > 110 and "。" in line.text:
                behind_prose = 4  # a title below running text is rather a link or an attachment
            if counts == (1,) and not (_TYPE_SIGN.search(line.text) and _SIGN.search(line.text)):
                continue
            for count in counts:
                title = _read(lines, i, count)
                if title is None:
                    continue
                rank = (_rank(title, line.text, count) + behind_prose, i)
                if best is None or rank < best:
                    best, found = rank, title
                break
            if best is not None and best[0] == 0:
                return 0, found
        if found is not None and not found.bare:
            break
    return (best[0] if best is not None else None), found


def read_title(printed: str) -> Title | None:
    """The title that a string is, for titles from the page's metadata."""
    return _read([_Line(printed, 0, len(printed))], 0, 1)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        stripped = line.strip(" |•·　")
        if stripped:
            yield _Line(stripped, start, end)
        start = end + 1


def _rank(title: Title, line: str, count: int) -> int:
    rank = 0 if title.agency and title.years else 1 if not title.bare else 3
    if _LABEL.match(line):
        rank += 2
    return rank + (count > 1)


def _read(lines: list[_Line], i: int, count: int) -> Title | None:
    """The title that the lines `i` to `i + count` are together."""
    if i + count > len(lines):
        return None
    joined = "".join(line.text for line in lines[i : i + count])
    if _SIGN.search(joined) is None or _TYPE_SIGN.search(joined) is None:
        return None
    if len(joined) > _LONGEST + 80 or (count > 1 and len(joined) > _LONGEST):
        return None
    if count > 1 and any(":" in line.text for line in lines[i : i + count]):
        return None
    match, label = _match(joined)
    if match is None:
        return None
    printed = match.group().strip("|")
    agency, issuer = _agency_slot(match["before"], match["tail"])
    years = years_of_title(printed)
    first, last = lines[i], lines[i + count - 1]
    start, end = first.start, last.end
    own = False
    if not label:
        if not years and i + count < len(lines) and _YEAR_LINE.match(lines[i + count].text):
            years = years_of_title(lines[i + count].text)
            end = lines[i + count].end
        if not agency:
            agency, beside, more_years = _agency_beside(lines, i, i + count)
            own = bool(agency)
            if beside is not None:
                start, end = min(start, beside.start), max(end, beside.end)
                years = years or more_years
                if beside.end < first.start and more_years:
                    printed = re.sub(r"\s", "", beside.text) + printed
    return Title(printed, start, end, agency, issuer, tuple(years), own)


def _match(joined: str) -> tuple[re.Match[str] | None, bool]:
    """Read a line as a title: as it stands, without its label, without the site behind it."""
    if _NOT_TITLE.match(joined):
        return None, False
    label = _LABEL.match(joined)
    if label:
        joined = _FIELDS_BEHIND.sub("", joined[label.end() :])
    last = joined.rsplit(" ", 1)[-1]  # behind the names of site and column
    for candidate in _without_neighbours(joined, last):
        compact = _PLAIN.sub("", candidate)
        if len(compact) > _LONGEST or (match := _TITLE.match(compact)) is None:
            continue
        if candidate is last and last != joined and not match["before"]:
            continue
        if not _SECOND_TITLE.search(match["before"]):
            return match, label is not None
    return None, False


def _without_neighbours(joined: str, last: str) -> Iterator[str]:
    """A line as it stands, then without what may stand beside a title, each made when asked for."""
    yield joined
    if (bare := _FIELDS_BEHIND.sub("", joined)) != joined:
        yield bare
    if last != joined:
        yield last
    if (bare := _SITE_BEHIND.sub("", joined)) != joined:
        yield bare


def _agency_slot(before: str, tail: str) -> tuple[str, str]:
    """The agency in a title, and who forwards it: from what stands before the object."""
    if before.endswith("人民"):
        before += "政府"  # 镇江市人民政府信息公开年报 prints 政府 once for name and object
    issuer = ""
    if match := _ABOUT.match(before):
        issuer = clean_name(_YEARS.sub("", match["issuer"]))
        before = match["what"]
    name = clean_name(_YEARS.sub("", before))
    name = re.sub(r"^(?:现将|附件\d?:?|年度|年(?=.{4})|的)|(?:本级|年度|的|依法|推进|开展)$", "", name)
    issuer = issuer if is_agency_name(issuer) else ""
    if is_agency_name(name):
        return name, issuer
    for note in re.findall(r"\(([^()]+)\)", tail):
        noted = clean_name(note)
        if is_agency_name(noted):
            return noted, issuer
    return issuer, issuer


def _agency_beside(
    lines: list[_Line], first: int, behind: int
) -> tuple[str, _Line | None, list[int]]:
    """An agency on the line above the title or below it, where the title names none."""
    for at in (first - 1, behind):
        if not 0 <= at < len(lines):
            continue
        line = lines[at]
        match = _AGENCY_LINE.match(line.text.replace(" ", ""))
        if match is None:
            continue
        name = clean_name(match["agency"])
        if is_agency_name(name):
            return name, line, years_of_title(line.text)
    return "", None, []

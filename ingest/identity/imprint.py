"""The dates around a report: when the page published it, and where and when it is signed.

What lives here: the labels of publication dates, dates that stand without a label, the signature
(落款). What does not: reading a printed date (`dates.py`), whose signature it is (`agency.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.identity.dates import CHINESE_YEAR, PrintedDate, dates_in, first_date, parse_field

_GAP = r"[ :|\[\]【】\n]{0,8}"
_OTHER_TIMES = "统计|工作|办公|受理|截止|生成|成文|有效|起止|服务|上班|填报|制表|编制|形成|答复|数据|开放|接待|施行|实施|签发|印发|发文|制发|出生|起始"
_NOT_OTHER = "".join(f"(?<!{word}..)" for word in _OTHER_TIMES.split("|"))
_LABELS = (
    re.compile(rf"(?:(?:时间|日期){_NOT_OTHER}|发布于){_GAP}"),  # also 发布时间, 公开日期
    re.compile(rf"(?:发文|印发|制发)(?:时间|日期){_GAP}"),
    re.compile(rf"生成(?<!公文生成)(?:时间|日期){_GAP}"),
)
# The day on which the page was shown, not the day on which the report was published.
_TODAY = re.compile(r"今天是|星期[一二三四五六日天]|农历|欢迎")
_LINES_BELOW = 6  # 无, 主动公开, 无 and the agency may stand between a title and its date
_PAGE_FIELD = re.compile(r"来源|作者|浏览|点击|阅读|访问|字体|字号|打印|编辑|录入|人气|次数")


@dataclass(frozen=True, slots=True)
class Signature:
    """The end of a report: who signs (`''` where only a date stands) and when."""

    name: str
    signed: PrintedDate | None
    start: int
    end: int


def published_on(
    text: str, head_end: int, hints: str | None, title_end: int, signature: Signature | None
) -> PrintedDate | None:
    """When the page says that it was published.

    `head_end` is where the report's own text is under way: labels are looked for before it and in
    the last lines. `hints` is what the page's metadata says; `title_end` (0 without a title) is
    where a date without a label may stand. The date of the `signature` and a date of making (成文日期) are none of publication.
    """
    head, tail = text[:head_end], text[max(head_end, len(text) - 300) :]
    first, *later = _LABELS
    for area, offset in ((head, 0), (tail, len(text) - len(tail))):
        if found := _labelled(first, area, offset):
            return found
    signed = signature.signed if signature is not None else None
    if found := _unlabelled(text, head_end, title_end, signed):
        return found
    if hints and (value := parse_field(hints)):
        return PrintedDate(value, 0, 0)
    for label in later:
        if found := _labelled(label, head, 0):
            return found
    return None


def _labelled(label: re.Pattern[str], area: str, offset: int) -> PrintedDate | None:
    for match in label.finditer(area):
        field = area[match.end() : match.end() + 24]
        for printed in dates_in(field):
            if printed.start == 0:
                start = offset + match.end()
                return PrintedDate(printed.value, start, start + printed.end)
            break
        if (value := parse_field(field[:8])) is not None:
            return PrintedDate(value, offset + match.end(), offset + match.end() + 8)
    return None


def _unlabelled(
    text: str, head_end: int, title_end: int, signed: PrintedDate | None
) -> PrintedDate | None:
    """A date that stands alone or among the fields of the page, near the title."""
    start = 0
    lines_behind = 0
    for line in text[:head_end].split("\n"):
        end = start + len(line)
        if start >= title_end and line.strip():
            lines_behind += 1
        if "20" in line and len(line) <= 200 and not _TODAY.search(line):
            # title, 无, 主动公开, 无, agency, date: the page's fields before the cover of the report
            leads = end < title_end and text.count("\n", 0, start) <= _LINES_BELOW
            for printed in dates_in(line):
                at = start + printed.start
                if printed.chinese or (signed is not None and at == signed.start):
                    continue
                rest = line[: printed.start] + line[printed.end :]
                # in parentheses it is the signature's, unless the report is signed at its end
                around = " |-[]()" if signed is not None else " |-[]"
                alone = not rest.strip(around) and title_end and 0 < lines_behind <= _LINES_BELOW
                field = _PAGE_FIELD.search(rest) is not None and "年度" not in rest
                if alone or field or (leads and not rest.strip()) or (printed.with_time and len(rest) < 120):
                    return PrintedDate(printed.value, at, start + printed.end)
        start = end + 1
    return None


_SIGNATURE_DATE = re.compile(
    r"^[ (]*(?P<org>[一-鿿][一-鿿()、· ]{2,60}?)?[ :,(]*"
    rf"(?P<date>(?:20\d\d|{CHINESE_YEAR}).{{2,14}}?[日号]?)[ ).]*$"
)
_LINE_END = re.compile(r"(?:[日号]|[-./]\d{1,2})[ )。.]{0,4}$")
_DATE_ENDS = "日号0123456789"
_YEAR_SIGN = re.compile(r"20\d\d|二")
_NO_SIGNATORY = re.compile(
    r"时间|日期|来源|发布|浏览|截止|截至|自|从|统计|今天|星期|报告|年报|版权|上一|下一|印发|第.{1,4}[条款]"
)
_FILLED_IN = re.compile(r"(?:填报|填表|报送|制表)(?:日期|时间)[: ]{0,4}")


def signature_in(text: str, body_start: int) -> Signature | None:
    """The last line that is a date, with the name on it or above it; else a filled-in date.

    Looks behind `body_start`; a date in parentheses under the title counts only where no other is
    found.
    """
    under_title: Signature | None = None
    line_start = len(text) + 1
    for line in reversed(text.split("\n")):
        end = line_start - 1
        start = line_start = end - len(line)
        if line.rstrip(" )。.")[-1:] not in _DATE_ENDS:
            continue
        if len(line) > 160:  # the last paragraph may hold the signature: …工作。 某县某局 2018年1月15日
            cut = line.rfind("。", 0, -1) + 1
            if not cut or len(line) - cut > 60:
                continue
            start, line = start + cut, line[cut:]
        if not line or not _LINE_END.search(line):
            continue
        if len(stripped := line.strip()) > 90 or not _YEAR_SIGN.search(stripped):
            continue
        signature = _signature_line(stripped, start, end, text)
        if signature and start >= body_start:
            return signature
        if signature and stripped[0] in "(二":
            under_title = signature
    if match := _FILLED_IN.search(text):
        for printed in dates_in(text[match.end() : match.end() + 16]):
            at = match.end() + printed.start
            moved = PrintedDate(printed.value, at, match.end() + printed.end)
            return Signature("", moved, at, moved.end)
    return under_title


def _signature_line(line: str, start: int, end: int, text: str) -> Signature | None:
    match = _SIGNATURE_DATE.match(line)
    if match is None or _NO_SIGNATORY.search(match["org"] or ""):
        return None
    printed = first_date(match["date"])
    if printed is None or printed.start != 0 or printed.with_time:
        return None
    if match["date"][printed.end :].strip():
        return None
    at = start + text[start:end].find(match["date"])
    printed = PrintedDate(printed.value, at, at + printed.end, printed.chinese)
    if name := (match["org"] or "").strip():
        return Signature(name, printed, start, end)
    above = text[:start].rstrip()
    name_start = above.rfind("\n") + 1
    if len(above) - name_start > 90:  # a sentence, not a name
        return Signature("", printed, start, end)
    return Signature(above[name_start:].strip(), printed, name_start, end)

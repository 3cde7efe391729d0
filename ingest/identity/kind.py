"""Is it a report? And if not, what is it.

What lives here: telling reports from notices, rules, fee lists, interpretations, forms, lists of
links, empty templates and pages without content. What does not: titles (`title.py`); the patterns
are `rules/identity/kinds.toml`.

A document is a report where its title is a report's title, or its text gives an account of a
year's disclosure: what was disclosed, what was requested, with numbers or statements of none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from ingest.identity.title import Title

_HEAD_LINES = 12
# the quickest to find first: three are enough
_SIGNS = (
    re.compile(r"年度报告|年报|工作情况|总体情况|概述|现将.{0,40}报告如下"),
    re.compile(r"领导小组|工作人员|专职|兼职|机构建设|组织领导|监督保障"),
    re.compile(r"依申请公开|公开(?:的)?申请|申请公开|收到.{0,8}申请"),
    re.compile(r"行政复议|行政诉讼|复议|申诉|举报投诉"),
    re.compile(r"收费|减免|费用|信息处理费"),
    re.compile(r"主动公开|公开(?:各类|政府|政务|部门)?信息|(?:发布|公布|上网|更新).{0,12}信息"),
    re.compile(r"(?:存在|主要)(?:的)?(?:主要)?(?:问题|不足)|改进|下一步|今后|打算|措施"),
)
_COUNTS = re.compile(
    r"\d+(?:\.\d+)?(?:余|多)?万?(?:条|件|次|人|份|篇|期|个|元|项|宗|起)|[一二三四五六七八九十百两]+(?:余|多)?(?:条|件|次|名|份|期)|未(?:收到|发生|接到|收取|受理|出现)|没有|(?:无|零|0)(?=[。,;|\n]|$)|均为(?:零|0)"
)
_FIGURES = re.compile(r"\d(?:余|多)?万?[条件次人份篇期个元项宗起]")
_SIGNS_NEEDED = 3
_ACCOUNT = re.compile(
    r"(?:公开|发布|公布|收到|受理|接到)[^。;\n]{0,24}?\d+余?万?(?:条|件|次|份|篇|宗|起|项|人次)"
    r"|未(?:收到|接到|受理|发生|收取|出现|产生)|没有(?:收到|接到|发生|收取|依申请)|情况:\s*无"
)
_ACCOUNTS_NEEDED = 2
_SIGNS_ALONE = 5
_BODY_CHARACTERS = 120  # a report of a few zero statements is short; less is a title with links
_REPORT_LINK = re.compile(
    r"^[·•\-\s\d.、]*[^。;,]{2,50}(?:年度?报告|年报|工作报告|工作总结|统计表)[^。;,]{0,10}(?:\(.{1,20}\))?[\s|]*\[?(?:20\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?)?\]?$"
)
_LINK_WORDS = ("报告", "年报", "总结", "统计表")
_LINKS_NEEDED = 5
_LEADERS_NEEDED = 4
_PROSE = 400  # characters of long sentences: more than that is no list
_SENTENCES_OF_PROSE = 25  # a text of so many sentences is no list
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|_{4,})\s*\d{1,3}\s*$", re.MULTILINE)
_SUBJECT = re.compile(r"公开")
_ATTACHMENT = re.compile(r"附件|下载|\.(?:docx?|pdf|xlsx?|wps|rar|zip)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NotReport:
    """Why a document is no report: an issue code and what to tell the reader."""

    reason: str
    message: str
    evidence: str


_MESSAGES = {
    "not_a_report.empty": "The document holds no text. If it is a scan or an attachment, give the file with the text.",
    "not_a_report.no_body": "Only a title and links to attachments were found. Give the attached file itself.",
    "not_a_report.notice": "A notice or circular (通知) about disclosure work, not a report of a year's work.",
    "not_a_report.regulation": "Rules, a catalogue or a guide (制度, 办法, 目录, 指南), not a report of a year's work.",
    "not_a_report.fee_list": "A list of fees (收费目录), not a report on information disclosure.",
    "not_a_report.interpretation": "An interpretation (解读) of a report, not the report itself.",
    "not_a_report.form": "A form to be filled in, not a report.",
    "not_a_report.news": "News of the work, not a report of a year's work.",
    "not_a_report.other_subject": "An annual report on another subject, not on information disclosure.",
    "not_a_report.error_page": "The server's page for an address that is gone (404). Fetch the report from its new address.",
    "not_a_report.empty_template": "A template (模板) whose slots are not filled in.",
    "not_a_report.list_page": "A page that lists reports. Give the reports it links to.",
    "not_a_report.table_of_contents": "A table of contents without the text of the report.",
    "not_a_report.no_disclosure_content": "The text gives no account of a year's information disclosure (信息公开).",
}


@dataclass(frozen=True, slots=True)
class _TitleRule:
    reason: str
    pattern: re.Pattern[str]
    unless_account: bool
    with_text: re.Pattern[str] | None  # must stand in the text as well


@dataclass(frozen=True, slots=True)
class _TextRule:
    reason: str
    pattern: re.Pattern[str]
    minimum: int
    longest: int | None
    unless_account: bool
    any_of: tuple[str, ...]  # one of these must stand in the text: a cheap look before the pattern


@cache
def _rules() -> tuple[tuple[_TitleRule, ...], tuple[_TextRule, ...]]:
    path = files("ingest.rules") / "identity" / "kinds.toml"
    rules = tomllib.loads(path.read_text(encoding="utf8"))
    return (
        tuple(
            _TitleRule(
                r["reason"],
                re.compile(r["pattern"]),
                r["unless_account"],
                re.compile(r["with_text"]) if "with_text" in r else None,
            )
            for r in rules["title"]
        ),
        tuple(
            _TextRule(
                r["reason"],
                re.compile(r["pattern"]),
                r.get("minimum_matches", 1),
                r.get("maximum_characters"),
                r.get("unless_account", False),
                tuple(r.get("any_of", ())),
            )
            for r in rules["text"]
        ),
    )


def why_no_report(
    text: str, printed: str, title: Title | None, hint_title: str
) -> NotReport | None:
    """Why a folded text is no report, or None where it is one.

    `printed` is the text with its lines as printed, `title` the report's title as far as one was
    found, `hint_title` the page's own title.
    """
    stripped = text.strip()
    if not stripped:
        return _no("not_a_report.empty", "")
    title_rules, text_rules = _rules()
    for rule in text_rules:
        if rule.longest is not None and len(stripped) > rule.longest:
            continue
        if rule.any_of and not _holds_any(text, rule.any_of):
            continue
        matches = rule.pattern.findall(text)
        if len(matches) >= rule.minimum and not (rule.unless_account and _gives_account(text)):
            return _no(rule.reason, str(matches[0]))
    if _may_list(text) and text.count("。") < _SENTENCES_OF_PROSE:
        listing = _is_listing(_lines(printed))
        if listing is not None:
            return listing
    body = _has_body(text)
    headline = _headline(stripped, title, hint_title, body=body)
    for title_rule in title_rules:
        if title_rule.pattern.search(headline) is None:
            continue
        if title_rule.unless_account and body and _gives_account(text):
            continue
        if title_rule.with_text is None or title_rule.with_text.search(text):
            return _no(title_rule.reason, headline)
    if body:
        return None
    return _without_body(stripped, title)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _no(reason: str, evidence: str) -> NotReport:
    return NotReport(reason, _MESSAGES[reason], evidence[:200])


def _headline(text: str, title: Title | None, hint_title: str, *, body: bool) -> str:
    """What the page calls itself: the report's title; else an early line that is a title of
    something else, where there is a body only one of the first lines.
    """
    if title is not None and not title.bare:
        return title.printed
    lines = _lines(text)
    for at, line in enumerate(lines[: _FIRST_LINES if body else _HEAD_LINES]):
        compact = _QUOTES.sub("", line)
        if not 8 <= len(compact) <= 60:
            continue
        among_menu = at or (len(lines) > 1 and _MENU_ITEM.match(_QUOTES.sub("", lines[1])))
        if (":" in compact and not _HEADLINE_HEAD.match(compact)) or (
            among_menu and _MENU_ITEM.match(compact)
        ):
            continue
        if _HEADLINE_END.search(compact) or _HEADLINE_HEAD.match(compact):
            return compact
    if title is not None:
        return title.printed
    firsts = [] if body else list(lines[:1])
    for line in (*firsts, re.split(r"[-_|]", hint_title)[0]):
        compact = _QUOTES.sub("", line)
        if 8 <= len(compact) <= 60 and ("公开" in compact or "收费" in compact):
            return compact
    return ""


_FIRST_LINES = 2
_MENU_ITEM = re.compile(
    r"^(?:依申请公开|(?:政府|政务)?信息公开|政务公开|公开|监督|法定主动公开).{0,6}$"
)
_HEADLINE_END = re.compile(
    r"(?:的(?:紧急|补充)?(?:通知|通报|意见|批复|复函|公告)|报告制度|办法|指南|目录|细则|规定|收费.{0,8}(?:目录|标准|清单|一览表)|解读|申请表|评分表|考核表|登记表|审批表|答复书|告知书|告知单|模板|样式|格式|要点|考核办法|公报|决算公开|预算公开|年度报表|统计年报|(?:法治政府|依法行政|工作|执法).{0,8}报告|实施方案|工作方案)(?:\(.{1,12}\))?$|^(?:一图读懂|图解|解读)"
)
_HEADLINE_HEAD = re.compile(
    r"^(?:一图读懂|一图看懂|图解|解读)|^我[省市县区州旗](?:召开|举办|举行|部署|积极|扎实|大力|认真).{2,40}$"
)
_QUOTES = re.compile(r"[\s《》“”]")


def _has_body(text: str) -> bool:
    """Whether the text gives an account: several of a report's subjects, with counts or zeros."""
    if "公开" not in text:
        return False
    signs = 0
    for sign in _SIGNS:
        signs += sign.search(text) is not None
        if signs == _SIGNS_NEEDED and _has_counts(text):
            return True
    # one figure is enough where the text goes through nearly all of a report's subjects
    return signs >= _SIGNS_ALONE and _COUNTS.search(text) is not None


def _has_counts(text: str) -> bool:
    for pattern in (_FIGURES, _COUNTS):  # figures alone are quick to find
        counts = pattern.finditer(text)
        if next(counts, None) and next(counts, None):
            return True
    return False


def _gives_account(text: str) -> bool:
    """Whether the text counts what was disclosed or asked for, or says that nothing was."""
    return next(islice(_ACCOUNT.finditer(text), _ACCOUNTS_NEEDED - 1, None), None) is not None


def _holds_any(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110  several times as quick as any(), and run on every document
        if sign in text:
            return True
    return False


def _may_list(text: str) -> bool:
    """A cheap look before `_is_listing`: whether there are words of links or leaders enough."""
    if sum(map(text.count, _LINK_WORDS)) >= _LINKS_NEEDED:
        return True
    return "...." in text or "……" in text or "····" in text or "____" in text


def _is_listing(lines: Sequence[str]) -> NotReport | None:
    """A page of links to reports, or a table of contents."""
    if sum(len(line) for line in lines if len(line) > 60 and "。" in line) >= _PROSE:
        return None
    links = [line for line in lines if len(line) < 80 and _REPORT_LINK.match(line)]
    if len(links) >= _LINKS_NEEDED:
        return _no("not_a_report.list_page", links[0])
    if sum(_LEADER.search(line) is not None for line in lines) >= _LEADERS_NEEDED:
        return _no("not_a_report.table_of_contents", lines[0])
    return None


def _without_body(text: str, title: Title | None) -> NotReport | None:
    """A text without a report's account: what is left of it."""
    if title is not None and not title.bare:
        behind = text[max(text.find(title.printed[-8:]) + 8, 0) :]
        if len(behind) >= _BODY_CHARACTERS and _SUBJECT.search(behind):
            return None  # a short report with unusual words is still its agency's report
        if _ATTACHMENT.search(behind) or len(behind) < _BODY_CHARACTERS:
            return _no("not_a_report.no_body", title.printed)
        return None
    if _ATTACHMENT.search(text) and len(text) < _BODY_CHARACTERS * 2 and title is not None:
        return _no("not_a_report.no_body", text)
    return _no("not_a_report.no_disclosure_content", text)

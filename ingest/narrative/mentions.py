"""Numbers in sentences: where each stands, its value and unit, and what is no number at all.

What lives here: finding mentions, and masking the digits that only look like figures (dates, laws,
telephones, names, ordinals). What does not: what a mention counts (`resolve.py` with the rules).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.model import Qualifier
from ingest.text.numerals import (
    ARABIC_NUMBER,
    CHINESE,
    CHINESE_DIGITS,
    CHINESE_NUMBER,
    parse_number,
)

_UNITS = (
    "条次 条目 条 件次 件 篇次 篇幅 篇 份 人次 人 名 位 个工作日 工作日 个百分点 百分点 个月 个 项目 项 期次 期 册次 册 "
    "张次 张 部 类 宗 起 例 次 场次 场 班次 班 封 只 处 家 块 台 间 座 所 套 本 种 则 幅 辆 户次 户 届 回 轮 万元 亿元 元 角 分钟 天 "
    "小时 平方米 公里 亩 吨 级 岁 周 季度 页 字 版 集 枚 批次 批 组 口 团 刻 度 案 票 人天 村 镇 股 案次 言"
)
# 1专4兼, 一专三兼: short for so many full-time and so many part-time
_SHORT_STAFF = f"专(?=[、,]?[\\d{CHINESE_DIGITS}]{{1,3}}兼)|兼(?=[,;。、)]|$)"
UNIT = "|".join([*sorted(_UNITS.split(), key=len, reverse=True), _SHORT_STAFF])
# What is made of digits and is no figure.
_MASK = (
    r"^\s*\(?\d{1,2}[).、]\s*(?!\d)"
    r"|《[^》\n]*》|“[^”\n]{1,24}”|「[^」\n]*」"
    r"|〔[^〕\n]*〕\s*\d*号?|\[\d{4}\]\s*\d*号?"
    r"|(?:第|No\.?)\s*[\d一二三四五六七八九十百零〇]+(?:号|条|款|项|届|次|期|批|章|位|名|一?季度|类)?"
    r"|(?:公元)?(?:[12]\d{3}|[一二][〇零一二三四五六七八九]{3})[-—~至到、和](?:[12]\d{3})?\d{0,2}(?:学年度?|年度?)"
    r"|(?:[12]\d{3}|[一二][〇零一二三四五六七八九]{2,3})年度?(?:[-—至到]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|元)\s*月)?(?:份|底|末|初|中旬|上旬|下旬|\s*(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})\s*日)?"
    r"|[12]\d{5,7}日|[12]\d{4,7}(?=[日起止至])"  # dates that lost 年 and 月
    r"|\d{1,2}(?:[-—至到]\d{1,2})?月(?:份|底|末|初|\d{1,2}日)?|(?:[一二三四五六七八九十]{1,2}|元)月份?(?:[一二三四五六七八九十]{1,3}日)?"
    r"|[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?"
    r"|(?:电话|传真|邮编|邮政编码|热线|QQ|号码|拨打)[^,;。\n\d]{0,6}[\d\-—、/ ]{5,}(?![\d ]*(?:余|多)?(?:人|次|个|件|万|起|条|通))|\d{3,4}[-—]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|(?:https?://|www\.)[A-Za-z0-9_.~%&=?/:#@+!\-]*"  # an address ends before Chinese words and brackets
    r"|(?:12345|12369|12358|12320|12315|12322|12333|12316|12348|12388|12319|12336|12328|12366|12365|12331|96\d{3,4}|110|114|120|122)(?![\d,.]|[条件人次份个余多万千百篇期名家宗起项元封户])"
    r"|[一二三四五六七八九两\d]+(?:类|种|个方面|大类|[条个种](?:渠道|途径|平台|载体))(?=[^,;。\d]{0,14},?(?:分别|依次))"
    r"|\d{1,12}(?:·\d{1,12})+|[A-Za-z]\d+|\d{1,12}[A-Za-z]+"  # bounded: each digit is a start
    r"|\d{1,3}[:：]\d{1,3}"
)
_WITH_UNIT = rf" ?\(?(?P<unit>个人(?![事才大民均口员])|{UNIT})(?:\((?:次|件|条|个|篇|份)\)|/次)?"
_MENTION = (
    # a Chinese numeral is a figure before a unit alone: most are parts of words (进一步, 统一)
    # 13 872人次: thousands set apart by a space, where a unit follows
    rf"(?P<number>(?<!\d )\d{{1,3}}(?: \d{{3}})+(?=(?:余|多)? ?(?:{UNIT}))|{ARABIC_NUMBER}|{CHINESE_NUMBER}(?=%| ?\(?(?:{UNIT}))|{CHINESE_NUMBER}(?<=[余多来万亿]))"
    rf"(?:(?P<percent>%)|{_WITH_UNIT})?"
)
# every branch starts with one of these (or the segment's start): the rest is passed over at once
_STARTS = rf"《“「〔\[第N公\d{CHINESE_DIGITS}元电传邮热Q号拨hwA-Za-z"
_MASK_OR_MENTION = re.compile(rf"(?=[{_STARTS}]|(?<![\s\S]))(?:{_MASK}|{_MENTION})")
# without one of these there is no figure: most segments are passed over by this one look
_MAY_COUNT = re.compile(
    rf"\d|[{CHINESE_DIGITS}](?=[余多来 (%{''.join(sorted({unit[0] for unit in _UNITS.split()}))}])|[万亿]"
)
_MAIL_ADDRESS = re.compile(r"[\w.\-]{1,64}@[\w.\-]{1,64}")
_CHINESE_ONLY = re.compile(rf"{CHINESE}$")
# Chinese numerals that are words, not counts
_WORD = re.compile(r"(?:一(?:(?:件|起|宗|例|次|条)也|次性|个个|方面|部分|定|些|项项|类|起(?![,。;、)]|(?<=[,、;:中]一起)(?:均|都)?(?:为|系|予以|告知|属于|同意|不予)|政府|案|投诉|举报|行政|复议|诉讼|因|信息|涉及|申请|判|撤|驳|维持|终|尚|待|结)|年来|件事|站式|体|系列|批|览|线|律|并|目了然|把手|步|家之言|张纸|网|窗|卡|户|级|期工程)|千[方]|十分|万[一元户]|百(?:姓|分|度|家号)|三(?:公|农|级)|两(?:委|会|微|学|公|个层面|级))")
# 没有一起投诉: none, not one
_NOT_ONE = re.compile(r"(?:没有|未有|尚无|未(?:发生|出现|收到|接到|产生|引发|受理)|没有(?:发生|出现|收到|接到)|无)(?:过)?$")
_JIAO = re.compile(rf"(?P<number>\d|[{'一二三四五六七八九'}])角")
_ARABIC_DIGITS = frozenset("0123456789")
_BARE_NUMERAL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<![第统唯万之一二三四五六七八九十百])[一二三四五六七八九十百]{1,5}(?=[、,;。]|$)")
_LEAST_OF_LIST = 3
_NUMERAL_DIGITS = dict(zip("零〇一二两三四五六七八九十百千", "001223456789000", strict=True))
_BEHIND_ONE = frozenset("23456789")
_NUMBER_AT_END = re.compile(r"\d[,;。、)\s]*$")
_NEAR = 4  # characters on both sides that tell how exact a number is
_GOES_ON = re.compile(r"(?:主要|其中|包括|利用|通过|依托|涉及)")
_COUNTED = re.compile(r"(?:信息|申请)(?:数量|总数|总量|数|共计|共|计|为)?$")
_TAIL_OK = re.compile(r"\s*(?:[,;。、)|]|$)")


class Mention(NamedTuple):
    """A number in a segment: `start:end` covers number and unit, `number_end` the number alone."""

    start: int
    number_end: int
    end: int
    value: float
    unit: str  # as printed, 万元 and 亿元 reduced to 元; "" where none stands there; "%" for shares
    text: str
    qualifier: Qualifier


def with_digits(segment: str, found: Sequence[Mention]) -> str:
    """The segment with a digit for each character of the mentions' Chinese numerals.

    As long as before, so that offsets hold: patterns need not know numerals of both kinds.
    """
    chars: list[str] | None = None
    for mention in found:
        if segment[mention.start] not in _NUMERAL_DIGITS:
            continue
        for at in range(mention.start, mention.number_end):
            if segment[at] in _NUMERAL_DIGITS:
                chars = chars or list(segment)
                chars[at] = _NUMERAL_DIGITS[segment[at]]
    return segment if chars is None else "".join(chars)


def mentions(segment: str) -> Sequence[Mention]:
    """All numbers of a segment that may be figures, in order."""
    return () if _MAY_COUNT.search(segment) is None else _mentions(segment)


@lru_cache(maxsize=8_192)
def _mentions(segment: str) -> tuple[Mention, ...]:
    return tuple([mention for _, mention in scan(segment) if mention is not None])


def bare_numerals(segment: str) -> list[Mention]:
    """Chinese numerals without a unit, in a segment that lists with them: 机构概况二、政策文件七.

    Most such numerals are parts of words (统一, 第三): a segment with three of them, none with
    Arabic digits, is a list; a single one counts behind 为 or 有 alone.
    """
    if not _ARABIC_DIGITS.isdisjoint(segment):
        return []
    matches = list(_BARE_NUMERAL.finditer(segment))
    if len(matches) < _LEAST_OF_LIST:
        matches = [m for m in matches if len(m.group()) > 1 and segment[m.start() - 1] in "为有达"]
    return [
        Mention(*m.span(), m.end(), parse_number(m.group()).value, "", m.group(), Qualifier.EXACT)
        for m in matches
    ]


def scan(segment: str) -> list[tuple[re.Match[str], Mention | None]]:
    """All that looks like a number, in order: with its mention, or None where it is no figure."""
    found = []
    at = 0
    for match in _MASK_OR_MENTION.finditer(segment):
        number, percent, unit = match.groups()
        start, end = match.span()
        if start < at:
            continue
        mention = None
        if number is not None:
            mention = _mention(segment, start, end, number, unit or percent or "")
            if mention is not None:
                at = mention.end
        found.append((match, mention))
    return _without_addresses(segment, found) if "@" in segment else found


def _without_addresses(
    segment: str, found: list[tuple[re.Match[str], Mention | None]]
) -> list[tuple[re.Match[str], Mention | None]]:
    spans = [m.span() for m in _MAIL_ADDRESS.finditer(segment)]
    return [
        (match, None if mention and any(s < mention.number_end and mention.start < e for s, e in spans) else mention)
        for match, mention in found
    ]


def _lost_its_unit(segment: str, start: int, end: int) -> bool:
    """主动公开政府信息253主要包括…: what stands around the number tells that it was a count."""
    return _GOES_ON.match(segment, end) is not None and _COUNTED.search(segment, 0, start) is not None


def _counts_on(segment: str, start: int, end: int, number: str) -> bool:
    """Whether a number numbers the words behind it, after 1、…: `1、公开栏等形式 2、报刊`.

    A list that ends with a number has its numbers behind the words: `网站1、公报2、微博3`.
    """
    if not segment.startswith("、", end) or _NUMBER_AT_END.search(segment):
        return False
    return re.search(rf"(?<!\d){int(number) - 1}、", segment[:start]) is not None


def _mention(segment: str, start: int, end: int, number: str, unit: str) -> Mention | None:
    if unit == "个人":
        unit = "人"
    if number[0] in CHINESE_DIGITS and _CHINESE_ONLY.match(number.rstrip("余多来")):
        if not unit or unit == "%" or _WORD.match(segment, start):
            return None
        if number == "一" and _NOT_ONE.search(segment, 0, start):
            return None
    elif not unit and not _TAIL_OK.match(segment, end) and not _lost_its_unit(segment, start, end):
        return None
    before = segment[start - 1] if start else ""
    if before == ":":  # 机构职能:5条 is a figure, 10:30 and host:8080 are none
        before = segment[start - 2] if start > 1 else ""
        if number == "1" and not unit and segment.startswith("、", end):
            return None  # 方式有:1、通过网站… counts the ways up
    if not unit and number in _BEHIND_ONE and _counts_on(segment, start, end, number):
        return None
    if (before in ".-/:" and before) or (before.isascii() and before.isalnum()):
        return None  # the rest of an identifier
    try:
        parsed = parse_number(
            number.replace(" ", "") if " " in number else number,
            segment[max(0, start - _NEAR) : start],
            segment[end : end + _NEAR],
        )
    except ValueError:
        return None
    value, printed_end = parsed.value, end
    if unit == "元" and (jiao := _JIAO.match(segment, printed_end)):
        value += parse_number(jiao["number"]).value / 10
        printed_end = jiao.end()
    if unit in ("万元", "亿元"):
        value *= 10_000 if unit == "万元" else 100_000_000
        unit = "元"
    printed = segment[start:printed_end]
    return Mention(start, start + len(number), printed_end, round(value, 6), unit, printed, parsed.qualifier)  # fmt: skip

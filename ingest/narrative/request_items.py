"""Items of lists of requests, appeals and inquiries: outcome, channel, applicant.

What lives here: what the words before or behind a number say of a request's or a case's breakdown.
What does not: the words (`labels.toml`), whether a list is open (`lists.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import TimeScope
from ingest.narrative.context import Context, State
from ingest.narrative.items import a_rule_reads, add_item, last_clause
from ingest.narrative.list_reach import REACHES
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label, find_labels

CASE_UNITS = {"件", "宗", "起", "条", "项", "例", "次", "个", "件次", "份", "封", "人次", "案", ""}
# how a request was made or by whom, at the end of an item's words
_ASKED_BY = re.compile(r"(?:当面|传真|网络|网上|信函|邮件|书面|现场|口头|电话|自然人|法人|公民|组织|企业)[^,;、]{0,8}$")
# what a request asked for, not what became of it
_ASKS = re.compile(r"(?:对|对于)?(?:要求|请求|关于|申请(?:公开|获取))[^,;]{2,30}的$")
# 涉及某企业的1件: what it was about, unless the words name an outcome (涉及国家秘密的)
_CONCERNS = re.compile(r"(?:涉及|有关|关于|针对|询问|查询|了解)[^,;]{2,30}的$")
_DESCRIBED = re.compile(r"\s*(?:要求|申请(?:公开|获取|内容)|内容|请求|主要)")
_IS = re.compile(r"\s*(?:均|都|全部)?(?:为|由|是|系|通过|以|属|采用|采取|涉及|来自)|\s*(?:当面|网上|网络|信函|书面)")
# words for the rest of a list's cases, before an item's own
_REST_STARTS = frozenset("余剩除上这该本当新")
_REST = re.compile(r"^(?:余下|剩余|剩下|除了?|上述|这|该|本年度?的?|当年的?|新收的?)+")
# “信息不存在”的答复1件: an outcome, where the words alone would be an answer's
_ANSWERED_SO = re.compile(r"(?:的)?(?:书面)?(?:答复|回复)(?:的|数|为|有|是|共|计)*$")
_NOT_DEALT_WITH = re.compile(r"不予(?:处理|受理)")
_REFERRED = re.compile(r"转由|转为|告知")
_FROM_WHOM = re.compile(r"申请(?:中)?,?(?:来自|由)")
# one number for two outcomes is neither's
REFUSED = re.compile(r"(?:不予以?|免予|未予以?|未给予|不同意|拒绝|不宜|未|没有|未能|[^,;]不)公开")
_TWO_OUTCOMES = re.compile(r"公开(?:和|及|、|或|与|以及)(?:同意|予以)?部分公开")
_HEAD_OF_LIST = re.compile(r"(?:具体)?(?:答复|办理|处理|申请|提交|办结)(?:情况|结果|方式|类型|意见)?(?:为|是|如下)?|(?:情况|结果)(?:为|是)?")
_OF_ALL = re.compile("均|都|皆|全部")
_NOTICE = re.compile(r"(?:收到|接到)[^,;]{0,6}(?:通知|告知|答复)")  # received by the applicant
_RECEIVED = re.compile(r"(?:收到|受理|接到|新收|共收)[^,;。]{0,20}$")
# business of other kinds that is counted in cases too
_OTHER_BUSINESS = re.compile(
    r"办件|12345|许可|审批|办证|关停|整合|栏目|热线|信箱|交办|转办|工单|(?:收到|接到|受理|直接)来信(?!申请)|来电|来访|信访(?!(?:、|举报|投诉)*类)|建议|提案|诉求|咨询"
)
_LINK = re.compile(r"[的由以共计为]")
_WAY_OF_ASKING = re.compile(r"申请(?:数|方式|提出|提交|的)?$|方式|递交|提交|提出")
_WAY = re.compile(r"形式|方式|途径|渠道|申请|其[他它]$")
_IN_BRACKETS = re.compile(r"\((?:为|系|均为|属)?(?P<words>[^()\d,;、]{2,16})\)")
_BARE_REST = re.compile(r"其[他它](?:的)?")  # of which list, only the item before tells
_PROCEEDINGS = re.compile(r"复议|诉讼|投诉|举报|咨询")
_EACH = re.compile(r"均|各|都|全为")
_NUMBER_OR_END = re.compile(r"[\d。]|[一二两三四五六七八九十]+(?:件|起|宗|份)")
_WAY_THEN_COUNT = re.compile(r"(?:申请|方式|途径|渠道),(?:共有|共计|共|达到|达|计|有|为)$")
_NAMES = re.compile(r"[、和与]|(?<!涉)及")
_EACH_END = re.compile(r"(?:数)?(?:的)?(?:均|各|都|全)+(?:有|为|是|计)*$")
_AMONG = re.compile(r"(?:申请)?(?:当中|之中|中|里面|里|内)")
_CLAUSE = re.compile(r"[,;、:]")
_BOTH_EACH = re.compile(r"复议(?:案件|申请)?(?:、|和|与|及)(?:行政)?(?:诉讼|应诉)(?:案件)?各(?:有|为|发生)?$")
_CASE_WORDS = re.compile(r"(?:行政)?(?:复议|诉讼)(?:案件|申请|机关|结果)?|原告(?:诉讼请求)?")
_CASE_TOTAL = re.compile(r"(?:复议|诉讼|应诉)(?:案件|申请|案)?(?:共|计|为|数)*$")
_LAWSUIT_BEHIND = re.compile(r"[^,;。\d]{0,16}(?:诉讼|起诉)")
_OF_SEVERAL = re.compile(r"、[^,;。]{2,40}等(?:情况|情形|类)?(?:共|计|的|为)*$")  # 信息不存在、非本机关掌握等222件
_A_WAY = "(?:信函|书面|邮寄|传真|网络|网上|当面|现场|电话|电子邮件|邮件)"
_WAYS_TOGETHER = re.compile(rf"{_A_WAY}(?:申请|方式)?[、和及与或]{_A_WAY}(?!.*各)")  # 信函、传真等280件: of neither alone
_TOLD_BY = re.compile(r"(?:电话|口头|当面|现场|邮件|书面|网上|信函)(?:回复|答复|告知|沟通|反馈|解释)")  # how it was answered
LAWSUITS = ("litigation_cases", "litigation_direct_cases", "litigation_post_cases")
# what a site or an account did, and who looked at it: no way of asking
_TOLD_TO_ALL = re.compile(r"发布|推送|刊登|登载|查询量|点击|浏览|访问|阅读|下载|关注|粉丝|报送")
_NO_INQUIRY = re.compile(r"申请|信箱|留言|投诉|培训|访问|访谈")


def read_request_words(context: Context, state: State, head: Reading) -> None:
    """收到自然人以电子邮件方式提出的申请2件: the head's own words may break it down."""
    words = last_clause(context.since)
    for group, field_name in (("request_channel", "channel"), ("applicant_type", "applicant_type")):
        codes = find_labels(group, words)
        if len(codes) == 1 and codes[0] not in ("other_request", "organisation"):
            part = replace(head, rule_id=f"requests.own_words.{field_name}", weak=True)
            setattr(part, field_name, codes[0])
            state.readings.append(part)


def read_request_item(context: Context, state: State, piece: str, when: TimeScope) -> bool:
    """An item of a list of requests; False where its words tell nothing."""
    if piece[:1] in _REST_STARTS:
        piece = _REST.sub("", piece)
    if not _ASKED_BY.search(piece) and not _answered_so(piece) and a_rule_reads(
        context, ("requests_completed", "requests_carried", "requests_answered")
    ):
        return False
    dealt_with = _NOT_DEALT_WITH.search(piece) is None
    if "申请" in piece and dealt_with and _RECEIVED.search(_NOTICE.sub("", piece)) and not _FROM_WHOM.search(piece):
        return False
    if _OTHER_BUSINESS.search(piece) and not (
        _REFERRED.search(piece) and find_label("outcome", piece) == "redirected"
    ):
        return False
    words = piece.strip()
    if not words and _WAY_THEN_COUNT.search(context.since):
        words = last_clause(REACHES.sub("", context.since))  # 最多的是信函申请,为13件
    if _EACH.search(words[-6:]) and _read_outcomes(context, state, words, when):
        return True
    # 对要求提供他人档案的1件,…: what a request asked for says nothing of its outcome
    asked = _asked_for(words)
    from_right = asked or len(_LINK.sub("", words)) < 2 or _HEAD_OF_LIST.fullmatch(words) is not None
    if from_right:
        words = _right_words(context.right)
        if asked and _OF_ALL.match(words):
            return False  # 涉及征地的3件,涉及水价的2件,均予以公开: said of all of them
        if not words:
            return False
        if _reason_and_denial(context, state, when):
            return True
    before = state.readings[-1] if state.readings else None
    # 同意5条,其他0条: behind an outcome stands an outcome
    answered_first = state.is_open("requests_answered", context.segment_no) or (
        before is not None and before.indicator == "requests_answered" and before.outcome is not None
    )
    outcome = _outcome(words, answered=answered_first)
    of_no_way = _TOLD_BY.search(words) is not None or _WAYS_TOGETHER.search(words) is not None
    channel = None if of_no_way else find_label("request_channel", words)
    applicant = find_label("applicant_type", words)
    if channel == "other_request" and (
        applicant or outcome or answered_first or not _WAY.search(words)
        or (_BARE_REST.fullmatch(words) and not _behind_a_channel(state))
    ):
        channel = None
    if (channel or applicant) and _WAY_OF_ASKING.search(words):
        outcome = None
    if outcome == "other" and (told := _IN_BRACKETS.match(context.right)) is not None:
        outcome = find_label("outcome", told["words"]) or outcome  # 其他1件(主动撤回)
    if outcome is not None and outcome.startswith("denied_") and REFUSED.search(words):
        add_item(context, state, "requests_answered", "requests.outcome.label", when, outcome="denied")
    if outcome is not None:
        add_item(context, state, "requests_answered", f"requests.outcome.{'right' if from_right else 'label'}", when, outcome=outcome)  # fmt: skip
        return True
    if _PROCEEDINGS.search(words) or _TOLD_TO_ALL.search(words):
        return False
    if applicant is not None:
        add_item(context, state, "requests_received", "requests.applicant", when, applicant_type=applicant)
    if channel is not None:
        both = find_labels("request_channel", words) if _EACH.search(context.since) else ()
        for code in both or [channel]:
            add_item(context, state, "requests_received", "requests.channel", when, channel=code)
    return applicant is not None or channel is not None


def _behind_a_channel(state: State) -> bool:
    """Whether the item before tells a way of asking."""
    before = state.items[-1] if state.items else state.readings[-1:]
    return bool(before) and before[-1].channel is not None


def _asked_for(words: str) -> bool:
    """Whether the words say what a request was about, and not what became of it."""
    if _ASKS.match(words):
        return True
    return _CONCERNS.match(words) is not None and find_label("outcome", words) is None


def _answered_so(piece: str) -> bool:
    end = _ANSWERED_SO.search(piece)
    return end is not None and find_label("outcome", piece[: end.start()]) not in (None, "other")


def _read_outcomes(context: Context, state: State, words: str, when: TimeScope) -> bool:
    """公开、部分公开、不存在各1件: each outcome named has the number."""
    names = _NAMES.split(_EACH_END.sub("", words))
    codes = [find_label("outcome", name) for name in names]
    if len(names) < 2 or None in codes:
        return False
    for code in codes:
        add_item(context, state, "requests_answered", "requests.outcome.each", when, outcome=code)
    return True


def _outcome(words: str, *, answered: bool) -> str | None:
    if _TWO_OUTCOMES.search(words) or (_OF_SEVERAL.search(words) and len(set(find_labels("outcome", words))) > 1):
        return None
    outcome = find_label("outcome", words)
    if outcome is not None and outcome.startswith("denied") and _NOT_DEALT_WITH.search(words):
        return "rejected"
    if outcome == "other" and not answered:
        return None
    return outcome


def _clauses_behind(right: str) -> list[str]:
    """Clauses behind a number; the one that leads to the next number is that number's."""
    stop = _NUMBER_OR_END.search(right)
    clauses = _CLAUSE.split(right[: stop.start()] if stop else right)
    numbered = stop is not None and stop.group() != "。"
    # 8件当中予以公开5件: one clause that leads to a part's number
    leads_on = numbered and (len(clauses) > 1 or _AMONG.match(right) is not None)
    return clauses[:-1] if leads_on else clauses


def _right_words(right: str) -> str:
    """The clauses behind a number up to the next number, nearest first that tells an outcome."""
    if _AMONG.match(right) and _NUMBER_OR_END.search(right.partition("。")[0]):
        return ""  # 95件中,属于主动公开范围、告知获取途径的22件: the words are the parts'
    described = False
    for clause in _clauses_behind(right):
        clause = clause.strip("() ")
        described = described or _DESCRIBED.match(clause) is not None
        # 1件申请公开水价,均已提供: said of all of them
        if not clause or _DESCRIBED.match(clause) or (described and _OF_ALL.match(clause)):
            continue
        if find_label("outcome", clause) not in (None, "other"):
            return clause
        if _IS.match(clause) and (
            find_label("request_channel", clause) or find_label("applicant_type", clause)
        ):
            return clause
    return ""


def _reason_and_denial(context: Context, state: State, when: TimeScope) -> bool:
    """1件…,因涉及商业秘密,不予公开: the reason counts as well as the refusal."""
    codes = [
        find_label("outcome", c) for c in _clauses_behind(context.right) if not _DESCRIBED.match(c)
    ]
    reason = next((c for c in codes if c and c.startswith("denied_")), None)
    refused = "denied" in codes or any(REFUSED.search(c) for c in _clauses_behind(context.right))
    if reason is None or not refused:
        return False
    for code in ("denied", reason):
        add_item(context, state, "requests_answered", "requests.outcome.reason", when, outcome=code)
    return True


def read_case_item(
    context: Context, state: State, piece: str, opened: str, when: TimeScope
) -> bool:
    """The outcome of some of the cases of a list of appeals or lawsuits."""
    if context.mention.unit not in CASE_UNITS:
        return False
    if opened in LAWSUITS[1:] and not _of_these(context, state, opened):
        opened = LAWSUITS[0]
    if piece[:1] in _REST_STARTS:
        piece = _REST.sub("", piece)
    own = _CASE_WORDS.sub("", piece).strip("为是有的: ")
    outcome = find_label("case_outcome", own) if len(own) >= 2 else None
    if outcome is not None and (named := _named_kind(piece, context, state)) is not None:
        opened = state.open = named
    other = "诉讼" if opened.startswith("recon") else "复议"
    own_kind = "复议" if other == "诉讼" else "诉"
    if other in context.segment.text and own_kind not in context.segment.text:
        return False  # a sentence on the other kind of cases
    if _CASE_TOTAL.search(piece) or (opened.startswith("recon") and "诉" in piece):
        return False
    if opened.startswith("recon") and _LAWSUIT_BEHIND.match(context.right):
        return False
    if outcome is None and len(own) < 2:
        outcome = find_label("case_outcome", ",".join(_clauses_behind(context.right)))
    if outcome is None:
        return False
    name = "reconsideration" if opened.startswith("recon") else "litigation"
    rule = f"proceedings.{name}.outcome"
    before = next((r for r in reversed(state.readings) if r.rule_id == rule), None)
    add_item(context, state, opened, rule, when, outcome=outcome)
    if before is not None and before.outcome == outcome and before.start >= context.segment.start:
        # 1件一审驳回,1件二审维持: two of one outcome in a row are counted together
        both = state.readings[-1]
        both.value, both.start = (both.value or 0) + (before.value or 0), before.start
        state.readings.remove(before)
    return True


def _named_kind(piece: str, context: Context, state: State) -> str | None:
    """行政复议结果维持5件 behind both totals: the kind of cases that an outcome names itself."""
    kinds = [k for word, k in (("复议", "reconsideration_cases"), ("诉讼", LAWSUITS[0])) if word in piece]
    if len(kinds) != 1:
        return None
    place = context.segment.start
    counted = any(r.indicator == kinds[0] and r.is_total() and r.start >= place for r in state.readings)
    return kinds[0] if counted else None


def read_both_cases(context: Context, state: State, when: TimeScope) -> bool:
    """行政复议、行政诉讼各1件: as many appeals as lawsuits."""
    if context.mention.unit not in CASE_UNITS or _BOTH_EACH.search(context.since) is None:
        return False
    for indicator in ("reconsideration_cases", "litigation_cases"):
        add_item(context, state, indicator, "proceedings.both.each", when)
    return True


def _of_these(context: Context, state: State, opened: str) -> bool:
    """Whether a number can be a part of the lawsuits of one way to court, read in this segment."""
    head = next((r for r in reversed(state.readings) if r.indicator == opened and r.is_total()), None)
    if head is None or head.start < context.segment.start:
        return False
    return context.mention.value <= (head.value or 0)


def read_inquiry_item(context: Context, state: State, piece: str, when: TimeScope) -> bool:
    """The channel of some of the inquiries."""
    if _NO_INQUIRY.search(piece):
        return False
    channel = find_label("request_channel", piece)
    if channel in (None, "other_request"):
        return False
    if "咨询" not in piece and state.opened_within(0, context.segment_no) is None:
        return False
    add_item(context, state, "inquiries", "engagement.inquiries.channel", when, channel=channel)
    return True

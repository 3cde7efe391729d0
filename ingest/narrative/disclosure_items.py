"""Items of lists of what was disclosed: categories, channels, levels of bodies.

What lives here: what the words before a number say of which part of the disclosed information it
counts. What does not: the words (`labels.toml`), category labels (`categories.py`), whether a list
is open (`lists.py`).
"""

from __future__ import annotations

import re

from ingest.model import TimeScope, ValueSemantic
from ingest.narrative.categories import category_code, clean_label
from ingest.narrative.channels import VERB_ONLY, channel_of, first_named
from ingest.narrative.context import Context, State, item_before
from ingest.narrative.items import (
    EACH,
    JOINED,
    LEAD,
    a_rule_reads,
    add_item,
    last_clause,
    names_before,
    without_way,
)
from ingest.narrative.levels import LABEL_LENGTH, group_of
from ingest.narrative.list_reach import (
    CATEGORY,
    DIRECT,
    REACHES,
    in_list,
    is_known,
    label_of_clause_before,
    of_total,
    stands_in_a_list,
)
from ingest.narrative.rules import find_label, find_labels

_ITEM_UNITS = {"条", "条次", "条目", "件", "篇", "份", "项", "个", "则", "期", "篇次", "件次", "宗", "张次", "张", "幅", ""}
# a list of all that was ever published: 在累计主动公开的信息中
# (政策类累计26条), 自《条例》实施以来,专栏公开812条
_STOCK_ITEM = re.compile(r"[类息]累计(?:达|为|有)?$|(?:(?:自|从)(?!今年|本年)[^,;。]{0,24}?|(?:施行|实施|开通|建成))以来,")
_OF_STOCK = re.compile(r"^[^,;。\d]{0,4}(?:累计|历年)[^,;。\d]{0,12}信息(?:总量)?[中里],")
# 政府文件180条,新增31条: what is held, and what of it is the year's
_ADDED = r"[,(](?:其中)?(?:今年|本年度?|当年|年内|20\d\d年度?)?(?:共)?新增(?:了)?"
_ADDED_BEHIND = re.compile(_ADDED + r"\d")
_IS_ADDED = re.compile(_ADDED + "$")
_PUBLISH = re.compile(r"(?:公开|发布|公布|登载|推送|更新)")
_NESTED = re.compile(r"\((?:其中|含|包括|包含)?[^()]*$")
_GOVERNMENT_OFFICE = re.compile(r"(?:政府|府)(?:及[^,]{0,6})?办公[室厅]")
_COLUMN = re.compile(
    r"“?(?P<name>[^“”,;。、《]{2,12}?)”?(?:栏目|类目|板块)(?:共)?(?:发布|公开|登载)(?:了)?(?:政府)?(?:信息)?$"
    r"|^(?:其中)?“(?P<quoted>[^“”,;。、《]{2,12})”(?:栏目|类目|板块)$"
)
# 机构领导栏目37条,财政资金栏目15条: a list of columns
_COLUMN_ITEM = re.compile(r"(?P<name>[^“”,;:。、《\d]{2,24})(?:栏目|类目|板块)$")
_COLUMNS = re.compile(r"(?:栏目|类目|板块)\d+(?:条|件|篇|份|项)")
_LEAST_COLUMNS = 2  # one alone may be any column that something was done with
# figures with rules of their own, whatever list they stand in
_OUTRANKING = (
    "requests", "normative", "documents_made", "policy", "rules", "hot", "press", "online", "inquiries", "page",
    "license", "penalty", "coercion", "charge", "procurement", "disclosure_sites", "staff", "training", "meetings", "reading", "mailbox",
)  # fmt: skip
# the office itself inside a figure of its whole system
_OWN_OFFICE = re.compile(r"(?:[局厅委办]|本)?机关(?:本级)?(?:共|自身)?(?:公开(?!栏)|发布)|(?:本局|本级|本厅|本委)(?:共)?(?:公开(?!栏)|发布)")
_HOW_MANY = re.compile(r"公开(?:的)?(?:政府|政务)?(?:信息)?(?:的)?(?:数量|总数|总量)[:]?$")  # (一)主动公开的数量。
_OF_YEAR = re.compile(r"(?:20\d\d年度?|全年|本年度?|当年|年内)?,?(?:[我本][局镇县市区办委厅乡院])?(?:共|总计|合计|累计|共计|计|为)*")
_SHORT_LABEL = 3  # with its bracket; shorter is no label
_CLOSES = re.compile(r"(?:,[^(),;。]{0,14})?\)")
_NAMES_CHANNELS = re.compile(r"(?:渠道|载体|平台|途径|方式|形式)[^,;。]{0,6}[:,]|网站\d")
_CATEGORY_TOO = re.compile(r"(?:配套|相关|有关)?(?:政策|公文|文件|法规)+(?:[及和与、]?其?)解读(?:类|信息|类信息)?")
_OWN_SITE = re.compile(r"[^,;:、。\d]{2,10}(?<!互联)(?<!物联)(?<!电)(?<!管)(?<!路)网(?:站)?")  # 教育网200条 beside other channels
_OWN_ACCOUNT = re.compile(r"[^,;:、。\d]{2,8}(?<![文编索引字型])号")
# a category where it stands beside others: what is published of publishing
_ON_ITSELF = re.compile(r"信息公开|(?:(?:政府|政务)信息|(?:政府|政务)?信息公开)(?:指南|目录|制度|年报|年度报告)")
_KINDS_BEHIND = re.compile(r"^(?:主要)?(?:平台|渠道|途径|载体|方面|方式|形式|栏目|专栏|大类|类)")
# 公开取水许可等13项行政权力事项的名称: what was disclosed of many things is counted elsewhere
_THINGS_BEHIND = re.compile(
    r"(?:群众|公众|社会|百姓)(?!信息)|(?:行政|政务|公共|权力|权责|审批|许可|服务|便民|惠民|办事|重点|民生|重大)[^,;。]{0,8}?(?:事项|权力|权限|服务|项目|工程|许可|业务)(?![^,;。]{0,4}信息)"
)
_HEAD = 8  # characters of a segment in which its list is called one of all years
_DIRECT_UNITS = {"条", "件", "篇", "条次", "份", "项", "宗"}
# no words before the number: its label stands behind (60条为政策法规类、700条工作动态信息)
_NO_WORDS = re.compile(
    r"(?:^|[,;、)]|(?P<link>和|及))\s*(?:其中|包括|其余|剩下|剩余|余下|另外|另有|另|余|有){0,2}(?:的|了)?,?$"
)
_TOLD_BEHIND = re.compile(
    r"(?:信息)?(?P<link>(?:都|均|则)?(?:为|是|属于?|涉及)|)(?P<label>[^,;。、和\d]{2,20}?)(?=[,;。、()和]|$)"
)
# 一是规划计划,包括总结等,有信息9条: the category opens the item, its contents stand between
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}是|\([一二三四五六七八九十\d]{1,2}\)|[①-⑳]|\d{1,2}[.、])(?P<name>[^,;:。\d]{2,16})[,:]"
    r"(?:[^;。\d]{0,80}[,等])?(?:共|累计|已|主动)*(?:有|公开|发布)(?:此类|该类|相关|有关|政府|政务|类)*信息(?:共|计|为)*$"
)
# 在网站上主动公开的政府信息中,便民信息6条: where all of the list was published
_LED_BY_WHERE = re.compile(r"\s*(?:在|从)[^,;。\d]{0,24}?(?:公开|发布)的(?:政府|政务)?信息(?:之|当)?[中里],?(?=[^,;。]{2})")
_REST = {"其他", "其它"}
# 绝大部分(84条)发布在县政府网站, 其中84条发布在县政府网站
_WHERE_BEHIND = re.compile(
    r"\)?(?:(?:发布|公开|公布|登载|刊登|刊载|张贴|上传)(?:在|于|到)(?P<at>[^,;。\d]{2,20})"
    r"|(?:是|为)?(?:通过|在|以|利用|依托)(?P<through>[^,;。\d]{2,20}?)(?:发布|公开|公布|登载|刊登|刊载|张贴|贴|推送|印发))"
)
_AMONG_DISCLOSED = re.compile(r"公开(?:的)?(?:政府|政务)?信息(?:当)?[中里],")
_DATED = re.compile(r"^\s*(?:截[止至]|到)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|底)?")
_NEXT_ITEM = re.compile(r"[、,;](?:其中)?(?P<words>[^,;:。、\d]{2,16})\d+(?:条|件|份|篇|项)(?=[,;、。]|$)")
_SOME = re.compile(r"(?:部分|多数|个别|少量|少数|其余|大多|其中|余下|剩余)\(?$|[,;]$")
_ET_CETERA = re.compile(r"等$|^其他")
_ALIKE = {"条", "条次", "件", "篇", "项", "", "份", "条目", "则", "宗", "篇次", "件次"}


def read_disclosure_item(
    context: Context, state: State, piece: str, when: TimeScope, *, strong_only: bool
) -> bool:
    """A category, channel or level of what was disclosed."""
    if context.mention.unit not in _ITEM_UNITS or when is not TimeScope.YEAR:
        return False
    if (where := _LED_BY_WHERE.match(context.since)) is not None:
        context = context._replace(since=context.since[where.end() :])
        piece = LEAD.sub("", last_clause(context.since))
    if _counts_share(context, state):
        return True
    opened = state.is_open("disclosed", context.segment_no)
    near = opened and in_list(context, state)
    if near and _IS_ADDED.match(context.since):
        return _of_year(context, state, when)
    if near and _ADDED_BEHIND.match(context.right):
        state.stock_paragraph = context.segment.paragraph
    if _is_stock(context, state):
        when = TimeScope.CUMULATIVE
    if opened and (numbered := _NUMBERED.match(context.since)) is not None:
        label = clean_label(numbered["name"])
        if label is not None and category_code(label) is not None:
            add_item(context, state, "disclosed", "disclosure.category.numbered", when, category_label=label)
            return True
    if strong_only and not near:
        return False
    if not strong_only and _OF_YEAR.fullmatch(context.since.strip()) and _HOW_MANY.search(state.lead):
        add_item(context, state, "disclosed", "disclosure.total.under_heading", when)
        state.open, state.open_part = "disclosed", context.segment.part
        state.open_unit = context.mention.unit
        return True
    if not near and (
        context.segment.topic not in ("disclosure", "general", "", "engagement", "annex")
        or not context.mention.unit
    ):
        return False
    if _KINDS_BEHIND.match(context.right) and context.mention.unit in ("个", "项", "条", ""):
        return False
    if context.mention.unit in ("个", "项") and _THINGS_BEHIND.match(context.right):
        return False
    if context.mention.unit == "期" and context.right.startswith("《"):
        return False  # 电台4期《民情热线》: a programme, no information
    in_brackets = (
        near and len(context.since) > _SHORT_LABEL and context.since.endswith("(")
        and _CLOSES.match(context.right) is not None
    )  # fmt: skip
    if _may_be_told_where(context, state) and _SOME.search(context.since) and (behind := _where_behind(context)) is not None:
        add_item(context, state, "disclosed", "disclosure.channel.where_behind", when, channel=behind)
        return True
    nested = not in_brackets and _NESTED.search(context.segment.text[: context.mention.start])
    if nested and not (near and of_total(context, state) and is_known(context.since)):
        return False
    listed = _COLUMN_ITEM.search(context.since) if near else None
    if listed is not None and len(_COLUMNS.findall(context.segment.text)) >= _LEAST_COLUMNS:
        label = clean_label(listed["name"])
        if label is not None:
            add_item(context, state, "disclosed", "disclosure.category.columns", when, category_label=label)
            return True
    if strong_only and not _among_categories(state, piece) and a_rule_reads(context, _OUTRANKING, state.lead):
        return False
    if in_brackets:  # 机构职能(5条)、政策文件(21条)
        context = context._replace(since=context.since[:-1])
        piece = LEAD.sub("", last_clause(context.since))
    piece, words = _words_of(context, state, piece)
    if near and not state.names and _NO_WORDS.search(context.since) and _told_behind(context, state, when):
        return True
    if near and (column := _COLUMN.search(words)) is not None:
        add_item(context, state, "disclosed", "disclosure.category.column", when, category_label=column["name"] or column["quoted"])  # fmt: skip
        return True
    if near:
        whose = _whose(context, state, piece, words, when)
        if whose is not None:
            return whose
    label = clean_label(words) or (_affairs(context, state, words) if near else None)
    if (told := _told_of_a_way(context, words)) is not None:
        words = piece = told
        label = clean_label(words)
        if not near:
            add_item(context, state, "disclosed", "disclosure.category.direct", when, category_label=label)
            state.open, state.open_part, state.by_shape = "disclosed", context.segment.part, True
            state.open_unit = context.mention.unit
            return True
    if near and label is None and VERB_ONLY.fullmatch(LEAD.sub("", words)):
        label = label_of_clause_before(context, state)
    is_category = label is not None and CATEGORY.search(label) is not None
    if _for_each(context, state, words, when, near=near):
        return True
    channel = None if is_category else channel_of(context, state, piece, near=near)
    behind_channel = near and (before := item_before(state)) is not None and before.channel is not None
    if behind_channel and label in _REST:
        channel = "other"  # 网站公开312条,政府公报公开6条,其他51条
    if behind_channel and channel is None and _OWN_ACCOUNT.fullmatch(LEAD.sub("", words)):
        channel = "social_media"  # 微信公众号24条,网站20条,汉水某某号26条
    if channel is None and near and not is_category and _OWN_SITE.fullmatch(LEAD.sub("", words)) and _NAMES_CHANNELS.search(context.segment.text, 0, context.mention.start + _HEAD):
        channel = "website"
    if channel is not None:
        add_item(context, state, "disclosed", "disclosure.channel", when, channel=channel)
        return True
    if label is None:
        return False
    if near and context.mention.unit and not _same_unit(context.mention.unit, state.open_unit):
        return False
    if near and not is_category and category_code(label) is None and not stands_in_a_list(context, state):
        return False
    direct = is_category or _is_direct(context, piece)
    direct = direct and context.mention.unit in _DIRECT_UNITS
    if not near and (strong_only or not direct or a_rule_reads(context, ("",))):
        return False
    rule = "disclosure.category" if near else "disclosure.category.direct"
    add_item(context, state, "disclosed", rule, when, category_label=label)
    return True


def _told_of_a_way(context: Context, words: str) -> str | None:
    """通过网站发布工作动态12条、通知公告5条: the first of several categories, no sum of a channel.

    Its words without the way; None where the number is no such item.
    """
    words = _DATED.sub("", words)
    told = without_way(words)
    if told == words or context.mention.unit not in _DIRECT_UNITS:
        return None
    label = clean_label(told)
    behind = _NEXT_ITEM.match(context.right)
    if label is None or behind is None or not (category_code(label) or CATEGORY.search(label)):
        return None
    other = clean_label(behind["words"])
    kinds = CATEGORY.search(label) is not None and CATEGORY.search(other or "") is not None
    is_category = other is not None and (kinds or category_code(other) is not None)
    return told if is_category and first_named(behind["words"]) is None else None


def _affairs(context: Context, state: State, words: str) -> str | None:
    """政务信息 and 信息公开 as categories: words for all of it, but for those that stand beside them."""
    name = LEAD.sub("", words)
    if name != "政务信息" and _ON_ITSELF.fullmatch(name) is None:
        return None
    behind = _NEXT_ITEM.match(context.right)
    if name == "政务信息":
        return name if behind is not None and behind["words"].endswith("务信息") else None
    return name if _behind_a_category(state) or (behind is not None and clean_label(behind["words"]) is not None) else None


def _among_categories(state: State, piece: str) -> bool:
    """人事信息9条,政策解读12条: a name that is a category where it stands behind one."""
    name = piece.strip()
    return _CATEGORY_TOO.fullmatch(name) is not None and (_behind_a_category(state) or name.endswith("类信息"))


def _behind_a_category(state: State) -> bool:
    before = item_before(state)
    return before is not None and before.category_label is not None


def _counts_share(context: Context, state: State) -> bool:
    """政策类占8%(11条): the count of what was given as a share alone."""
    if context.since.strip() != "(" or not context.right.startswith(")") or not state.readings:
        return False
    share = state.readings[-1]
    if share.value is not None or share.end != context.segment.start + context.mention.start - len(context.since):
        return False
    share.value, share.value_semantic = context.mention.value, ValueSemantic.NUMBER
    share.rule_id = share.rule_id.replace("share_only", "share_with_count")
    share.value_text, share.end = context.mention.text.strip(), context.segment.start + context.mention.end
    return True


def _may_be_told_where(context: Context, state: State) -> bool:
    """Whether the number is a part of what was disclosed: of a total, or 公开的信息中."""
    if context.segment.topic != "disclosure" or context.mention.unit not in _DIRECT_UNITS:
        return False
    near = state.is_open_within("disclosed", 1, context.segment_no)
    return near or _AMONG_DISCLOSED.search(context.segment.text, 0, context.mention.start) is not None


def _where_behind(context: Context) -> str | None:
    """The one channel that stands behind the number: (84条)发布在县政府网站."""
    match = _WHERE_BEHIND.match(context.right)
    if match is None:
        return None
    words = match["at"] or match.group()
    channels = find_labels("disclosure_channel", words)
    if len(channels) != 1:
        return "notice_board" if not channels and match.group().endswith("贴") else None
    return channels[0] if channels[0] not in ("meeting", "hotline", "press_conference") else None


def _of_year(context: Context, state: State, when: TimeScope) -> bool:
    """What the year added to the item before; False where that is no item of a stock."""
    item = item_before(state)
    if item is None or item.time_scope is not TimeScope.CUMULATIVE or item.is_total():
        return False
    add_item(
        context, state, "disclosed", "disclosure.item.added", when,
        category_label=item.category_label, channel=item.channel,
    )  # fmt: skip
    return True


def _is_stock(context: Context, state: State) -> bool:
    """Whether the list, or the item, counts what was ever published."""
    if "累计" in context.segment.text[:_HEAD] and _OF_STOCK.match(context.segment.text):
        state.stock_paragraph = context.segment.paragraph
    return (
        state.stock_paragraph == context.segment.paragraph
        or _STOCK_ITEM.search(context.since) is not None
    )


def _words_of(context: Context, state: State, piece: str) -> tuple[str, str]:
    """The item's words, without what leads into a list, and with it."""
    since = context.since.strip()
    if since in (")", "):"):  # 政策法规类(含规范性文件3条)216条: label before the brackets
        opening = context.segment.text.rfind("(", 0, context.mention.start)
        words = last_clause(context.segment.text[: max(opening, 0)])
        return words, words
    words = last_clause(REACHES.sub("", context.since.rstrip(",;:。")))
    if state.names or (piece != words and names_before(context.since)) or since in ("、", "和", "及", "与"):
        words = piece or words
    return piece, words


def _whose(context: Context, state: State, piece: str, words: str, when: TimeScope) -> bool | None:
    """Keep an item that names a level of bodies, or the office itself; None where it names none."""
    if not state.aggregate:
        if _OWN_OFFICE.match(LEAD.sub("", words)) is None:
            return None
        add_item(context, state, "disclosed", "disclosure.total.own_office", when)
        return True
    named = state.names or names_before(context.since) or context.since.strip() in ("、", "和")
    group = find_label("org_group", words[:LABEL_LENGTH]) if named else group_of(context)
    if group is not None:
        add_item(context, state, "disclosed", "disclosure.level", when, org_group=group)
        return True
    if _GOVERNMENT_OFFICE.search(piece) is None:
        return None
    # no level of the codebook, and yet an item: the list goes on behind it
    state.open_index, state.item_paragraph = context.segment_no, context.segment.paragraph
    return False


def _is_direct(context: Context, piece: str) -> bool:
    """Whether the item says by itself that it is information: 公示公告类12条, 财政信息3条."""
    return DIRECT.search(piece) is not None and (
        context.segment.topic == "disclosure" or _PUBLISH.search(context.left) is not None
    )


def _for_each(context: Context, state: State, words: str, when: TimeScope, *, near: bool) -> bool:
    """门户网站和微信各公开28条: the number of each of the names."""
    match = EACH.match(words) if "各" in words else None
    if match is None or context.segment.topic != "disclosure":
        return False
    names = [n for n in JOINED.split(match["names"]) if n]
    parts = [(find_label("disclosure_channel", n), clean_label(n)) for n in names]
    if len(parts) < 2 or not all(c or (near and t and category_code(t)) for c, t in parts):
        return False
    for channel, label in parts:
        rule = "disclosure.channel.each" if channel else "disclosure.category.each"
        add_item(
            context, state, "disclosed", rule, when,
            channel=channel, category_label=None if channel else label,
        )  # fmt: skip
    return True


def _same_unit(unit: str, opened: str) -> bool:
    return unit == opened or (unit in _ALIKE and opened in _ALIKE)


def _told_behind(context: Context, state: State, when: TimeScope) -> bool:
    """其余60条为镇情动态: what is left of a list, named behind its number."""
    match = _TOLD_BEHIND.match(context.right)
    if match is None or context.mention.unit in ("个", "项") or _ET_CETERA.search(match["label"]):
        return False
    words = match["label"]
    linked = bool(match["link"])
    channel = find_label("disclosure_channel", words) if linked and not CATEGORY.search(words) else None
    label = None if channel else clean_label(words)
    if channel is None and (label is None or not (linked or category_code(label))):
        return False
    rule = "disclosure.channel.behind" if channel else "disclosure.category.behind"
    add_item(context, state, "disclosed", rule, when, channel=channel, category_label=label)
    return True

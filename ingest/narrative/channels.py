"""The channel through which something was disclosed, told by an item's words.

What lives here: from the words before a number to a channel. What does not: the names of channels
(`labels.toml`), totals that name their channel (`segment_reader.py`).
"""

from __future__ import annotations

import re

from ingest.narrative.context import Context, State, item_before
from ingest.narrative.items import CLAUSE_END, EACH, JOINED, last_clause, names_before
from ingest.narrative.reading import Reading
from ingest.narrative.rules import find_label

VERB_ONLY = re.compile(r"^\s*(?:共|累计|全年|分别|到年底|至年底|年内|当年|本年度?|今年|已|并|先后|及时)*(?:\([^)]*\))?(?:主动)?(?:公开|发布|推送|更新|刊登|登载|刊发|转发|播发|发表|刊载|编发|(?:滚动)?播放|刊\(播\)发|登出|播出)")
_SENT = re.compile(r"发布|更新|发放|印发|散发|张贴|编印|印制|编发|发送|印刷|制作|出版|移送|接收|滚动|播放")
_STOCK_OR_CASES = re.compile(r"总量|存量|累计|受理|咨询|投诉|栏目\d*$")
# a channel's name that says what else was done there
_NOT_PUBLISHED = re.compile(
    r"依申请公开|上报|报送|采用|解读|回应|转载|培训|关注|粉丝|阅读|点击|访问|照片|页面|标语|横幅|办理|审批|预约|下载的|诉求|编制[^,;]{0,10}目录|(?:文件|信息|事项)目录$"
)
_SORTS = re.compile(r"(?<=发布|推送|公开|更新)[^,;:。\d]{2,40}等[^,;:。、\d]{0,6}(?=信息$)")  # 推送动态、解读等信息
_SET_UP = re.compile(r"(?:开通|建立|设置|设立|设有|建有)(?!的)")
_ON_AIR = re.compile(r"直播|参加|做客|节目")
_OF_AN_ISSUE = {"条", "篇", "件", "则", "条次"}
_RIGHT_BEHIND = re.compile(r",?(?:共|共计|计|合计)?")
_TOGETHER = re.compile(r"(?<!公)共(?:计|发布|公开|推送|更新)")
_HANDED_OUT = re.compile(r"发放|散发")


def channel_of(context: Context, state: State, piece: str, *, near: bool) -> str | None:
    """The channel an item names: in its words, or in the clause that leads to 公开/发布."""
    if (channel := _channel_of_issues(context, state)) is not None:
        return channel
    words = piece
    leads = len(piece.strip()) < 2 or VERB_ONLY.match(piece) is not None
    # 开通微博和微信,发布微博65条: what is published names its own channel
    if (leads and first_named(piece) is None) or context.since.endswith(")发"):
        words = ",".join(CLAUSE_END.split(context.since)[-2:])
    tail = words[-40:]
    several = set(channels_joined(tail))
    if len(several) > 1 and ("website" in several or _TOGETHER.search(tail)):
        return None  # 网站、微信、微博共发布2483条: on several at once, or the sum of them
    # 发布微信、微博590条次
    own = len(several) > 1 and several <= {"weibo", "wechat", "social_media"}
    channel = "social_media" if own else first_named(tail)
    before = item_before(state)
    if channel is None and before is not None and VERB_ONLY.match(piece):
        channel = _channel_of_issue(before)
        if channel is not None:
            return channel
    if channel is None and before is None and state.items and VERB_ONLY.match(piece):
        # 设公开栏16块,更新220条次: of the places that the number before counts
        channel = first_named(",".join(CLAUSE_END.split(context.left)[-2:]))
    if channel is None and VERB_ONLY.match(piece) and state.lead:
        channel = find_label("disclosure_channel", state.lead)
    if channel is None:
        return None
    if _STOCK_OR_CASES.search(piece) and not (channel == "media" and piece.endswith("栏目")):
        return None
    if channel != "media" and "栏目" in tail:
        return None
    # 微博因粉丝少于年初注销,当年发布0条: the verb tells what is counted
    told = piece if VERB_ONLY.match(piece) else tail
    if _NOT_PUBLISHED.search(_SORTS.sub("", told)) or _SET_UP.search(piece):
        return None
    if channel in ("meeting", "hotline", "press_conference"):
        return None
    if channel == "website" and context.mention.unit == "期":
        return None  # 专题专栏1期: a column, in a list of what was held
    if channel == "media" and _ON_AIR.search(tail):
        return None
    if channel == "media" and context.mention.unit == "期" and "《" in tail:
        channel = "bulletin"  # a paper of the agency's own
    if channel == "notice_board" and _HANDED_OUT.search(piece):
        return None
    if context.mention.unit in ("张", "幅") and channel != "notice_board":
        return None
    if channel in ("bulletin", "handout", "reading_point", "screen"):
        listed = before is not None and before.channel is not None
        return channel if _SENT.search(context.left[-40:]) or near or listed else None
    if context.mention.unit in ("个", "项", "部") and not near:
        return None
    if not near and context.segment.topic not in ("disclosure", "general", ""):
        return None
    return channel


def channels_joined(words: str) -> list[str]:
    """The channel of each of the names that are joined (网站、微信和微博), where it tells one."""
    named = (find_label("disclosure_channel", part) for part in JOINED.split(words))
    return [channel for channel in named if channel is not None]


def first_named(words: str) -> str | None:
    """The channel of the words; of two that are joined (公告栏、电子屏) the one named first."""
    channel = find_label("disclosure_channel", words)
    if channel in ("screen", "handout", "notice_board", "media") and JOINED.search(words):
        return next(iter(channels_joined(words)), channel)
    return channel


def names_channels(context: Context) -> bool:
    """Whether channels are named whose numbers follow: 微博、微信分别公开25条和18条."""
    since = context.since
    if context.segment.topic != "disclosure" or not ("分别" in since or "依次" in since or "各" in since):
        return False
    words = last_clause(since) if "各" in since else since
    if names_before(since) is None and EACH.match(words) is None:
        return False
    return len(channels_joined(words)) > 1


def _channel_of_issues(context: Context, state: State) -> str | None:
    """微信推送48期216条: the items count, not the issues right before them."""
    if context.mention.unit not in _OF_AN_ISSUE or _RIGHT_BEHIND.fullmatch(context.since) is None:
        return None
    issues = item_before(state)
    if issues is None or issues.indicator != "disclosed" or issues.channel is None or not issues.value_text.endswith("期"):
        return None
    issues.weak = True
    return issues.channel


def _channel_of_issue(issue: Reading) -> str | None:
    """编印公报6期,刊登文件48件: what an issue holds counts, not the issues."""
    if issue.channel not in ("gazette", "bulletin", "media") or not issue.value_text.endswith("期"):
        return None
    issue.weak = True
    return issue.channel

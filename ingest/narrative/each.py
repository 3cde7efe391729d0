"""One number for each of several: 在甲和乙各设1个查阅点 are two of them.

What lives here: telling how many names stand before 各, and the mention that counts for all. What
does not: labels of lists that share a number (`request_items.py`).
"""

from __future__ import annotations

import re

from ingest.narrative.mentions import Mention
from ingest.narrative.rules import find_label

_UNITS = {"个", "处", "间", "期", "次", "场", "班", "人", "名"}
# A、B和C各设: names of single places, months or sections, the last one right before 各
_NAMES = re.compile(
    r"(?:^|[,;。:]|分别?在|在|由|于)(?P<names>(?:[^,;。:、和及与]{2,14}[、和及与]){1,6}[^,;。:、和及与]{2,14}?)"
    r"各(?:设|设立|设置|建|办|举办|召开|开展|组织|开|出|抽调?)(?:了)?[^,;。\d各]{0,14}$"
)
# 收到校友和考生家长信息公开申请各1例: of each of them so many
_ASKED_BY_EACH = re.compile(
    r"(?:收到|受理|接到)(?:了)?(?P<names>[^,;。:、和及与\d]{2,12}(?:[、和及与][^,;。:、和及与\d]{2,12}?){1,4}?)(?:提出)?(?:的)?(?:政府)?(?:信息公开)?申请各$"
)
_CASES = {"件", "例", "份", "宗", "起", "条", "项"}
_JOINT = re.compile(r"[、和及与]")
# names that stand for many: 各科室、乡镇、12个社区
_MANY = re.compile(r"各|等|\d个|所有|部门|单位|乡镇|街道|社区|村|科室|县区|学校")
_FURTHEST = 60  # characters before the number that names may fill


def for_each(text: str, mention: Mention) -> Mention:
    """The mention with its value times the names before 各, itself where there are none."""
    asked = mention.unit in _CASES
    if (not asked and mention.unit not in _UNITS) or mention.value < 1:
        return mention
    left = text[max(0, mention.start - _FURTHEST) : mention.start]
    if "各" not in left:
        return mention
    match = (_ASKED_BY_EACH if asked else _NAMES).search(left)
    if match is not None and asked and any(find_label("request_channel", n) for n in _JOINT.split(match["names"])):
        return mention  # 收到当面和信函申请各1件: items of a list
    if match is None or _MANY.search(match["names"]):
        return mention
    return mention._replace(value=mention.value * len(_JOINT.split(match["names"])))

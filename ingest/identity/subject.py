"""Whom a report's sentences are about, for reports that name their agency only in passing.

What lives here: the subject of a sentence of the opening (2012年,X认真贯彻…), and the body whose own
rules a report cites (《X信息公开实施细则》). What does not: clauses that say whose report it is
(`agency.py`); whether the name fits what the report calls itself (`naming.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.identity.names import is_central, split_name
from ingest.identity.trust import Candidate, Trust, candidate_from

_OPENING = 2_000
_MOST = 4  # names taken; a later subject is rather one of several bodies that a government speaks of
_YEAR = r"(?:20\d\d\s*(?:(?:[-—~至]|到)+\s*20\d\d)?\s*(?:学年|年)(?:度)?|一年来|近年来|今年以来|本年度|全年)"
_BODY = r"[一-鿿〇()·]{3,30}?"
_DOES = (
    r"认真|严格|深入|积极|全面|扎实|坚持|继续|切实|高度重视|贯彻|进一步|不断|始终|紧紧|依据|按照|根据|围绕|依托"
    r"|结合|主动公开|公开(?:政府|政务)?信息|共|累计|未收到|没有收到|做好|开展|推进|成立|(?:政府|政务)?信息公开工作"
    r"|在[^,。;\n]{2,30}(?:领导|指导|关心|支持|帮助)下|以习近平|以邓小平|以科学发展观|以党的|通过"
)
_SUBJECT = re.compile(
    rf"(?:{_YEAR}(?:以来|来|间|里)?\s*,?(?:在[^。;\n]{{4,70}}下,)?|(?<=[。\n;])\s*)(?P<a>{_BODY})(?:20\d\d年度?)?(?={_DOES})"
)
_OWN_RULES = re.compile(
    r"《(?P<a>[^《》]{3,30}?)(?:政府|政务)?(?:信息|政务|校务|院务)公开[^《》]{0,14}(?:细则|制度|办法|规程|规定|规则|方案|清单)[^《》]{0,6}》"
)


# A verb before the place, or a particle: a piece of a sentence (调整县…, 转发了国家和省…).
_NO_SUBJECT = re.compile(
    r"[了我其该将把与]|和省|^(?:可|对|为|在|从|以|到|按|调整|转发|制定|印发|下发|召开|要求|加大|完善|落实|配合|协调|组织|督促|指导)"
)


def _is_named(name: str) -> bool:
    """Whether a name is more than the kind of a government: 市政府 may be anyone's superior."""
    parts = split_name(name)
    if parts.town:
        return True
    if parts.is_government or "政府" in parts.body or parts.body.endswith(("市", "县", "区", "省")):
        return bool(parts.places)
    return len(parts.body) > 2


def subjects(text: str, body: int) -> Iterator[Candidate]:
    """The bodies that the opening's sentences are about, in their order, then those whose own rules
    the report cites. `body` is where its text begins.
    """
    seen: set[str] = set()
    for trust, pattern in ((Trust.SUBJECT, _SUBJECT), (Trust.OWN_RULES, _OWN_RULES)):
        for match in pattern.finditer(text, max(body - 1, 0), body + _OPENING):
            found = candidate_from(trust, match["a"], match.start("a"))
            if found is None or found.name in seen:
                continue
            if _NO_SUBJECT.search(found.name) or not _is_named(found.name):
                continue
            if trust is Trust.OWN_RULES and is_central(found.name):
                continue  # the rules of the ministry that its branches go by
            seen.add(found.name)
            yield found
            if len(seen) >= _MOST:
                return

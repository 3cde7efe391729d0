"""Levels of bodies: whose part of an aggregate figure an item is.

What lives here: from the words before a number to a level. What does not: the names of levels
(`labels.toml`).
"""

from __future__ import annotations

import re

from ingest.narrative.context import Context
from ingest.narrative.items import LEAD, last_clause
from ingest.narrative.rules import find_label

LABEL_LENGTH = 16  # characters of an item's words in which its level stands
# of all bodies together, or of their web sites
_NO_LEVEL = re.compile(
    r"所有|占|(?:居前|最多|最少|前[一二三四五六七八九十]位)的|各级(?:各|政府|行政|单位|党)|[镇乡道]、?[和及]?各?部门|部门[、和及]?各?[乡镇街]"
    r"|(?:部门|单位|乡镇|街道|县区)(?:政府)?(?:门户)?(?:网站|微博|微信|网)"
)
_OF_SEVERAL = re.compile(r"(?:部门|单位|县区|乡镇|街道|区县)[、和及与]\d+个[^,;。\d]*$")
_BRACKETS = re.compile(r"\((?:不?含|包括)[^()]*\)")


def group_of(context: Context) -> str | None:
    """The level of bodies that an item's words start with (县直部门, 各乡镇)."""
    since = context.since
    if "(" in since:  # 县区政府(含所属部门和乡镇)
        since = _BRACKETS.sub("", since)
    head = LEAD.sub("", last_clause(since))[:LABEL_LENGTH]
    if _NO_LEVEL.search(head) or _OF_SEVERAL.search(last_clause(context.left)):
        return None
    return find_label("org_group", head)

"""For whom a report speaks: for the agency itself, for all below a government, for a system.

What lives here: the scope of the whole report. What does not: the scope of a single figure
(`ingest/narrative`).
"""

from __future__ import annotations

import re
from itertools import islice

from ingest.identity.names import NameParts
from ingest.model import OrgScope

_LEAD = 2_500
_ACCOUNT = 8_000  # characters in which a whole place may be the subject of a count
# 综合各乡镇…、汇总全市各部门…年度报告: said in the opening, it settles the matter.
_SUMMED_UP = re.compile(
    r"(?:综合|汇总|归纳|整理|收集|以)[^。]{0,25}(?:各(?:乡|镇|县|区|市|街道|部门|单位|有关|级|地)|县直|市直|区直|省直)[^。]{0,60}(?:报告|数据|材料|情况|统计)"
    r"|(?:各(?:乡|镇|县|区|市|街道|地)[^。]{0,40}(?:部门|单位)[^。]{0,20}(?:年度报告|报送|上报|数据))[^。]{0,20}(?:汇总|综合|基础|编制)"
)
_PARTS = re.compile(r"各(?:乡|镇|县|区|市|街道|部门|单位|有关|级|地)|[县市区省]直")  # of a whole
# The whole place as the subject of a count.
_WHOLE_PLACE = re.compile(
    r"全(?P<a>[省市县区州旗盟])(?:各级|各地|各部门|各单位|行政机关|政府系统|上下|[一-鿿]{0,6})?[^。;\n]{0,28}?"
    r"(?:公开|发布|受理|收到|接到|办理|配备|设立|设置|召开|举办|制发|共|累计)[^。;\n]{0,16}?\d"
)
# counts of the departments and of the townships side by side
_BY_LEVEL = re.compile(
    r"[县市区州旗省]直(?:各|属)?(?:部门|单位)(?:共|主动)?(?:公开|发布)?(?:政府)?(?:信息)?\d+条,(?:各)?(?:乡|镇|街道)[^,;。\d]{0,12}\d+条"
)
_WHOLE_PLACE_ENOUGH = 2
_SYSTEM = re.compile(
    r"(?:本报告|报告|数据|统计)[^。]{0,30}(?:涵盖|包括|包含|反映|范围为|综合|汇总)[^。]{0,20}(?:全系统|系统各(?:单位|级)|所属各单位|下属各单位|直属各单位)"
)
_GOVERNMENT_OFFICE = re.compile(r"(?:政府|府)办|政务公开办|信息公开办")
_OWN_ONLY = re.compile(
    r"(?:本级(?!(?:政府|机关)?[和及与、])|机关本级|不含|不包括)[^。\d]{0,12}(?:乡镇|部门|县区|街道)|(?:市|县|区|省)政府(?:办公[室厅])?机关"
)


def speaks_for_all(text: str, body: int) -> bool:
    """Whether the report says that it sums up what lies below a government."""
    lead = text[body : body + _LEAD]
    opening = lead[:1_200]
    if _PARTS.search(opening) and _SUMMED_UP.search(opening):
        return True
    enough = _WHOLE_PLACE_ENOUGH
    if "直" in text and _BY_LEVEL.search(text, body, body + _ACCOUNT):
        enough -= 1
    subjects = _WHOLE_PLACE.finditer(text, body, body + _ACCOUNT)
    return next(islice(subjects, enough - 1, None), None) is not None


def scope_of(parts: NameParts, text: str, body: int, *, for_all: bool) -> OrgScope:
    """The scope of a report of an agency.

    `body` is where its text begins, `for_all` what `speaks_for_all` says of it.
    """
    government = parts.is_government or _GOVERNMENT_OFFICE.search(parts.body)
    lead = text[body : body + _LEAD]
    if government and not parts.town and for_all and not _OWN_ONLY.search(lead):
        return OrgScope.AGGREGATE
    if not parts.is_government and _SYSTEM.search(lead):
        return OrgScope.SYSTEM
    return OrgScope.OWN

"""The furniture of a site around the report: menus, side lists, footers, share buttons.

What lives here: removing elements that are certainly furniture. What does not: single lines of
furniture (`html_hints.is_furniture_line`), hidden elements and scripts (`html.py`).

The rule of this module is to keep too much rather than lose a figure: nothing that holds a data
table or a full sentence is removed, whatever its class says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from ingest.formats.tree import text_of

# Elements worth a look: HTML's own words for furniture, lists, and boxes that call themselves so.
# Paragraphs and spans are left out: Word gives every one of them a class.
_CANDIDATES = (
    "nav",
    "header",
    "footer",
    "aside",
    "menu",
    "ul",
    "ol",
    "dl",
    "div",
    "section",
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|head|header|top|topbar|bar|foot\w*|bottom|side\w*|aside|"
    r"share|bdshare\w*|tools?|toolbar|links?|yqlj|friend\w*|related|relate|pn|prevnext|page|"
    r"pager|search|login|wza|print|qrcode|copyright|banner|logo|left|fx|wz_fx)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside", "menu", "ul"))
_FOOTER_WORDS = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|技术支持|网站地图|Copyright|主办单位|主办：|承办：",
    re.IGNORECASE,
)
_MENU_WORDS = re.compile(
    r"首页|登录|注册|无障碍|长者|适老|繁體|繁体|简体|RSS|设为首页|加入收藏|网站支持|搜索|"
    r"分享到|打印本页|关闭窗口|上一篇|下一篇|扫一扫|友情链接|相关链接|返回顶部|收藏|打印"
)
# Furniture is short. A longer element is looked at only for its share of links.
_MAX_FURNITURE = 600
# Of a list of links nearly every character is a link; in prose and reports few are.
_LINK_SHARE = 0.7
# The date that stands beside each link of a list is none of its text: 2016-01-28, [01-22], 3月5日.
_LIST_DATE = re.compile(
    r"[\[(（【]?(?:[12]\d{3}\s*[-./年]\s*)?\d{1,2}\s*[-./月]\s*\d{1,2}日?[\])）】]?(?:\d{1,2}:\d{2})?"
)
_MIN_LINKS = 4
# A date or a title makes it worth keeping: signatures and headings sit in boxes of any name.
_KEEP = re.compile(
    r"[。；]|[0-9〇一二三四五六七八九零]{4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月|报告|報告"
)


def remove_chrome(root: etree._Element) -> None:
    """Remove from the tree, in place, what is certainly furniture of the site."""
    for element in list(root.iter(*_CANDIDATES)):
        if not _is_candidate(element) or element.getparent() is None:
            continue
        if _is_furniture(element):
            remove_element(element)


def _is_candidate(element: etree._Element) -> bool:
    tag = element.tag
    if tag in _FURNITURE_TAGS:
        return True
    return _is_furniture_name(element.get("class"), element.get("id"))


@lru_cache(maxsize=4096)
def _is_furniture_name(class_name: str | None, identifier: str | None) -> bool:
    """Tell furniture by its names; remembered, for sites use the same few thousand times."""
    return _NAMED.search(f"{class_name or ''} {identifier or ''}") is not None


def _is_furniture(element: etree._Element) -> bool:
    text = text_of(element)
    shown = "".join(text.split())
    if not shown:
        return False  # nothing to gain, and an empty box may be filled from a script
    if len(shown) > 5 * _MAX_FURNITURE or element.find(".//table") is not None:
        return False
    if _is_link_list(element, shown):
        return True
    if len(shown) > _MAX_FURNITURE or _KEEP.search(shown):
        return False
    return bool(_FOOTER_WORDS.search(shown) or _MENU_WORDS.search(shown))


def _is_link_list(element: etree._Element, shown: str) -> bool:
    """Tell a list of links from text: nearly all of it is links, and none is a sentence."""
    links = [text_of(link) for link in element.iter("a")]
    if len(links) < _MIN_LINKS or "。" in shown:
        return False
    linked = sum(len(_LIST_DATE.sub("", "".join(link.split()))) for link in links)
    return linked >= len(_LIST_DATE.sub("", shown)) * _LINK_SHARE


def remove_element(element: etree._Element) -> None:
    """Remove an element and keep the text that follows it."""
    tail = element.tail
    parent = element.getparent()
    assert parent is not None
    previous = element.getprevious()
    parent.remove(element)
    if tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail

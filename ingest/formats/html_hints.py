"""What a web page says of itself outside the report: title, place in the site, dates, publisher.

What lives here: hints from meta elements, the title, the address and labelled lines. What does
not: deciding whose report it is (`ingest.identity`): hints are evidence, they may be wrong, and
they are never figures.

Keys: `title` (best one), `page_title` (<title>), `heading` (first <h1>), `breadcrumb`,
`published`, `publisher`, `site`, `site_code` (网站标识码, begins with the region's code),
`sponsor` (主办单位), `column`, `domain`, `url`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from lxml import etree

from ingest.formats.rendering import tidy_inline
from ingest.formats.tree import text_nodes_of, text_of

# name or property of <meta>, lower case -> hint. Names are those of the national standard for
# government sites (政府网站发展指引, 网页标签) and of Open Graph.
_META = {
    "articletitle": "title",
    "sitename": "site",
    "sitedomain": "domain",
    "siteidcode": "site_code",
    "columnname": "column",
    "pubdate": "published",
    "publishdate": "published",
    "contentsource": "publisher",
    "og:url": "url",
    "og:site_name": "site",
    "og:title": "title",
}
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S{1,500}) -->")
_TITLE_WORDS = re.compile(r"年报|报告|年度|報告|公开|公開")
_LABEL_END = (
    r"(?=\s{2,}|[\u3000|【\[]|[，。；]|$|(?:发布|公开|生成|发文|成文|信息|文件|浏览|点击|阅读|字体|字号|"
    r"作者|来源|责任|索引|主题|编辑|视力|打印|访问))"
)
_DATE = r"(\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}(?:\s*日)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)"
# Labels in order of trust: when the page was published, then when the document was made.
_PUBLISHED = tuple(
    re.compile(rf"(?:{labels})\s*(?:[:：]|\|)?\s*{_DATE}")
    for labels in (
        "发布日期|发布时间|發布日期|發佈日期|發布時間|发表时间|公布日期",
        "公开日期|生成日期|发文日期|成文日期|更新时间",
        "时间|日期",
    )
)
_PUBLISHER = tuple(
    re.compile(rf"(?:{labels})\s*(?:[:：]|\|)\s*(\S[^|]{{1,40}}?){_LABEL_END}")
    for labels in (
        "发布机构|發布機構|发布单位|公开机构|公开主体|发文机关|发文单位|编制单位",
        "信息来源|文章来源|内容来源|来源|來源|供稿单位|作者",
    )
)
_BREADCRUMB = re.compile(
    r"^\W{0,3}(?:您|你)?(?:当前|现在|目前|當前|現在)?(?:的|所在的?)?位置\s*(?:是)?\s*[:：]?\s*(.+)$"
)
_BREADCRUMB_CLASS = re.compile(
    r"(?:^|[\s_-])(?:bread\w*|crumbs?|path|dqwz|position|location|weizhi|wz_dqwz|sitepath|bmdh)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_SITE_CODE = re.compile(r"网站标识码\s*[:：]?\s*([0-9a-zA-Z]{10})")
_SPONSOR = re.compile(r"主办(?:单位)?\s*[:：]\s*([^\s|，。]{3,30})")
_FOOTER = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有\s*[:：©]|Copyright\s*(?:©|\(c\)|@)",
    re.IGNORECASE,
)
# Links to neighbouring pages (they name other years' reports), buttons, counters.
_BUTTONS = re.compile(
    r"(?:上一篇|下一篇|上一条|下一条|上一页|下一页)\s*[:：].*$|您是第[\s\d]+位访.{0,20}$|扫一扫.{0,20}$|"
    r"(?:[【\[\s]*(?:打印(?:本页|此页)?|关闭(?:窗口|本页)?|返回顶部|收藏(?:本页)?|分享到?)[】\]\s:：]*)+$"
)
# Breadcrumbs and footers are one short line each; prose that mentions 位置 is longer.
_MAX_FURNITURE_LINE = 200
# The source of a footer with its markup; and the text of menus and metadata at the head.
_FOOTER_SOURCE = 4_000
_HEAD_CHARACTERS = 2_500
_TAG = re.compile(r"<[^<>]*>")
# Paragraphs, cells and spans are left out: Word gives every one of them a class.
_CLASSED = ("div", "nav", "ul", "ol", "section")


def head_hints(root: etree._Element, source: str) -> dict[str, str]:
    """Return what the head of the page tells: to be called before anything is removed."""
    hints: dict[str, str] = {}
    _from_meta(root, hints)
    _from_titles(root, hints)
    saved = _SAVED_FROM.search(source, 0, 4096)
    if saved:
        _set(hints, "url", saved.group(1))
    address = hints.get("domain") or hints.get("url")
    if address:
        _set(hints, "domain", _host(address), replace=True)
    return hints


def add_body_hints(root: etree._Element, source: str, hints: dict[str, str]) -> None:
    """Add what the visible page tells: to be called once scripts are gone and menus still there."""
    _from_breadcrumb(root, hints)
    _from_footer(source, hints)
    if "published" not in hints or "publisher" not in hints:
        _from_labels(_text_near_title(root), hints)


def is_furniture_line(line: str, hints: dict[str, str]) -> bool:
    """Tell a rendered line that is no part of the report: the breadcrumb, the site's footer.

    A line that is left out here and has an identity in it was put into the hints before, or is
    put there now.
    """
    if len(line) > _MAX_FURNITURE_LINE:
        return False
    if "位置" in line and (match := _BREADCRUMB.match(line)) and _is_path(match.group(1)):
        _set(hints, "breadcrumb", match.group(1))
        return True
    if line == hints.get("breadcrumb") or _FOOTER.search(line):
        return True
    return _BUTTONS.match(line) is not None


def address_hints(address: str) -> dict[str, str]:
    """Return `url` and `domain` of an address; nothing where it is none (a local path)."""
    host = _host(address) if address.startswith(("http://", "https://")) else ""
    return {"url": address[:300], "domain": host} if host else {}


def _from_meta(root: etree._Element, hints: dict[str, str]) -> None:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        if name in _META:
            _set(hints, _META[name], meta.get("content"))
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            _set(hints, "url", link.get("href"))


def _from_titles(root: etree._Element, hints: dict[str, str]) -> None:
    title = root.find(".//title")
    if title is not None:
        _set(hints, "page_title", text_of(title))
    headings = (tidy_inline(text_of(h)) for h in root.iter("h1"))
    heading = next((text for text in headings if _TITLE_WORDS.search(text)), None)
    _set(hints, "heading", heading)
    _set(hints, "title", heading or hints.get("page_title"))


def _from_breadcrumb(root: etree._Element, hints: dict[str, str]) -> None:
    """Take the breadcrumb from an element that calls itself so."""
    for element in root.iter(*_CLASSED):
        if not _is_breadcrumb_name(element.get("class"), element.get("id")):
            continue
        text = tidy_inline(text_of(element))
        if not 2 < len(text) <= _MAX_FURNITURE_LINE:
            continue
        match = _BREADCRUMB.match(text)
        path = match.group(1) if match else text
        if _is_path(path):
            _set(hints, "breadcrumb", path)
            return


@lru_cache(maxsize=4096)
def _is_breadcrumb_name(class_name: str | None, identifier: str | None) -> bool:
    """Tell a breadcrumb by its names; remembered, for sites use the same few thousand times."""
    return _BREADCRUMB_CLASS.search(f"{class_name or ''} {identifier or ''}") is not None


def _from_footer(source: str, hints: dict[str, str]) -> None:
    """Take the site's code and sponsor from the end of the page's source."""
    end = source[-_FOOTER_SOURCE:]
    if "码" not in end and "办" not in end:
        return
    end = _TAG.sub("", end)
    for key, pattern in (("site_code", _SITE_CODE), ("sponsor", _SPONSOR)):
        match = pattern.search(end)
        if match:
            _set(hints, key, match.group(1))


def _text_near_title(root: etree._Element) -> str:
    """Return the text at the head of the page, where the metadata block stands."""
    body = root.find(".//body")
    pieces: list[str] = []
    length = 0
    for piece in text_nodes_of(body if body is not None else root):
        if stripped := piece.strip():
            pieces.append(stripped)
            length += len(piece)
            if length > _HEAD_CHARACTERS:
                break
    return "\n".join(pieces)


def _from_labels(head: str, hints: dict[str, str]) -> None:
    """Take date and publisher from labelled lines such as 发布日期：… 来源：…."""
    for key, patterns in (("published", _PUBLISHED), ("publisher", _PUBLISHER)):
        for pattern in patterns:
            match = None if key in hints else pattern.search(head)
            if match:
                _set(hints, key, match.group(1))


def _is_path(text: str) -> bool:
    return any(mark in text for mark in (">", "＞", "»", "/", "→", "首页", "首頁", "›", "\\"))


def _host(address: str) -> str:
    """Return the host of an address, or the address where it is a bare host."""
    try:
        return (urlsplit(address).hostname or urlsplit(f"//{address}").hostname or "").strip()
    except ValueError:
        return ""


def _set(hints: dict[str, str], key: str, value: str | None, *, replace: bool = False) -> None:
    """Set a hint that is not set yet, tidied and at most 300 characters long."""
    if value is None or (key in hints and not replace):
        return
    tidy = tidy_inline(value)[:300]
    if tidy:
        hints[key] = tidy
    elif replace:
        hints.pop(key, None)

"""Links: which addresses of an answer are to be asked for next.

What lives here: links of list pages, feeds, sitemaps and reports by the rules of a source. What
does not: asking for them (`spider.py`), reading reports (`ingest/formats`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from lxml import etree
from parsel import Selector
from scrapy.utils.sitemap import Sitemap
from w3lib.html import get_base_url
from w3lib.url import safe_url_string

from ingest.fetching.pages import Answer, Kind, Target
from ingest.fetching.sources import Source
from ingest.formats.encoding import decode
from ingest.formats.errors import UnreadableDocument

# A link's own words; a title is often the whole of what the list cuts short.
_TEXT = "string(.)"
_GZIP = b"\x1f\x8b"
_MOST_UNPACKED = 52_428_800  # of a sitemap: the limit of sitemaps.org


class UnreadableList(Exception):
    """A list, feed or sitemap cannot be read for links: the message says why."""


def find_links(source: Source, target: Target, answer: Answer) -> tuple[Target, ...]:
    """What to ask for after this answer, each address once, in the order of the page.

    Links to other hosts and schemes, and those that do not fit the source's rules, are left alone.
    Raises UnreadableList where a list, feed or sitemap cannot be read for links; a report that
    cannot be has none.
    """
    if 300 <= answer.status < 400:
        return _unique(source, _redirect(target, answer))
    if answer.status != 200:
        return ()
    if target.kind is Kind.LIST:
        return _unique(source, _list_links(source, target, answer))
    if target.kind is Kind.FEED:
        return _unique(source, _feed_links(source, target, answer))
    if target.kind is Kind.SITEMAP:
        return _unique(source, _sitemap_links(source, target, answer))
    if target.kind is Kind.REPORT and source.attachment_url:
        return _unique(source, _attachments(source.attachment_url, target, answer))
    return ()


def clean_address(url: str) -> str:
    """An address as it is asked for: without fragment, other characters than ASCII escaped."""
    return safe_url_string(urldefrag(url)[0])


def _unique(source: Source, targets: Iterable[Target]) -> tuple[Target, ...]:
    followed = (target for target in targets if source.follows(target.url))
    return tuple({target.url: target for target in followed}.values())


def _redirect(target: Target, answer: Answer) -> Iterator[Target]:
    location = answer.header("Location")
    if location and answer.status != 304:
        url = _join(target.url, location)
        if url and url != target.url:
            yield Target(url, target.kind)


def _list_links(source: Source, target: Target, answer: Answer) -> Iterator[Target]:
    page = _markup(answer)
    base = _base(page, target)
    within = page.css(source.link_css) if source.link_css else [page]
    anchors = (a for part in within for a in part.xpath("descendant-or-self::a[@href]"))
    for anchor in anchors:
        url = _join(base, anchor.attrib["href"])
        if url and _fits(source.link_url, url) and _fits(source.link_text, _words(anchor)):
            yield Target(url, Kind.REPORT)
    for anchor in _next_anchors(source, page):
        url = _join(base, anchor.attrib["href"])
        if url:
            yield Target(url, Kind.LIST)


def _next_anchors(source: Source, page: Selector) -> Iterator[Selector]:
    if source.next_css:
        yield from page.css(source.next_css).xpath("descendant-or-self::a[@href]")
    if source.next_text:
        for anchor in page.xpath("//a[@href]"):
            if _fits(source.next_text, _words(anchor)):
                yield anchor


def _feed_links(source: Source, target: Target, answer: Answer) -> Iterator[Target]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(answer.body, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableList(f"no XML: {error}") from error
    if root is None:
        raise UnreadableList("no XML")
    for item in root.iter("{*}item", "{*}entry"):
        title = " ".join(str(item.xpath("string(./*[local-name()='title'])")).split())
        for link in item.iterchildren("{*}link"):
            if link.get("rel", "alternate") != "alternate":
                continue
            url = _join(target.url, link.get("href") or link.text or "")
            if url and _fits(source.link_url, url) and _fits(source.link_text, title):
                yield Target(url, Kind.REPORT)


def _sitemap_links(source: Source, target: Target, answer: Answer) -> Iterator[Target]:
    body = _unpacked(answer.body)
    try:
        sitemap = Sitemap(body)
        entries = list(sitemap)
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise UnreadableList(f"no XML: {error}") from error
    for entry in entries:
        url = _join(target.url, entry["loc"])
        if url and sitemap.type == "sitemapindex":
            yield Target(url, Kind.SITEMAP)
        elif url and _fits(source.link_url, url):
            yield Target(url, Kind.REPORT)


def _attachments(pattern: str, target: Target, answer: Answer) -> Iterator[Target]:
    if answer.body.lstrip()[:1] not in (b"<", b"\xef"):
        return  # a PDF, a Word file, plain text
    try:
        page = _markup(answer)
    except UnreadableList:
        return  # what is wrong with it, the reader says
    base = _base(page, target)
    for href in page.xpath("//a/@href").getall():
        url = _join(base, href)
        if url and _fits(pattern, url):
            yield Target(url, Kind.ATTACHMENT)


def _markup(answer: Answer) -> Selector:
    """The page with its characters told from the bytes: what a server says of them is often wrong."""
    try:
        text = decode(answer.body).text
    except UnreadableDocument as error:
        raise UnreadableList(str(error)) from error
    return Selector(text=text, type="html")


def _base(page: Selector, target: Target) -> str:
    return get_base_url(page.get()[:4096], target.url)


def _words(anchor: Selector) -> str:
    said = f"{anchor.xpath(_TEXT).get('')} {anchor.attrib.get('title', '')}"
    return " ".join(said.split())


def _join(base: str, href: str) -> str | None:
    """The whole address of a link; None where it is none that can be asked for."""
    try:
        url = clean_address(urljoin(base, href.strip()))
    except ValueError:  # a broken IPv6 address, a port that is no number
        return None
    return url if re.match(r"https?://", url, re.IGNORECASE) else None


def _fits(pattern: str | None, text: str) -> bool:
    return pattern is None or re.search(pattern, text) is not None


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(body, _MOST_UNPACKED + 1)
    except zlib.error as error:
        raise UnreadableList(f"damaged gzip: {error}") from error
    if len(unpacked) > _MOST_UNPACKED:
        raise UnreadableList("it unpacks to more than 50 MiB, which no sitemap may have")
    return unpacked

from __future__ import annotations

import gzip

import pytest

from ingest.fetching.links import UnreadableList, find_links
from ingest.fetching.pages import Answer, Kind, Target
from ingest.fetching.sources import Source

BASE = "https://x.example.gov.cn/list/index.html"


def found(html: str | bytes, kind: Kind = Kind.LIST, **rules: object) -> list[tuple[str, str]]:
    source = Source.model_validate(
        {"name": "x", "agency": "某局", "lists": [BASE], "link_text": "年度报告", **rules}
    )
    body = html.encode() if isinstance(html, str) else html
    answer = Answer(200, (("Content-Type", "text/html; charset=big5"),), body)
    return [(t.kind.value, t.url) for t in find_links(source, Target(BASE, kind), answer)]


def test_link_fits_when_its_title_or_its_words_say_so() -> None:
    html = (
        '<a href="1.html" title="某局2013年度报告">某局2013…</a><a href="/2.html#top"><b>年度</b>报告</a>'
        '<a href="3.html">通知</a><a href="1.html">年度报告</a><a name="x">年度报告</a>'
    )
    assert found(html) == [
        ("report", "https://x.example.gov.cn/list/1.html"),
        ("report", "https://x.example.gov.cn/2.html"),
    ]


def test_all_rules_must_fit_when_several_are_given() -> None:
    html = (
        '<div class="side"><a href="/1.html">年度报告</a></div>'
        '<ul class="main"><a href="/2.html">年度报告</a><a href="/2.doc">年度报告</a></ul>'
    )
    assert found(html, link_css="ul.main", link_url=r"\.html$") == [
        ("report", "https://x.example.gov.cn/2.html")
    ]


def test_next_page_is_found_when_named_by_its_words_or_its_place() -> None:
    html = '<a href="2.html">下一页</a><p class="next"><a href="3.html">&gt;</a></p>'
    assert found(html, next_text="下一页") == [("list", "https://x.example.gov.cn/list/2.html")]
    assert found(html, next_css=".next") == [("list", "https://x.example.gov.cn/list/3.html")]


def test_links_start_from_the_base_when_the_page_gives_one() -> None:
    html = '<html><head><base href="/elsewhere/"></head><a href="1.html">年度报告</a></html>'
    assert found(html) == [("report", "https://x.example.gov.cn/elsewhere/1.html")]


def test_chinese_in_an_address_is_escaped_when_asked_for() -> None:
    assert found('<a href="/年报.html">年度报告</a>') == [
        ("report", "https://x.example.gov.cn/%E5%B9%B4%E6%8A%A5.html")
    ]


def test_attachments_are_found_when_a_report_has_them_and_not_in_a_pdf() -> None:
    html = '<a href="a.PDF?x=1">附件</a><a href="b.zip">附件</a><a href="c.html">c</a>'
    assert found(html, Kind.REPORT) == [("attachment", "https://x.example.gov.cn/list/a.PDF?x=1")]
    assert found(html, Kind.REPORT, attachment_url=None) == []
    assert found(b"%PDF-1.7 <a href='a.pdf'>", Kind.REPORT) == []


def test_nothing_is_found_when_there_is_nothing_to_read() -> None:
    assert found(b"<p>nothing</p>") == []
    assert found(b"<rss/>", Kind.FEED) == []
    assert found(b"<urlset/>", Kind.SITEMAP, link_url="x") == []
    assert found(b"<" + b"\0\1" * 100, Kind.REPORT) == []


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b"", Kind.LIST, "no text"),
        (b"\0\1\2\3" * 100, Kind.LIST, "not text"),
        (b"", Kind.FEED, "no XML"),
        (b"\0\1", Kind.FEED, "no XML"),
        (b"plain words", Kind.FEED, "no XML"),
        (b"", Kind.SITEMAP, "no XML"),
        (b"\x1f\x8b broken", Kind.SITEMAP, "damaged gzip"),
        (gzip.compress(b" " * 60_000_000), Kind.SITEMAP, "more than 50 MiB"),
    ],
)
def test_list_is_told_to_be_unreadable_when_it_is(body: bytes, kind: Kind, told: str) -> None:
    with pytest.raises(UnreadableList, match=told):
        found(body, kind)

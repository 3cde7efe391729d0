"""What a page says of itself."""

from __future__ import annotations

from ingest.formats import read_page


def hints_of(markup: str) -> dict[str, str]:
    return read_page(markup.encode(), "a.html").hints


def test_meta_elements_give_hints_when_the_site_follows_the_standard() -> None:
    hints = hints_of(
        '<html><head><meta name="SiteName" content="某区人民政府">'
        '<meta name="SiteDomain" content="www.abc.gov.cn"><meta name="ColumnName" content="年报">'
        '<meta name="ArticleTitle" content="某镇2019年报告"><meta name="PubDate" '
        'content="2020-01-19 15:07"><meta name="ContentSource" content="某镇">'
        "<title>某镇2019年报告_某区人民政府</title></head><body><h1>某镇2019年报告</h1></body>"
    )
    assert hints == {
        "site": "某区人民政府",
        "domain": "www.abc.gov.cn",
        "column": "年报",
        "title": "某镇2019年报告",
        "published": "2020-01-19 15:07",
        "publisher": "某镇",
        "page_title": "某镇2019年报告_某区人民政府",
        "heading": "某镇2019年报告",
    }


def test_labels_give_date_and_publisher_when_meta_is_silent() -> None:
    hints = hints_of(
        "<body><p><span>索取号：A-1</span><span>发布日期：2024-01-26</span>"
        "<span>发布机构：区房管局</span><span>文件类型：主动公开</span></p><p>正文</p></body>"
    )
    assert (hints["published"], hints["publisher"]) == ("2024-01-26", "区房管局")


def test_publication_date_wins_when_the_page_also_prints_when_it_was_made() -> None:
    hints = hints_of(
        "<body><table><tr><td>生成日期：</td><td>2018-01-19</td></tr></table>"
        "<p>发布时间：2018-01-22 10:26　　来源：某县教育局　　阅读次数：1146</p><p>正文</p></body>"
    )
    assert hints["published"] == "2018-01-22 10:26"
    assert hints["publisher"] == "某县教育局"


def test_breadcrumb_is_a_hint_and_no_text_when_it_stands_alone() -> None:
    page = read_page(
        "<body><div>您现在的位置：<a>首页</a> &gt; <a>2023年</a> &gt; 年报</div>"
        "<p>办公位置在二楼。</p></body>".encode(),
        "a.html",
    )
    assert page.hints["breadcrumb"] == "首页 > 2023年 > 年报"
    assert page.text == "办公位置在二楼。"


def test_address_is_a_hint_when_the_page_names_it() -> None:
    hints = hints_of(
        '<html><head><link rel="canonical" href="http://www.abc.gov.cn/x/y.html"></head>'
        "<body>正文</body></html>"
    )
    assert (hints["url"], hints["domain"]) == (
        "http://www.abc.gov.cn/x/y.html",
        "www.abc.gov.cn",
    )


def test_address_is_a_hint_when_a_browser_saved_the_page() -> None:
    hints = hints_of(
        "<!DOCTYPE html><!-- saved from url=(0030)http://www.abc.gov.cn/nb/1.html --><html>"
        "<body>正文</body></html>"
    )
    assert hints["domain"] == "www.abc.gov.cn"

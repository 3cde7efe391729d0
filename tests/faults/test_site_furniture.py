"""A report on a government site: whatever stands around it, the same figures are read of it.

The pages are written after the manner of the content management systems that most sites use:
their class names, their metadata blocks, their click counters, their neighbours' links.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from ingest.document import NotRead, Report, read_document
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

TITLE = "某某县教育局2021年政府信息公开工作年度报告"
Wrap = Callable[[str], str]

_MENU = "".join(
    f"<li><a href='/{n}'>{name}</a></li>"
    for n, name in enumerate(["首页", "政务公开", "政务服务", "互动交流", "走进某某", "数据开放"])
)
_NEIGHBOURS = "".join(
    f"<li><a href='t{year}.html'>某某县教育局{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-2{year % 9}</span></li>"
    for year in range(2015, 2021)
)
_FOOTER = (
    "<div class='footer'>主办：某某县人民政府办公室　网站标识码：3607300012　某ICP备05012345号-1　"
    "某公网安备 36073002000123号<br>您是第 1234567 位访问者　今日访问：321</div>"
)


def bare(body: str) -> str:
    return f"<html><body><h1>{TITLE}</h1>{body}</body></html>"


def table_of_metadata(body: str) -> str:
    """Metadata in a table of its own over an editor's box, side list of other years, a counter."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="SiteName" content="某某县人民政府"><meta name="SiteIDCode" content="3607300012">
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2022-01-25 16:40">
<meta name="ContentSource" content="某某县教育局"><title>{TITLE}_年报_某某县人民政府</title></head><body>
<div class="header"><div class="logo"><img src="l.png"></div><ul class="nav">{_MENU}</ul>
<div class="search"><input><a>搜索</a> 热搜：<a>社保</a> <a>公积金</a> <a>2021</a></div></div>
<div class="path">当前位置：<a>首页</a> &gt; <a>政府信息公开年报</a> &gt; <a>2021</a></div>
<div class="side"><h3>年报目录</h3><ul>{_NEIGHBOURS}</ul></div>
<table class="zfxxgk_info"><tr><td>索 引 号：</td><td>014530/2022-00123</td><td>主题分类：</td><td>年报</td></tr>
<tr><td>发布机构：</td><td>某某县教育局</td><td>发文日期：</td><td>2022-01-25</td></tr>
<tr><td>文　　号：</td><td>某教字〔2022〕5号</td><td>有 效 性：</td><td>有效</td></tr></table>
<h1>{TITLE}</h1><div class="article-infos"><span>发布时间：2022-01-25 16:40</span><span>来源：某某县教育局</span>
<span>浏览次数：<em id="c">1582</em>次</span><span>字体：【<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="zfxxgk_zw_content"><div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style>{body}</div></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="related"><h4>相关链接</h4><ul>{_NEIGHBOURS}</ul></div>{_FOOTER}
<script>var hits = 1582; document.write("<span>访问量：" + hits + "</span>");</script></body></html>"""


def tables_for_layout(body: str) -> str:
    """A page of tables in tables, as sites were built until 2015 and many still are."""
    return f"""<html><head><title>某某县教育局</title></head><body>
<table width="1000"><tr><td><table><tr><td><a>首页</a></td><td><a>机构</a></td><td><a>2021</a></td></tr></table></td></tr>
<tr><td>您现在的位置：<a>首页</a> &gt;&gt; <a>信息公开</a> &gt;&gt; 正文</td></tr>
<tr><td><table id="article"><tr><td width="200"><table><tr><td>最新公告</td></tr>
<tr><td><a>关于2021年中小学招生3000人的公告</a> [01-22]</td></tr><tr><td><a>教师招聘120名公告</a> [01-20]</td></tr></table></td>
<td><table><tr><td align="center"><b>{TITLE}</b></td></tr>
<tr><td>发布日期：2022-01-25　　点击次数：<script>_showDynClicks("wbnews", 1, 9)</script>　　【打印】【关闭】</td></tr>
<tr><td><div id="vsb_content"><div class="v_news_content">{body}</div></div></td></tr>
<tr><td>上一条：<a>某某县教育局2020年政府信息公开工作年度报告</a></td></tr>
<tr><td>下一条：无</td></tr></table></td></tr></table></td></tr>
<tr><td align="center">版权所有：某某县教育局　联系电话：0797-1234567　邮编：341000　访问总数：998877</td></tr></table></body></html>"""


def comments_and_boxes(body: str) -> str:
    """Boxes of boxes with template comments, the date in pieces, tools, a two-dimensional code."""
    return f"""<html><head><meta name="others" content="页面生成时间 2022-01-26 10:00:00"><title>某某县政府</title></head>
<body><div id="barrierfree_container"><div class="top"><span>2022年1月26日 星期三 小雨 3~8℃</span><a>无障碍</a><a>长者版</a></div>
<div class="bread-crumbs"><span>所在位置</span>：<a>首页</a>/<a>法定主动公开内容</a>/<a>年报</a></div>
<div class="xxgk-left"><ul><li><a>信息公开指南</a></li><li><a>信息公开制度(12)</a></li><li><a>依申请公开(35)</a></li><li><a>年报(9)</a></li></ul></div>
<div class="main"><!--<$[标题]>begin--><h2 class="title">{TITLE}</h2><!--<$[标题]>end-->
<div class="info"><span>时间：2022-01-25</span> | <span>阅读：<b>2047</b> 次</span> | <span>责任编辑：张某</span></div>
<div id="zoom"><!--ZJEG_RSS.content.begin-->{body}<!--ZJEG_RSS.content.end--></div>
<div class="ewm">扫一扫在手机打开当前页</div><div class="fj">附件：<a href="a.docx">{TITLE}.docx</a>（下载 56 次）</div>
<div class="btns"><a>打印本页</a><a>关闭窗口</a></div></div>{_FOOTER}</div></body></html>"""


def _narrative() -> str:
    lines = (SAMPLES_DIR / "wuyuan_county_2016.txt").read_text("utf-8").splitlines()
    return "".join(f"<p>　　{line.strip()}</p>" for line in lines[1:] if line.strip())


def _tables() -> str:
    root = etree.HTML((PROJECT_ROOT / "tests" / "golden" / "pages" / "t11.html").read_text("utf-8"))
    tables = [t for t in root.iter("table") if t.find(".//table") is None and len(t.findall(".//tr")) > 3]
    assert len(tables) >= 2
    markup = "".join(etree.tostring(t, encoding="unicode", with_tail=False) for t in tables)
    return f"<p>一、总体情况</p><p>本年度主动公开政府信息386条。</p>{markup}"


def _read(page: str) -> Report | NotRead:
    return read_document(page.encode(), "content.html", "http://www.example.gov.cn/art/2022/content.html")


def _figures(read: Report | NotRead) -> list[tuple[object, ...]]:
    assert isinstance(read, Report), read.issues
    return [
        (o.indicator, o.category_label, o.channel, o.applicant_type, o.outcome, o.org_group, o.value,
         o.value_semantic, o.time_scope, o.table_name, o.row_no, o.column_no)
        for o in read.observations
    ]  # fmt: skip


@pytest.mark.parametrize("body", [_narrative, _tables])
@pytest.mark.parametrize("wrap", [table_of_metadata, tables_for_layout, comments_and_boxes])
def test_figures_are_the_same_when_a_site_stands_around_the_report(
    wrap: Wrap, body: Callable[[], str]
) -> None:
    expected = _figures(_read(bare(body())))
    assert len(expected) > 20
    assert sorted(map(repr, _figures(_read(wrap(body()))))) == sorted(map(repr, expected))


@pytest.mark.parametrize("wrap", [table_of_metadata, tables_for_layout, comments_and_boxes])
def test_date_of_publication_and_year_are_taken_from_around_the_report(wrap: Wrap) -> None:
    read = _read(wrap(_tables()))
    assert isinstance(read, Report)
    assert str(read.identity.published_on) == "2022-01-25"
    assert read.identity.report_year == 2021
    assert read.identity.agency_name is not None
    assert "教育局" in read.identity.agency_name


@pytest.mark.parametrize("wrap", [table_of_metadata, tables_for_layout, comments_and_boxes])
@pytest.mark.parametrize(
    "furniture", ["位访问者", "公网安备", "扫一扫", "政务服务", "某某县教育局2018年政府信息公开工作年度报告"]
)
def test_furniture_is_no_text_of_the_report(wrap: Wrap, furniture: str) -> None:
    read = _read(wrap(_tables()))
    assert isinstance(read, Report)
    assert furniture not in read.page.text

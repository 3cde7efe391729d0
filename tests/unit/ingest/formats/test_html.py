"""Web pages to lines and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import UnreadableDocument, limits, read_page
from ingest.model import Page, Table

PAGES = Path(__file__).resolve().parents[3] / "golden" / "pages"


def read(markup: str, name: str = "a.html") -> Page:
    return read_page(markup.encode(), name)


def rows_of(page: Page, table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(page.text[cell.start : cell.end])
    return list(rows.values())


def test_blocks_become_lines_when_inline_elements_split_words() -> None:
    page = read(
        "<body><p>全年<span>公开<b>信息</b></span><font>12</font>条。<o:p></o:p></p>"
        "<div>第二行<br/>第三行</div>第四行<ul><li>甲</li><li>乙</li></ul>"
        "<p>自<st1:chsdate year='2015'>2015年1月1日</st1:chsdate>起</p></body>"
    )
    assert page.text == "全年公开信息12条。\n第二行\n第三行\n第四行\n甲\n乙\n自2015年1月1日起"


def test_cells_are_one_line_when_labels_are_broken_by_tags() -> None:
    page = read(
        "<table><tr><td>信息内容</td><td>本年新<br>\n制作数量</td></tr>"
        "<tr><td><p align=center>规</p><p>章</p></td><td>&nbsp;</td></tr>"
        "<tr><td>行政许可</td><td>\n\t\t<p><span>1</span>2</p>\n\t</td></tr></table>"
    )
    assert page.text == "信息内容 | 本年新制作数量\n规章 | \n行政许可 | 12"
    assert rows_of(page, page.tables[0])[1] == ["规章", ""]


def test_spans_give_columns_when_headers_stand_over_two_rows() -> None:
    page = read(
        "<table><tr><td rowspan=2>申请人</td><td colspan=2>法人</td></tr>"
        "<tr><td>企业</td><td>科研</td></tr><tr><td>新收</td><td>1</td><td>2</td></tr></table>"
    )
    columns = {page.text[c.start : c.end]: c.column for c in page.tables[0].cells}
    assert columns == {
        "申请人": 0,
        "法人": 1,
        "企业": 1,
        "科研": 2,
        "新收": 0,
        "1": 1,
        "2": 2,
    }


def test_outer_table_is_layout_when_it_holds_the_article() -> None:
    page = read(
        "<table><tr><td>栏目<br>列表</td><td><h1>某局2019年报告</h1><p>一、总体情况</p>"
        "<table border=1><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>4</td></tr>"
        "</table><p>六、其他</p></td></tr></table>"
    )
    assert page.text.splitlines() == [
        "栏目", "列表", "某局2019年报告", "一、总体情况", "规章 | 3", "规范性文件 | 4", "六、其他",
    ]  # fmt: skip
    assert len(page.tables) == 1


def test_table_is_layout_when_its_cells_hold_prose() -> None:
    prose = "<br>".join(["一、总体情况", "2019年公开信息12条。" * 40, "二、主动公开"])
    page = read(f"<table><tr><td>左栏</td><td>{prose}</td></tr></table>")
    assert page.tables == ()
    assert "\n二、主动公开" in page.text


def test_small_table_in_a_cell_joins_it_when_the_outer_one_holds_the_figures() -> None:
    rows = "".join(f"<tr><td>第{i}行</td>{'<td>1</td>' * 7}</tr>" for i in range(8))
    inner = "<table><tr><td>项目</td><td>申请人</td></tr></table>"
    page = read(f"<table><tr><td>{inner}</td><td>自然人</td></tr>{rows}</table>")
    assert len(page.tables) == 1
    assert page.text.splitlines()[0] == "项目申请人 | 自然人"
    assert len(page.tables[0].cells) == 2 + 8 * 8


def test_rows_are_read_when_tags_are_not_closed_or_rows_are_missing() -> None:
    page = read("<table><td>规章<td>1<tr><td>文件<td>2</table>")
    assert page.text == "规章 | 1\n文件 | 2"


def test_hidden_parts_are_skipped_when_styles_or_attributes_hide_them() -> None:
    page = read(
        "<p>前</p><div style='DISPLAY: none'>暗</div>尾<p hidden>暗</p>"
        "<input type=hidden value=暗><script>暗()</script><style>.暗{}</style><p>后</p>"
    )
    assert page.text == "前\n尾\n后"


def test_furniture_is_removed_and_tables_kept_when_classes_say_furniture() -> None:
    page = read(
        "<div class=nav><a>首页</a><a>要闻动态</a><a>政务公开</a><a>互动交流</a></div>"
        "<div class=footer><table><tr><td>规章</td><td>1</td></tr></table></div>"
        "<div id=bottom>某镇人民政府<br>2020年1月17日</div>"
        "<div class=foot>主办：某县人民政府　苏ICP备05016021号 网站标识码：3210000001</div>"
        "<p>【打印本页】【关闭窗口】</p><p>上一篇：某县2018年报告</p>"
    )
    assert page.text == "规章 | 1\n某镇人民政府\n2020年1月17日"
    assert page.hints["site_code"] == "3210000001"
    assert page.hints["sponsor"] == "某县人民政府"


def test_sentence_is_kept_when_it_stands_in_a_box_named_like_a_menu() -> None:
    page = read("<div class='side'>全年收到申请12件。首页设专栏1个。</div>")
    assert page.text == "全年收到申请12件。首页设专栏1个。"


def test_preformatted_lines_are_kept_when_text_stands_in_pre() -> None:
    assert read("<html><body><pre>一\n二</pre></body></html>").text == "一\n二"


def test_fonts_never_closed_do_not_hide_the_end_when_they_nest_deeply() -> None:
    page = read("<body>" + "<p><font>段" * 400 + "<p>尾</body>")
    assert page.text.endswith("尾")


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li"])
def test_page_is_refused_when_it_nests_too_deeply(tag: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("<html><body>" + f"<{tag}>" * 20_000 + "深")
    assert caught.value.code == "too_deep"


def test_page_is_refused_when_it_shows_nothing() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("<html><head><title>年报</title></head><body><script>load()</script></body></html>")
    assert caught.value.code == "empty_file"


def test_external_entities_are_not_resolved_when_declared() -> None:
    page = read(
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body>'
        "<p>公开&x;信息</p></body></html>"
    )
    assert "&x;" in page.text


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        ("<html><body><p>公开</p></body></html>", "a.txt", "text/html"),
        ("<p>公开</p><p>信息</p><p>年报</p>", "a.pdf", "text/html"),
        ("全文没有标记。\n第二行", "a.html", "text/plain"),
        ("网页里的 <br> 和 </p> 标记应当删去。", "a.txt", "text/plain"),
        ("正文<br>第二行", "a.shtml", "text/html"),
    ],
)
def test_content_decides_when_the_extension_is_wrong(
    content: str, name: str, media_type: str
) -> None:
    assert read_page(content.encode(), name).media_type == media_type


def test_text_is_stored_as_it_is_when_it_is_plain() -> None:
    page = read_page("\ufeff　　一、概述\r\n公开  12条\r\n\r\n".encode(), "a.txt")
    assert page.text == "　　一、概述\n公开  12条\n\n"


@pytest.mark.parametrize(
    ("name", "encoding", "cells"),
    [
        ("t04.html", "utf-8", [12, 198]),
        ("t07.html", "gb18030", [198]),
        ("t11.html", "utf-8", [12, 53, 202, 34]),
    ],
)
def test_report_gives_its_tables_when_the_page_is_like_a_real_one(
    name: str, encoding: str, cells: list[int]
) -> None:
    page = read_page((PAGES / name).read_bytes(), name)
    assert page.encoding == encoding
    assert [len(table.cells) for table in page.tables] == cells
    for table in page.tables:
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            assert "|" not in page.text[cell.start : cell.end]
    assert "网站首页" not in page.hints.get("title", "")
    assert "ICP备" not in page.text


def test_page_is_read_when_it_carries_large_pictures_inside() -> None:
    picture = "data:image/png;base64," + "A" * 12_000_000
    page = read(f"<body><p>公开12条</p><img src='{picture}'><p>尾</p></body>")
    assert page.text == "公开12条\n尾"


def test_page_is_refused_when_its_markup_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MARKUP_CHARACTERS", 100)
    with pytest.raises(UnreadableDocument) as caught:
        read("<body>" + "<p>一</p>" * 100)
    assert caught.value.code == "too_large"

"""Word files: what python-docx writes is read back."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.formats import UnreadableDocument, limits, read_page


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_and_tables_come_in_order_when_cells_are_merged() -> None:
    document = docx.Document()
    document.add_paragraph("某县某局2021年政府信息公开工作年度报告")
    table = document.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "申请人情况"
    for column, label in enumerate(("自然人", "法人", "总计"), start=1):
        table.cell(1, column).text = label
    for row, label in ((2, "一、本年新收"), (3, "二、上年结转")):
        table.cell(row, 0).text = label
        for column in range(1, 4):
            table.cell(row, column).text = str(row * column)
    document.add_paragraph("五、存在的问题")
    page = read_page(saved(document), "a.docx")
    assert page.text.splitlines() == [
        "某县某局2021年政府信息公开工作年度报告",
        "项目 | 申请人情况",
        "自然人 | 法人 | 总计",
        "一、本年新收 | 2 | 4 | 6",
        "二、上年结转 | 3 | 6 | 9",
        "五、存在的问题",
    ]
    cells = {page.text[c.start : c.end]: c for c in page.tables[0].cells}
    assert (cells["项目"].row_span, cells["申请人情况"].column_span) == (2, 3)
    assert (cells["自然人"].column, cells["总计"].column) == (1, 3)


def test_text_is_what_shows_when_parts_are_deleted_hidden_or_in_controls() -> None:
    document = docx.Document()
    body = document.element.body
    runs = (
        "<w:p {ns}><w:r><w:t>公开</w:t></w:r><w:del><w:r><w:delText>废</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>信息</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        "<w:r><w:t>12</w:t><w:br/><w:t>条</w:t></w:r></w:p>"
    )
    control = (
        "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    box = (
        "<w:p {ns}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>"
    )
    for xml in (runs, control, box):
        body.insert(len(body) - 1, parse_xml(xml.format(ns=nsdecls("w"))))
    page = read_page(saved(document), "a.docx")
    assert page.text.splitlines() == ["公开信息12", "条", "控件里的话", "框里的话"]


def test_layout_table_is_read_as_lines_when_it_holds_the_table_of_figures() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "左栏"
    inner = outer.cell(0, 1).add_table(2, 2)
    for row, label in enumerate(("规章", "规范性文件")):
        inner.cell(row, 0).text, inner.cell(row, 1).text = label, str(row)
    page = read_page(saved(document), "a.docx")
    assert page.text == "左栏\n规章 | 0\n规范性文件 | 1"
    assert len(page.tables) == 1


def test_bomb_is_refused_when_it_would_unpack_to_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_EXPANDED_BYTES", 1_000_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + " " * 2_000_000 + "</a>")
    with pytest.raises(UnreadableDocument) as caught:
        read_page(buffer.getvalue(), "a.docx")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<w:document xmlns:w='http://x'><w:body/></w:document>", "damaged_file"),
        ("no xml", "damaged_file"),
        ("<a>" * 5000, "too_deep"),
        (
            '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
            "damaged_file",
        ),
    ],
)
def test_word_file_is_refused_when_its_xml_is_broken_or_hostile(xml: str, code: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", xml)
    with pytest.raises(UnreadableDocument) as caught:
        read_page(buffer.getvalue(), "a.docx")
    assert caught.value.code == code

"""PDFs: written with reportlab, and the real one where it is at hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from ingest.formats import UnreadableDocument, limits, read_page
from ingest.model import Page

ROOT = Path(__file__).resolve().parents[4]
REAL = ROOT.parent / "shared" / "official" / "hongze_2023.pdf"
LABELS = ROOT.parent / "shared" / "gold" / "official" / "hongze_2023.gold.json"
FONT = "STSong-Light"  # a font every PDF viewer brings: nothing is embedded
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def table_pdf(rows: list[list[str]], *styles: tuple[object, ...]) -> bytes:
    buffer = io.BytesIO()
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONT", (0, 0), (-1, -1), FONT, 10),
    ]
    SimpleDocTemplate(buffer, pagesize=A4).build([Table(rows, style=TableStyle([*style, *styles]))])
    return buffer.getvalue()


def canvas_pdf(draw: object, **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)  # type: ignore[operator]
    canvas.save()
    return buffer.getvalue()


def rows_of(page: Page) -> list[list[str]]:
    rows: list[list[str]] = []
    for table in page.tables:
        by_row: dict[int, list[str]] = {}
        for cell in table.cells:
            by_row.setdefault(cell.row, []).append(page.text[cell.start : cell.end])
        rows += by_row.values()
    return rows


def test_cells_are_read_when_a_table_is_ruled_and_merged() -> None:
    data = table_pdf(
        [
            ["项目", "申请人情况", "", "总计"],
            ["", "自然人", "商业\n企业", ""],
            ["一、本年新收", "12", "0", "12"],
            ["二、上年结转", "", "1", "1"],
        ],
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (3, 0), (3, 1)),
    )
    page = read_page(data, "a.pdf")
    assert rows_of(page) == [
        ["项目", "申请人情况", "总计"],
        ["自然人", "商业企业"],
        ["一、本年新收", "12", "0", "12"],
        ["二、上年结转", "", "1", "1"],
    ]
    cells = {page.text[c.start : c.end]: c for c in page.tables[0].cells}
    assert (cells["项目"].row_span, cells["申请人情况"].column_span) == (2, 2)


def test_table_is_one_when_it_goes_on_over_page_ends() -> None:
    rows = [[f"第{i}项", str(i), str(2 * i)] for i in range(100)]
    page = read_page(table_pdf(rows), "a.pdf")
    assert len(page.tables) == 1
    assert rows_of(page) == rows


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_table_is_read_when_the_page_is_turned(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.rotate(turn)
        canvas.translate(*{90: (0, -A4[0]), 180: (-A4[0], -A4[1]), 270: (-A4[1], 0)}[turn])
        canvas.setFont(FONT, 12)
        for x in (100, 200, 300):
            canvas.line(x, 300, x, 400)
        for row, label in enumerate(("规章", "文件")):
            canvas.line(100, 300 + 50 * row, 300, 300 + 50 * row)
            canvas.drawString(110, 370 - 50 * row, label)
            canvas.drawString(210, 370 - 50 * row, f"1{row}")
        canvas.line(100, 400, 300, 400)

    assert read_page(canvas_pdf(draw), "a.pdf").text == "规章 | 10\n文件 | 11"


def test_lines_come_in_order_without_page_numbers_when_pages_are_prose() -> None:
    def draw(canvas: Canvas) -> None:
        for number in (1, 2):
            canvas.setFont(FONT, 14)
            canvas.setFillGray(1)  # white shading behind each line, as web editors leave it
            canvas.rect(70, 690, 400, 20, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(80, 700, f"第{number}页的第一行")
            canvas.drawString(80, 680, "全年公开信息 12 条。")
            canvas.drawString(290, 30, f"- {number} -")
            canvas.showPage()

    page = read_page(canvas_pdf(draw), "a.pdf")
    assert page.text.splitlines() == [
        "第1页的第一行", "全年公开信息 12 条。", "第2页的第一行", "全年公开信息 12 条。",
    ]  # fmt: skip
    assert page.tables == ()


def test_scan_is_refused_with_the_way_out_when_pages_are_pictures() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 500, 700)

    with pytest.raises(UnreadableDocument, match="OCR") as caught:
        read_page(canvas_pdf(draw), "a.pdf")
    assert caught.value.code == "scanned_pdf"


def test_pdf_is_refused_when_it_is_locked() -> None:
    data = canvas_pdf(
        lambda canvas: canvas.drawString(9, 9, "x"),
        encrypt=StandardEncryption("secret"),
    )
    with pytest.raises(UnreadableDocument) as caught:
        read_page(data, "a.pdf")
    assert caught.value.code == "encrypted_pdf"


def test_pdf_is_refused_when_it_has_too_many_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    data = canvas_pdf(lambda canvas: [canvas.showPage() for _ in range(3)])
    with pytest.raises(UnreadableDocument) as caught:
        read_page(data, "a.pdf")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_pdf_is_refused_when_it_is_a_header_and_nothing_else(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_page(data, "a.pdf")
    assert caught.value.code == "damaged_file"


@pytest.mark.skipif(not REAL.exists(), reason="the real PDF is not part of this repository")
def test_every_official_cell_is_there_with_its_label_when_the_pdf_is_a_real_one() -> None:
    page = read_page(REAL.read_bytes(), REAL.name)
    labelled = json.loads(LABELS.read_text(encoding="utf-8"))
    gold, forms = labelled["tables"], labelled.get("table_forms", {})
    rows = rows_of(page)
    assert len(page.tables) == 3

    requests = [row[-8:] for row in rows if 8 <= len(row) <= 10 and is_figure(row[-1])]
    labels = official_labels("t3", forms.get("t3", "std_2021"))
    assert [row[1:] for row in requests] == [
        [f"{value:g}" for value in gold["t3"][str(number)]] for number in labels
    ]
    # The printed labels have slips of their own (a word lost): their beginnings are whole.
    assert [row[0].replace(" ", "")[:5] for row in requests] == [
        label.replace(" ", "")[:5] for label in labels.values()
    ]
    printed = [(row[0], value) for row in rows for value in row[1:] if len(row) <= 4]
    figures = [(label, value) for label, value in printed if is_figure(value)]
    assert figures == [
        (label, f"{gold['t2'][str(number)]:g}")
        for number, label in official_labels("t2", "std_2021").items()
    ]
    assert [f"{gold['t4'][str(number)]:g}" for number in official_labels("t4", "std_2021")] in rows


def is_figure(text: str) -> bool:
    return text.replace(".", "").isdigit()


def official_labels(table: str, form: str) -> dict[int, str]:
    """Return row number -> row label of a table of a form, in the form's order."""
    with (ROOT / "data" / "reference" / "official_table_cells.csv").open(encoding="utf-8") as lines:
        return {
            int(row["row_no"]): row["row_label"]
            for row in csv.DictReader(lines)
            if (row["form"], row["table"]) == (form, table)
        }

"""Damaged documents of every format: a page or a refusal, nothing else."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from ingest.formats import UnreadableDocument, read_page

PAGES = Path(__file__).resolve().parents[3] / "golden" / "pages"
INPUTS_PER_FORMAT = 300  # seconds in all; a longer run is done by raising this


def html() -> bytes:
    return (PAGES / "t04.html").read_bytes()


def gb18030() -> bytes:
    return (PAGES / "t07.html").read_bytes()


def text() -> bytes:
    return "一、概述\n全年主动公开政府信息12条。\n规章 | 0 | 3 |\n".encode() * 20


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("某县某局2021年政府信息公开工作年度报告")
    table = document.add_table(4, 5)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "项目"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf() -> bytes:
    buffer = io.BytesIO()
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    rows = [[str(i * j) for j in range(6)] for i in range(30)]
    SimpleDocTemplate(buffer).build([Table(rows, style=style)])
    return buffer.getvalue()


def saved_page() -> bytes:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + html() + b"\r\n--xx--\r\n"


def damage(data: bytes, rng: random.Random) -> bytes:
    """Cut, overwrite, delete, repeat, insert, or plant structure in the wrong place."""
    broken = bytearray(data)
    at = rng.randrange(len(broken))
    kind = rng.randrange(6)
    if kind == 0:
        del broken[at:]
    elif kind == 1:
        for _ in range(rng.randrange(1, 50)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
    elif kind == 2:
        del broken[at : at + rng.randrange(1, 2000)]
    elif kind == 3:
        broken[at:at] = broken[at // 2 : at // 2 + rng.randrange(3000)]
    elif kind == 4:
        broken[at:at] = rng.randbytes(rng.randrange(200))
    else:
        planted = (
            b"\0\0\0\0",
            b"\xff\xff\xff\xff",
            b"<<>>",
            b"<td>",
            b"endobj",
            b"</table>",
        )
        broken[at : at + 4] = rng.choice(planted)
    return bytes(broken)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("make", [html, gb18030, text, word, pdf, saved_page])
def test_damaged_document_gives_a_page_or_a_refusal_when_read(
    make: Callable[[], bytes],
) -> None:
    whole = make()
    read_page(whole, "whole")
    rng = random.Random(make.__name__)
    for _ in range(INPUTS_PER_FORMAT):
        try:
            page = read_page(damage(whole, rng), f"a.{make.__name__}")
        except UnreadableDocument as refusal:
            assert refusal.code and refusal.message
            continue
        for table in page.tables:
            for cell in table.cells:
                assert 0 <= cell.start <= cell.end <= len(page.text)
                assert "\n" not in page.text[cell.start : cell.end]

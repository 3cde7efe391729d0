"""Lines, cells and their offsets."""

from __future__ import annotations

import pytest

from ingest.formats import UnreadableDocument, limits
from ingest.formats.rendering import GridCell, PageBuilder, tidy_inline


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("本年新\n制作数量", "本年新制作数量"),
        ("本年新 \n\t 制作数量", "本年新制作数量"),
        ("自 然 人", "自 然 人"),
        ("\n\t\t1\n", "1"),
        ("12\n34", "12 34"),
        ("共\n12件", "共 12件"),
        ("\u00a0\u00a0规章\u00a0", "规章"),
        ("来源\u3000作者", "来源\u3000作者"),
        ("公\u200b开\ufeff", "公开"),
        ("", ""),
    ],
)
def test_white_space_is_put_right_when_a_line_is_tidied(raw: str, tidy: str) -> None:
    assert tidy_inline(raw) == tidy


def test_cells_know_their_place_and_column_when_cells_span() -> None:
    builder = PageBuilder()
    builder.add_line("表一")
    builder.add_table(
        [
            [GridCell("甲", 2, 1), GridCell("乙", 1, 2)],
            [GridCell("丙"), GridCell("")],
            [GridCell("丁"), GridCell("1"), GridCell("2")],
        ]
    )
    page = builder.build("text/html")
    assert page.text == "表一\n甲 | 乙\n丙 | \n丁 | 1 | 2"
    (table,) = page.tables
    assert [
        (
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            page.text[cell.start : cell.end],
        )
        for cell in table.cells
    ] == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "丙"),
        (1, 2, 1, 1, ""),
        (2, 0, 1, 1, "丁"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]
    assert page.text[table.start : table.end] == "甲 | 乙\n丙 | \n丁 | 1 | 2"


def test_table_is_refused_when_it_has_too_many_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 5)
    with pytest.raises(UnreadableDocument) as caught:
        PageBuilder().add_table([[GridCell("1")] * 6])
    assert caught.value.code == "too_large"


def test_span_is_bounded_when_it_is_absurd() -> None:
    builder = PageBuilder()
    builder.add_table([[GridCell("题", 10**6, 10**6)], [GridCell("1")]])
    assert builder.build("text/html").tables[0].cells[1].column == limits.MAX_COLUMN_SPAN


def test_page_is_refused_when_it_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CHARACTERS", 10)
    with pytest.raises(UnreadableDocument):
        PageBuilder().add_line("一二三四五六七八九十一")

"""Cutting a text at marks: nothing is lost, nothing is added, every mark is where it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.highlight import Block, Mark, Piece, cut, lay_out

TEXTS = st.text(alphabet="ab|｜ \n\t<&>\"'数12，件", max_size=80)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    edges = st.integers(-3, len(text) + 3)
    spans = draw(st.lists(st.tuples(edges, edges, edges, edges), max_size=12))
    return text, [Mark(str(i), "k", a, b, (c, d)) for i, (a, b, c, d) in enumerate(spans)]


def all_pieces(blocks: list[Block]) -> list[Piece]:
    out: list[Piece] = []
    for block in blocks:
        out += block.pieces
        for row in block.rows:
            for cell in row:
                out += (*cell.pieces, *cell.separator)
    return out


@given(marked())
def test_text_is_unchanged_when_cut_and_laid_out(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    pieces = cut(text, marks)
    assert "".join(p.text for p in pieces) == text
    assert "".join(p.text for p in all_pieces(lay_out(text, pieces))) == text


@given(marked())
def test_every_character_has_the_marks_that_cover_it(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    for pieces in (cut(text, marks), all_pieces(lay_out(text, cut(text, marks)))):
        for piece in pieces:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text
            for place in range(piece.start, piece.start + len(piece.text)):
                expected = {m.key for m in marks if m.start <= place < m.end}
                assert {m.key for m in piece.marks} == expected


@given(marked())
def test_every_mark_opens_once_where_it_begins(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    opened = [
        (m.key, p.start) for p in all_pieces(lay_out(text, cut(text, marks))) for m in p.opens
    ]
    expected = [(m.key, max(m.start, 0)) for m in marks if max(m.start, 0) < min(m.end, len(text))]
    assert sorted(opened) == sorted(expected)


def test_the_shortest_mark_owns_a_piece_when_marks_nest() -> None:
    text = "受理申请12件"
    outer, inner = Mark("outer", "requests", 0, 7), Mark("inner", "requests", 2, 7)
    pieces = cut(text, [inner, outer])
    assert [(p.text, p.marks[0].key, p.is_first) for p in pieces] == [
        ("受理", "outer", True),
        ("申请12件", "inner", True),
    ]


def test_the_number_is_told_from_the_words_around_it() -> None:
    pieces = cut("受理申请12件。", [Mark("1", "requests", 0, 7, (4, 7))])
    assert [(p.text, p.is_core) for p in pieces] == [
        ("受理申请", False),
        ("12件", True),
        ("。", False),
    ]


def test_short_rows_stand_to_the_right_when_merged_cells_reach_down() -> None:
    text = "标题\n三、结果 | （一）予以公开 | 12\n（二）部分公开 | 3\n尾"
    title, table, rest = lay_out(text, cut(text, []))
    assert [[c.column_span for c in row] for row in table.rows] == [[1, 1, 1], [2, 1]]
    assert "".join(p.text for p in title.pieces) == "标题\n"
    assert "".join(p.text for p in rest.pieces) == "尾"


def test_a_heading_with_fewer_cells_is_one_cell_with_its_bars() -> None:
    text = "自然人 | 法人 | 总计\n甲 | 乙 | 丙 | 丁\n收到 | 1 | 2 | 3"
    (table,) = lay_out(text, cut(text, []))
    assert [[c.column_span for c in row] for row in table.rows] == [[4], [1] * 4, [1] * 4]
    assert "".join(p.text for p in table.rows[0][0].pieces) == "自然人 | 法人 | 总计"


def test_one_line_with_bars_is_no_table() -> None:
    text = "首页 | 新闻 | 联系\n正文"
    (block,) = lay_out(text, cut(text, []))
    assert block.rows == ()


def test_a_mark_across_cells_is_in_each_of_them() -> None:
    text = "收到 | 件 | 3\n办结 | 件 | 2"
    (table,) = lay_out(text, cut(text, [Mark("1", "requests", 0, 10)]))
    assert [[bool(p.marks) for p in cell.pieces] for cell in table.rows[0]] == [[True]] * 3
    assert [p.marks for cell in table.rows[1] for p in cell.pieces] == [()] * 3

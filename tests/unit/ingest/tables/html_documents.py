"""Reports with known tables as web pages, in the ways that sites and word processors write them.

What lives here: one function a way of writing HTML, grids in, bytes out. What does not: flattened
text (`renderer.py`), PDF and Word (`office_documents.py`).
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence

from tests.unit.ingest.tables.forms_grid import Grid, GridCell, Row
from tests.unit.ingest.tables.renderer import HEADINGS
from tests.unit.ingest.tables.surroundings import BEHIND, CONTENTS, PROSE, TITLE

WriteCell = Callable[[GridCell], str]
_OTHER_TABLE = (
    "<table border=1><tr><td colspan=3>政策解读统计表</td></tr><tr><td>解读形式</td><td>文字</td>"
    "<td>总计</td></tr><tr><td>数量（篇）</td><td>14</td><td>14</td></tr></table>"
)


def _spans(cell: GridCell) -> str:
    found = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return found + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _plain_cell(cell: GridCell) -> str:
    return f"<td{_spans(cell)}>{html.escape(cell.text, quote=False)}</td>"


def _canonical_cell(cell: GridCell) -> str:
    text = html.escape(cell.text, quote=False) or "&nbsp;"
    if cell.key is None:
        text = text.replace("本年新制作", "本年新<br />制作").replace("商业企业", "商业<br>企业")
        text = text.replace("尚未审结", "尚未<br/>审结").replace("总计", "总&nbsp;&nbsp;计")
    return f'<td{_spans(cell)} valign="middle"><p align="center"><span>{text}</span></p></td>'


def _loose_cell(cell: GridCell) -> str:
    text = html.escape(cell.text, quote=False)
    inside = "\n\t\t\t".join(text[i : i + 2] for i in range(0, len(text), 2)) if cell.key is None and len(text) < 5 else text  # fmt: skip
    return f"\t\t<td{_spans(cell)}>\n\t\t\t<p>\n\t\t\t\t{inside}\n\n\t\t\t</p>\n&nbsp;\n\t\t</td>\n"


def _mso_cell(cell: GridCell) -> str:
    text = html.escape(cell.text, quote=False) or "<o:p>&nbsp;</o:p>"
    halves = f"<span lang=EN-US style='font-family:宋体'>{text}</span>"
    if cell.key is None and len(text) > 4 and "&" not in text:
        halves = f"<span style='font-family:宋体;mso-ascii-font-family:Calibri'>{text[:3]}</span><span>{text[3:]}<o:p></o:p></span>"  # fmt: skip
    return f"<td{_spans(cell)} style='width:1.0cm;border:solid windowtext 1.0pt;mso-border-alt:solid'><p class=MsoNormal align=center>{halves}</p></td>"  # fmt: skip


def _open_cell(cell: GridCell) -> str:
    return f"<td{_spans(cell)}><p>{html.escape(cell.text, quote=False)}"


def _table(rows: Sequence[Row], cell: WriteCell, attributes: str = "") -> str:
    body = "\n".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
    return f"<table{attributes}><tbody>{body}</tbody></table>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>&emsp;&emsp;{html.escape(line)}</p>\n" for line in text.splitlines())


def _document(body: str) -> bytes:
    page = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>"
        "<div class='nav'><a href='/'>首页</a> &gt; <a>政务公开</a> &gt; <a>年度报告</a></div>"
        f"<h1>{TITLE}</h1><div>发布时间：2024-01-18 浏览次数：153</div>"
        f"<div class='article' id='zoom'>{body}</div><div class='footer'>网站标识码</div></body></html>"
    )
    return page.encode()


def _report(grids: Sequence[Grid], write: Callable[[Grid], str], between: str = "") -> str:
    parts = [_paragraphs(PROSE), between]
    for grid in grids:
        parts.append(f"<p><strong>{HEADINGS[grid.table]}</strong></p>{write(grid)}")
    return "".join(parts) + _paragraphs(BEHIND)


def canonical(grids: Sequence[Grid]) -> bytes:
    """Spans, breaks in header labels, non-breaking spaces in blank cells."""
    return _document(_report(grids, lambda g: _table(g.rows, _canonical_cell, " border=1")))


def full_of_spaces(grids: Sequence[Grid]) -> bytes:
    """Line ends and tabs inside cells."""
    return _document(_report(grids, lambda g: _table(g.rows, _loose_cell)))


def word_junk(grids: Sequence[Grid]) -> bytes:
    """What Word saves as a web page, with its empty last row that sets the widths."""

    def write(grid: Grid) -> str:
        width = max(sum(c.columns for c in row) for row in grid.rows)
        ruler = "<![if !supportMisalignedColumns]><tr height=0>" + "<td width=48></td>" * width + "</tr><![endif]>"  # fmt: skip
        table = _table(grid.rows, _mso_cell, " class=MsoNormalTable border=1 cellspacing=0")
        return "<div align=center>" + table.replace("</tbody>", ruler + "</tbody>") + "</div>"

    style = "<style>/* mso */ @page Section1 {size:595.3pt} p.MsoNormal{mso-style-parent:''}</style><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"  # fmt: skip
    return _document(style + _report(grids, write))


def outer_layout(grids: Sequence[Grid]) -> bytes:
    """The whole article stands in one cell of a table."""
    inner = _report(grids, lambda g: _table(g.rows, _plain_cell))
    return _document(
        f"<table width='100%'><tr><td><table><tr><td class='title'>{TITLE}</td></tr>"
        f"<tr><td>{inner}</td></tr></table></td></tr></table>"
    )


def unclosed_cells(grids: Sequence[Grid]) -> bytes:
    """No end tags."""

    def write(grid: Grid) -> str:
        return "<table>" + "\n".join("<tr>" + "".join(map(_open_cell, row)) for row in grid.rows) + "</table>"  # fmt: skip

    return _document(_report(grids, write))


def javascript_string(grids: Sequence[Grid]) -> bytes:
    """The article waits in a script as an escaped string."""
    inner = _report(grids, lambda g: _table(g.rows, _canonical_cell))
    text = json.dumps(inner, ensure_ascii=False).replace("</", "<\\/")
    return _document(f"<div id='c'></div><script>var content = {text}; $('#c').html(content);</script>")  # fmt: skip


def nested(grids: Sequence[Grid]) -> bytes:
    """Each table stands in a cell of a frame of its own."""

    def write(grid: Grid) -> str:
        return f"<table><tr><td>&nbsp;</td><td>{_table(grid.rows, _plain_cell)}</td></tr></table>"

    return _document(_report(grids, write))


def beside_others(grids: Sequence[Grid]) -> bytes:
    """Unrelated tables in section one, a table of contents before it."""
    between = _OTHER_TABLE + "<p>图1：公开渠道</p>"
    return _document(
        _paragraphs(CONTENTS) + _report(grids, lambda g: _table(g.rows, _plain_cell), between)
    )


def header_over_two_rows(grids: Sequence[Grid]) -> bytes:
    """A header cell broken over two rows of cells."""

    def write(grid: Grid) -> str:
        rows: list[Row] = []
        for row in grid.rows:
            texts = [c.text for c in row]
            if "商业企业" in texts or texts.count("结果维持") == 2:
                rows.append([GridCell(t[: len(t) // 2], c.columns) for t, c in zip(texts, row, strict=True)])  # fmt: skip
                rows.append([GridCell(t[len(t) // 2 :], c.columns) for t, c in zip(texts, row, strict=True)])  # fmt: skip
            else:
                taller = any("商业企业" in (c.text for c in r) or [c.text for c in r].count("结果维持") == 2 for r in grid.rows)  # fmt: skip
                label_rows = all(c.key is None for c in row)
                rows.append([GridCell(c.text, c.columns, c.rows + (taller and label_rows and c.rows > 1), c.key) for c in row])  # fmt: skip
        return _table(rows, _plain_cell)

    return _document(_report(grids, write))


def one_table(grids: Sequence[Grid]) -> bytes:
    """All tables in one, their headings as rows."""
    rows: list[str] = []
    for grid in grids:
        rows.append(f"<tr><td colspan=15>{HEADINGS[grid.table]}</td></tr>")
        rows += ["<tr>" + "".join(map(_plain_cell, row)) + "</tr>" for row in grid.rows]
    return _document(_paragraphs(PROSE) + "<table>" + "".join(rows) + "</table>" + _paragraphs(BEHIND))  # fmt: skip


def without_spans(grids: Sequence[Grid]) -> bytes:
    """An editor that dropped the spans: rows of as many cells as they print."""

    def write(grid: Grid) -> str:
        return _table(grid.rows, lambda c: f"<td>{html.escape(c.text, quote=False)}</td>")

    return _document(_report(grids, write))


def spans_repeated(grids: Sequence[Grid]) -> bytes:
    """A spreadsheet without merged cells: empty cells in the place of each."""

    def write(grid: Grid) -> str:
        taken: dict[tuple[int, int], str] = {}
        for r, row in enumerate(grid.rows):
            column = 0
            for cell in row:
                while (r, column) in taken:
                    column += 1
                for y in range(cell.rows):
                    for x in range(cell.columns):
                        taken[r + y, column + x] = cell.text if x == y == 0 else ""
                column += cell.columns
        rows = [[text for (y, _), text in sorted(taken.items()) if y == r] for r in range(len(grid.rows))]
        return "<table>" + "".join("<tr>" + "".join(f"<td>{html.escape(t, quote=False)}</td>" for t in row) + "</tr>" for row in rows) + "</table>"  # fmt: skip

    return _document(_report(grids, write))


HTML_DOCUMENTS: dict[str, Callable[[Sequence[Grid]], bytes]] = {
    f.__name__: f
    for f in (
        canonical, full_of_spaces, word_junk, outer_layout, unclosed_cells, javascript_string,
        nested, beside_others, header_over_two_rows, one_table, without_spans, spans_repeated,
    )
}  # fmt: skip

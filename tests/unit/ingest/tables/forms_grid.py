"""Official tables with known random cells, as grids of labelled cells.

What lives here: making the truth and the grid that a printer would fill. What does not: writing
a grid as text or HTML (`renderer.py`), damaging it (`mutations.py`).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from ingest.tables.forms import TableForm, forms_of

Key = tuple[str, int, int]  # table, row_no, column_no
T3_HEADER_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class GridCell:
    """A printed cell; `key` is that of the official cell, None for labels."""

    text: str
    columns: int = 1
    rows: int = 1
    key: Key | None = None


Row = list[GridCell]


@dataclass
class Grid:
    """A table as printed."""

    table: str
    form: TableForm
    rows: list[Row]
    truth: dict[Key, float | None] = field(default_factory=dict)


def official(form: str, table: str) -> TableForm:
    """A table of a form."""
    return next(f for f in forms_of(table) if f.form.value == form)


def make_grid(form: str, table: str, density: str, rng: random.Random) -> Grid:
    """A table with random cells: density zero, sparse or dense."""
    spec = official(form, table)
    maker = {"t2": _t2, "t3": _t3, "t4": _t4, "annex": _annex}[table]
    return maker(spec, density, rng)


def _number(density: str, rng: random.Random, top: int = 60) -> int:
    if density == "zero" or (density == "sparse" and rng.random() < 0.85):
        return 0
    return rng.randint(1, top)


def _printed(number: int, rng: random.Random) -> str:
    return f"{number:,}" if number >= 1000 and rng.random() < 0.5 else str(number)


def _t3(spec: TableForm, density: str, rng: random.Random) -> Grid:
    rows = len(spec.rows)
    leaves = [[0] * 6 for _ in range(rows)]
    for r in range(2, rows - 2):
        leaves[r] = [_number(density, rng, 900 if c == 0 else 40) for c in range(6)]
    for c in range(6):
        leaves[rows - 2][c] = sum(leaves[r][c] for r in range(2, rows - 2))
        leaves[1][c] = rng.randint(0, leaves[rows - 2][c])
        leaves[rows - 1][c] = _number(density, rng, 9)
        leaves[0][c] = leaves[rows - 2][c] + leaves[rows - 1][c] - leaves[1][c]
    header: list[Row] = [
        [GridCell(T3_HEADER_NOTE, 3, 3), GridCell("申请人情况", 7)],
        [GridCell("自然人", 1, 2), GridCell("法人或其他组织", 5), GridCell("总计", 1, 2)],
        [GridCell(x) for x in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    grid = Grid("t3", spec, header)
    block = None
    for r, row in enumerate(spec.rows):
        labels = _t3_labels(spec, r, row.block, row.label, block)
        block = row.block
        values = [*leaves[r], sum(leaves[r])]
        cells = [
            GridCell(_printed(v, rng), key=("t3", c.row_no, c.column_no))
            for v, c in zip(values, row.cells, strict=True)
        ]
        grid.rows.append([*labels, *cells])
        for v, c in zip(values, row.cells, strict=True):
            grid.truth["t3", c.row_no, c.column_no] = v
    return grid


def _t3_labels(spec: TableForm, r: int, block: str, label: str, last: str | None) -> Row:
    depth_one = r in (0, 1, len(spec.rows) - 1)
    results = len(spec.rows) - 3
    if depth_one:
        return [GridCell(label, 3)]
    first = [GridCell("三、本年度办理结果", 1, results)] if r == 2 else []
    if not block or block == label or block.startswith("三、"):
        return [*first, GridCell(label, 2)]
    members = sum(row.block == block for row in spec.rows)
    group = [GridCell(block, 1, members)] if block != last else []
    return [*first, *group, GridCell(label)]


def _t2(spec: TableForm, density: str, rng: random.Random) -> Grid:
    new = spec.form.value == "std_2021"
    width = 4 if new else 5
    grid = Grid("t2", spec, [])
    block = None
    for row in spec.rows:
        labels = [c.column_label for c in row.cells]
        if row.block != block or len(labels) != len(_last_header(grid)):
            if row.block != block:
                grid.rows.append([GridCell(row.block, width)])
            grid.rows.append([GridCell("信息内容"), *_spread(labels, width - 1, data=False)])
        block = row.block
        cells = []
        for cell, spread in zip(row.cells, _spread(labels, width - 1, data=True), strict=True):
            text, value = _t2_value(cell.unit, cell.printed_unit, cell.signed, density, rng)
            key = ("t2", cell.row_no, cell.column_no)
            cells.append(replace(spread, text=text, key=key))
            grid.truth[key] = value
        grid.rows.append([GridCell(row.label), *cells])
    return grid


def _last_header(grid: Grid) -> list[str]:
    for row in reversed(grid.rows):
        if row[0].text == "信息内容":
            return [c.text for c in row[1:]]
    return []


def _spread(labels: list[str], width: int, *, data: bool) -> list[GridCell]:
    """Column spans; header and data rows of the form of 2019 divide the columns differently."""
    n = len(labels)
    spans = [1] * n
    if n == 1:
        spans = [width]
    elif n == 2:
        spans = [width // 2, width - width // 2]
    elif n < width:
        spans = [2, 1, 1] if data else [1, 2, 1]
    return [GridCell(text, span) for text, span in zip(labels, spans, strict=True)]


def _t2_value(unit: str, printed: str, signed: bool, density: str, rng: random.Random) -> tuple[str, float]:  # fmt: skip
    number = _number(density, rng, 3000)
    if signed and number:
        number = rng.randint(-30, 30)
        text = {True: f"+{number}", False: str(number)}[number > 0 and rng.random() < 0.5]
        if number < 0 and rng.random() < 0.3:
            text = f"减{-number}"
        return text, number
    if unit != "yuan":
        return _printed(number, rng), number
    if printed == "wan_yuan":
        amount = number / 100
        return f"{amount:g}", round(amount * 10_000, 2)
    if number and rng.random() < 0.5:
        return f"{number / 10:g}万元", number * 1000
    return str(number), number


def _t4(spec: TableForm, density: str, rng: random.Random) -> Grid:
    rows: list[Row] = [
        [GridCell("行政复议", 5), GridCell("行政诉讼", 10)],
        [*(GridCell(o, 1, 2) for o in OUTCOMES), GridCell("未经复议直接起诉", 5), GridCell("复议后起诉", 5)],
        [GridCell(o) for o in OUTCOMES * 2],
    ]  # fmt: skip
    grid = Grid("t4", spec, rows)
    values: list[int] = []
    for _ in range(3):
        four = [_number(density, rng, 20) for _ in range(4)]
        values += [*four, sum(four)]
    cells = spec.rows[0].cells
    grid.rows.append([GridCell(str(v), key=("t4", c.row_no, c.column_no)) for v, c in zip(values, cells, strict=True)])  # fmt: skip
    for v, c in zip(values, cells, strict=True):
        grid.truth["t4", c.row_no, c.column_no] = v
    return grid


_ANNEX_HEADINGS = {
    1: "一、主动公开情况", 4: "（二）通过不同渠道和方式公开政府信息的情况", 9: "二、回应解读情况",
    10: "（二）通过不同渠道和方式回应解读的情况", 17: "三、依申请公开情况",
    50: "八、机构建设和保障经费情况", 56: "九、政府信息公开会议和培训情况",
}  # fmt: skip
_ANNEX_UNITS = {"wan_yuan": "万元"}
_ANNEX_NUMBERING = {1: "（一）", 9: "（一）", 17: "（一）", 22: "（二）", 25: "（三）", 40: "四、", 44: "五、", 50: "（一）"}  # fmt: skip


def _annex(spec: TableForm, density: str, rng: random.Random) -> Grid:
    grid = Grid("annex", spec, [[GridCell("统计指标"), GridCell("单位"), GridCell("统计数")]])
    for row in spec.rows:
        cell = row.cells[0]
        if cell.row_no in _ANNEX_HEADINGS:
            grid.rows.append([GridCell(_ANNEX_HEADINGS[cell.row_no]), GridCell("——"), GridCell("")])
        unit = _ANNEX_UNITS.get(cell.printed_unit, cell.printed_unit)
        number = _number(density, rng, 4000)
        amount = number / 1000 if unit == "万元" else number
        text = f"{amount:g}" if unit == "万元" else _printed(number, rng)
        key = ("annex", cell.row_no, 1)
        label = _ANNEX_NUMBERING.get(cell.row_no, "") + row.label
        grid.rows.append([GridCell(label), GridCell(unit), GridCell(text, key=key)])
        grid.truth[key] = round(amount * 10_000, 4) if unit == "万元" else number
    return grid


def blank_some(grid: Grid, rng: random.Random, share: float = 0.3) -> Grid:
    """The grid with some of its values left empty, the truth with it."""
    truth = dict(grid.truth)
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row:
            if cell.key is not None and rng.random() < share:
                truth[cell.key] = None
                cells.append(replace(cell, text=""))
            else:
                cells.append(cell)
        rows.append(cells)
    return Grid(grid.table, grid.form, rows, truth)

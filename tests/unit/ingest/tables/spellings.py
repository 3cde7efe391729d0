"""Other spellings of the labels, as agencies and converters print them.

What lives here: one function a manner of writing labels. What does not: the spellings that the
reader knows (`ingest/rules/tables/labels.toml`), damage (`mutations.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.unit.ingest.tables.forms_grid import Grid

Spelling = Callable[[Grid, random.Random], Grid]

_ALIASES = {
    "本年制发件数": ["本年度制发数", "本年 制发件数", "本年制发数"],
    "本年废止件数": ["本年废止数"],
    "现行有效件数": ["现行有效件", "现行有效数"],
    "本年处理决定数量": ["本年处理绝对数量", "处理决定数量"],
    "行政规范性文件": ["规范性文件"],
    "本年增/减": ["本年增/", "本年增减"],
    "二、上年结转政府信息公开申请数量": ["二、上年结转政府信息公开数量"],
    "第二十条第（一）项": ["第二十条  第(一)项", "中华人民共和国政府信息公开条例第二十条第(一)项"],
    "采购总金额": ["采购总金额（元）"],
    "本年收费金额（单位：万元）": ["本年收费金额（万元）", "本年收费金额(单位:万元)"],
}


def _relabel(grid: Grid, change: Callable[[str], str]) -> Grid:
    rows = [[replace(c, text=change(c.text)) if c.key is None else c for c in row] for row in grid.rows]  # fmt: skip
    return Grid(grid.table, grid.form, rows, grid.truth)


def official(grid: Grid, rng: random.Random) -> Grid:
    """As in the circular."""
    return grid


def aliases(grid: Grid, rng: random.Random) -> Grid:
    """Other words for the same."""
    old = grid.form.form.value == "std_2019"

    def change(text: str) -> str:
        choices = _ALIASES.get(text, [text])
        if old and text == "行政规范性文件":
            return text
        return rng.choice([*choices, text])

    return _relabel(grid, change)


def enumerators(grid: Grid, rng: random.Random) -> Grid:
    """Another mark behind numbers, half-width brackets."""
    mark = rng.choice(["、", "．", " . ", ". ", ""])

    def change(text: str) -> str:
        if text[:1].isdecimal() and text[1:2] == ".":
            text = text[0] + mark + text[2:]
        return text.replace("（", "(").replace("）", ")")

    return _relabel(grid, change)


def unnumbered(grid: Grid, rng: random.Random) -> Grid:
    """Numbers in front of labels are lost."""

    def change(text: str) -> str:
        for sign in ("、", "）", "."):
            head, found, tail = text.partition(sign)
            if found and len(head) <= 2:
                return tail
        return text

    return _relabel(grid, change)


def spaced(grid: Grid, rng: random.Random) -> Grid:
    """Short labels are stretched by spaces."""
    gap = rng.choice([" ", "\u3000", "  "])
    return _relabel(grid, lambda t: gap.join(t) if 1 < len(t) < 4 else t)


def quotes(grid: Grid, rng: random.Random) -> Grid:
    """Other quotation marks and punctuation."""
    return _relabel(
        grid, lambda t: t.replace("“", '"').replace("”", '"').replace("、行政", "，行政").replace("其他", "其它")
    )  # fmt: skip


SPELLINGS: dict[str, Spelling] = {
    f.__name__: f for f in (official, aliases, enumerators, unnumbered, spaced, quotes)
}

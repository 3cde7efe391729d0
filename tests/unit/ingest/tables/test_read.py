"""What is read from a page, what is told, and what is left to the sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.model import Form, Page, TimeScope, ValueSemantic
from tests.unit.ingest.tables.forms_grid import Grid
from tests.unit.ingest.tables.reading import compare, grids, read, truth_of
from tests.unit.ingest.tables.renderer import AFTER, BEFORE, HEADINGS, RENDERINGS, cell_a_line


def _codes(page: Page) -> set[str]:
    return {i.code for i in read(page).issues}


def test_form_is_told_per_table_when_a_report_mixes_forms() -> None:
    new, old = grids("std_2021", "dense", 0), grids("std_2019", "dense", 0)
    for tables, forms in (
        ([new[0], old[1], new[2]], {"t2": Form.STD_2021, "t3": Form.STD_2019, "t4": Form.STD_2021}),
        ([old[0], new[1], new[2]], {"t2": Form.STD_2019, "t3": Form.STD_2021, "t4": Form.STD_2021}),
    ):
        for name in ("cell_a_line", "pipes_both_ends", "parsed_table"):
            result = compare(RENDERINGS[name](tables), truth_of(tables))
            assert result.exact
            assert result.reading.forms == forms


def test_sentences_stay_readable_when_tables_are_covered() -> None:
    for name, render in RENDERINGS.items():
        page = render(grids("std_2021", "sparse", 0))
        covered = read(page).covered
        for sentence in ("主动公开政府信息120条", "培训2次", HEADINGS["t3"]):
            at = page.text.index(sentence)
            assert not any(s.start < at + len(sentence) and at < s.end for s in covered), name


def test_table_is_missing_when_only_headings_are_left() -> None:
    page = Page(BEFORE + "\n".join(HEADINGS[t] for t in ("t2", "t3", "t4")) + "\n" + AFTER)
    reading = read(page)
    assert [i.code for i in reading.issues] == ["table_missing"] * 3
    assert not reading.observations and not reading.covered


def test_nothing_is_missing_when_the_report_is_older_than_the_forms() -> None:
    page = Page("一、概述\n全年公开120条。\n二、主动公开政府信息情况\n公开120条。\n")
    reading = read(page)
    assert not reading.issues and not reading.observations and not reading.covered


def test_headings_are_no_table_when_they_stand_in_a_table_of_contents() -> None:
    tables = grids("std_2019", "sparse", 0)
    contents = "".join(f"{HEADINGS[t]}……………{i}\n" for i, t in enumerate(("t2", "t3", "t4")))
    result = compare(Page(contents + RENDERINGS["pdf_raw"](tables).text), truth_of(tables))
    assert result.exact


def test_sentences_are_no_table_when_they_name_outcomes() -> None:
    prose = (
        "本年新收政府信息公开申请 5 件，其中予以公开 2 件、部分公开 1\n件，不予公开 2 件，其中属于国"
        "家秘密 1 件、保护第三方合法权益 1 件，\n本机关不掌握相关政府信息 1 件，重复申请 2 件\n。\n"
    )
    reading = read(Page(prose))
    assert not reading.observations and not reading.covered


def test_local_row_is_left_out_when_the_form_does_not_have_it() -> None:
    text = (
        "第二十条第（一）项 | |||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
        "规章 | - | - | - |\n规范性文件（涉及公众权利义务） | 5 | 5 | 9 |\n"
        "其他主动公开文件（以本单位名义签发的非规范性文件） | 23 | 22 | 41 |\n"
        "第二十条第（五）项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量（办件数） |\n"
        "行政许可 | 12 | 0 | 86 |\n其他对外管理服务事项 | 34 | +2 | 512 |\n"
    )
    reading = read(Page(text))
    values = {(o.indicator): o.value for o in reading.observations}
    assert values["normative_documents_issued"] == 5
    assert values["other_service_items_change"] == 2
    assert 23 not in values.values() and 41 not in values.values()
    assert "table_extra_row" in {i.code for i in reading.issues}
    dashes = [o for o in reading.observations if o.indicator.startswith("rules_")]
    assert {o.value_semantic for o in dashes} == {ValueSemantic.DASH}


_FEES_2021 = (
    "第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 550\n第二十条第（六）项\n"
    "信息内容 本年处理决定数量\n行政处罚 4119\n行政强制 195\n第二十条第（八）项\n"
)


@pytest.mark.parametrize(
    ("header", "cell", "yuan"),
    [
        ("本年收费金额（单位：万元）", "7730.28", 77_302_800.0),
        ("本年收费金额（单位：元）", "7730.28", 7730.28),
        ("本年收费金额（单位：万元）", "43.788万元", 437_880.0),
        ("本年收费金额（单位：万元）", "3940元", 3940.0),
        ("本年收费金额", "2", 20_000.0),
    ],
)
def test_amount_is_in_yuan_when_header_or_cell_prints_the_unit(
    header: str, cell: str, yuan: float
) -> None:
    text = f"{_FEES_2021}信息内容 {header}\n行政事业性收费 {cell}\n"
    amount = next(o for o in read(Page(text)).observations if o.indicator == "charge_amount")
    assert amount.value == pytest.approx(yuan)
    assert amount.value_text == cell and amount.unit == "yuan"


def test_amount_is_inferred_when_it_was_typed_into_the_header() -> None:
    text = f"{_FEES_2021}信息内容 本年收费金额（单位：0.5万元）\n行政事业性收费\n"
    reading = read(Page(text))
    amount = next(o for o in reading.observations if o.indicator == "charge_amount")
    assert amount.value == 5000 and amount.rule_id.endswith("inferred.header")
    assert "table_row_inferred" in {i.code for i in reading.issues}


_PROCUREMENT = (
    "第二十条第（一）项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n0\n0\n0\n"
    "规范性文件\n0\n0\n2\n第二十条第（八）项\n信息内容\n上一年项目数量\n本年增/减\n行政事业性收费\n0\n0\n"
    "第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额{unit}\n政府集中采购\n1\n{cell}\n"
)


@pytest.mark.parametrize(
    ("unit", "cell", "yuan"),
    [
        ("", "12.6万元", 126_000),
        ("", "251,000元", 251_000),
        ("（万元）", "477.35", 4_773_500),
        ("", "24161", 24_161),
    ],
)
def test_procurement_is_in_yuan_when_no_unit_is_fixed(unit: str, cell: str, yuan: float) -> None:
    page = Page(_PROCUREMENT.format(unit=unit, cell=cell))
    amount = next(o for o in read(page).observations if o.indicator == "procurement_amount")
    assert amount.value == pytest.approx(yuan)


def test_sign_is_refused_when_a_count_carries_one() -> None:
    page = Page(_PROCUREMENT.format(unit="", cell="5").replace("规章\n0", "规章\n-3"))
    reading = read(page)
    first = next(o for o in reading.observations if o.indicator == "rules_issued")
    assert first.value is None and first.value_text == "-3"
    assert "table_value_unreadable" in {i.code for i in reading.issues}


def _only(table: str, form: str = "std_2021") -> list[Grid]:
    return [grid for grid in grids(form, "dense", 0) if grid.table == table]


def test_sums_are_told_and_numbers_kept_when_parts_do_not_add_up() -> None:
    (grid,) = _only("t4")
    key = ("t4", 5, 5)
    grid.rows[-1] = [replace(c, text="999") if c.key == key else c for c in grid.rows[-1]]
    grid.truth[key] = 999
    result = compare(RENDERINGS["parsed_table"]([grid]), grid.truth)
    assert result.exact
    assert [i.code for i in result.reading.issues] == ["table_sums_differ"]


def test_torn_digits_are_joined_when_one_way_only_adds_up() -> None:
    lines = [
        "一、本年新收政府信息公开申请数量 1 2 0 0 0 0 0 12",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "三、本年度办理结果",
        "（一）予以公开 12 0 0 0 0 0 12",
        "四、结转下年度继续办理 0 0 0 0 0 0 0",
    ]
    reading = read(Page("\n".join(lines)))
    first = next(o for o in reading.observations if o.row_no == 1 and o.column_no == 1)
    assert first.value == 12 and first.value_text == "1 2"
    assert first.rule_id.endswith("inferred.row_sum")


def test_only_totals_are_read_when_agencies_fill_in_nothing_else() -> None:
    (grid,) = _only("t3")
    rows = []
    truth = {}
    for row in grid.rows:
        rows.append([replace(c, text="") if c.key and c.key[2] != 7 else c for c in row])
    for key, value in grid.truth.items():
        truth[key] = value if key[2] == 7 else None
    result = compare(cell_a_line([Grid("t3", grid.form, rows)]), truth)
    assert result.exact
    assert {o.rule_id.split(".")[-1] for o in result.reading.observations} == {"only_total"}


def test_second_copy_is_told_when_a_page_has_a_table_twice() -> None:
    one, two = _only("t3"), [g for g in grids("std_2021", "dense", 5) if g.table == "t3"]
    page = Page(cell_a_line(one).text + "\n" + cell_a_line(two).text)
    reading = read(page)
    assert "table_repeated" in {i.code for i in reading.issues}
    assert len(reading.covered) == 2
    assert compare(page, one[0].truth).exact or compare(page, two[0].truth).exact


def test_three_tables_are_read_when_they_stand_in_one_frame() -> None:
    tables = grids("std_2021", "dense", 0)
    page = RENDERINGS["parsed_table"](tables)
    cells, row = [], 0
    for table in page.tables:
        cells += [c._replace(row=c.row + row) for c in table.cells]
        row += max(c.row for c in table.cells) + 1
    frame = replace(page.tables[0], cells=tuple(cells), end=page.tables[-1].end)
    assert compare(replace(page, tables=(frame,)), truth_of(tables)).exact


def test_unrelated_tables_are_not_touched_when_they_name_similar_things() -> None:
    text = (
        "2024年政策解读情况统计\n解读形式 | 文字解读 | 图片解读 | 总计 |\n数量（篇） | 4 | 3 | 7 |\n"
        "行政许可 | 12 |\n行政处罚 | 3 |\n"
    )
    reading = read(Page(text))
    assert not reading.observations and not reading.covered and not reading.issues


def test_stock_keeps_its_time_scope_when_a_local_table_has_two_columns() -> None:
    text = (
        "指 标 名 称 | 计量单位 | 2009年度 | 历年累计 |\n主动公开信息数 | 条 | 4326 | 7915 |\n"
        "其中：1.政府网站 | 条 | 3988 | 7402 |\n受理依申请公开信息总数 | 件 | 9 | 14 |\n"
        "本县自设指标 | 件 | 3 | 4 |\n6.其它形式申请数 | 件 | 0 | 0 |\n"
    )
    reading = read(Page(text))
    facts = {
        (o.indicator, o.channel): o.value
        for o in reading.observations
        if o.time_scope is TimeScope.YEAR
    }
    assert facts == {
        ("disclosed", None): 4326, ("disclosed", "website"): 3988,
        ("requests_received", None): 9, ("requests_received", "other_request"): 0,
    }  # fmt: skip
    assert {o.time_scope for o in reading.observations} == {TimeScope.YEAR, TimeScope.CUMULATIVE}
    assert {o.form for o in reading.observations} == {Form.NARRATIVE}
    assert _codes(Page(text)) == {"table_row_unknown"}


def test_codes_are_no_values_when_a_local_table_numbers_its_rows() -> None:
    text = (
        "指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |\n主动公开信息数 | 条 | 01 | 30 | 120 |\n"
        "申请总数 | 条 | 09 | 2 | 7 |\n1.当面申请数 | 条 | 10 | 1 | 3 |\n"
    )
    facts = {
        (o.indicator, o.channel): o.value
        for o in read(Page(text)).observations
        if o.time_scope is TimeScope.YEAR
    }
    assert facts == {
        ("disclosed", None): 120,
        ("requests_received", None): 7,
        ("requests_received", "in_person"): 3,
    }


def test_count_is_multiplied_when_its_unit_is_ten_thousand() -> None:
    text = _FEES_2021.replace("行政处罚 4119", "行政处罚 1.2万件") + "信息内容 本年收费金额\n行政事业性收费 0\n"
    penalties = next(o for o in read(Page(text)).observations if o.indicator == "penalty_decisions")
    assert penalties.value == 12_000 and penalties.value_text == "1.2万件"


def test_divided_row_is_refused_when_it_prints_its_parts() -> None:
    text = (
        "第二十条第（一）项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n0\n0\n0\n"
        "规范性文件\n1\n1\n1\n第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n"
        "行政许可\n2\n0\n4\n其他对外管理服务事项\n行政检查\n3\n0\n7\n行政确认\n5\n0\n8\n"
        "第二十条第（六）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n行政处罚\n1\n0\n9\n"
    )
    reading = read(Page(text))
    values = {o.indicator: o.value for o in reading.observations}
    assert values["license_decisions"] == 4 and values["penalty_decisions"] == 9
    assert values.get("other_service_decisions") is None
    assert "table_row_unresolved" in {i.code for i in reading.issues}

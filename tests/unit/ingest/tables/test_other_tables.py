"""Tables beside the forms: district annexes, numbered rows, older local tables, unread ones."""

from __future__ import annotations

import pytest

from ingest.model import Page, TimeScope
from tests.unit.ingest.tables.reading import read


def _cells(text: str) -> dict[int, float | None]:
    return {int(o.row_no or 0): o.value for o in read(Page(text)).observations}


def _codes(text: str) -> list[str]:
    return [i.code for i in read(Page(text)).issues]


_ROWS = ("主动公开政府信息数", "其中：主动公开规范性文件数", "制发规范性文件总数", "政府公报公开政府信息数")


@pytest.mark.parametrize(
    ("header", "total"),
    [
        (("部门", "乡镇", "合计"), 2),
        (("合计", "县直部门", "乡镇街道"), 0),
        (("一季度", "二季度", "三季度", "四季度", "全年"), 4),
    ],
)
def test_column_of_totals_is_read_when_others_stand_beside_it(
    header: tuple[str, ...], total: int
) -> None:
    lines = [" | ".join(("统计指标", "单位", *header)) + " |"]
    for number, label in enumerate(_ROWS, 1):
        values = [str(10 * number + i) for i in range(len(header))]
        lines.append(" | ".join((label, "条", *values)) + " |")
    assert _cells("\n".join(lines)) == {n: 10 * n + total for n in range(1, 5)}


def test_nothing_is_read_when_no_column_holds_totals() -> None:
    lines = ["统计指标 | 单位 | 区政府统计数 | 乡镇街道统计数 |"]
    lines += [f"{label} | 条 | 3 | 4 |" for label in _ROWS]
    text = "\n".join(lines)
    assert not _cells(text)
    assert "table_row_unresolved" in _codes(text)


def test_running_numbers_are_no_values_when_each_row_has_one() -> None:
    labels = [*_ROWS, "政府网站公开政府信息数", "政务微博公开政府信息数"]
    lines = ["序号", "统计指标", "单位", "统计数"]
    for number, label in enumerate(labels, 1):
        lines += [str(number), label, "条", str(number % 3)]
    assert _cells("\n".join(lines)) == {n: n % 3 for n in range(1, 7)}


def test_both_halves_are_read_when_an_annex_is_printed_side_by_side() -> None:
    text = (
        "统计指标 | 单位 | 统计数 | 统计指标 | 单位 | 统计数 |\n"
        "主动公开政府信息数 | 条 | 431 | 收到申请数 | 件 | 9 |\n"
        "其中：主动公开规范性文件数 | 条 | 6 | 当面申请数 | 件 | 2 |\n"
        "制发规范性文件总数 | 件 | 7 | 传真申请数 | 件 | 0 |\n"
    )
    assert _cells(text) == {1: 431, 2: 6, 3: 7, 17: 9, 18: 2, 19: 0}


def test_one_block_is_read_when_the_others_were_left_out() -> None:
    text = "第二十条第（九）项\n\n信息内容\n\n采购项目数量\n\n采购总金额\n\n政府集中采购\n\n 41\n\n5120.7\n"
    assert _cells(text) == {21: 41, 22: 5120.7}


def test_other_rows_are_not_taken_for_totals_when_they_name_them() -> None:
    text = (
        "指标名称\n| 计量\n单位\n| 代码\n| 本期实际\n| 本年累计\n|\n甲\n| 乙\n| 丙\n| 1\n| 2\n|\n"
        "主动公开信息数\n| 条\n| 01\n| 31\n| 240\n|\n"
        "其中：全文电子化的主动公开信息数\n| 条\n| 02\n| 31\n| 238\n|\n"
        "现场接待人数\n| 人次\n| 06\n|\n| 17\n|\n申请总数\n| 条\n| 10\n| 2\n| 9\n|\n"
        "行政申诉数\n| 件\n| 34\n| 0\n| 3\n|\n"
        "其中：对本部门首次处理不满意的行政申诉数 *\n| 件\n| 35\n| 0\n| 1\n|\n"
    )
    facts = [
        (o.indicator, o.value)
        for o in read(Page(text)).observations
        if o.time_scope is TimeScope.YEAR
    ]
    assert facts == [
        ("disclosed", 240), ("inquiries", 17), ("requests_received", 9), ("appeal_cases", 3),
    ]  # fmt: skip
    assert "table_row_unknown" in _codes(text)


def test_columns_are_told_apart_when_a_local_header_stands_on_one_line() -> None:
    text = (
        "指标名称 计量单位 代码 本期实际 本年累计\n主动公开信息数 条 01 31 240\n"
        "申请总数 条 10 2 9\n1.当面申请数 条 11 1 4\n"
    )
    facts = [o.value for o in read(Page(text)).observations if o.time_scope is TimeScope.YEAR]
    assert facts == [240, 9, 4]


def test_table_is_kept_as_an_issue_when_its_columns_are_not_known() -> None:
    table = (
        "政府信息公开情况统计表（2012年第四季度）\n指标 | 数量 | 累计 |\n主动公开信息数 | 58 | 230 |\n"
        "依申请公开信息数 | 1 | 4 |\n同意公开答复数 | 1 | 3 |\n"
    )
    reading = read(Page("一、概述\n本季度工作平稳。\n" + table))
    assert not reading.observations
    (issue,) = reading.issues
    assert issue.code == "table_unread"
    assert issue.evidence is not None and "主动公开信息数 | 58 | 230" in issue.evidence


def test_no_table_is_unread_when_it_counts_something_else() -> None:
    text = "2024年政策解读统计表\n形式 | 文字 | 图片 |\n篇数 | 4 | 3 |\n访问量 | 120 | 80 |\n"
    assert not _codes(text)


def test_unit_is_whole_when_a_narrow_column_breaks_it() -> None:
    text = (
        "统计指标\n单位\n统计数\n主动公开政府信息数\n条\n40\n制发规范性文件总数\n件\n4\n"
        "政府公报公开政府信息数\n条\n4\n依申请公开信息收取的费用\n万\n元\n0.5\n"
    )
    assert _cells(text)[49] == 5000


def test_reasons_and_new_documents_are_read_in_a_local_table() -> None:
    rows = [("主动公开信息数", 120), ("新增的行政规范性文件数", 3), ("申请总数", 7), ("对申请的答复总数", 7),
            ("其中：1.同意公开答复数", 5), ("（1）“非《规定》所指政府信息”数", 2)]  # fmt: skip
    lines = ["指标名称 | 计量单位 | 代码 | 本年累计 |"]
    lines += [f"{label} | 条 | {code:02} | {value} |" for code, (label, value) in enumerate(rows, 1)]
    found = {(o.indicator, o.outcome): o.value for o in read(Page("\n".join(lines))).observations}
    assert found["normative_documents_disclosed", None] == 3
    assert found["requests_answered", "denied_not_government_information"] == 2

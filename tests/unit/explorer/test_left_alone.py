"""Numbers left alone: those that the reader of whole documents leaves alone, each with a reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from explorer.left_alone import numbers_left_alone, reason_in_chinese
from ingest.document import NotRead, read_document
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

NO_REPORTS = ("fee_list", "notice")
SAMPLES = sorted(p for p in SAMPLES_DIR.iterdir() if not p.name.startswith(NO_REPORTS))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_stored_text_gives_what_the_document_gives(path: Path) -> None:
    report = read_document(path.read_bytes(), path.name, str(path))
    assert not isinstance(report, NotRead)
    expected = {
        (*report.folded.raw_span(number.start, number.end), number.reason)
        for number in report.left_alone
    }

    text = report.page.text
    numbers = numbers_left_alone(text, report.identity.report_year, report.identity.org_scope)

    assert {(n.start, n.end, n.reason) for n in numbers if n.is_count} == expected
    for number in numbers:
        assert text[number.start : number.end] == number.text
        assert reason_in_chinese(number.reason) != number.reason


def test_a_date_is_no_count_and_a_plan_is_told() -> None:
    text = "安庆市林业局2009年政府信息公开工作年度报告\n存在的问题和下一步打算\n2010年，争取公开信息500条。"

    numbers = numbers_left_alone(text, 2009, "own")

    assert {(n.text, n.is_count, n.reason) for n in numbers} >= {
        ("2010年", False, "a date"),
        ("500条", True, "in the section on plans"),
    }


def test_a_reason_with_names_is_told_in_chinese() -> None:
    reason = "another figure for disclosed was read by disclosure.total"

    assert reason_in_chinese(reason) == "指标 disclosed 的另一数字已由规则 disclosure.total 读取"
    assert reason_in_chinese("something new") == "something new"


@pytest.mark.parametrize(
    ("sentence", "number", "reason"),
    [
        (
            "全年共召开政务公开工作会议，每季度召开1次会议。",
            "1次",
            "how often, not how many",
        ),
        (
            "主动公开信息12类345条。",
            "12类",
            "the number of kinds; that of the items stands behind it",
        ),
    ],
)
def test_a_number_that_counts_something_else_is_told_in_chinese(
    sentence: str, number: str, reason: str
) -> None:
    text = f"安庆市林业局2009年政府信息公开工作年度报告\n一、主动公开情况\n{sentence}"

    told = {n.text: n.reason for n in numbers_left_alone(text, 2009, "own")}

    assert told[number] == reason
    assert reason_in_chinese(reason) != reason


def test_every_reason_of_the_reader_is_told_in_chinese() -> None:
    told = {
        words.value
        for path in (PROJECT_ROOT / "ingest" / "narrative").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "leave_alone"
        for words in ast.walk(call.args[2])
        if isinstance(words, ast.Constant)
    }

    assert "no rule reads it" in told
    assert [reason for reason in told if reason_in_chinese(reason) == reason] == []

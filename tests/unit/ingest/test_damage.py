"""Figures beside damaged characters are left out and told."""

from __future__ import annotations

import pytest

from ingest.document import Report, read_document

REPORT = """某县教育局2012年政府信息公开工作年度报告
一、主动公开政府信息情况
全年主动公开政府信息45条,其中政策法规类30条。
二、依申请公开情况
全年收到政府信息公开申请12件,均已办结。未发生行政复议。
三、收费情况
全年未收取费用。"""


@pytest.mark.parametrize(
    ("sound", "spoilt", "lost"),
    [
        ("信息45条", "信息4\ufffd条", 45),
        ("信息45条", "信息\ufffd5条", 45),
        ("申请12件", "申请12\ufffd件", 12),
    ],
)
def test_figure_is_left_out_when_a_digit_may_be_lost(sound: str, spoilt: str, lost: int) -> None:
    read = read_document(REPORT.replace(sound, spoilt).encode(), "a.txt", "a.txt")
    assert isinstance(read, Report)
    values = [o.value for o in read.observations]
    assert values
    assert not {lost, lost // 10, lost % 10} & set(values) - {0}
    assert "damaged_characters" in {issue.code for issue in read.issues}


def test_other_figures_are_read_when_one_is_damaged() -> None:
    whole = read_document(REPORT.encode(), "a.txt", "a.txt")
    read = read_document(REPORT.replace("信息45条", "信息4\ufffd条").encode(), "a.txt", "a.txt")
    assert isinstance(whole, Report)
    assert isinstance(read, Report)
    kept = {(o.indicator, o.value) for o in read.observations}
    assert ("requests_completed", 12) in kept
    assert kept < {(o.indicator, o.value) for o in whole.observations}

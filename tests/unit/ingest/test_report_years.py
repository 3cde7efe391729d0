from __future__ import annotations

import pytest

from ingest.report_years import ReportYears


@pytest.mark.parametrize(
    ("text", "years"),
    [("2012-2015", ReportYears(2012, 2015)), (" 2013 ", ReportYears(2013, 2013))],
)
def test_range_is_read_when_it_is_written_as_told(text: str, years: ReportYears) -> None:
    assert ReportYears.parse(text) == years


@pytest.mark.parametrize("text", ["", "12-15", "2015-2012", "2012-", "2012–2015", "all"])
def test_range_is_refused_when_it_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"2012-2015|backwards"):
        ReportYears.parse(text)

"""Charts: what is missing is a gap, texts are escaped, a picture has words in its place."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from explored import MARKUP

from explorer.charts import BLUE, draw, years_across
from explorer.language import Words
from explorer.pages.compare_chart import compare_chart
from explorer.pages.overview_charts import province_chart, year_chart
from explorer.warehouse import Rows

EN = Words("en")


def compared(*told: tuple[str, int, float]) -> str:
    rows = Rows(("agency_key", "report_year", "reported"), tuple(told))
    agencies = [{"agency_key": key, "agency_name": f"{key} {MARKUP}"} for key in ("a", "b")]
    forms = Rows(("report_year", "form_in_force"), ((2014, "annex_2014"),))
    figure = compare_chart(rows, agencies, "Requests", forms, EN)
    return str(figure.wide)


def lines(svg: str) -> list[str]:
    """The paths of the lines drawn."""
    return re.findall(r'<path d="([^"]*)" stroke="#[0-9A-F]{6}" stroke-width="2"/>', svg)


def test_year_that_is_not_reported_breaks_the_line() -> None:
    whole = compared(("a", 2010, 5.0), ("a", 2011, 6.0), ("a", 2012, 7.0), ("a", 2013, 8.0))
    broken = compared(("a", 2010, 5.0), ("a", 2011, 6.0), ("a", 2013, 8.0), ("a", 2014, 9.0))
    assert [path.count("M") for path in lines(whole) if path] == [1]
    assert [path.count("M") for path in lines(broken) if path] == [2]


def test_texts_are_escaped_and_the_picture_is_sound() -> None:
    svg = compared(("a", 2010, 5.0), ("b", 2011, 6.0))
    assert MARKUP not in svg
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert "reports the most, in 2011: 6." in (root.get("aria-label") or "")


def test_years_have_their_place_whether_there_is_data_or_not() -> None:
    held: dict[str, Any] = {"reports": 3}
    rows = Rows(
        ("report_year", "form", "reports"),
        ((2010, "narrative", 3), (2011, None, 0), (2012, None, 0)),
    )
    svg = str(year_chart(rows, held, EN).wide)
    assert all(f">{year}<" in svg for year in (2010, 2011, 2012))
    assert svg.count(">–<") == 2


def test_province_without_a_number_has_no_bar_and_says_so() -> None:
    rows = Rows(
        ("province", "province_en", "reports", "requests_own", "findings"),
        (("甲省", "Jia Province", 4, 10.0, 0), (None, None, 2, None, 0)),
    )
    figure = province_chart(rows, "requests", EN)
    svg = str(figure.wide)
    assert figure.title == "Jia reports the most requests: 10."
    assert ">not reported<" in svg
    assert len(re.findall(rf'<path [^>]*fill="{BLUE}"', svg)) == 1


@pytest.mark.parametrize("width", [760, 330])
def test_labels_are_left_out_where_there_is_no_room(width: int) -> None:
    shown = years_across(range(2008, 2024), width)["axis"]["values"]
    assert len(shown) == (16 if width == 760 else 6)


def test_nothing_is_fetched_for_a_chart() -> None:
    specification = {"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "bar"}
    with pytest.raises(ValueError, match="127.0.0.1|base|url|URL"):
        draw(
            "x", lambda width: specification, title="x", alternative="x", unit="x", source="x"
        )  # fmt: skip

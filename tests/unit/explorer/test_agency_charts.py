"""What the charts of an agency are made of: gaps stay gaps, lines break where the form changes."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.agency_charts import SERIES, charts, form_changes, given_series, points
from explorer.charts import NARROW, picture
from explorer.language import Words
from explorer.pages.agency import FEWEST_PEERS, Standing, spans


def year(number: int, form: str | None = "narrative", **figures: float) -> dict[str, Any]:
    nothing = dict.fromkeys((*SERIES, "staff_full_time", "staff_part_time"))
    report = f"r{number}" if form else None
    return {**nothing, "report_year": number, "form": form, "report_id": report, **figures}


YEARS = [
    year(2010, disclosed=5.0, requests_received=0.0),
    year(2011, disclosed=7.0),
    year(2012, form=None),
    year(2013, disclosed=9.0, requests_received=3.0),
    year(2014, form="annex_2014", disclosed=11.0, staff_full_time=1.0, staff_part_time=2.0),
]


def test_a_missing_year_has_no_point_and_a_stated_zero_has_one() -> None:
    found = points(YEARS, ["requests_received"])

    assert [(point["year"], point["value"]) for point in found] == [(2010, 0.0), (2013, 3.0)]


def test_a_line_breaks_at_a_gap_and_where_the_form_changes() -> None:
    segments = {point["year"]: point["segment"] for point in points(YEARS, ["disclosed"])}

    assert segments[2010] == segments[2011]
    assert len({segments[2011], segments[2013], segments[2014]}) == 3


def test_form_changes_are_told_by_the_year_they_come_with() -> None:
    assert form_changes(YEARS) == [2014]


def test_series_that_no_report_gives_are_not_drawn() -> None:
    assert given_series(YEARS) == ["disclosed", "requests_received"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_charts_say_their_finding_and_draw(language: Any) -> None:
    outcomes = [
        {"report_year": 2013, "outcome_group": "granted", "requests": 2.0},
        {"report_year": 2013, "outcome_group": "denied", "requests": 1.0},
    ]

    drawn = charts(YEARS, outcomes, "甲局", Words(language))

    assert list(drawn) == ["series", "outcomes", "staff"]
    assert "11" in drawn["series"].title and "2010" in drawn["series"].title
    assert {"3", "2", "1"} <= set(drawn["outcomes"].title)
    silent = str(picture(drawn["outcomes"].specification, NARROW, "")).replace("\xa0", " ")
    assert silent.count(Words(language)("agency.no_report")) >= 1
    assert silent.count(Words(language)("agency.not_given_here")) >= 3


def test_an_agency_without_figures_has_no_charts() -> None:
    assert charts([year(2010)], [], "甲局", Words("en")) == {}


def test_years_that_follow_each_other_are_drawn_together() -> None:
    assert spans([2010, 2011, 2012, 2014, 2016, 2017]) == ["2010–2012", "2014", "2016–2017"]
    assert spans([]) == []


def peer(**values: Any) -> dict[str, Any]:
    usual = {
        "own_value": 4.0, "peers": 12, "peers_below": 5, "peers_equal": 0, "least": 0.0,
        "lower_quartile": 2.0, "median": 5.0, "upper_quartile": 9.0, "most": 90.0,
    }  # fmt: skip
    return {**usual, **values}


def test_too_few_peers_are_told_in_words() -> None:
    few = Standing.of(peer(peers=FEWEST_PEERS - 1))
    none = Standing.of(peer(peers=0, least=None, median=None))

    assert few.box is None and "Only 4 others" in few.in_words(Words("en"))
    assert none.box is None and "No other agency" in none.in_words(Words("en"))


def test_the_box_keeps_the_order_of_its_values() -> None:
    standing = Standing.of(peer())

    assert standing.box is not None
    order = ("least", "lower_quartile", "own_value", "median", "upper_quartile", "most")
    places = [standing.box[name] for name in order]
    assert places == sorted(places) and places[0] == 0 and places[-1] == 100
    assert standing.in_words(Words("en")) == "more than 5 of 12 others"


def test_equal_peers_are_drawn_without_a_width() -> None:
    same = dict.fromkeys(
        ("own_value", "least", "lower_quartile", "median", "upper_quartile", "most"), 0.0
    )

    box = Standing.of(peer(**same, peers_equal=12, peers_below=0)).box

    assert box is not None and set(box.values()) == {0.0}

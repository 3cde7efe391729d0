"""Parameters of addresses: what is wrong is named, and no filter goes unheard."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from explorer.parameters import BadParameter, Parameters


def parameters(query: str) -> Parameters:
    return Parameters(QueryParams(query), {})


@pytest.mark.parametrize(
    "query", ["year=x", "year=1800", "year=３", "year=" + "9" * 150, "year=2021.5", "year=-1"]
)
def test_year_that_is_none_is_named(query: str) -> None:
    with pytest.raises(BadParameter) as raised:
        parameters(query).integer("year", 1949, 2100)
    assert raised.value.name == "year"
    assert "from 1949 to 2100" in raised.value.expected


def test_empty_parameter_counts_as_not_given() -> None:
    given = parameters("year=&level=&agency=&page=")
    assert given.integer("year", 1949, 2100) is None
    assert given.choice("level", ("county",)) is None
    assert given.many("agency", 3) == []
    assert given.page() == 1


def test_choice_tells_what_may_be_chosen() -> None:
    with pytest.raises(BadParameter, match="county, province"):
        parameters("level=state").choice("level", ("county", "province"))


def test_more_values_than_can_be_shown_are_refused() -> None:
    given = parameters("agency=a&agency=b&agency=a&agency=c")
    assert given.many("agency", 3) == ["a", "b", "c"]
    with pytest.raises(BadParameter):
        given.many("agency", 2)


@pytest.mark.parametrize("query", ["q=" + "x" * 201, "q=%00"])
def test_text_that_no_name_can_be_is_refused(query: str) -> None:
    with pytest.raises(BadParameter):
        parameters(query).text("q")


def test_parameter_that_nobody_reads_is_refused() -> None:
    given = parameters("provice=x&lang=zh")
    given.text("province")
    with pytest.raises(BadParameter, match="provice"):
        given.refuse_unknown()

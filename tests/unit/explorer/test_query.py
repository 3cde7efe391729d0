"""What is copied is what runs: parameters as literals, and nothing else is touched."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.queries.query import Condition, Query, build, literal

TEXTS = st.text(
    alphabet=st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40
)
VALUES = st.one_of(
    TEXTS, st.integers(-(2**31), 2**31), st.booleans(), st.lists(TEXTS, min_size=1, max_size=3)
)


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@settings(max_examples=150, deadline=None)
@given(first=VALUES, second=VALUES)
def test_copied_text_gives_what_the_parameters_give(
    con: duckdb.DuckDBPyConnection, first: object, second: object
) -> None:
    query = Query(
        "select $first as a, '$second' as b, $second as c -- $first it is",
        {"first": first, "second": second},  # type: ignore[dict-item]
    )
    with_parameters = con.execute(query.sql, dict(query.parameters)).fetchall()
    assert con.execute(query.as_text()).fetchall() == with_parameters


def test_text_that_would_end_a_literal_stays_inside_it() -> None:
    assert literal("x'; drop table t; --") == "'x''; drop table t; --'"


def test_conditions_without_a_value_are_left_out() -> None:
    year = Condition("year = $year", "year", 2021)
    name = Condition("name = $name", "name", None)
    query = build("select 1\n{where}\norder by 1", year, name)

    assert query.sql == "select 1\nwhere year = $year\norder by 1"
    assert dict(query.parameters) == {"year": 2021}
    assert build("select 1\n{where}\norder by 1", name).sql == "select 1\norder by 1"
    assert build("where true {and_where}", year).sql == "where true and year = $year"

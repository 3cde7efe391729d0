"""What is offered while a query is typed; | marks the cursor."""

from __future__ import annotations

import pytest

from ingest.sql_prompt.completion import offers
from ingest.sql_prompt.names import Names

NAMES = Names(
    {
        "agency_year": {
            "agency_key": "VARCHAR",
            "disclosed": "DOUBLE",
            "requests_received": "DOUBLE",
        },
        "dim_agency": {"agency_key": "VARCHAR", "level": "VARCHAR"},
    },
    ("from", "join", "level", "select", "where"),
    ("list", "lower", "median"),
)


def offered(marked: str) -> list[str]:
    cursor = marked.index("|")
    return [one.name for one in offers(marked.replace("|", ""), cursor, NAMES)]


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("sel|", "select"),
        ("select 1; sel|", "select"),
        ("select * from ag|", "agency_year"),
        ("select * from agency_year y join d|", "dim_agency"),
        ("select * from agency_year y, d|", "dim_agency"),
        ("select | from agency_year", "agency_key"),
        ("select rec| from agency_year", "requests_received"),
        ("select y.d| from agency_year y", "disclosed"),
        ("select y.d| from agency_year as y", "disclosed"),
        ("select y.rec|", "requests_received"),
        ("select agency_year.d| from agency_year", "disclosed"),
        ("select * from marts.d|", "dim_agency"),
        ("select sum(DISC|) from agency_year", "disclosed"),
        ("select me|", "median"),
        ("select disc|", "disclosed"),
        ("select 1; select le| from dim_agency", "level"),
        ("select '林' -- a\n, disc| from agency_year", "disclosed"),
    ],
)
def test_likeliest_name_comes_first_when_typing(marked: str, first: str) -> None:
    assert offered(marked)[0] == first


@pytest.mark.parametrize(
    "marked",
    [
        "select 'ag|",
        'select "ag|',
        "select 1 -- ag|",
        "select /* ag|",
        "select $$ag|",
        "select 1 zzz|",
    ],
)
def test_nothing_is_offered_when_inside_text_or_unknown(marked: str) -> None:
    assert offered(marked) == []


def test_only_columns_of_the_tables_read_are_offered_when_these_are_named() -> None:
    assert offered("select l| from agency_year") == []
    assert offered("select y.l| from agency_year y join dim_agency a using (agency_key)") == []
    assert offered("select a.l| from agency_year y join dim_agency a using (agency_key)") == [
        "level"
    ]


def test_columns_of_another_statement_are_not_offered_when_there_are_two() -> None:
    assert "level" not in offered("select 1 from dim_agency; select l| from agency_year")

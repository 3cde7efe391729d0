"""What DuckDB says of a mistake, told in a sentence: the messages are DuckDB's own."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from ingest.sql_prompt.mistakes import tell
from ingest.sql_prompt.names import Names, read_names


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA marts")
        con.execute(
            "CREATE TABLE marts.agency_year (agency_name VARCHAR, report_year INT, disclosed INT)"
        )
        con.execute("CREATE TABLE marts.dim_agency (agency_name VARCHAR, level VARCHAR)")
        con.execute("SET search_path = 'marts'")
        yield con


@pytest.fixture(scope="module")
def names(con: duckdb.DuckDBPyConnection) -> Names:
    return read_names(con)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from agencyyear", "There is no table agencyyear. Did you mean agency_year?"),
        ("from zzz", "There is no table zzz. show tables; lists them."),
        (
            "select disclose from agency_year",
            "No table of this query has a column disclose. Did you mean disclosed?",
        ),
        (
            "select level from agency_year",
            "No table of this query has a column level. It is a column of dim_agency.",
        ),
        (
            "select y.disclose from agency_year y",
            "y has no column disclose. Did you mean disclosed?",
        ),
        (
            'from agency_year where agency_name = "安庆市林业局"',
            "\"安庆市林业局\" is no column. Text stands in single quotes: '安庆市林业局'.",
        ),
        ("select medan(1)", "There is no function medan. Did you mean median or mean?"),
        ("select sum(agency_name) from agency_year", "sum takes no VARCHAR. A cast may help"),
        ("selec 1", "There is a syntax error at selec. Did you mean select?"),
        ("select * from agency_year where", "Something is missing behind where."),
        (
            "select agency_name, count(*) from agency_year",
            "agency_name stands beside an aggregate without being grouped. Add `group by all`",
        ),
        ("select 1/'a'", "Could not convert string 'a' to DOUBLE"),
    ],
)
def test_mistake_is_told_in_a_sentence_when_a_query_is_wrong(
    query: str, sentence: str, con: duckdb.DuckDBPyConnection, names: Names
) -> None:
    with pytest.raises(duckdb.Error) as raised:
        con.execute(query)
    told = tell(str(raised.value).strip(), names)
    assert told.startswith(sentence), told
    assert told.count("\n") <= 2
    assert "Error:" not in told


def test_place_is_pointed_at_when_duckdb_knows_it(
    con: duckdb.DuckDBPyConnection, names: Names
) -> None:
    with pytest.raises(duckdb.Error) as raised:
        con.execute("select disclose\nfrom agency_year")
    line, carets = tell(str(raised.value).strip(), names).split("\n")[1:]
    assert line.startswith("LINE 1: select disclose")
    assert line[carets.index("^") :].startswith("disclose")

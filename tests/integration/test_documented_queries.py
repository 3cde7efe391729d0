"""Every query of README.md and docs/queries.md runs on the samples, and its table is what comes out.

A Markdown table that follows a ```sql block shows the first rows of its result. Where a change of
the reader or the samples changes them, the failing test prints the table to put in its place.
The dbt analyses are the queries of docs/queries.md: the same text, and the same rows.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from dbt_runs import failures, run_dbt
from documented_queries import ANALYSES_DIR, PAGES, analyses, analysis_files, asked, questions
from refreshing_home import Place

from ingest.published import open_published

_QUESTIONS = 30  # of docs/queries.md
_IN_README = 10

ASKED = [one for page in PAGES for one in asked(page)]


def _cell(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return " ".join(str(value).split()).replace("|", "\\|")


def as_table(head: list[str], rows: list[tuple[object, ...]]) -> str:
    """Rows as a Markdown table."""
    lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@pytest.mark.parametrize(
    ("query", "shown"),
    [pytest.param(one.query, one.table, id=f"{one.page}-{one.number}") for one in ASKED],
)
def test_query_gives_what_the_page_shows_when_run_on_the_samples(
    query: str, shown: str, samples_place: Place
) -> None:
    with open_published(samples_place.home.path) as con:
        con.execute(query)
        head = [column[0] for column in con.description or ()]
        rows = con.fetchall()
    assert rows
    if shown:
        row_count = len(shown.splitlines()) - 2  # less head and rule
        now = as_table(head, rows[:row_count])
        assert shown == now, f"The page shows what is no longer so. Now it is:\n{now}"


def test_pages_hold_questions_with_results_when_read() -> None:
    numbers = [int(line.removeprefix("## ").split(".")[0]) for line in questions()]
    assert numbers == list(range(1, _QUESTIONS + 1))
    of_page = [one for one in ASKED if one.page == "docs/queries.md"]
    assert {one.heading for one in of_page} == set(questions())
    assert all(one.table for one in of_page)
    assert sum(one.page == "README.md" for one in ASKED) >= _IN_README


def test_analyses_are_the_queries_of_the_page_when_compared() -> None:
    lying = {path.name: path.read_text(encoding="utf8") for path in ANALYSES_DIR.iterdir()}
    assert lying == analysis_files(), (
        "docs/queries.md has changed: python tests/integration/documented_queries.py"
    )


def test_analyses_give_the_rows_of_the_queries_when_compiled(
    samples_place: Place, tmp_path: Path
) -> None:
    home = samples_place.home
    database = tmp_path / "gongkai.duckdb"  # dbt writes beside its database
    database.symlink_to(home.work_db)
    result = run_dbt(database, "compile", "--select", "path:analyses")
    assert not failures(result) and result.success
    compiled = {path.stem: path for path in (tmp_path / "target").rglob("analyses/*.sql")}
    assert compiled.keys() == analyses().keys()
    with (
        duckdb.connect(str(home.work_db), read_only=True) as modelled,
        open_published(home.path) as published,
    ):
        for name, one in analyses().items():
            text = compiled[name].read_text(encoding="utf8")
            here = modelled.execute(text).fetchall()
            there = published.execute(one.query).fetchall()
            assert sorted(map(repr, here)) == sorted(map(repr, there)), name

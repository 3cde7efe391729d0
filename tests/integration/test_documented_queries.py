"""Every query of README.md and docs/queries.md runs on the samples, and its table is what comes out.

A Markdown table that follows a ```sql block shows the first rows of its result. Where a change of
the reader or the samples changes them, the failing test prints the table to put in its place.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refreshing_home import SAMPLES_DIR, Place, fill_inbox

from ingest.paths import PROJECT_ROOT
from ingest.published import open_published

_PAGES = ("README.md", "docs/queries.md")
# the query, and the table behind it where there is one
_BLOCK = re.compile(r"```sql\n(.*?)```\n*((?:\|[^\n]*\n?)*)", re.DOTALL)
_LEAST_QUERIES = 20  # ten in README.md, these and more in docs/queries.md


def _blocks() -> list[tuple[str, str, str]]:
    """(where, query, table as printed) of all pages."""
    found = []
    for page in _PAGES:
        text = (PROJECT_ROOT / page).read_text(encoding="utf8")
        for number, (query, table) in enumerate(_BLOCK.findall(text), start=1):
            found.append((f"{page}-{number}", query, table.strip()))
    return found


BLOCKS = _blocks()


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


@pytest.fixture(scope="module")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("samples"))
    fill_inbox(place, sorted(p for p in SAMPLES_DIR.iterdir() if p.is_file()))
    place.refresh()
    return place.home.path


@pytest.mark.parametrize(
    ("query", "shown"), [pytest.param(query, table, id=where) for where, query, table in BLOCKS]
)
def test_query_gives_what_the_page_shows_when_run_on_the_samples(
    query: str, shown: str, samples_home: Path
) -> None:
    with open_published(samples_home) as con:
        con.execute(query)
        head = [column[0] for column in con.description or ()]
        rows = con.fetchall()
    assert rows
    if shown:
        row_count = len(shown.splitlines()) - 2  # less head and rule
        now = as_table(head, rows[:row_count])
        assert shown == now, f"The page shows what is no longer so. Now it is:\n{now}"


def test_pages_hold_queries_when_read() -> None:
    assert len(BLOCKS) >= _LEAST_QUERIES

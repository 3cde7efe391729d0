"""Every query of README.md and docs/queries.md runs on the samples and returns rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refreshing_home import SAMPLES_DIR, Place, fill_inbox

from ingest.paths import PROJECT_ROOT
from ingest.published import open_published

_PAGES = ("README.md", "docs/queries.md")
_SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
QUERIES = [
    pytest.param(query, id=f"{page}-{number}")
    for page in _PAGES
    for number, query in enumerate(
        _SQL.findall((PROJECT_ROOT / page).read_text(encoding="utf8")), start=1
    )
]


@pytest.fixture(scope="module")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("samples"))
    fill_inbox(place, sorted(p for p in SAMPLES_DIR.iterdir() if p.is_file()))
    place.refresh()
    return place.home.path


@pytest.mark.parametrize("query", QUERIES)
def test_query_returns_rows_when_run_on_the_samples(query: str, samples_home: Path) -> None:
    with open_published(samples_home) as con:
        assert con.execute(query).fetchall()


def test_pages_hold_queries_when_read() -> None:
    assert len(QUERIES) >= 11

"""What docs/opening.md says of the published file, as far as one version of DuckDB can tell."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from refreshing_home import Place

from ingest.paths import PROJECT_ROOT

PUBLISHED = "data/warehouse/gongkai.duckdb"


def blocks() -> list[str]:
    """The Python of the page."""
    page = (PROJECT_ROOT / "docs" / "opening.md").read_text(encoding="utf8")
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


@pytest.fixture
def here(samples_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the page's own names lead to the samples' published file."""
    (tmp_path / PUBLISHED).parent.mkdir(parents=True)
    (tmp_path / PUBLISHED).symlink_to(samples_place.home.published_db)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_copy_is_of_the_older_storage_and_whole_when_made_as_the_page_says(here: Path) -> None:
    exec(blocks()[0], {})
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{PUBLISHED}' AS published (READ_ONLY)")
        con.execute("ATTACH 'gongkai_v1.duckdb' AS older (READ_ONLY)")
        tags = dict(con.execute("SELECT database_name, tags FROM duckdb_databases()").fetchall())
        assert tags["older"]["storage_version"].startswith("v1.2.0")
        assert tags["published"]["storage_version"].startswith("v2.0.0")
        for table, rows in con.execute(
            "SELECT table_name, row_count FROM published.meta.tables"
        ).fetchall():
            copied = con.execute(f"SELECT count(*) FROM older.marts.{table}").fetchone()
            assert copied == (rows,), table


def test_null_stays_apart_from_zero_when_opened_in_python(here: Path) -> None:
    found: dict[str, object] = {}
    exec(blocks()[1], found)
    years, same = found["years"], found["same"]
    assert years["requests_denied"].null_count() == same["requests_denied"].isna().sum() > 0
    nothing = same[same["requests_denied"].isna()]["requests_denied"]
    assert nothing.sum() == 0 and nothing.sum(min_count=1) != 0

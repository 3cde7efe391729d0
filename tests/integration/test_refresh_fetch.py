"""`gongkai refresh --fetch`: from a site to the published warehouse."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from refreshing_home import SAMPLES, Place

sys.path.append(str(Path(__file__).parents[1] / "faults"))
from misbehaving_site import Reply, Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def test_fetched_report_is_published_when_asked_for_and_nothing_is_new_after(
    copied: Place, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = {"Content-Type": "text/plain"}
    site["/list"] = '<a href="/report.txt">2023年度报告</a>'
    site["/report.txt"] = Reply(SAMPLES[-1].read_bytes(), headers=text)
    sources = copied.path / "sources.yml"
    sources.write_text(
        f"- {{name: local, agency: 某局, lists: ['{site.base}/list'], link_text: 年度报告, "
        "delay_seconds: 0}\n",
        encoding="utf8",
    )
    monkeypatch.setenv("GONGKAI_SOURCES", str(sources))
    refused = copied.gongkai("refresh", "--fetch")
    assert refused.returncode == 2
    assert "GONGKAI_FETCH_CONTACT" in refused.stderr
    assert site.asked == []

    monkeypatch.setenv("GONGKAI_FETCH_CONTACT", "tests@example.org")
    monkeypatch.setenv("GONGKAI_FETCH_ALLOW_HOSTS", "127.0.0.1")
    output = copied.refresh("--fetch")
    assert "fetched: new" in output
    assert "Published" in output
    with duckdb.connect(str(copied.home.published_db), read_only=True) as con:
        uris = con.execute("SELECT source_uri FROM marts.dim_report").fetchall()
    assert (f"{site.base}/report.txt",) in uris
    assert "Nothing new" in copied.refresh()

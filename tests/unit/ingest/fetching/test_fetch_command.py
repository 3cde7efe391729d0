"""`gongkai fetch` where it asks for nothing: exit codes and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.cli import main

LISTED = """
- name: forestry
  agency: 某某市林业局
  pages: [https://lyj.example.gov.cn/1.html]
"""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sources.yml"
    monkeypatch.setenv("GONGKAI_SOURCES", str(path))
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GONGKAI_FETCH_CONTACT", raising=False)
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fetch", *arguments])


def test_nothing_is_done_and_said_so_when_no_source_is_listed(sources: Path) -> None:
    sources.write_text("# none yet\n")
    result = run()
    assert result.exit_code == 0
    assert "No sources are listed" in result.output


def test_fetch_is_refused_when_no_contact_is_set(sources: Path) -> None:
    sources.write_text(LISTED, encoding="utf8")
    result = run()
    assert result.exit_code == 2
    assert "GONGKAI_FETCH_CONTACT" in result.output


def test_fetch_is_refused_when_a_source_is_unknown(sources: Path) -> None:
    sources.write_text(LISTED, encoding="utf8")
    result = run("--source", "fisheries")
    assert result.exit_code == 2
    assert "There is no source fisheries" in result.output


def test_fetch_is_refused_when_the_list_is_broken(sources: Path) -> None:
    sources.write_text(LISTED + "  page: [x]\n", encoding="utf8")
    result = run()
    assert result.exit_code == 2
    assert "source 1 (forestry): page: Extra" in result.output


def test_plan_is_shown_and_nothing_made_when_run_dry(sources: Path, tmp_path: Path) -> None:
    sources.write_text(LISTED, encoding="utf8")
    result = run("--dry-run")
    assert result.exit_code == 0
    assert "某某市林业局" in result.output
    assert not (tmp_path / "home").exists()

"""The site of the samples' warehouse: its pages, its links, its history, and what it leaves alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from refreshing_home import Place

from ingest.locking import hold_lock
from ingest.paths import PROJECT_ROOT
from ingest.published import open_published
from orchestration.commands.site import site as site_command
from orchestration.settings import OrchestrationSettings
from orchestration.static_site import build
from orchestration.static_site.links import broken_links

# Two slips of others: an address inside dbt's script, an icon one folder too high.
_BY_OTHERS = ("dbt_docs.html: /overview/: ", "/static/images/favicon.ico: no such file")


def run_site(home: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(site_command, ["--home", str(home), *arguments])
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def home(samples_place: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the samples' home, with its site, built by dbt and all."""
    copy = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(samples_place.home.path, copy)
    status, output = run_site(copy)
    assert status == 0, output
    return copy


@pytest.fixture
def without_dbt(monkeypatch: pytest.MonkeyPatch) -> None:
    """dbt takes half a minute: where its page does not matter, another stands for it."""
    monkeypatch.setattr(build, "make_dbt_docs", lambda settings, made_at: f"<p>{made_at}</p>")


def test_every_link_leads_somewhere_when_the_site_is_crawled(home: Path) -> None:
    site = home / "site"
    assert len(list(site.rglob("*.html"))) > len(list((PROJECT_ROOT / "docs").rglob("*.md")))
    broken = [one for one in broken_links(site) if not any(slip in one for slip in _BY_OTHERS)]
    assert broken == []


def test_pages_say_what_is_published_when_read(home: Path) -> None:
    start = (home / "site" / "index.html").read_text(encoding="utf8")
    with open_published(home) as con:
        row = con.execute("select count(*) from observations").fetchone()
    assert row and f"<dt>numbers read</dt><dd>{row[0]:,}</dd>" in start
    assert "none held" in start  # 2015: missing, not 0
    for page in ("queries", "codebook", "methods", "validation", "performance"):
        assert (home / "site" / "docs" / f"{page}.html").exists()
    tables = (home / "site" / "dbt_docs.html").read_text(encoding="utf8")
    assert "fct_requests" in tables
    assert str(home) not in tables and str(PROJECT_ROOT) not in tables
    assert (home / "site" / "data_docs" / "audit.html").exists()


def test_bytes_are_the_same_when_built_twice(home: Path, tmp_path: Path) -> None:
    status, output = run_site(home, "--to", str(tmp_path / "again"))
    assert status == 0, output
    for page in sorted((home / "site").rglob("*")):
        if page.is_file():
            other = tmp_path / "again" / page.relative_to(home / "site")
            assert other.read_bytes() == page.read_bytes(), page


@pytest.mark.usefixtures("without_dbt")
def test_history_stays_when_older_publications_are_gone(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    known = copy / "site" / "changelog" / "publications.jsonl"
    now = json.loads(known.read_text(encoding="utf8"))
    older = {**now, "publication_id": "0123456789abcdef", "created_at": "2020-01-01T00:00:00"}
    known.write_text(json.dumps(older) + "\n", encoding="utf8")
    assert run_site(copy)[0] == 0
    listed = [json.loads(line) for line in known.read_text(encoding="utf8").splitlines()]
    assert [one["publication_id"] for one in listed] == ["0123456789abcdef", now["publication_id"]]
    page = (copy / "site" / "changelog" / "index.html").read_text(encoding="utf8")
    assert page.index(now["publication_id"]) < page.index("2020-01-01 00:00:00")


@pytest.mark.usefixtures("without_dbt")
def test_kept_publications_are_listed_when_there_are_some(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    kept = copy / "warehouse" / "kept" / "older.duckdb"
    kept.parent.mkdir(exist_ok=True)
    shutil.copy(copy / "warehouse" / "gongkai.duckdb", kept)
    with duckdb.connect(str(kept)) as con:
        con.execute(
            "UPDATE meta.publication SET created_at = '2019-01-01', publication_id = 'kept'"
        )
        con.execute(
            "INSERT INTO meta.publication_diff (kind, change) VALUES ('fact', 'added'), ('fact', 'added')"
        )
    assert run_site(copy)[0] == 0
    lines = (copy / "site/changelog/publications.jsonl").read_text(encoding="utf8").splitlines()
    assert json.loads(lines[0])["changes"] == {"fact added": 2}


@pytest.mark.usefixtures("without_dbt")
def test_old_site_stays_when_its_history_cannot_be_read(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    known = copy / "site" / "changelog" / "publications.jsonl"
    known.write_text('{"half of a', encoding="utf8")
    before = (copy / "site" / "index.html").read_bytes()
    status, output = run_site(copy)
    assert status == 1 and "publications.jsonl, line 1" in output
    assert known.read_text(encoding="utf8") == '{"half of a'
    assert (copy / "site" / "index.html").read_bytes() == before


@pytest.mark.usefixtures("without_dbt")
def test_what_others_put_there_stays_when_a_site_is_replaced(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    (copy / "site" / "CNAME").write_text("example.org", encoding="utf8")
    (copy / "site" / "docs" / "gone.html").write_text("a page of yesterday", encoding="utf8")
    assert run_site(copy)[0] == 0
    assert (copy / "site" / "CNAME").read_text(encoding="utf8") == "example.org"
    assert not (copy / "site" / "docs" / "gone.html").exists()
    assert (copy / "site" / "data_docs" / "audit.html").exists()
    assert [path.name for path in copy.iterdir() if path.name.startswith(".")] == []


@pytest.mark.usefixtures("without_dbt")
def test_folder_is_refused_when_it_holds_something_else(home: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf8")
    status, output = run_site(home, "--to", str(tmp_path))
    assert status == 1 and "is no site but holds files" in output
    assert (tmp_path / "thesis.docx").read_text(encoding="utf8") == "years of work"


def test_way_out_is_told_when_there_is_nothing_to_show(tmp_path: Path) -> None:
    status, output = run_site(tmp_path)
    assert status == 1 and "gongkai refresh" in output
    assert list(tmp_path.iterdir()) == []


def test_it_waits_for_nobody_when_a_refresh_runs(home: Path) -> None:
    with hold_lock(OrchestrationSettings(home=home).home_layout().refresh_lock):
        status, output = run_site(home)
    assert status == 1 and "when it has ended" in output.replace("\n", " ")


@pytest.mark.usefixtures("without_dbt")
def test_nothing_is_replaced_when_a_link_leads_nowhere(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT_ROOT / "docs", project / "docs")
    for name in ("README.md", "LICENSE", "CITATION.cff"):
        shutil.copy(PROJECT_ROOT / name, project)
    monkeypatch.setattr(build, "PROJECT_ROOT", project)
    before = (home / "site" / "index.html").stat().st_ino
    for wrong, said in (
        ("[x](nowhere.md)", "docs/methods.md links to nowhere.md"),
        ("[x](codebook.md#nowhere)", "docs/methods.html: codebook.html#nowhere: no such anchor"),
    ):
        shutil.copy(PROJECT_ROOT / "docs" / "methods.md", project / "docs")
        with (project / "docs" / "methods.md").open("a", encoding="utf8") as text:
            text.write(f"\n{wrong}\n")
        status, output = run_site(home)
        assert status == 1 and said in output, output
    assert (home / "site" / "index.html").stat().st_ino == before

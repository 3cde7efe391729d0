from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from ingest.cli import main
from ingest.home import Home
from ingest.settings import IngestSettings

_WAREHOUSE = """
CREATE SCHEMA marts;
CREATE SCHEMA meta;
CREATE TABLE marts.agency_year (agency_name VARCHAR, report_year INTEGER, disclosed DOUBLE);
INSERT INTO marts.agency_year VALUES ('某县教育局', 2013, 12), ('某县, 民政局', 2014, NULL);
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    published = Home.at(tmp_path).published_db
    published.parent.mkdir()
    with duckdb.connect(str(published)) as con:
        con.execute(_WAREHOUSE)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def sql(home: Path, query: str, *options: str) -> tuple[int, str]:
    return run("sql", query, "--home", str(home), *options)


def test_rows_are_shown_when_a_query_runs(home: Path) -> None:
    status, output = sql(home, "select * from agency_year order by report_year")

    assert status == 0
    assert "某县教育局" in output
    assert "None" not in output


def test_csv_is_quoted_when_asked_for(home: Path) -> None:
    assert sql(home, "select * from agency_year order by report_year", "--csv") == (
        0,
        'agency_name,report_year,disclosed\n某县教育局,2013,12.0\n"某县, 民政局",2014,\n',
    )


def test_json_has_an_object_a_line_when_asked_for(home: Path) -> None:
    status, output = sql(home, "select *, date '2014-01-02' as d from marts.agency_year", "--json")

    assert status == 0
    assert json.loads(output.splitlines()[0]) == {
        "agency_name": "某县教育局",
        "report_year": 2013,
        "disclosed": 12.0,
        "d": "2014-01-02",
    }


def test_brackets_are_shown_as_they_are_when_cells_hold_them(home: Path) -> None:
    assert "[red]〔2013〕" in sql(home, "select '[red]〔2013〕' as x")[1]


def test_the_rest_is_told_when_there_are_more_rows_than_one_reads(home: Path) -> None:
    assert "the first 100 rows" in sql(home, "select * from range(101)")[1]
    assert "the first" not in sql(home, "select * from range(100)")[1]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("selec", "syntax error"),
        ("select * from nowhere", "nowhere"),
        ("delete from agency_year", "can only be read"),
        ("create table marts.x as select 1", "can only be read"),
        ("select * from read_text('pyproject.toml')", "no other file"),
        ("copy agency_year to 'out.csv'", "no other file"),
        ("attach 'other.duckdb'", "no other file"),
        ("set enable_external_access = true", "Error"),
    ],
)
def test_error_is_told_in_a_sentence_when_a_query_is_refused(
    home: Path, query: str, message: str
) -> None:
    status, output = sql(home, query)

    assert status == 1
    assert message in output
    assert "Traceback" not in output


@pytest.mark.parametrize("command", [("sql", "select 1"), ("summary",)])
def test_way_out_is_told_when_nothing_is_published(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    status, output = run(*command, "--home", str(tmp_path / "none"))

    assert status == 1
    assert "gongkai refresh" in output


def test_way_out_is_told_when_the_published_file_is_no_database(home: Path) -> None:
    Home.at(home).published_db.write_text("not a database " * 1000)

    status, output = sql(home, "select 1")

    assert status == 1
    assert "gongkai refresh" in output


def test_all_commands_are_listed_when_help_is_asked() -> None:
    output = run("--help")[1]

    for command in ("read", "refresh", "sql", "summary", "ui"):
        assert f"  {command} " in output


def test_nothing_heavy_is_imported_when_a_query_runs(home: Path) -> None:
    script = (
        "import sys; from ingest.cli import main\n"
        f"main(['sql', 'select 1', '--home', {str(home)!r}], standalone_mode=False)\n"
        "print(sorted({'dagster', 'dbt', 'great_expectations', 'polars'} & set(sys.modules)))"
    )
    output = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout

    assert output.splitlines()[-1] == "[]"


def test_inboxes_are_split_when_the_environment_names_several(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_INBOX", "a:/b/c")
    monkeypatch.setenv("GONGKAI_HOME", "relative")
    monkeypatch.chdir(tmp_path)

    settings = IngestSettings()

    assert settings.inbox == (Path("a"), Path("/b/c"))
    assert settings.home == tmp_path / "relative"

"""A query of `gongkai sql` sees the published warehouse: no other file, no setting, no network."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from ingest.cli import main
from ingest.home import Home

SECRET = "never-to-be-read"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a home, a file that is a secret, and another database."""
    published = Home.at(tmp_path / "home").published_db
    published.parent.mkdir(parents=True)
    with duckdb.connect(str(published)) as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA meta")
        con.execute("CREATE TABLE marts.agency_year AS SELECT 2013 AS report_year")
    (tmp_path / "secret.csv").write_text(f"a\n{SECRET}\n")
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute(f"CREATE TABLE t AS SELECT '{SECRET}' AS a")
    return tmp_path


QUERIES = """
copy agency_year to '{place}/out.csv'
copy (select 1) to '{place}/out.parquet'
copy agency_year from '{place}/secret.csv'
export database '{place}/out'
import database '{place}'
explain analyze copy (select 1) to '{place}/out.csv'
prepare p as copy (select 1) to '{place}/out.csv'
select * from '{place}/secret.csv'
select * from read_csv('{place}/secret.csv')
select * from read_text('{place}/secret.csv')
select * from read_blob('{place}/secret.csv')
select * from read_json('{place}/secret.csv')
select * from read_parquet('{place}/secret.csv')
select * from read_duckdb('{place}/other.duckdb')
select * from sniff_csv('{place}/secret.csv')
select * from glob('{place}/*')
select * from query('select * from read_text(''{place}/secret.csv'')')
create temp table t as select * from read_text('{place}/secret.csv')
create macro m() as table select * from read_text('{place}/secret.csv')
select * from read_csv('http://127.0.0.1:9/secret.csv')
attach '{place}/other.duckdb'
attach '{place}/new.duckdb' as new
install httpfs
install httpfs from 'http://127.0.0.1:9'
load httpfs
load '{place}/extension.duckdb_extension'
create secret s (type http, bearer_token 'x')
set enable_external_access = true
reset enable_external_access
pragma enable_external_access = true
set global enable_external_access = true
set lock_configuration = false
reset lock_configuration
set allowed_directories = ['{place}']
set allowed_paths = ['{place}/secret.csv']
set temp_directory = '{place}/temp'
set extension_directory = '{place}'
set secret_directory = '{place}'
set allow_unsigned_extensions = true
set python_enable_replacements = true
set profiling_output = '{place}/out.json'
pragma enable_profiling = 'json'
call enable_logging(storage = 'file', storage_path = '{place}/out')
select getenv('HOME')
set enable_external_access = true; copy (select 1) to '{place}/out.csv'
select 1; copy (select 1) to '{place}/out.csv'
insert into agency_year values (1)
update agency_year set report_year = 1
drop table agency_year
select * from place
"""


@pytest.mark.parametrize("query", QUERIES.strip().splitlines())
def test_query_is_refused_when_it_reaches_beyond_the_warehouse(place: Path, query: str) -> None:
    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in place.rglob("*") if path.is_file()}

    before = files()

    result = CliRunner().invoke(main, ["sql", query.format(place=place), "--home", f"{place}/home"])

    assert result.exit_code == 1, result.output
    assert SECRET not in result.output
    assert files() == before
    assert "Traceback" not in result.output


def test_query_is_answered_when_it_stays_within(place: Path) -> None:
    result = CliRunner().invoke(main, ["sql", "from agency_year", "--home", f"{place}/home"])

    assert result.exit_code == 0
    assert "2013" in result.output

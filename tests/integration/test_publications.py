"""Publications of real reports: their exports, and what refreshes do after a rollback."""

from __future__ import annotations

import duckdb
import mlcroissant
from click.testing import CliRunner
from frictionless import validate
from refreshing_home import SAMPLES, Place, fill_inbox
from test_refresh_faults import planted_audit, refresh_with

from orchestration.commands.publications import publications
from orchestration.commands.rollback import rollback
from orchestration.exports.codebook import read_tables
from orchestration.exports.manifest import whole_exports
from orchestration.exports.quotes import LONGEST_QUOTE, exported, quoting_columns
from orchestration.exports.tables import parquet_path
from orchestration.kept import list_kept, read_latest


def test_exports_belong_to_the_warehouse_when_published(refreshed: Place) -> None:
    (only,) = list_kept(refreshed.home)
    folder = refreshed.home.exports_dir / "latest"

    manifest = whole_exports(folder, only.publication.publication_id)
    assert manifest is not None
    rows = {file.table: file.rows for file in manifest.files if file.table}
    assert rows == only.publication.row_counts
    assert validate(str(folder / "datapackage.json"), limit_rows=300).valid
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert len(list(dataset.records("agency_year"))) == rows["agency_year"]


def test_every_table_and_column_is_described_when_published(refreshed: Place) -> None:
    with duckdb.connect(str(refreshed.home.published_db), read_only=True) as con:
        tables = {table.name: table for table in read_tables(con)}

    assert [name for name, table in tables.items() if not table.description] == []
    columns = [(t.name, c.name) for t in tables.values() for c in t.columns if not c.description]
    assert columns == []
    headings = [(c.heading_zh(), c.heading_en()) for c in tables["agency_year"].columns]
    assert all(zh and en for zh, en in headings)
    assert len(set(headings)) == len(headings)


def test_no_quote_is_longer_than_a_sentence_when_exported(refreshed: Place) -> None:
    folder = refreshed.home.exports_dir / "latest"
    with duckdb.connect(str(refreshed.home.published_db), read_only=True) as con:
        tables = [exported(table) for table in read_tables(con)]
        seen = 0
        for table in tables:
            for column in quoting_columns(table):
                seen += 1
                path = str(folder / parquet_path(table.name))
                longer = con.execute(
                    f"SELECT {column} FROM read_parquet($path) WHERE NOT starts_with({column}, '[') "
                    f"AND (length({column}) > {LONGEST_QUOTE} + 1 "
                    f"OR regexp_matches({column}, '[。！？].*[^。！？…\\s]'))",
                    {"path": path},
                ).fetchall()
                assert longer == [], (table.name, column)
    assert seen > 15


def test_rollback_outlives_refreshes_when_nothing_else_is_new(copied: Place) -> None:
    fill_inbox(copied, SAMPLES[3:4])
    assert refresh_with(copied, planted_audit(passed=True)).is_replaced
    newer, older = list_kept(copied.home)
    arguments = ["--home", str(copied.home.path)]

    assert CliRunner().invoke(rollback, arguments).exit_code == 0

    said = copied.refresh()
    assert "Nothing new" in said and "gongkai rollback --latest" in said
    assert "returned to on" in copied.gongkai("summary").stdout
    # As the schedule or a click on *Materialize all* would run it, whatever is new.
    assert not refresh_with(copied, planted_audit(passed=True)).is_replaced
    current = next(one for one in list_kept(copied.home) if one.is_current)
    assert current.publication == older.publication
    assert read_latest(copied.home) == older.publication.publication_id
    assert newer.publication.publication_id in CliRunner().invoke(publications, arguments).output

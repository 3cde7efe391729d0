"""What holds of every page: it opens, escapes, shows what its query gives, and says what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from explored import CRAFTED, MARKUP, SCRIPT, Asker
from starlette.datastructures import QueryParams

from explorer.app import build_app
from explorer.pages import PAGES
from explorer.pages.page import Page
from explorer.parameters import Parameters
from explorer.queries.query import Query
from explorer.settings import ExplorerSettings
from explorer.warehouse import Warehouse
from ingest.home import Home

OPEN = [page for page in PAGES if "{" not in page.path]
FORESTRY, TRANSPORT = "a71daa456ea9bec36", "ac946e119374d33a1"  # keys of two sample agencies
ADDRESSES = [
    *(page.path for page in OPEN),
    "/?rank=requests",
    "/?rank=findings",
    "/coverage?province=安徽省&prefecture=安庆市",
    "/coverage?state=missing",
    "/coverage?state=missing&year=2010&level=prefecture",
    "/coverage?page=9",
    "/findings?severity=soft&fault=printed_error&year=2010&verdict=none",
    "/findings?check=printed_share&province=甘肃省",
    "/findings?severity=hard",
    f"/compare?agency={FORESTRY}",
    f"/compare?agency={FORESTRY}&agency={TRANSPORT}&figure=disclosed&from=2009&to=2013&year=2009",
    f"/compare?agency={TRANSPORT}&figure=staff_total&from=2011",
    "/compare?add=linye",
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_opens_and_texts_of_reports_are_text(
    asker: Asker, address: str, language: str
) -> None:
    answer = asker.get(address, cookie=f"gongkai_language={language}")

    assert answer.status == 200, answer.text
    assert f'<html lang="{language}' in answer.text
    assert MARKUP not in answer.text
    assert SCRIPT not in answer.text
    assert "<b>工作动态" not in answer.text
    assert "None" not in answer.text


def test_crafted_text_is_shown_and_escaped(asker: Asker) -> None:
    assert "<b>工作动态</b>" in CRAFTED
    assert "&lt;b&gt;工作动态&lt;/b&gt;" in asker.get("/findings").text


def queries_of(home: Home) -> Iterator[tuple[Page, str, str, Query]]:
    """Page, address, table and query of everything that can be downloaded."""
    warehouse = Warehouse(home.published_db)
    for page in OPEN:
        addresses = [a for a in ADDRESSES if a.partition("?")[0] == page.path]
        for address in addresses:
            given = Parameters(QueryParams(address.partition("?")[2]), {})
            queries = dict(page.queries(given))
            if page.looked_up is not None:
                with warehouse.reading() as reading:
                    queries |= page.looked_up(given, reading)
            for table, query in queries.items():
                yield page, address, table, query
    warehouse.close()


def test_download_is_what_the_copied_sql_gives(asker: Asker, explored: Home) -> None:
    compared = 0
    with duckdb.connect(str(explored.published_db), read_only=True) as con:
        con.execute("SET search_path = 'marts,meta'")
        for page, address, table, query in queries_of(explored):
            path, _, given = address.partition("?")
            name = f"/{page.name}" if path == "/" else path
            answer = asker.get(f"{name}.csv?{given}&table={table}")
            assert answer.status == 200, (address, table, answer.text)

            con.execute(query.as_text())
            expected = io.StringIO()
            writer = csv.writer(expected, lineterminator="\n")
            writer.writerow([column[0] for column in con.description or ()])
            writer.writerows(con.fetchall())
            assert answer.body.decode("utf-8-sig") == expected.getvalue(), (address, table)
            compared += 1
    assert compared > 30


def test_copied_sql_of_the_page_is_the_query(asker: Asker) -> None:
    text = asker.get("/findings?year=2010&province=甘肃省").text
    assert "agencies.province = &#39;甘肃省&#39;" in text
    assert "findings.report_year = 2010" in text


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/coverage?year=abc", "year"),
        ("/coverage?level=moon", "level"),
        ("/coverage?prefecture=安庆市", "prefecture"),
        ("/findings?severty=hard", "severty"),
        ("/findings.csv?table=nothing", "table"),
        ("/compare?from=2015&to=2010", "from"),
        ("/compare?" + "&".join(f"agency={i}" for i in range(7)), "agency"),
        ("/?rank=beauty", "rank"),
        ("/?lang=fr", "lang"),
    ],
)
def test_wrong_parameter_is_named(asker: Asker, address: str, named: str) -> None:
    answer = asker.get(address)
    assert answer.status == 400
    assert f"“{named}”" in answer.text


@pytest.mark.parametrize("address", ["/nothing", "/compare?agency=a0000000000000000"])
def test_what_is_not_there_is_said(asker: Asker, address: str) -> None:
    assert asker.get(address).status == 404


def test_not_reported_is_never_a_zero(asker: Asker) -> None:
    text = asker.get(f"/compare?agency={TRANSPORT}&agency={FORESTRY}&year=2010").text
    row = text[text.rindex("Items of government information disclosed") :]
    row = row[: row.index("</tr>")]
    assert "1,468" in row
    assert "not reported" in row
    assert ">0<" not in row


def test_language_is_remembered_and_left_out_of_addresses(asker: Asker) -> None:
    answer = asker.get("/coverage?year=2010&lang=zh")
    assert "gongkai_language=zh" in answer.headers["set-cookie"]
    assert "收录情况" in answer.text
    assert "/coverage.csv?year=2010&amp;table=agencies" in answer.text


@pytest.mark.parametrize("address", ["/", "/nothing", "/overview.csv", "/static/style.css"])
def test_every_answer_forbids_what_is_not_ours(asker: Asker, address: str) -> None:
    policy = asker.get(address).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_other_names_for_this_machine_are_refused(asker: Asker) -> None:
    assert asker.get("/", host="evil.example").status == 400


def test_no_page_has_inline_scripts_or_styles(asker: Asker) -> None:
    for page in OPEN:
        text = asker.get(page.path).text
        assert "<script>" not in text
        assert " style=" not in text
        assert " onclick=" not in text


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    asker = Asker(build_app(ExplorerSettings(home=tmp_path)))
    for address in ("/", "/coverage.csv"):
        answer = asker.get(address)
        assert answer.status == 503
        assert "make run" in answer.text


@pytest.mark.parametrize("meta", ["", "CREATE SCHEMA meta;"])
def test_warehouse_of_another_version_is_told(tmp_path: Path, meta: str) -> None:
    home = Home.at(tmp_path)
    home.published_db.parent.mkdir(parents=True)
    with duckdb.connect(str(home.published_db)) as con:
        con.execute(meta + "CREATE SCHEMA marts; CREATE TABLE marts.dim_report (report_id VARCHAR)")
    answer = Asker(build_app(ExplorerSettings(home=home.path))).get("/")
    assert answer.status == 503
    assert "another version" in answer.text


@pytest.fixture(scope="module")
def empty(explored: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published warehouse with every table and no report: reference tables as they are."""
    home = Home.at(tmp_path_factory.mktemp("empty"))
    home.published_db.parent.mkdir(parents=True)
    with duckdb.connect(str(home.published_db)) as con:
        con.execute(f"ATTACH '{explored.published_db}' AS whole (READ_ONLY)")
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA meta")
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'whole'"
        ).fetchall()
        for schema, table in tables:
            kept = table in ("dim_region", "dim_indicator", "publication")
            con.execute(
                f"CREATE TABLE {schema}.{table} AS FROM whole.{schema}.{table} WHERE {kept}"
            )
    return home


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", OPEN, ids=lambda page: page.name)
def test_empty_warehouse_looks_right(empty: Home, page: Page, language: str) -> None:
    asker = Asker(build_app(ExplorerSettings(home=empty.path)))
    answer = asker.get(page.path, cookie=f"gongkai_language={language}")
    assert answer.status == 200, answer.text
    assert "None" not in answer.text

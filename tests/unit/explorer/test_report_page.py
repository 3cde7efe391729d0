"""The page of a report: its text whole, its figures where they stand, its tables, its checks."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import pytest
from explored import MARKUP, SCRIPT, Asker

from ingest.home import Home
from ingest.published import open_published

REPORTS = {
    "narrative": "anqing_forestry_2009.txt",
    "annex": "anqing_forestry_2017.html",
    "std_2019": "yuhua_houjiatang_2019_text.txt",
    "std_2021": "anqing_forestry_2021.html",
    "hant": "ngac_surveying_2012_wiki.txt",
    "local": "dehua_xunzhong_2012.txt",
    "crafted": "crafted_2015.txt",
    "superseded": "yuhua_houjiatang_2019_page.html",
}


def ask(home: Home, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with open_published(home.path) as con:
        return con.execute(sql, parameters).fetchall()


def key_of(home: Home, name: str) -> str:
    sql = "select report_id from dim_report where file_name = ?"
    return str(ask(home, sql, REPORTS[name])[0][0])


def printed_text(page: str) -> str:
    """The text of the paper, markup taken away."""
    inner = page.split('id="report-text"')[1].split(">", 1)[1].split('<div class="facts"')[0]
    return html.unescape(re.sub(r"<[^>]*>", "", inner.rsplit("</div>", 1)[0]))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("more", ["", "?left_alone=1&lang=zh"])
def test_the_text_is_whole_when_its_markup_is_taken_away(
    asker: Asker, explored: Home, name: str, more: str
) -> None:
    key = key_of(explored, name)

    answer = asker.get(f"/report/{key}{more}")

    (text,) = ask(explored, "select text from dim_report where report_id = ?", key)[0]
    assert answer.status == 200
    assert printed_text(answer.text).strip() == text.strip()


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_stands_in_the_text_and_in_the_list(
    asker: Asker, explored: Home, name: str
) -> None:
    key = key_of(explored, name)

    page = asker.get(f"/report/{key}").text

    rows = ask(explored, "select observation_id from observations where report_id = ?", key)
    numbers = {row[0].rpartition("-")[2] for row in rows}
    assert numbers == set(re.findall(r'<span class="at" id="at-([^"]+)"', page))
    assert numbers == set(re.findall(r'<dl id="fact-([^"]+)"', page))
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert {link for link in re.findall(r'href="#([^"]+)"', page)} <= targets  # noqa: C416


def test_markup_of_a_report_is_text(asker: Asker, explored: Home) -> None:
    for address in ("", "?left_alone=1", "?lang=zh"):
        page = asker.get(f"/report/{key_of(explored, 'crafted')}{address}").text

        assert MARKUP not in page and SCRIPT not in page
        assert html.escape(SCRIPT, quote=False)[:8] in page
        assert "49" not in printed_text(page)  # {{ 7 * 7 }} is not worked out


def test_a_figure_tells_indicator_rule_and_checks(asker: Asker, explored: Home) -> None:
    key = key_of(explored, "narrative")

    page = asker.get(f"/report/{key}").text

    entry = page.split('data-fact="0005"')[1].split("</li>")[0]
    assert "386" in entry and "disclosure.total.of_stock" in entry
    assert "主动公开政府信息数" in entry and "own initiative" in entry
    assert "其中2009年度新增386条" in entry
    assert 'class="status' in entry


def test_official_tables_are_rebuilt_with_the_numbers_printed(asker: Asker, explored: Home) -> None:
    page = asker.get(f"/report/{key_of(explored, 'std_2021')}").text

    tables = page.split('id="tables"')[1].split('id="checks"')[0]
    row = re.search(
        r"<tr>\s*<th[^>]*>一、本年新收政府信息公开申请数量</th>(.*?)</tr>", tables, re.DOTALL
    )
    assert row is not None
    cells = re.findall(r"<a [^>]*>([^<]*)</a>", row[1])
    assert cells == ["31", "2", "0", "0", "1", "0", "34"]
    assert "268.5" in tables  # as printed, in 10,000 yuan, and not 2685000


def test_a_blank_cell_is_no_zero(asker: Asker, explored: Home) -> None:
    sql = "select report_id from observations where value_semantic = 'blank' limit 1"
    ((key,),) = ask(explored, sql)

    page = asker.get(f"/report/{key}?lang=en").text

    tables = page.split('id="tables"')[1]
    assert ">blank</a>" in tables


def test_a_superseded_version_leads_to_the_current_one(asker: Asker, explored: Home) -> None:
    old, current = key_of(explored, "superseded"), key_of(explored, "std_2019")

    assert f'href="/report/{current}"' in asker.get(f"/report/{old}").text.split('class="warn"')[1]
    assert old in asker.get(f"/report/{current}").text.split('id="versions"')[1]


def test_left_alone_numbers_have_a_reason_in_the_language(asker: Asker, explored: Home) -> None:
    key = key_of(explored, "narrative")

    english = asker.get(f"/report/{key}?left_alone=1&lang=en").text
    chinese = asker.get(f"/report/{key}?left_alone=1&lang=zh").text

    assert "no rule reads it" in english and "a date" in english
    assert "没有规则读取它" in chinese and "no rule reads it" not in chinese
    assert "no rule reads it" not in asker.get(f"/report/{key}").text
    assert "was read by reader" not in english  # the reader is the one that read it


def test_another_reader_is_told(asker: Asker, explored: Home, monkeypatch: Any) -> None:
    monkeypatch.setattr("explorer.pages.report.reader_version", lambda: "ffffffffffff")

    page = asker.get(f"/report/{key_of(explored, 'narrative')}?left_alone=1&lang=en").text

    assert "ffffffffffff" in page


def test_the_csv_is_the_observations(asker: Asker, explored: Home) -> None:
    key = key_of(explored, "std_2021")

    answer = asker.get(f"/report/{key}.csv")

    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    sql = """
        select observation_id, quote from observations
        where report_id = ? order by char_start, char_end, observation_id
    """
    assert [(row["observation_id"], row["quote"]) for row in rows] == ask(explored, sql, key)


def test_an_unknown_report_suggests_what_may_be_meant(asker: Asker, explored: Home) -> None:
    key = key_of(explored, "narrative")

    answer = asker.get(f"/report/{key[:8]}00000000?lang=en")

    assert answer.status == 404
    assert f'href="/report/{key}"' in answer.text
    assert asker.get("/report/%3Cscript%3E").status == 404


def test_wrong_parameters_are_refused(asker: Asker, explored: Home) -> None:
    key = key_of(explored, "narrative")

    assert asker.get(f"/report/{key}?left_alone=2").status == 400
    assert asker.get(f"/report/{key}?colour=red").status == 400

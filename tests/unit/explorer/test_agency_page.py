"""The page of an agency: its years with gaps as gaps, its charts, its peers, its reports."""

from __future__ import annotations

import csv
import io
import re

import pytest
from explored import Asker

from ingest.home import Home
from ingest.published import open_published

NAME = "安庆市林业局"


@pytest.fixture(scope="module")
def keys(explored: Home) -> dict[str, str]:
    with open_published(explored.path) as con:
        return dict(con.execute("select agency_name, agency_key from dim_agency").fetchall())


def test_every_agency_has_a_page_in_each_language(asker: Asker, keys: dict[str, str]) -> None:
    for key in keys.values():
        for language in ("en", "zh"):
            assert asker.get(f"/agency/{key}?lang={language}").status == 200


def test_missing_years_are_told_and_never_zero(asker: Asker, keys: dict[str, str]) -> None:
    page = asker.get(f"/agency/{keys[NAME]}?lang=en").text

    assert "No report is held of 2010–2012, 2014–2016, 2018–2020." in page
    row = re.search(r"<tr>\s*<th[^>]*>2011</th>(.*?)</tr>", page, re.DOTALL)
    assert (
        row is not None and "no report held" in row[1] and "0" not in re.sub(r"<[^>]*>", "", row[1])
    )


def test_the_break_of_the_form_is_marked(asker: Asker, keys: dict[str, str]) -> None:
    page = asker.get(f"/agency/{keys[NAME]}?lang=en").text

    marked = re.findall(r'<tr class="break">\s*<th[^>]*><a [^>]*>(\d+)</a>', page)
    assert marked == ["2017", "2021"]


@pytest.mark.parametrize("chart", ["series", "outcomes", "staff"])
def test_charts_are_pictures_with_a_text_in_their_place(
    asker: Asker, keys: dict[str, str], chart: str
) -> None:
    page = asker.get(f"/agency/{keys[NAME]}?lang=en").text
    address = re.search(rf'src="(/agency/[^"]*/{chart}\.svg[^"]*)" alt="([^"]+)"', page)

    assert address is not None and address[2]
    picture = asker.get(address[1].replace("&amp;", "&"))
    assert picture.status == 200
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.startswith("<svg") and ">2021<" in picture.text


def test_an_agency_without_that_chart_has_none(asker: Asker, keys: dict[str, str]) -> None:
    assert asker.get(f"/agency/{keys[NAME]}/nothing.svg").status == 404
    assert asker.get("/agency/unknown/series.svg").status == 404


def test_few_peers_are_told_in_words(asker: Asker, keys: dict[str, str]) -> None:
    page = asker.get(f"/agency/{keys[NAME]}?lang=en").text

    assert "No other agency reports it." in page
    assert '<svg class="box"' not in page


def test_the_csv_is_the_years(asker: Asker, keys: dict[str, str]) -> None:
    body = asker.get(f"/agency/{keys[NAME]}.csv").body.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["report_year"] for row in rows] == [str(year) for year in range(2009, 2022)]
    assert rows[0]["disclosed"] == "386.0" and rows[1]["disclosed"] == ""


def test_outcomes_count_a_refusal_once_when_its_reasons_are_printed_too(
    asker: Asker, keys: dict[str, str]
) -> None:
    body = asker.get(f"/agency/{keys[NAME]}.csv?table=outcomes").body.decode("utf-8-sig")

    rows = {
        (r["report_year"], r["outcome_group"]): r["requests"]
        for r in csv.DictReader(io.StringIO(body))
    }
    assert rows["2017", "denied"] == "2.0"  # 不同意公开 2, of which 1 and 1
    assert rows["2021", "denied"] == "3.0"  # the sum of the reasons of the form of 2021


def test_an_unknown_key_suggests_what_may_be_meant(asker: Asker, keys: dict[str, str]) -> None:
    for asked in ("aqsly", NAME, keys[NAME][:9] + "ffff"):
        answer = asker.get(f"/agency/{asked}?lang=en")

        assert answer.status == 404
        assert f'href="/agency/{keys[NAME]}"' in answer.text


def test_wrong_parameters_are_refused(asker: Asker, keys: dict[str, str]) -> None:
    assert asker.get(f"/agency/{keys[NAME]}?year=soon").status == 400
    assert asker.get(f"/agency/{keys[NAME]}?scope=galaxy").status == 400

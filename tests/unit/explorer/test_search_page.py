"""The search: the form of every page, suggestions, the list as SQL and CSV."""

from __future__ import annotations

import json
import re

import pytest
from explored import Asker


def hits(asker: Asker, query: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(asker.get(f"/search.json?q={query}").text)["hits"]
    return found


@pytest.mark.parametrize(
    "query", ["anqingshi+linyeju", "anqingshilinyeju", "aqsly", "%E5%AE%89%E6%85%B6%E5%B8%82"]
)
def test_search_finds_an_agency(asker: Asker, query: str) -> None:
    key = hits(asker, query)[0]["agency_key"]

    assert f'<a href="/agency/{key}">安庆市林业局</a>' in asker.get(f"/search?q={query}").text


def test_every_page_has_the_box_and_its_form_works_without_a_script(asker: Asker) -> None:
    page = asker.get("/search").text

    assert re.search(r'<form[^>]*role="search"[^>]*action="/search"[^>]*method="get"', page)


def test_an_old_name_tells_the_name_that_fits(asker: Asker) -> None:
    found = hits(asker, "%E5%BE%B7%E5%8C%96%E5%8E%BF%E6%B5%94%E4%B8%AD%E9%95%87")  # 德化县浔中镇

    assert found[0]["agency_name"] == "德化县浔中镇人民政府"


def test_all_agencies_are_listed_without_a_query(asker: Asker) -> None:
    page = asker.get("/search?lang=en")

    assert page.status == 200
    assert page.text.count("<tr>") > 10
    county = asker.get("/search?level=county&lang=en").text
    assert 0 < county.count("<tr>") < page.text.count("<tr>")
    assert "安庆市林业局" not in county


def test_csv_has_the_agencies_in_the_order_of_the_page(asker: Asker) -> None:
    page = asker.get("/search?q=%E5%B1%80").text
    lines = asker.get("/search.csv?q=%E5%B1%80").body.decode("utf-8-sig").splitlines()

    keys = re.findall(r'<th scope="row"[^>]*><a href="/agency/([^"]+)"', page)
    assert keys == [line.split(",")[0] for line in lines[1:]]


def test_a_report_is_found_by_its_key(asker: Asker) -> None:
    key = hits(asker, "aqsly")[0]["agency_key"]
    report = re.findall(r'href="/report/([^"#]+)"', asker.get(f"/agency/{key}").text)[0]

    assert f'href="/report/{report}"' in asker.get(f"/search?q={report}").text


@pytest.mark.parametrize("query", ["zzzz", "%3Cscript%3Ealert(1)%3C/script%3E", "%25%5C%27"])
def test_nothing_found_says_what_to_try(asker: Asker, query: str) -> None:
    answer = asker.get(f"/search?q={query}&lang=en")

    assert answer.status == 200
    assert "No agency fits" in answer.text
    assert "<script>alert" not in answer.text
    assert hits(asker, query) == []


def test_wrong_parameters_are_refused(asker: Asker) -> None:
    assert asker.get("/search?level=galaxy").status == 400
    assert asker.get("/search?q=" + "a" * 201).status == 400
    assert asker.get("/search.json?colour=red").status == 400

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from ingest.home import Home
from orchestration.exports import workbook
from orchestration.exports.writing import ensure_exports

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Cells = dict[str, tuple[str | None, str]]


def sheets(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as book:
        names = etree.fromstring(book.read("xl/workbook.xml")).xpath("//m:sheet/@name", namespaces=_NS)
        return {
            name: etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            for number, name in enumerate(names, start=1)
        }


def cells(sheet: etree._Element) -> Cells:
    """Place → type and contents; a number has no type."""
    return {
        cell.get("r"): (cell.get("t"), "".join(cell.itertext()))
        for cell in sheet.iterfind(".//m:c", _NS)
    }


@pytest.fixture
def book(home: Home) -> dict[str, etree._Element]:
    return sheets(ensure_exports(home, home.candidate_db).folder / workbook.WORKBOOK)


def test_null_is_no_cell_and_zero_is_a_number_when_written(book: dict[str, etree._Element]) -> None:
    found = cells(book["agency_year"])

    # columns: agency_name, report_year, org_scope, requests_received, page_views, figure_count
    assert found["A3"] == ("inlineStr", "=乙局")
    assert found["B3"] == (None, "2010")
    assert found["D3"] == (None, "0")
    assert "E3" not in found
    assert found["D4"] == (None, "23")
    assert found["E4"] == (None, "1234567.5")
    assert "A5" not in found and "D5" not in found


def test_headings_are_in_both_languages_when_written(book: dict[str, etree._Element]) -> None:
    found = cells(book["agency_year"])

    assert found["D1"][1] == "(新)收到申请数\nRequests newly received in the year"
    assert found["D2"][1] == "requests_received"


def test_headings_stay_and_filter_when_written(book: dict[str, etree._Element]) -> None:
    sheet = book["agency_year"]

    pane = sheet.find(".//m:pane", _NS)
    assert (pane.get("ySplit"), pane.get("xSplit"), pane.get("state")) == ("2", "2", "frozen")
    assert sheet.find(".//m:autoFilter", _NS).get("ref") == "A2:H5"


def test_codebook_explains_every_column_when_written(book: dict[str, etree._Element]) -> None:
    found = cells(book["codebook 说明"])

    assert [found[f"A{line}"][1] for line in range(2, 10)] == [
        "agency_name", "report_year", "org_scope", "requests_received", "page_views",
        "figure_count", "agency_key", "report_id",
    ]  # fmt: skip
    assert found["D5"][1] == "case"
    assert found["F5"][1] == "without those carried in"


def test_rows_go_on_in_another_sheet_when_one_is_full(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 2)

    found = sheets(ensure_exports(home, home.candidate_db).folder / workbook.WORKBOOK)

    assert list(found)[:2] == ["agency_year", "agency_year 2"]
    assert cells(found["agency_year 2"])["B3"] == (None, "2009")
    assert cells(found["agency_year 2"])["D2"][1] == "requests_received"

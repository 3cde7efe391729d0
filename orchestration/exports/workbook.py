"""The workbook: `agency_year` for people who use a spreadsheet, with its codebook beside it.

What lives here: the three sheets. What does not: the table (`dbt_project`), its words
(`codebook.py`).

Numbers are numbers, and what no report gives is an empty cell. Written row by row, in constant
memory, with the publication's date as the workbook's: the same publication gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from orchestration.exports.codebook import Column, Table
from orchestration.exports.words import ATTRIBUTION, LICENCE, TITLE
from orchestration.publishing import Publication

WORKBOOK = "agency_year.xlsx"
TABLE = "agency_year"
# Whose and of which year, then the figures; the keys, which nobody reads, last.
_FIRST = ("agency_name", "report_year", "org_scope")
_LAST = ("agency_key", "report_id")
# Excel ends at 1,048,576 rows, headings included.
SHEET_ROWS = 1_000_000
_FETCH = 5_000
_WIDTHS = {"agency_name": 30, "report_year": 8, "org_scope": 11, "approximate_indicators": 30}
_HEADING_HEIGHT = 62
_NOTES = (
    ("Null is not zero", "空格不是零：An empty cell: the report gives no number. 0: it says zero."),
    ("Printed, not computed", "照录原文：Figures are those printed; what does not add up stays."),
    (
        "Whose figures",
        "统计范围：org_scope own is the agency itself, aggregate a government with all below it. "
        "Never add the two.",
    ),
    (
        "Approximate",
        "约数：approximate_indicators names those that are printed as more than, or about.",
    ),
)


def write_workbook(
    con: duckdb.DuckDBPyConnection, tables: Sequence[Table], publication: Publication, folder: Path
) -> None:
    """Write the workbook of the warehouse that `con` has open into the folder."""
    table = next(table for table in tables if table.name == TABLE)
    columns = _in_order(table.columns)
    options = {
        "constant_memory": True,
        "tmpdir": str(folder),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(folder / WORKBOOK), options) as book:
        book.set_properties(
            {"title": TITLE, "comments": f"{ATTRIBUTION} {LICENCE}", "created": publication.created_at}
        )
        formats = {
            "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EDF3"}),
            "name": book.add_format({"italic": True, "bottom": 1, "bg_color": "#E7EDF3"}),
            "number": book.add_format({"num_format": "#,##0.######"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        _write_figures(book, con, columns, formats)
        _write_codebook(book, con, columns, formats)
        _write_about(book, table, publication, formats)


def _in_order(columns: Sequence[Column]) -> list[Column]:
    named = {column.name: column for column in columns}
    ends = {*_FIRST, *_LAST}
    middle = [column for column in columns if column.name not in ends]
    return [
        *(named[name] for name in _FIRST if name in named),
        *middle,
        *(named[name] for name in _LAST if name in named),
    ]


def _write_figures(
    book: Any, con: duckdb.DuckDBPyConnection, columns: list[Column], formats: dict[str, Any]
) -> None:
    names = ", ".join(f'"{column.name}"' for column in columns)
    cursor = con.execute(f'SELECT {names} FROM marts."{TABLE}" ORDER BY ALL')
    rows = _rows(cursor)
    number, more = 1, True
    while more:
        sheet = book.add_worksheet(TABLE if number == 1 else f"{TABLE} {number}")
        _write_headings(sheet, columns, formats)
        written = 0
        for row in rows:
            _write_row(sheet, written + 2, row, columns, formats["number"])
            written += 1
            if written == SHEET_ROWS:
                break
        sheet.autofilter(1, 0, max(1, written + 1), len(columns) - 1)
        number, more = number + 1, written == SHEET_ROWS


def _write_headings(sheet: Any, columns: list[Column], formats: dict[str, Any]) -> None:
    """Two rows: what it is, in both languages, and the column's name, which the filters hang on."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column.name, 15))
    sheet.set_row(0, _HEADING_HEIGHT)
    for place, column in enumerate(columns):
        heading = f"{column.heading_zh()}\n{column.heading_en()}".strip()
        sheet.write_string(0, place, heading, formats["heading"])
    for place, column in enumerate(columns):
        sheet.write_string(1, place, column.name, formats["name"])
    sheet.freeze_panes(2, 2)


def _write_row(
    sheet: Any, line: int, row: Sequence[Any], columns: list[Column], number: Any
) -> None:
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        if value is None:
            continue
        if isinstance(value, str):
            sheet.write_string(line, place, value)
        elif column.name == "report_year":  # a year takes no thousands separator
            sheet.write_number(line, place, value)
        else:
            sheet.write_number(line, place, value, number)


def _write_codebook(
    book: Any, con: duckdb.DuckDBPyConnection, columns: list[Column], formats: dict[str, Any]
) -> None:
    """A row a column, with the note of its indicator where it is one."""
    notes = dict(con.execute("SELECT indicator, note FROM marts.dim_indicator").fetchall())
    units = dict(con.execute("SELECT indicator, unit FROM marts.dim_indicator").fetchall())
    sheet = book.add_worksheet("codebook 说明")
    for place, width in enumerate((30, 34, 46, 14, 70, 60)):
        sheet.set_column(place, place, width)
    heads = ("column 列名", "中文", "English", "unit 单位", "description 说明", "note 备注")
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, formats["heading"])
    for line, column in enumerate(columns, start=1):
        cells = (
            column.name,
            column.heading_zh(),
            column.heading_en(),
            units.get(column.name) or "",
            column.description,
            notes.get(column.name) or "",
        )
        for place, cell in enumerate(cells):
            if cell:
                sheet.write_string(line, place, cell, formats["wrap"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(columns), len(heads) - 1)


def _write_about(
    book: Any, table: Table, publication: Publication, formats: dict[str, Any]
) -> None:
    sheet = book.add_worksheet("about 关于")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    day: date = publication.created_at.date()
    lines = (
        ("Title", TITLE),
        ("Table", table.description),
        ("Publication", publication.publication_id),
        ("Made on", day.isoformat()),
        ("Reader's version", publication.reader_version),
        *_NOTES,
        ("Licence", LICENCE),
        ("To cite", ATTRIBUTION),
    )
    for line, (label, text) in enumerate(lines):
        sheet.write_string(line, 0, label, formats["wrap"])
        sheet.write_string(line, 1, text, formats["wrap"])


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    while rows := cursor.fetchmany(_FETCH):
        yield from rows

"""The charts of the overview: reports by year and form, provinces ranked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from explorer.charts import (
    BLUE,
    FORM_COLOURS,
    GREY,
    Figure,
    Specification,
    counts_up,
    draw,
    years_across,
)
from explorer.language import Words
from explorer.queries.overview import RANKS
from explorer.warehouse import Rows

_SHOWN_PROVINCES = 34


def year_chart(rows: Rows, held: dict[str, Any], words: Words) -> Figure:
    """Reports held by year, a colour for each form; a year without any says so."""
    reports = Counter[int]()
    for row in rows:
        reports[row["report_year"]] += row["reports"]
    most = max(reports.values())
    most_years = [year for year, count in reports.items() if count == most]
    values = [
        {
            "year": str(row["report_year"]),
            "form": words.code("form", row["form"]),
            "reports": row["reports"],
        }
        for row in rows
        if row["form"]
    ]
    empty = [
        {"year": str(year), "none": words("overview.no_reports_mark"), "reports": 0}
        for year, count in reports.items()
        if not count
    ]
    forms = {row["form"] for row in rows if row["form"]}
    shown = [form for form in FORM_COLOURS if form in forms]

    def specification(width: int) -> Specification:
        x, y = years_across(sorted(reports), width), counts_up("reports", most)
        return {
            "height": 220,
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "color": {
                            "field": "form",
                            "type": "nominal",
                            "scale": {
                                "domain": [words.code("form", form) for form in shown],
                                "range": [FORM_COLOURS[form] for form in shown],
                            },
                            "legend": {"columns": 0 if width > 500 else 2},
                        },
                    },
                },
                {
                    "data": {"values": empty},
                    "mark": {"type": "text", "baseline": "bottom", "dy": -3, "color": GREY},
                    "encoding": {"x": x, "y": y, "text": {"field": "none"}},
                },
            ],
        }

    title = words(
        "overview.years_title" if len(most_years) == 1 else "overview.years_title_even",
        most=most,
        year=str(most_years[0]),
    )
    if none := sum(not count for count in reports.values()):
        title += ("" if words.is_chinese else " ") + words(
            "overview.years_without", none=none, years=len(reports)
        )
    return draw(
        "years",
        specification,
        title=title,
        alternative=f"{title} {words('overview.years_alternative')}",
        unit=words("overview.reports_unit"),
        source=words("overview.source", tables="dim_report, dim_year"),
    )


def province_chart(rows: Rows, rank: str, words: Words) -> Figure:
    """Provinces in the order of what they are ranked by; no bar where nothing is stated."""
    column = RANKS[rank]
    names = [province_name(row, words) for row in rows][:_SHOWN_PROVINCES]
    values = [
        {
            "province": name,
            "value": row[column],
            "label": words("common.not_reported") if row[column] is None else words.number(row[column]),
        }
        for name, row in zip(names, rows, strict=False)
    ]  # fmt: skip

    def specification(width: int) -> Specification:
        y = {
            "field": "province",
            "type": "nominal",
            "sort": None,
            "title": None,
            "axis": {"ticks": False, "domain": False, "labelLimit": 220 if width > 500 else 130},
        }
        x = {
            "field": "value",
            "type": "quantitative",
            "title": None,
            "axis": None,
            # Room for the labels behind the longest bar.
            "scale": {"domainMax": 1.18 * max((v["value"] or 0 for v in values), default=0) or 1},
        }
        return {
            "height": {"step": 19},
            "data": {"values": values},
            "layer": [
                {"mark": {"type": "bar", "color": BLUE}, "encoding": {"y": y, "x": x}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "value"},
                        "text": {"field": "label"},
                    },
                    "transform": [{"filter": "datum.value !== null"}],
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "color": GREY, "fontSize": 12},
                    "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "label"}},
                    "transform": [{"filter": "datum.value === null"}],
                },
            ],
        }  # fmt: skip

    first = rows.first() or {}
    key = f"overview.rank_{rank}_title"
    if not first.get(column):
        key += "_none"
    title = words(key, province=names[0], value=first.get(column) or 0)
    return draw(
        "provinces",
        specification,
        title=title,
        alternative=f"{title} {words('overview.provinces_alternative')}",
        unit=words(f"overview.rank_{rank}_unit"),
        source=words("overview.source", tables="dim_report, agency_year, findings"),
    )


def province_name(row: dict[str, Any], words: Words) -> str:
    """A province in the reader's language; bodies of the state have none."""
    if row["province"] is None:
        return words("overview.no_province")
    english = row.get("province_en") or ""
    for kind in (" Province", " City", " Autonomous Region"):
        english = english.removesuffix(kind)
    return str(row["province"] if words.is_chinese or not english else english)

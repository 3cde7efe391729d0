"""The chart of the comparison: one figure of several agencies over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from explorer.charts import GREY, PALETTE, Figure, Specification, draw, years_across
from explorer.language import Words
from explorer.warehouse import Rows

_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def compare_chart(
    rows: Rows,
    agencies: Sequence[Mapping[str, Any]],
    label: str,
    form_changes: Rows,
    words: Words,
) -> Figure:
    """A line for each agency, broken where a year is not reported; a rule where the form changed."""
    names = {row["agency_key"]: row["agency_name"] or row["agency_key"] for row in agencies}
    told = {(row["agency_key"], row["report_year"]): row["reported"] for row in rows}
    years = range(min(year for _, year in told), max(year for _, year in told) + 1)
    values = [
        {"year": str(year), "agency": name, "reported": told.get((key, year))}
        for key, name in names.items()
        for year in years
    ]
    changes = [
        {"year": str(row["report_year"])} for row in form_changes if row["report_year"] in years
    ]

    def specification(width: int) -> Specification:
        x = years_across(years, width)
        y = {
            "field": "reported",
            "type": "quantitative",
            "title": None,
            "axis": {"format": ",~r", "tickCount": 5, "minExtent": 44},
            "scale": {"zero": True},
        }
        scale = {"domain": list(names.values())}
        legend = {"columns": 2 if width > 500 else 1, "symbolSize": 70}
        return {
            "height": 240,
            "layer": [
                {
                    "data": {"values": changes},
                    "mark": {"type": "rule", "color": GREY, "strokeDash": [3, 3]},
                    "encoding": {"x": {**x, "bandPosition": 0}},
                },
                {
                    "data": {"values": values},
                    "mark": {"type": "line", "invalid": "break-paths-show-domains"},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "color": {
                            "field": "agency",
                            "type": "nominal",
                            "scale": {**scale, "range": list(PALETTE[: len(names)])},
                            "legend": legend,
                        },
                    },
                },
                {
                    "data": {"values": [v for v in values if v["reported"] is not None]},
                    "mark": {"type": "point", "size": 60, "opacity": 1},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "color": {
                            "field": "agency",
                            "type": "nominal",
                            "scale": {**scale, "range": list(PALETTE[: len(names)])},
                        },
                        "shape": {
                            "field": "agency",
                            "type": "nominal",
                            "scale": {**scale, "range": list(_SHAPES[: len(names)])},
                            "legend": legend,
                        },
                    },
                },
            ],
        }

    (key, year), most = max(told.items(), key=lambda entry: (entry[1], entry[0][1]))
    title = words(
        "compare.chart_title", agency=names[key], year=str(year), value=most, figure=label
    )
    return draw(
        "compare",
        specification,
        title=title,
        alternative=f"{title} {words('compare.chart_alternative')}",
        unit=words("compare.chart_unit", figure=label),
        source=words("overview.source", tables="agency_year"),
    )

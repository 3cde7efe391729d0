"""The chart of the coverage: agencies held by year, and those missing between."""

from __future__ import annotations

from explorer.charts import BLUE, VERMILION, Figure, Specification, counts_up, draw, years_across
from explorer.language import Words
from explorer.warehouse import Rows


def coverage_chart(rows: Rows, words: Words) -> Figure:
    """Agencies by year: held, and missing between their own first and last year."""
    held, missing = words("coverage.held"), words("coverage.gap")
    values = [
        {"year": str(row["report_year"]), "state": state, "agencies": row[column], "order": order}
        for row in rows
        for order, (state, column) in enumerate(((held, "held"), (missing, "gaps")))
        if row[column]
    ]
    years = [row["report_year"] for row in rows]
    worst = max(rows, key=lambda row: (row["gaps"], row["report_year"]))
    most = max(row["held"] + row["gaps"] for row in rows)

    def specification(width: int) -> Specification:
        return {
            "height": 180,
            "data": {"values": values},
            "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
            "encoding": {
                "x": years_across(years, width),
                "y": counts_up("agencies", most),
                "color": {
                    "field": "state",
                    "type": "nominal",
                    "scale": {"domain": [held, missing], "range": [BLUE, VERMILION]},
                },
                "order": {"field": "order"},
            },
        }

    if worst["gaps"]:
        title = words(
            "coverage.chart_title", year=str(worst["report_year"]), gaps=worst["gaps"], held=worst["held"]
        )  # fmt: skip
    else:
        title = words("coverage.chart_title_whole")
    return draw(
        "coverage",
        specification,
        title=title,
        alternative=f"{title} {words('coverage.chart_alternative')}",
        unit=words("coverage.chart_unit"),
        source=words("overview.source", tables="coverage"),
    )

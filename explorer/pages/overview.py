"""The overview: what the warehouse holds, by year, form and place, and what changed last."""

from __future__ import annotations

from typing import Any

from explorer.charts import FORM_COLOURS, Specification, draw
from explorer.pages.page import Asked, Page, Queries
from explorer.parameters import Parameters
from explorer.queries import overview


def _queries(given: Parameters) -> Queries:
    return {"years": overview.years()}


def _context(asked: Asked) -> dict[str, Any]:
    rows = asked.rows("years")
    words = asked.words
    values = [{**row, "form": words.code("form", row["form"])} for row in rows]

    def specification(width: int) -> Specification:
        return {
            "height": 200,
            "data": {"values": values},
            "mark": "bar",
            "encoding": {
                "x": {"field": "report_year", "type": "ordinal", "title": None},
                "y": {"field": "reports", "type": "quantitative", "title": None},
                "color": {
                    "field": "form",
                    "type": "nominal",
                    "scale": {
                        "domain": [words.code("form", form) for form in FORM_COLOURS],
                        "range": list(FORM_COLOURS.values()),
                    },
                },
            },
        }

    return {
        "years": rows,
        "figure": draw(
            "years",
            specification,
            title=words("overview.years_title"),
            alternative=words("overview.years_title"),
            unit=words("overview.reports_unit"),
            source="dim_report",
        ),
    }


OVERVIEW = Page(
    name="overview",
    path="/",
    template="overview.html",
    queries=_queries,
    context=_context,
    in_navigation=True,
)

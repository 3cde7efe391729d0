"""The overview: what the warehouse holds, by year, form and place, and what changed last."""

from __future__ import annotations

from typing import Any

from explorer.pages.overview_charts import province_chart, year_chart
from explorer.pages.page import Asked, Page, Queries
from explorer.parameters import Parameters
from explorer.queries import overview
from explorer.warehouse import Rows

# As they are told: in the order of a report.
_FIGURES = (
    "disclosed", "requests_received", "requests_granted", "requests_denied",
    "reconsideration_cases", "litigation_cases", "request_fee_amount", "staff_total",
)  # fmt: skip
_CHANGES_SHOWN = 12


def _queries(given: Parameters) -> Queries:
    rank = given.choice("rank", overview.RANKS) or "reports"
    return {
        "years": overview.years(),
        "totals": overview.totals(),
        "provinces": overview.provinces(rank),
        "changed": overview.changed(),
        "held": overview.held(),
    }


def _context(asked: Asked) -> dict[str, Any]:
    rank = asked.given.choice("rank", overview.RANKS) or "reports"
    held = asked.rows("held").first()
    assert held is not None  # a row of counts
    years, provinces = asked.rows("years"), asked.rows("provinces")
    return {
        "held": held,
        "rank": rank,
        "ranks": [(name, asked.words(f"overview.rank_{name}")) for name in overview.RANKS],
        "years": _by_year(years),
        "forms": sorted({row["form"] for row in years if row["form"]}, key=_in_order_of_forms),
        "year_chart": year_chart(years, held, asked.words) if held["reports"] else None,
        "totals": _by_figure(asked.rows("totals")),
        "provinces": provinces,
        "province_chart": province_chart(provinces, rank, asked.words) if len(provinces) else None,
        "changes": asked.reading.ask(overview.changes()),
        "changed_years": asked.reading.ask(overview.changed_years()),
        "changed": asked.reading.ask(asked.queries["changed"], limit=_CHANGES_SHOWN),
        "is_first": not asked.reading.count(overview.envelope()),
    }


def _in_order_of_forms(form: str) -> tuple[int, str]:
    known = ("narrative", "annex_2014", "std_2019", "std_2021")
    return (known.index(form) if form in known else len(known), form)


def _by_year(rows: Rows) -> dict[int, dict[str, int]]:
    """Year → form → reports; a year without reports has no forms."""
    years: dict[int, dict[str, int]] = {}
    for row in rows:
        forms = years.setdefault(row["report_year"], {})
        if row["form"] is not None:
            forms[row["form"]] = row["reports"]
    return years


def _by_figure(rows: Rows) -> list[tuple[str, dict[str, dict[str, Any]]]]:
    """Figures that are told at all, each with its row of own and of aggregate figures."""
    figures: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        figures.setdefault(row["figure"], {})[row["org_scope"]] = row
    return [(figure, figures[figure]) for figure in _FIGURES if figure in figures]


OVERVIEW = Page(
    name="overview",
    path="/",
    template="overview.html",
    queries=_queries,
    context=_context,
    in_navigation=True,
)

"""The comparison: agencies side by side, years side by side, with the differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.language import Words
from explorer.pages.compare_chart import compare_chart
from explorer.pages.page import Asked, NotHere, Page, Queries
from explorer.parameters import BadParameter, Parameters
from explorer.queries import compare
from explorer.queries.compare import FIGURES, Chosen
from explorer.searching import agency_index
from explorer.warehouse import Reading, Rows

_MOST_AGENCIES = 6  # as many as a table and a chart can show side by side
_FOUND = 12


def _chosen(given: Parameters) -> Chosen:
    chosen = Chosen(
        agencies=tuple(given.many("agency", _MOST_AGENCIES)),
        first_year=given.integer("from", 1949, 2100),
        last_year=given.integer("to", 1949, 2100),
    )
    if chosen.first_year and chosen.last_year and chosen.first_year > chosen.last_year:
        raise BadParameter("from", str(chosen.first_year), f"no later than {chosen.last_year}")
    return chosen


def _figure(given: Parameters) -> str:
    return given.choice("figure", FIGURES) or "requests_received"


def _queries(given: Parameters) -> Queries:
    given.text("add")
    given.integer("year", 1949, 2100)
    chosen = _chosen(given)
    if not chosen.agencies:
        return {"agencies": compare.LONGEST_SERIES}
    return {"years": compare.years(chosen, _figure(given)), "agencies": compare.agencies(chosen)}


def _looked_up(given: Parameters, reading: Reading) -> Queries:
    """Side by side is shown the year asked for, else that of which most of them are held."""
    chosen = _chosen(given)
    year = given.integer("year", 1949, 2100)
    if year is None:
        held = reading.ask(compare.held_years(chosen), limit=1).first()
        year = held["report_year"] if held else None
    return {"figures": compare.figures(chosen, year)} if year and chosen.agencies else {}


def _context(asked: Asked) -> dict[str, Any]:
    chosen, words = _chosen(asked.given), asked.words
    text = asked.given.text("add")
    hits, found = agency_index(asked.reading).find(text, _FOUND) if text else ([], 0)
    context: dict[str, Any] = {
        "chosen": chosen,
        "add": text or "",
        "found": found,
        "hits": [hit.agency for hit in hits if hit.agency.key not in chosen.agencies],
        "is_full": len(chosen.agencies) == _MOST_AGENCIES,
        "most": _MOST_AGENCIES,
        "figure": _figure(asked.given),
    }
    if not chosen.agencies:
        return {**context, "begin": asked.reading.ask(asked.queries["agencies"], limit=8)}
    agencies = list(asked.rows("agencies"))
    missing = set(chosen.agencies) - {row["agency_key"] for row in agencies}
    if missing:
        raise NotHere(words("errors.no_agency", key=min(missing)))
    rows = asked.rows("years")
    side = asked.rows("figures") if "figures" in asked.queries else Rows((), ())
    every_year = sorted(
        row["report_year"] for row in asked.reading.ask(compare.held_years(Chosen(chosen.agencies)))
    )
    labels = _labels(asked.reading, words)
    label = labels[context["figure"]]
    return {
        **context,
        "agencies": agencies,
        "labels": labels,
        "figures": [(figure, labels[figure]) for figure in FIGURES],
        "every_year": [(year, str(year)) for year in every_year],
        "by_year": _every_year(_by(rows, "report_year")),
        "chart": compare_chart(rows, agencies, label, asked.reading.ask(compare.FORM_CHANGES), words)
        if len(rows)
        else None,
        "year": _year_shown(asked),
        "by_figure": _by(side, "figure"),
        "shown_figures": [f for f in FIGURES if f in {row["figure"] for row in side}],
        "has_aggregate": any(row["org_scope"] != "own" for row in (*rows, *side)),
    }  # fmt: skip


def _year_shown(asked: Asked) -> int | None:
    """The year that the figures side by side are of."""
    query = asked.queries.get("figures")
    year = query.parameters["year"] if query else None
    return year if isinstance(year, int) else None


def _labels(reading: Reading, words: Words) -> Mapping[str, str]:
    """Figure → its name: the codebook's, or ours for one that is a part of an indicator."""
    column = "label_zh" if words.is_chinese else "label_en"
    known = {row["indicator"]: row[column] for row in reading.ask(compare.LABELS)}
    return {figure: known.get(figure) or words(f"compare.figure_{figure}") for figure in FIGURES}


def _by(rows: Rows, column: str) -> dict[Any, dict[str, dict[str, Any]]]:
    """Value of the column → agency → its row."""
    found: dict[Any, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[column], {})[row["agency_key"]] = row
    return found


def _every_year(told: dict[Any, dict[str, dict[str, Any]]]) -> dict[int, dict[str, dict[str, Any]]]:
    """With a row for the years between that nobody reports, too."""
    return {year: told.get(year, {}) for year in range(min(told), max(told) + 1)} if told else {}


COMPARE = Page(
    name="compare",
    path="/compare",
    template="compare.html",
    queries=_queries,
    looked_up=_looked_up,
    context=_context,
    in_navigation=True,
)

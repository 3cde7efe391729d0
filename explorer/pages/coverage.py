"""The coverage: agencies by years, who is missing, of which places nothing is held."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from explorer.pages.coverage_chart import coverage_chart
from explorer.pages.page import Asked, Page, Portion, Queries
from explorer.parameters import BadParameter, Parameters
from explorer.queries import coverage
from explorer.queries.coverage import LEVELS, STATES, Chosen
from explorer.warehouse import Rows

_ROWS = 50  # agencies on a page


def _chosen(given: Parameters) -> Chosen:
    chosen = Chosen(
        province=given.text("province"),
        prefecture=given.text("prefecture"),
        level=given.choice("level", LEVELS),
        year=given.integer("year", 1949, 2100),
        state=given.choice("state", STATES),
    )
    if chosen.prefecture is not None and chosen.province is None:
        raise BadParameter("prefecture", chosen.prefecture, "given together with its province")
    return chosen


def _queries(given: Parameters) -> Queries:
    chosen = _chosen(given)
    return {
        "agencies": coverage.agencies(chosen),
        "years": coverage.years(chosen),
        "places": coverage.places(chosen),
    }


def _context(asked: Asked) -> dict[str, Any]:
    chosen = _chosen(asked.given)
    portion = asked.portion("agencies", _ROWS)
    years, places = asked.rows("years"), asked.rows("places")
    prefectures = (
        asked.reading.ask(coverage.prefectures(chosen.province)) if chosen.province else Rows((), ())
    )  # fmt: skip
    words = asked.words
    return {
        "chosen": chosen,
        "is_chosen": chosen != Chosen(),
        "portion": portion,
        "years": years,
        "cells": _cells(asked, portion),
        "chart": coverage_chart(years, words) if len(years) else None,
        "bare": [row for row in places if not row["reports"]],
        "held": [row for row in places if row["reports"]],
        "provinces": [(r["province"], r["province"]) for r in asked.reading.ask(coverage.PROVINCES)],
        "prefectures": [(row["prefecture"], row["prefecture"]) for row in prefectures],
        "levels": [(level, words.code("level", level)) for level in LEVELS],
        "states": [(state, words(f"coverage.state_{state}")) for state in STATES],
        "all_years": [(row["report_year"], str(row["report_year"])) for row in years],
    }  # fmt: skip


def _cells(asked: Asked, portion: Portion) -> dict[str, dict[int, dict[str, Any]]]:
    """Agency → year → what is held, of the agencies shown."""
    keys = [row["agency_key"] for row in portion.rows]
    cells: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in asked.reading.ask(coverage.cells(keys)):
        cells[row["agency_key"]][row["report_year"]] = {
            **row,
            "reports": (row["current_report_ids"] or "").split(", ") if row["is_held"] else [],
        }
    return cells


COVERAGE = Page(
    name="coverage",
    path="/coverage",
    template="coverage.html",
    queries=_queries,
    context=_context,
    in_navigation=True,
)

"""The agencies: found by what people type, or all of them, from the top down.

Suggestions while one types come from `/search.json`; the form of every page leads to `/search?q=`.
"""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from explorer.language import Words
from explorer.pages.page import Asked, Page, Queries
from explorer.parameters import Parameters
from explorer.queries import search
from explorer.rendering import words_of
from explorer.searching import agency_index
from explorer.warehouse import Reading

LEVELS = ("national", "province", "prefecture", "county", "township")
_SHOWN = 100  # found agencies; whoever wants more of "局" wants the filters
_SUGGESTED = 8
_ROWS = 100  # of the list of all, on one page
_REPORT_KEY = re.compile(r"r[0-9a-f]{6,16}|[0-9a-f]{16,64}|\S+\.\w{2,5}")


def _queries(given: Parameters) -> Queries:
    chosen = (
        given.choice("level", LEVELS),
        given.text("function"),
        given.text("province"),
    )
    if given.text("q"):
        return {}
    return {
        "agencies": search.all_agencies(*chosen),
        "functions": search.FUNCTIONS,
        "provinces": search.PROVINCES,
    }


def _looked_up(given: Parameters, reading: Reading) -> Queries:
    text = given.text("q")
    if not text:
        return {}
    hits, _ = agency_index(reading).find(text, _SHOWN)
    queries = {"agencies": search.found([hit.agency.key for hit in hits])}
    if _REPORT_KEY.fullmatch(text):
        queries["reports"] = search.reports_like(text)
    return queries


def _context(asked: Asked) -> dict[str, Any]:
    text = asked.given.text("q")
    if not text:
        return {
            "q": "",
            "portion": asked.portion("agencies", _ROWS),
            "functions": [
                (row["function_code"], row["function"] if asked.words.is_chinese else row["function_en"])
                for row in asked.rows("functions")
            ],
            "provinces": [(row["province"], row["province"]) for row in asked.rows("provinces")],
            "levels": [(level, asked.words.code("level", level)) for level in LEVELS],
            "chosen": {name: asked.given.text(name) for name in ("level", "function", "province")},
        }  # fmt: skip
    hits, total = agency_index(asked.reading).find(text, _SHOWN)
    asked.given.page()
    return {
        "q": text,
        "rows": asked.rows("agencies"),
        "matched": {hit.agency.key: hit.matched_name for hit in hits},
        "total": total,
        "shown": len(hits),
        "reports": asked.rows("reports") if "reports" in asked.queries else (),
    }


SEARCH = Page(
    name="agencies",
    path="/search",
    template="search.html",
    queries=_queries,
    looked_up=_looked_up,
    context=_context,
    in_navigation=True,
)


def _suggestions(request: Request) -> Response:
    given = Parameters(request.query_params, request.path_params)
    text = given.text("q") or ""
    given.refuse_unknown()
    words = words_of(request)
    with request.app.state.warehouse.reading() as reading:
        hits, total = agency_index(reading).find(text, _SUGGESTED)
    return JSONResponse(
        {
            "q": text,
            "total": total,
            "hits": [
                {
                    "agency_key": hit.agency.key,
                    "agency_name": hit.agency.name,
                    "matched_name": hit.matched_name,
                    "note": _note(words, hit.agency.level, hit.agency.first_year, hit.agency.last_year),
                }
                for hit in hits
            ],
        },
        headers={"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"},
    )  # fmt: skip


def _note(words: Words, level: str | None, first: int | None, last: int | None) -> str:
    years = "" if first is None else f"{first}" if first == last else f"{first}–{last}"
    return " · ".join(part for part in (words.code("level", level), years) if part)


SUGGESTIONS = Route("/search.json", _suggestions, name="suggestions")

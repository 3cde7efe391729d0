"""An agency: its figures over the years, how it answers, where it lies among its peers, its reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.agency_charts import SERIES, charts, form_changes, given_series
from explorer.charts import NARROW, WIDE, picture
from explorer.facts import word
from explorer.language import Words
from explorer.pages.page import Asked, NotHere, Page, Queries
from explorer.parameters import Parameters
from explorer.queries import agency
from explorer.rendering import words_of
from explorer.searching import agency_index

FEWEST_PEERS = 5  # fewer say nothing about a distribution
SCOPES = ("own", "aggregate", "system")
_SUGGESTED = 8
_SHORTEST_PREFIX = 4
_LEAST_YEAR, _LAST_YEAR = 1990, 2100


def _queries(given: Parameters) -> Queries:
    key = given.path["agency_key"]
    scope = given.choice("scope", SCOPES)
    year = given.integer("year", _LEAST_YEAR, _LAST_YEAR)
    return {
        "years": agency.years(key, scope),
        "outcomes": agency.outcomes(key, scope),
        "peers": agency.peers(key, scope, year),
        "agency": agency.agency(key),
        "reports": agency.reports(key),
        "findings": agency.findings(key),
        "names": agency.names(key),
        "succession": agency.succession(key),
        "scopes": agency.scopes(key),
    }


def _context(asked: Asked) -> dict[str, Any]:
    words = asked.words
    row = asked.rows("agency").first()
    if row is None:
        raise _not_here(asked)
    key, name = row["agency_key"], row["agency_name"] or row["agency_key"]
    years, outcomes = list(asked.rows("years")), list(asked.rows("outcomes"))
    succession = list(asked.rows("succession"))
    names = list(asked.rows("names"))
    peers = list(asked.rows("peers"))
    given = given_series(years)
    missing = [year for year in years if year["report_id"] is None and year["status"] == "missing"]
    held = [year["report_year"] for year in years if year["report_id"] is not None]
    return {
        "agency": row,
        "name": name,
        "years": years,
        "series": given,
        "not_given": [series for series in SERIES if series not in given],
        "charts": charts(years, outcomes, name, words),
        "form_changes": form_changes(years),
        "missing": missing,
        "missing_years": spans([year["report_year"] for year in missing]),
        "peers": [Standing.of(peer) for peer in peers],
        "peer_year": peers[0]["report_year"] if peers else None,
        "peer_years": held,
        "peer_options": [(str(year), str(year)) for year in reversed(held)],
        "fewest_peers": FEWEST_PEERS,
        "reports": list(asked.rows("reports")),
        "findings": list(asked.rows("findings")),
        "names": names if any(n["name_as_printed"] != name for n in names) else [],
        "before": [r for r in succession if r["successor_agency_key"] == key],
        "after": [r for r in succession if r["agency_key"] == key],
        "scopes": [r["org_scope"] for r in asked.rows("scopes")],
        "scope": next((year["org_scope"] for year in years if year["org_scope"]), None),
        "word": lambda dimension, code: word(words, dimension, code),
    }  # fmt: skip


def spans(years: Iterable[int]) -> list[str]:
    """Years that follow each other drawn together: 2010–2012, 2014."""
    found: list[list[int]] = []
    for year in years:
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found]


def _not_here(asked: Asked) -> NotHere:
    key = asked.given.path["agency_key"]
    index = agency_index(asked.reading)
    hits, _ = index.find(key, _SUGGESTED)
    for length in range(len(key) - 1, _SHORTEST_PREFIX - 1, -1):
        if hits:
            break
        hits, _ = index.find(key[:length], _SUGGESTED)
    return NotHere(
        asked.words("errors.no_agency", key=key),
        [(hit.agency.name, f"/agency/{hit.agency.key}") for hit in hits],
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agency lies among its peers with one figure; `box` is their distribution as drawn.

    Positions go from 0 to 100 along log(1 + value), so that few large agencies leave room for many
    small ones; None where there are too few peers.
    """

    row: Mapping[str, Any]
    box: Mapping[str, float] | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Standing:
        """The standing of a row of `queries.agency.peers`."""
        if row["peers"] < FEWEST_PEERS:
            return cls(row, None)
        names = ("least", "lower_quartile", "median", "upper_quartile", "most", "own_value")
        logs = {name: math.log1p(max(row[name], 0.0)) for name in names}
        least, most = min(logs.values()), max(logs.values())
        width = (most - least) or 1.0
        return cls(row, {name: round(100 * (v - least) / width, 2) for name, v in logs.items()})

    def in_words(self, words: Words) -> str:
        """The standing in words."""
        row = self.row
        if self.box is None:
            key = "agency.peers_none" if row["peers"] == 0 else "agency.peers_few"
            return words(key, peers=row["peers"])
        key = "agency.standing_equal" if row["peers_equal"] else "agency.standing"
        return words(
            key, below=row["peers_below"], equal=row["peers_equal"], peers=row["peers"],
        )  # fmt: skip


AGENCY = Page(
    name="agency",
    path="/agency/{agency_key}",
    template="agency.html",
    queries=_queries,
    context=_context,
)


def _picture(request: Request) -> Response:
    """One chart as SVG: `/agency/<key>/<chart>.svg?width=narrow`, with the parameters of the page."""
    given = Parameters(request.query_params, request.path_params)
    key, scope = given.path["agency_key"], given.choice("scope", SCOPES)
    is_narrow = given.choice("width", ("wide", "narrow")) == "narrow"
    given.refuse_unknown()
    words = words_of(request)
    with request.app.state.warehouse.reading() as reading:
        row = reading.ask(agency.agency(key)).first()
        years = list(reading.ask(agency.years(key, scope)))
        outcomes = list(reading.ask(agency.outcomes(key, scope)))
    name = given.path["chart"]
    drawn = charts(years, outcomes, (row or {}).get("agency_name") or key, words)
    if name not in drawn:
        raise NotHere(words("errors.not_here"))
    chart = drawn[name]
    svg = picture(chart.specification, NARROW if is_narrow else WIDE, chart.alternative)
    return Response(str(svg), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


PICTURE = Route("/agency/{agency_key}/{chart}.svg", _picture, name="agency.picture")

"""The charts of an agency's page: specifications made of its rows.

What lives here: what each chart shows, and the words that say its finding. What does not: drawing
(`charts.py`), the rows (`queries/agency.py`), the page (`pages/agency.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from explorer.charts import (
    BLACK,
    BLUE,
    FORM_COLOURS,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    VERMILION,
    WIDE,
    Specification,
)  # fmt: skip
from explorer.language import Words

Row = Mapping[str, Any]

# The headline figures, in the order of the page; those that no report gives are told in words.
SERIES = (
    "disclosed", "requests_received", "requests_answered", "requests_granted",
    "reconsideration_cases", "litigation_cases", "staff_total", "normative_documents_issued",
    "policy_interpretations", "training_attendees",
)  # fmt: skip
OUTCOME_GROUPS = {
    "granted": BLUE,
    "partial": SKY,
    "already_public": GREEN,
    "denied": VERMILION,
    "not_available": ORANGE,
    "other": GREY,
}
_WHOLE = "datum.value % 1 === 0 ? datum.label : ''"  # half a request is no tick
_SHADE = "#eeeeee"
_PANEL_HEIGHT = 92
_COLUMNS = {True: 3, False: 2}  # wide, narrow
_FRAME = 52  # pixels of a panel that its axis takes
_LABELS = {True: 5, False: 3}  # years that fit under a panel


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is drawn when its picture is asked for: drawing takes longer than all queries."""

    name: str
    title: str
    alternative: str
    unit: str
    source: str
    specification: Callable[[int], Specification]


def charts(
    years: Sequence[Row], outcomes: Sequence[Row], agency: str, words: Words
) -> dict[str, Chart]:
    """The charts that an agency has numbers for, by name, in the order of the page."""
    found = (
        _series(years, agency, words) if given_series(years) else None,
        _outcomes(outcomes, years, agency, words) if outcomes else None,
        _staff(years, agency, words),
    )
    return {chart.name: chart for chart in found if chart is not None}


def given_series(years: Sequence[Row]) -> list[str]:
    """The headline figures that at least one year gives."""
    return [name for name in SERIES if any(row[name] is not None for row in years)]


def form_changes(years: Sequence[Row]) -> list[int]:
    """The years whose report is in another form than the one before it."""
    held = [row for row in years if row["form"] is not None]
    return [row["report_year"] for before, row in pairwise(held) if row["form"] != before["form"]]


def points(years: Sequence[Row], series: Sequence[str]) -> list[dict[str, Any]]:
    """Every figure that is given, with the segment of its line.

    A line breaks where a year is missing or gives no figure, and where the form changes.
    """
    found = []
    for name in series:
        segment, last = 0, None
        for row in years:
            if row[name] is None:
                continue
            if last is None or (row["report_year"] - 1, row["form"]) != last:
                segment += 1
            last = (row["report_year"], row["form"])
            found.append(
                {
                    "series": name,
                    "year": row["report_year"],
                    "value": row[name],
                    "form": row["form"],
                    "segment": segment,
                }
            )
    return found


def _series(years: Sequence[Row], agency: str, words: Words) -> Chart:
    """Small multiples: a panel for each headline figure."""
    names = given_series(years)
    first, last = years[0]["report_year"], years[-1]["report_year"]
    labels = {name: words(f"agency.series_{name}") for name in names}
    values = [
        {**point, "series": labels[point["series"]], "form": words.code("form", point["form"])}
        for point in points(years, names)
    ]
    missing = [row["report_year"] for row in years if row["report_id"] is None]
    common = [{"series": label, "year": year} for label in labels.values() for year in missing]
    changes = [
        {"series": label, "edge": year - 0.5}
        for label in labels.values()
        for year in form_changes(years)
    ]
    span = [row["report_year"] for row in years]
    labelled = {is_wide: span[:: -(-len(span) // most)] for is_wide, most in _LABELS.items()}
    # A series of zeros alone needs a scale all the same, with zero at its foot.
    zeros = [
        {"series": labels[name], "year": first, "top": 1}
        for name in names
        if not any(row[name] for row in years)
    ]
    forms = [form for form in FORM_COLOURS if any(row["form"] == form for row in years)]

    def specification(width: int) -> Specification:
        is_wide = width == WIDE
        columns = min(_COLUMNS[is_wide], len(names))
        x = {"type": "quantitative", "title": None, "scale": {"domain": [first - 0.5, last + 0.5], "nice": False}}  # fmt: skip
        return {
            "autosize": "pad",
            "data": {"values": [*values, *({**row, "missing": True} for row in common), *changes, *zeros]},
            "facet": {
                "field": "series",
                "type": "nominal",
                "sort": list(labels.values()),
                "title": None,
                "header": {
                    "labelFontSize": 12, "labelFontWeight": "bold", "labelAnchor": "start",
                    "labelPadding": 4, "labelLimit": width // columns,
                },
            },
            "columns": columns,
            "spacing": {"row": 14, "column": 12},
            "resolve": {"scale": {"y": "independent"}, "axis": {"x": "independent", "y": "independent"}},
            "spec": {
                "width": width // columns - _FRAME,
                "height": _PANEL_HEIGHT,
                "layer": [
                    {
                        "transform": [{"filter": "isValid(datum.top)"}],
                        "mark": {"type": "point", "opacity": 0},
                        "encoding": {
                            "x": {"field": "year", **x},
                            "y": {"field": "top", "type": "quantitative", "title": None},
                        },
                    },
                    {
                        "transform": [
                            {"filter": "datum.missing"},
                            {"calculate": "datum.year - 0.5", "as": "from"},
                            {"calculate": "datum.year + 0.5", "as": "to"},
                        ],
                        "mark": {"type": "rect", "color": _SHADE},
                        "encoding": {"x": {"field": "from", **x}, "x2": {"field": "to"}},
                    },
                    {
                        "transform": [{"filter": "isValid(datum.edge)"}],
                        "mark": {"type": "rule", "color": BLACK, "strokeDash": [3, 3]},
                        "encoding": {"x": {"field": "edge", **x}},
                    },
                    {
                        "transform": [{"filter": "isValid(datum.value)"}],
                        "mark": {"type": "line", "strokeWidth": 1.5},
                        "encoding": {"detail": {"field": "segment"}, **_point(x, forms, words, labelled[is_wide], is_wide)},
                    },
                    {
                        "transform": [{"filter": "isValid(datum.value)"}],
                        "mark": {"type": "point", "size": 34, "opacity": 1, "clip": False},
                        "encoding": _point(x, forms, words, labelled[is_wide], is_wide),
                    },
                ],
            },
        }  # fmt: skip

    title = _series_title(years, names, labels, agency, words)
    return Chart(
        "series",
        title,
        title + " " + words("agency.series_alternative"),
        words("agency.series_unit"),
        "agency_year, coverage",
        specification,
    )


def _point(
    x: Mapping[str, Any], forms: Sequence[str], words: Words, shown: Sequence[int], is_wide: bool
) -> dict[str, Any]:
    return {
        "x": {
            "field": "year", **x,
            "axis": {"format": "d", "values": list(shown), "grid": False, "labelFlush": False},
        },
        "y": {
            "field": "value", "type": "quantitative", "title": None,
            "axis": {"tickCount": 3, "format": ",~r", "minExtent": _FRAME - 18, "labelExpr": _WHOLE},
            "scale": {"zero": True},
        },
        "color": {
            "field": "form", "type": "nominal",
            "scale": {
                "domain": [words.code("form", form) for form in forms],
                "range": [FORM_COLOURS[form] for form in forms],
            },
            "legend": {"orient": "top", "columns": 4 if is_wide else 2},
        },
    }  # fmt: skip


def _series_title(
    years: Sequence[Row], names: Sequence[str], labels: Mapping[str, str], agency: str, words: Words
) -> str:
    """What the chart says: the first two series that are given more than once, from and to."""
    told = []
    for name in names:
        given = [row for row in years if row[name] is not None]
        if len(given) > 1:
            told.append(
                words(
                    "agency.from_to", label=labels[name],
                    first=given[0][name], first_year=str(given[0]["report_year"]),
                    last=given[-1][name], last_year=str(given[-1]["report_year"]),
                )
            )  # fmt: skip
    if not told:
        return words("agency.one_year", agency=agency)
    return f"{agency}{words('agency.colon')}{words('agency.semicolon').join(told[:2])}"


def _outcomes(outcomes: Sequence[Row], years: Sequence[Row], agency: str, words: Words) -> Chart:
    """Requests by how they were answered, stacked; years without figures are marked, not empty."""
    groups = [
        group for group in OUTCOME_GROUPS if any(r["outcome_group"] == group for r in outcomes)
    ]
    values = [
        {
            "year": str(row["report_year"]),
            "outcome": words(f"agency.outcome_{row['outcome_group']}"),
            "order": groups.index(row["outcome_group"]),
            "requests": row["requests"],
        }
        for row in outcomes
    ]
    return _stacked(
        "outcomes", values, years, {row["report_year"] for row in outcomes},
        [(words(f"agency.outcome_{group}"), OUTCOME_GROUPS[group]) for group in groups],
        "outcome", "requests", title=_outcomes_title(outcomes, agency, words),
        unit=words("agency.outcomes_unit"), source="fct_requests", words=words,
    )  # fmt: skip


def _outcomes_title(outcomes: Sequence[Row], agency: str, words: Words) -> str:
    year = max(row["report_year"] for row in outcomes)
    counts = {r["outcome_group"]: r["requests"] for r in outcomes if r["report_year"] == year}
    granted, denied = counts.get("granted"), counts.get("denied")
    values = {"agency": agency, "year": str(year), "all": sum(counts.values())}
    if granted is None or denied is None:
        return words("agency.outcomes_title", **values)
    return words("agency.outcomes_title_counts", granted=granted, denied=denied, **values)


def _staff(years: Sequence[Row], agency: str, words: Words) -> Chart | None:
    """Full-time and part-time staff, stacked; None where no report tells either."""
    kinds = (("staff_full_time", BLUE), ("staff_part_time", SKY), ("not_split", GREY))
    values = []
    for row in years:
        parts = [
            ("staff_full_time", row["staff_full_time"]),
            ("staff_part_time", row["staff_part_time"]),
        ]
        if all(value is None for _, value in parts):
            parts = [("not_split", row["staff_total"])]
        values += [
            {
                "year": str(row["report_year"]),
                "kind": words(f"agency.{kind}"),
                "order": [k for k, _ in kinds].index(kind),
                "persons": value,
            }
            for kind, value in parts
            if value is not None
        ]
    if not values:
        return None
    named = {value["kind"] for value in values}
    told = {int(value["year"]) for value in values}
    latest = max(told)
    persons = sum(value["persons"] for value in values if value["year"] == str(latest))
    return _stacked(
        "staff", values, years, told,
        [(words(f"agency.{kind}"), colour) for kind, colour in kinds if words(f"agency.{kind}") in named],
        "kind", "persons", title=words("agency.staff_title", agency=agency, year=str(latest), persons=persons),
        unit=words("agency.staff_unit"), source="agency_year", words=words,
    )  # fmt: skip


def _stacked(
    name: str, values: Sequence[Row], years: Sequence[Row], told: set[int],
    series: Sequence[tuple[str, str]], field: str, amount: str, *,
    title: str, unit: str, source: str, words: Words,
) -> Chart:  # fmt: skip
    span = [str(row["report_year"]) for row in years]
    silent = [
        {
            "year": str(row["report_year"]),
            "why": words(
                "agency.no_report" if row["report_id"] is None else "agency.not_given_here"
            ),
        }
        for row in years
        if row["report_year"] not in told
    ]

    def specification(width: int) -> Specification:
        is_wide = width == WIDE
        x = {
            "field": "year", "type": "ordinal", "title": None, "scale": {"domain": span},
            "axis": {"labelAngle": 0 if len(span) * 40 < width else -90, "labelOverlap": True},
        }  # fmt: skip
        return {
            "height": 190,
            "layer": [
                {
                    "data": {"values": list(values)},
                    "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
                    "encoding": {
                        "x": x,
                        "y": {"field": amount, "type": "quantitative", "title": None, "axis": {"tickCount": 5, "format": ",~r", "labelExpr": _WHOLE}},
                        "color": {
                            "field": field, "type": "nominal",
                            "scale": {"domain": [s for s, _ in series], "range": [c for _, c in series]},
                            "legend": {"orient": "top", "columns": 6 if is_wide else 2},
                        },
                        "order": {"field": "order"},
                    },
                },
                {
                    "data": {"values": silent},
                    "mark": {
                        "type": "text", "angle": 270, "align": "left", "baseline": "middle",
                        "fontSize": 10, "color": "#5f5f5f", "dx": 4,
                    },
                    "encoding": {"x": x, "y": {"datum": 0}, "text": {"field": "why"}},
                },
            ],
        }  # fmt: skip

    return Chart(name, title, title, unit, source, specification)

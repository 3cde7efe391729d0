"""The chart of the findings: by year and severity."""

from __future__ import annotations

from explorer.charts import ORANGE, VERMILION, Figure, Specification, counts_up, draw, years_across
from explorer.language import Words
from explorer.warehouse import Rows


def findings_chart(rows: Rows, words: Words) -> Figure:
    """Findings by year; years of which no report is held have no bar and say so."""
    hard, soft = words("findings.hard"), words("findings.soft")
    values = [
        {"year": str(row["report_year"]), "severity": word, "findings": row[column], "order": order}
        for row in rows
        for order, (word, column) in enumerate(((hard, "hard"), (soft, "soft")))
        if row[column]
    ]
    empty = [
        {"year": str(row["report_year"]), "none": "–", "findings": 0}
        for row in rows
        if not row["reports_held"]
    ]
    years = [row["report_year"] for row in rows]
    worst = max(rows, key=lambda row: (row["hard"] + row["soft"], row["report_year"]))
    most = worst["hard"] + worst["soft"]

    def specification(width: int) -> Specification:
        x, y = years_across(years, width), counts_up("findings", most)
        colours = {"domain": [hard, soft], "range": [VERMILION, ORANGE]}
        if not any(row["hard"] for row in rows):
            colours = {"domain": [soft], "range": [ORANGE]}
        return {
            "height": 160,
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "color": {"field": "severity", "type": "nominal", "scale": colours},
                        "order": {"field": "order"},
                    },
                },
                {
                    "data": {"values": empty},
                    "mark": {"type": "text", "baseline": "bottom", "dy": -3, "color": "#595959"},
                    "encoding": {"x": x, "y": y, "text": {"field": "none"}},
                },
            ],
        }

    title = words(
        "findings.chart_title",
        year=str(worst["report_year"]),
        findings=most,
        reports=worst["reports_with_findings"],
        held=worst["reports_held"],
    )
    return draw(
        "findings",
        specification,
        title=title,
        alternative=f"{title} {words('findings.chart_alternative')}",
        unit=words("findings.chart_unit"),
        source=words("overview.source", tables="findings, dim_year"),
    )

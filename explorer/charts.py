"""Charts: a Vega-Lite specification becomes SVG in this process; nothing is fetched or run later.

What lives here: colours, the common look, drawing for wide and narrow screens. What does not: what a
chart shows (the page's module in `pages` makes the specification), its frame in the page
(`templates/macros.html`).

A chart has a title that says the finding, its unit and source in words, a text in its place for
those who cannot see it, and beside it the table of its numbers. What is missing is a gap: give the
years without a number as null, and never as 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup

Specification = Mapping[str, Any]

# Okabe and Ito's colours, told apart with every common colour blindness.
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, YELLOW, BLACK, GREY = "#CC79A7", "#56B4E9", "#F0E442", "#1A1A1A", "#767676"
PALETTE = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW, BLACK)
# The eras of the forms, as everywhere else in the explorer.
FORM_COLOURS = {"narrative": BLUE, "annex_2014": ORANGE, "std_2019": GREEN, "std_2021": VERMILION}

WIDE, NARROW = 760, 330
_VERSION = "5.21"
_FONT = "system-ui, 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_CONFIG: dict[str, Any] = {
    "font": _FONT,
    "aria": False,  # the picture has one text of its own
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": "#333",
        "titleColor": "#333",
        "gridColor": "#e4e4e4",
        "domainColor": "#999",
        "tickColor": "#999",
    },
    "legend": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "orient": "top",
        "title": None,
        "labelLimit": 0,
    },
    "bar": {"color": BLUE},
    "line": {"color": BLUE, "strokeWidth": 2},
    "point": {"filled": True, "size": 40},
    "range": {"category": list(PALETTE)},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it is put into a page."""

    name: str
    title: str  # says the finding
    unit: str  # what is counted, in which unit
    source: str  # which tables, which reports
    wide: Markup
    narrow: Markup


def draw(
    name: str,
    specification: Callable[[int], Specification],
    *,
    title: str,
    alternative: str,
    unit: str,
    source: str,
) -> Figure:
    """Draw a chart for wide and for narrow screens.

    `specification` gives the Vega-Lite specification for a width in pixels (plot and axes), with
    its data inline; size and common look are added here. `alternative` is read out in place of the
    picture.
    """
    wide, narrow = (picture(specification, width, alternative) for width in (WIDE, NARROW))
    return Figure(name, title, unit, source, wide, narrow)


def picture(
    specification: Callable[[int], Specification], width: int, alternative: str
) -> Markup:
    """One SVG of a chart, `width` pixels wide."""
    common = {
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 2,
    }
    return _svg(
        json.dumps({**common, **specification(width)}, ensure_ascii=False, sort_keys=True),
        alternative,
    )


def years_across(years: Sequence[int], width: int) -> Specification:
    """The encoding of years on the x axis: every year has its place, whether there is data or not.

    The data names them `year`, as text. Where there is little room, some labels are left out.
    """
    names = [str(year) for year in years]
    every = 1 if width > 500 else -(-len(names) // 6)
    return {
        "field": "year",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": names},
        "axis": {"labelAngle": 0, "values": names[::every], "ticks": False},
    }


def counts_up(field: str, most: float) -> Specification:
    """The encoding of a count on the y axis, whose largest is `most`: whole numbers only."""
    axis: Specification = {"format": ",d", "tickCount": 5, "minExtent": 8 * len(f"{most:,.0f}") + 8}
    if most < 6:
        axis = {"format": "d", "values": list(range(int(most) + 1))}
    return {"field": field, "type": "quantitative", "title": None, "axis": axis}


def warm_up() -> None:
    """Draw something once: the first drawing of a process takes much longer than the others."""
    _svg(json.dumps({"data": {"values": []}, "mark": "bar"}), "")


# A chart of the same numbers is drawn once, for whoever asks for it.
@lru_cache(maxsize=256)
def _svg(specification: str, alternative: str) -> Markup:
    svg = vl_convert.vegalite_to_svg(
        json.loads(specification), vl_version=_VERSION, config=_CONFIG, allowed_base_urls=[]
    )
    label = Markup('<svg role="img" aria-label="{}" ').format(alternative)
    return Markup(svg.replace("<svg ", str(label), 1))

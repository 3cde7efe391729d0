"""What the reader takes from a text, as tests compare it: figures of the year by what they count."""

from __future__ import annotations

from ingest.model import TimeScope
from ingest.narrative import read_narrative
from ingest.text.folding import fold


def figures_of(text: str, year: int = 2012) -> dict[str, float]:
    """Figures of the year by indicator and breakdown: `requests_answered/granted`."""
    return {
        "/".join(
            filter(None, (o.indicator, o.category_label, o.channel, o.applicant_type, o.outcome))
        ): o.value
        for o in read_narrative(fold(text), report_year=year).observations
        if o.time_scope is TimeScope.YEAR and o.value is not None
    }


def parts(indicator: str, total: float | None = None, **breakdown: float) -> dict[str, float]:
    """A figure, where it is given, and its breakdown, named as `figures_of` names them."""
    figures = {f"{indicator}/{name}": value for name, value in breakdown.items()}
    return figures if total is None else {indicator: total, **figures}

"""What the signs add up to: the year, the confidence, and what is doubtful.

What lives here: deciding the year between its signs, confidence, issues. What does not: finding the
signs (`year.py`, `agency.py`, `clues.py`), the rule of confidence in words (`identify.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.identity.dates import PrintedDate
from ingest.identity.imprint import Signature
from ingest.identity.naming import Naming
from ingest.identity.title import Title
from ingest.identity.trust import Trust
from ingest.identity.year import (
    Period,
    YearSign,
    names_year,
    year_before,
    year_of_body,
    year_of_period,
)
from ingest.model import Issue, Severity
from ingest.text.folding import Folded

_AGENCY_CONFIDENCE = {
    Trust.TITLE: 1.0, Trust.TITLE_LINE: 0.97, Trust.COMPILED_BY: 0.95, Trust.PUBLISHED_FOR: 0.95,
    Trust.LETTERHEAD: 0.95,
    Trust.CONTACT: 0.85, Trust.GUIDE: 0.85, Trust.FORM_FILLER: 0.9, Trust.SIGNATURE: 0.9,
    Trust.INFOBOX: 0.85, Trust.ISSUER: 0.8,
    Trust.SUBJECT: 0.75, Trust.OWN_RULES: 0.65, Trust.BREADCRUMB: 0.65, Trust.METADATA: 0.6,
    Trust.SITE: 0.4,
}  # fmt: skip
_YEAR_CONFIDENCE = {
    "title": 0.95,
    "period": 0.9,
    "body": 0.75,
    "mention": 0.65,
    "signature": 0.6,
    "publication": 0.6,
}
_CONFLICT = 0.8


def year_signs(
    title: Title | None,
    period: Period | None,
    body: int,
    opening: str,
    signature: Signature | None,
    published: PrintedDate | None,
) -> list[YearSign]:
    """All signs of the year in order of trust; `opening` is the text from offset `body` on."""
    signs: list[YearSign] = []
    if title is not None and title.years:
        at_end = title.years[-1]
        signs.append(YearSign("title", title.printed, at_end, title.start, title.end))
    if period is not None:
        printed = opening[period.at : period.to]
        signs.append(
            YearSign("period", printed, year_of_period(period), body + period.at, body + period.to)
        )
    lead = None if signs and names_year(opening, signs[0].year) else year_of_body(opening)
    if lead is not None:
        start = body + lead.start if lead.start is not None else None
        end = body + lead.end if lead.end is not None else None
        signs.append(YearSign(lead.kind, lead.text, lead.year, start, end))
    if signature is not None and signature.signed is not None:
        signs.append(year_before(signature.signed, "signature", ""))
    if published is not None:
        signs.append(year_before(published, "publication", ""))
    return signs


def decide_year(signs: Sequence[YearSign]) -> int | None:
    """The year of the most trusted sign.

    A title of a school year or of a repeated year is settled in `title.py`; a page's date alone
    stands in only where nothing else speaks.
    """
    return signs[0].year if signs else None


def _disagreeing(signs: Sequence[YearSign], year: int | None) -> list[YearSign]:
    """Own signs that say another year; dates of pages that moved years later are none."""
    return [s for s in signs if s.kind in ("title", "period", "body") and s.year != year]


def year_issues(signs: Sequence[YearSign], year: int | None, folded: Folded) -> list[Issue]:
    """Findings about the year: none told, or signs that disagree."""
    if year is None:
        return [
            Issue(
                "identify", "year_unresolved", Severity.WARNING,
                "No year was found in title, period, body or dates; the report is kept without one.",
            )
        ]  # fmt: skip
    issues = []
    for sign in _disagreeing(signs, year):
        span = _raw(sign.start, sign.end, folded)
        message = (
            f"The {signs[0].kind} says {year}, the {sign.kind} says {sign.year}; "
            f"the {signs[0].kind} is trusted more."
        )
        issues.append(
            Issue("identify", "year_conflict", Severity.WARNING, message, sign.text, *span)
        )
    return issues


def agency_issues(naming: Naming, folded: Folded) -> list[Issue]:
    """Findings about the agency: unresolved, weakly told, or another body's name left inside."""
    if naming.name is None:
        return [
            Issue(
                "identify", "agency_unresolved", Severity.WARNING,
                "The report names its agency nowhere; it is kept without one.",
            )
        ]  # fmt: skip
    issues = []
    for other in naming.conflicts:
        span = _raw(other.start, other.end, folded)
        kind = other.trust.name.lower()
        message = f"The agency is {naming.name}, but its {kind} names {other.name}: copied text?"
        issues.append(
            Issue("identify", "agency_conflict", Severity.WARNING, message, other.printed, *span)
        )
    return issues


def _raw(start: int | None, end: int | None, folded: Folded) -> tuple[int | None, int | None]:
    """Offsets of the folded text as offsets of the stored text."""
    if start is None or end is None or end <= start:
        return None, None
    span = folded.raw_span(start, end)
    return span.start, span.end


def place_issues(naming: Naming) -> list[Issue]:
    """Findings about the place: several of one name and nothing to tell them apart."""
    if not naming.place.ambiguous:
        return []
    listed = ", ".join(f"{r.name} {r.code}" for r in naming.place.ambiguous)
    return [
        Issue(
            "identify", "region_ambiguous", Severity.WARNING,
            f"Several places fit and nothing in the report decides between them: {listed}.",
            naming.printed,
        )
    ]  # fmt: skip


def confidence(naming: Naming, signs: Sequence[YearSign], year: int | None, central: bool) -> float:
    """How sure the identity is, 0 to 1, by the rule in `identify.py`."""
    agency = 0.3 if naming.chosen is None else _AGENCY_CONFIDENCE[naming.chosen.trust]
    if year is None:
        told = 0.2
    else:
        told = _YEAR_CONFIDENCE[signs[0].kind]
        if signs[0].kind == "title" and any(s.kind == "period" and s.year == year for s in signs):
            told = 1.0
        if _disagreeing(signs, year):
            told *= _CONFLICT
    if naming.place.region is None:
        place = 1.0 if central else 0.7
    else:
        place = 1.0 if naming.place.from_name else 0.9
    return round(agency * told * place, 3)

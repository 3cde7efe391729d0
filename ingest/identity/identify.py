"""Whose report it is and of which year: the room's one door.

What lives here: the order of the steps, and turning what they found into an `Identity` with
evidence, issues and a confidence. What does not: the steps themselves (the other modules).

Confidence, from 0 to 1, is the product of three parts, so that a reader may sort by doubt:
agency (1.0 named by the title with its place; less the further down the order of trust its name
stood, see `_AGENCY_CONFIDENCE`; 0.3 unresolved), year (1.0 title and period agree; 0.95 title
alone; 0.9 period; 0.75 body; 0.6 dates; 0.2 unknown; × 0.8 where signs disagree) and place (1.0
from the name; 0.9 from clues; 0.7 ambiguous or unknown, 1.0 for bodies that have none).
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.identity.agency import candidates
from ingest.identity.clues import Clue, Clues
from ingest.identity.imprint import published_on, signature_in
from ingest.identity.kind import why_no_report
from ingest.identity.names import is_central, split_name
from ingest.identity.naming import name_agency
from ingest.identity.scope import scope_of, speaks_for_all
from ingest.identity.title import Title, find_title, read_title
from ingest.identity.trust import Candidate
from ingest.identity.verdict import (
    agency_issues,
    confidence,
    decide_year,
    place_issues,
    year_issues,
    year_signs,
)
from ingest.identity.year import find_period
from ingest.model import Evidence, Identity, Issue, OrgScope, Page, Severity
from ingest.text.folding import Folded
from ingest.text.width import fold_width_and_script

_HEAD_BEHIND_TITLE = 450  # characters in which the page's own fields stand behind the title
_HEAD_WITHOUT_TITLE = 400
_PERIOD_BEHIND_TITLE = 2_000
_BODY_YEAR_BEHIND_TITLE = 2_500


def identify(page: Page, folded: Folded, source_uri: str) -> Identity:
    """Tell whose report a page is, of which year, place and scope, with the evidence.

    `folded` is `page.text` folded; `source_uri` is where the document came from: its host may name
    the place. Nothing is raised: what cannot be told is None and becomes an issue.
    """
    text = folded.text
    hints = _folded_hints(page.hints, source_uri)
    title = _title(folded, hints)
    no_report = why_no_report(text, folded.aligned, title, hints.get("title", ""))
    if no_report is not None:
        issue = Issue(
            "identify", no_report.reason, Severity.ERROR, no_report.message, no_report.evidence
        )
        return _no_identity(no_report.reason, title, issue)
    body = title.end if title is not None else 0
    head_end = body + (_HEAD_BEHIND_TITLE if title is not None else _HEAD_WITHOUT_TITLE)
    signature = signature_in(text, body + 120 if title is not None else 60)
    published = published_on(text, head_end, hints.get("published"), body, signature)
    period = find_period(text[body : body + _PERIOD_BEHIND_TITLE])
    signs = year_signs(
        title, period, body, text[body : body + _BODY_YEAR_BEHIND_TITLE], signature, published
    )
    year = decide_year(signs)
    clues = Clues(text, body, hints)
    aggregate = speaks_for_all(text, body)
    found = candidates(text, title, signature, hints)
    naming = name_agency(found, text, year, clues, aggregate)
    parts = split_name(naming.name or "")
    issues = [
        *agency_issues(naming, folded),
        *place_issues(naming),
        *year_issues(signs, year, folded),
    ]
    return Identity(
        is_report=True,
        not_report_reason=None,
        title=title.printed if title is not None else None,
        agency_name=naming.name,
        agency_as_printed=naming.printed,
        region_code=naming.place.region.county_code if naming.place.region is not None else None,
        report_year=year,
        published_on=published.value if published is not None else None,
        signed_on=signature.signed.value if signature and signature.signed else None,
        period_start=period.start if period is not None else None,
        period_end=period.end if period is not None else None,
        org_scope=scope_of(parts, text, body, for_all=aggregate) if naming.name else OrgScope.OWN,
        confidence=confidence(naming, signs, year, is_central(naming.name or "")),
        agency_evidence=tuple(_agency_evidence(c, folded) for c in found),
        region_evidence=tuple(_place_evidence(c, folded) for c in naming.place.clues),
        year_evidence=tuple(
            _evidence(s.kind, s.text, str(s.year), s.start, s.end, folded) for s in signs
        ),
        issues=tuple(issues),
    )


def _folded_hints(hints: Mapping[str, str], source_uri: str) -> dict[str, str]:
    """The page's hints in half width and simplified characters, with the host of its address."""
    folded = {key: fold_width_and_script(value)[0] for key, value in hints.items() if value}
    url = folded.setdefault("url", source_uri)
    if "domain" not in folded and "://" in url:
        folded["domain"] = url.split("://", 1)[1].split("/", 1)[0].split(":")[0]
    return folded


def _title(folded: Folded, hints: Mapping[str, str]) -> Title | None:
    """The title in the text; else in its lines as printed, else the page's own."""
    title = find_title(folded.text)
    if title is not None and not title.bare:
        return title
    at = title.end if title is not None else 0
    others = [read_title(hints.get(key, "")) for key in ("heading", "title", "page_title")]
    if folded.aligned != folded.text:  # a title may have been joined with the line below it
        others.insert(0, find_title(folded.aligned))
    for other in others:
        if other is not None and not other.bare:
            return Title(other.printed, at, at, other.agency, other.issuer, other.years)
    return title


def _no_identity(reason: str, title: Title | None, issue: Issue) -> Identity:
    return Identity(
        is_report=False, not_report_reason=reason,
        title=title.printed if title is not None else None,
        agency_name=None, agency_as_printed=None, region_code=None, report_year=None,
        published_on=None, signed_on=None, period_start=None, period_end=None,
        org_scope=OrgScope.OWN, confidence=0.0, issues=(issue,),
    )  # fmt: skip


def _agency_evidence(candidate: Candidate, folded: Folded) -> Evidence:
    return _evidence(
        candidate.trust.name.lower(), candidate.printed, candidate.name,
        candidate.start, candidate.end, folded,
    )  # fmt: skip


def _place_evidence(clue: Clue, folded: Folded) -> Evidence:
    return _evidence(clue.kind, clue.text, "|".join(clue.codes), clue.start, clue.end, folded)


def _evidence(
    kind: str, text: str, value: str, start: int | None, end: int | None, folded: Folded
) -> Evidence:
    """Evidence with its offsets brought back to the stored text."""
    if start is None or end is None or end <= start:
        return Evidence(kind, text, value)
    span = folded.raw_span(start, end)
    return Evidence(kind, text, value, span.start, span.end)

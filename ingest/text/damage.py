"""Damaged characters (U+FFFD) beside figures.

What lives here: leaving out observations whose words hold a damaged character or touch one. What
does not: marking damage (`ingest.formats.stray_bytes`).

A digit may be among what was lost: 1�34 is not 34. A wrong number is worse than a missing one.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Issue, Observation, Severity

_MARK = "\ufffd"


def without_damaged(
    observations: Sequence[Observation], text: str
) -> tuple[list[Observation], list[Issue]]:
    """Observations that stand clear of damage in the stored `text`, and an issue for each other."""
    if _MARK not in text:
        return list(observations), []
    kept: list[Observation] = []
    issues: list[Issue] = []
    for o in observations:
        if _MARK not in text[max(o.start - 1, 0) : o.end + 1]:
            kept.append(o)
            continue
        quote = text[o.start : o.end]
        issues.append(
            Issue(
                "read",
                "damaged_figure",
                Severity.WARNING,
                f"A figure ({o.indicator}) stands beside damaged characters and is left out: "
                f"«{quote[:80]}». Fetch the document again to have it.",
                evidence=quote[:200],
                start=o.start,
                end=o.end,
            )
        )
    return kept, issues

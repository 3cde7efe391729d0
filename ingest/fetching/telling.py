"""What a person should know of a fetch besides its counts, in sentences.

What lives here: the sentences. What does not: where they are shown (`ingest/commands/fetch.py`,
`orchestration/assets/fetching.py`).
"""

from __future__ import annotations

from ingest.fetching.fetch import SourceResult
from ingest.fetching.pages import Outcome

# More than a screen of failures hides what was fetched; all are in the ledger.
_MOST_FAILURES = 10

# The columns of a table of sources.
COUNTED = {
    "new": Outcome.NEW,
    "changed": Outcome.CHANGED,
    "unchanged": Outcome.UNCHANGED,
    "vanished": Outcome.VANISHED,
    "dead links": Outcome.MISSING,
    "refused": Outcome.REFUSED,
    "failed": Outcome.FAILED,
}


def tell(result: SourceResult) -> list[str]:
    """Why a source was not gone through, which bounds were met, which addresses failed."""
    name = result.source.name
    lines = []
    if result.error:
        lines.append(f"{name}: not ended ({result.error}). The next fetch goes on with it.")
    for bound, count in result.left.items():
        if bound == "max_list_pages":
            lines.append(
                f"{name}: its lists go on beyond {bound} ({result.source.max_list_pages})."
            )
        else:
            lines.append(
                f"{name}: {bound} is met; {count:,} addresses are left for the next fetch."
            )
    for answer in result.answers:
        if answer.outcome is Outcome.LISTED and not answer.links:
            lines.append(
                f"{name}: {answer.url} has no link that fits. If it should, the site has changed: "
                "mend the source."
            )
    told = [a for a in result.answers if a.outcome in (Outcome.FAILED, Outcome.REFUSED)]
    for answer in told[:_MOST_FAILURES]:
        lines.append(f"{name}: {answer.outcome.value}: {answer.url} ({answer.reason})")
    if len(told) > _MOST_FAILURES:
        lines.append(f"{name}: and {len(told) - _MOST_FAILURES:,} further addresses")
    return lines

"""Bounds on what is landed, each with its reason.

What lives here: sizes, and the limits of files and dumps. What does not: bounds on the parse of one document
(`ingest/formats/limits.py`), the environment variables that set these (`settings.py`), holding a
dump to them (`ingest/dumps/budget.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class LandingLimits:
    """What files and dumps may be; each is a setting GONGKAI_MAX_… (docs/adding-reports.md)."""

    # A file of an inbox, or a document of a dump. The largest report known is a scan of 40 MB.
    document_bytes: int = 64 * MEBIBYTE
    # All reports known (about 3 million) as one file have 30 GB of text.
    dump_bytes: int = 64 * GIBIBYTE
    members: int = 5_000_000
    # The pages of all reports known, with their markup.
    expanded_bytes: int = 512 * GIBIBYTE
    # Web pages of one site shrink to a thirtieth; a bomb has hundreds and more.
    ratio: int = 200
    # A dump may hold archives (2), these none again.
    depth: int = 2

"""Pages that are gone from their sites, as issues: what was landed of them stays.

What lives here: reading all ledgers of a home for them. What does not: noting that a page is gone
(`fetch_round.py`), loading the issues (`ingest/staging.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.fetching.ledger import FetchLedger
from ingest.home import Home
from ingest.model import Severity
from ingest.schema import ISSUES

CODE = "page_vanished"


@dataclass(frozen=True, slots=True)
class VanishedPage:
    """A page that was fetched once and is gone. `since` is the day on which that was noticed."""

    source: str
    url: str
    sha256: str
    since: str


def vanished_pages(home: Path) -> list[VanishedPage]:
    """All of a home, sorted by source and address."""
    pages = []
    for path in sorted(Home.at(home).fetching_dir.glob("*/ledger.sqlite")):
        with FetchLedger.open(path) as ledger:
            pages += [
                VanishedPage(path.parent.name, url, sha256, since[:10])
                for url, sha256, since in ledger.vanished()
            ]
    return pages


def vanished_issues(home: Path, reader_version: str) -> pl.DataFrame:
    """Vanished pages as rows of the staging table `issues`: stage land, severity info."""
    rows = [
        {
            "issue_id": "gone-"
            + hashlib.sha256(f"{page.source} {page.url}".encode()).hexdigest()[:16],
            "source_uri": page.url,
            "stage": "land",
            "code": CODE,
            "severity": Severity.INFO.value,
            "message": (
                f"{page.url} is gone from its site (noticed on {page.since}). The document that was "
                f"fetched before (sha256 {page.sha256[:12]}…) is kept, and so are its figures."
            ),
            "reader_version": reader_version,
        }
        for page in vanished_pages(home)
    ]
    return pl.DataFrame(rows, schema=ISSUES)

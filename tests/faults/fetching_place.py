"""Fetching from a local site, as the tests do it.

What lives here: a source of that site, a fetch of it, and what came of each path.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from misbehaving_site import Site

from ingest.fetching.fetch import FetchSettings, Progress, SourceResult, fetch
from ingest.fetching.ledger import Recorded
from ingest.fetching.sources import Source

CONTACT = "tests@example.org"


def source_of(site: Site, **given: Any) -> Source:
    """A source of the site without pauses; `pages` and so on are paths."""
    for place in ("pages", "lists", "feeds", "sitemaps"):
        given[place] = [f"{site.base}{path}" for path in given.get(place, ())]
    quick = {"delay_seconds": 0, "retry_delay_seconds": 0.01, "retries": 2}
    return Source.model_validate({"name": "local", "agency": "某某局", **quick, **given})


def fetch_one(
    source: Source,
    home: Path,
    *,
    allow_hosts: tuple[str, ...] = ("127.0.0.1",),
    max_document_bytes: int = 1_000_000,
    progress: Progress = lambda source, url, outcome: None,
) -> SourceResult:
    """Fetch a source, the local site allowed."""
    settings = FetchSettings(CONTACT, allow_hosts, 1, max_document_bytes)
    (result,) = fetch([source], home, settings, progress)
    return result


def by_path(result: SourceResult, site: Site) -> dict[str, Recorded]:
    """Path → what came of it; addresses elsewhere under their whole name."""
    return {answer.url.removeprefix(site.base): answer for answer in result.answers}


def outcomes(result: SourceResult, site: Site) -> dict[str, str]:
    """Path → outcome."""
    return {path: answer.outcome.value for path, answer in by_path(result, site).items()}

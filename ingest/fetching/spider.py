"""The spider: one source's addresses, asked for one after the other.

What lives here: what is asked for and in which order, and handing answers to the round. What does
not: links (`links.py`), robots.txt, tries and bounds (`manners.py`), the record (`fetch_round.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from ingest.fetching.archive import ArchiveBroken
from ingest.fetching.fetch_round import FetchRound
from ingest.fetching.ledger import Recorded
from ingest.fetching.links import UnreadableList, clean_address, find_links
from ingest.fetching.manners import RAW_HEADERS, LimitMet, NotNow, Refused, describe
from ingest.fetching.pages import Answer, Kind, Outcome, Target
from ingest.fetching.sources import Source

# Lists first, for they tell what is new; then that; what was had before comes last.
_PRIORITIES = {
    Kind.SITEMAP: 40,
    Kind.FEED: 40,
    Kind.LIST: 40,
    Kind.ATTACHMENT: 30,
    Kind.REPORT: 20,
}
_MOST_HOPS = 5

Tell = Callable[[Recorded], None]


class SourceSpider(scrapy.Spider):
    """Asks for what a source lists. `broken` says why the crawl cannot go on, where it cannot."""

    name = "gongkai"
    source: Source
    round: FetchRound

    def __init__(self, source: Source, round_: FetchRound, tell: Tell, **kwargs: Any) -> None:
        super().__init__(self.name, **kwargs)
        self.source = source
        self.round = round_
        self.broken: str | None = None
        self._tell = tell
        # What failed is asked for once more.
        self._before_crash = {
            recorded.url: recorded
            for recorded in round_.answers()
            if recorded.outcome is not Outcome.FAILED
        }
        self._answered_before_crash = frozenset(self._before_crash)

    async def start(self) -> AsyncIterator[Any]:
        """The source's addresses, or what is left of them where a crash broke the round off."""
        for target in self._starts():
            for request in self._requests(target):
                yield request
        for target in self.round.due():
            yield self._request(target, priority=0)

    def answered(self, response: Response) -> Iterator[Request]:
        """Take an answer in, and ask for what it leads to."""
        target: Target = response.meta["target"]
        assert response.request is not None
        answer = to_answer(response.request, response)
        links: tuple[Target, ...] = ()
        unreadable = None
        try:
            links = find_links(self.source, target, answer)
        except UnreadableList as error:
            unreadable = str(error)
        recorded = self.round.record(target, answer, links, unreadable=unreadable)
        self._tell(recorded)
        for after in self._followed(target, recorded):
            yield from self._requests(after)

    def failed(self, failure: Failure) -> None:
        """Take in that there was no answer."""
        error = failure.value
        assert error is not None
        target: Target = failure.request.meta["target"]  # type: ignore[attr-defined]
        if isinstance(error, ArchiveBroken | sqlite3.Error):
            self.broken = self.broken or str(error)
        elif isinstance(error, LimitMet):
            self.round.leave(str(error))
        elif self.broken is None:
            refused = isinstance(error, Refused)
            outcome = Outcome.REFUSED if refused else Outcome.FAILED
            reason = str(error) if isinstance(error, Refused | NotNow) else describe(error)
            self._tell(self.round.record_failure(target, outcome, reason))

    def keep_aside(self, request: Request, response: Response) -> None:
        """Keep an answer that is no last word."""
        self.round.keep_aside(response.url, to_answer(request, response))

    def _starts(self) -> Iterator[Target]:
        given = (
            (Kind.LIST, self.source.lists),
            (Kind.FEED, self.source.feeds),
            (Kind.SITEMAP, self.source.sitemaps),
            (Kind.REPORT, self.source.pages),
        )
        for kind, addresses in given:
            for address in addresses:
                yield Target(clean_address(address), kind)

    def _requests(self, target: Target) -> Iterator[Request]:
        """The request for a target; where it was answered before a crash, for what it leads to."""
        waiting = [target]
        while waiting:
            at = waiting.pop(0)
            recorded = self._before_crash.pop(at.url, None)
            if recorded is not None:
                waiting += self._followed(at, recorded)
            elif at.url not in self._answered_before_crash:
                yield self._request(at, priority=_PRIORITIES[at.kind])

    def _followed(self, target: Target, recorded: Recorded) -> Iterator[Target]:
        """What an answer leads to, as far as redirects and pages of a list may go on."""
        is_moved = recorded.outcome is Outcome.MOVED
        for link in recorded.links:
            hops = target.hops + 1 if is_moved else 0
            depth = target.depth if is_moved or link.kind.is_document else target.depth + 1
            if depth >= self.source.max_list_pages:
                self.round.leave("max_list_pages")
            elif hops <= _MOST_HOPS:
                yield replace(link, hops=hops, depth=depth)

    def _request(self, target: Target, *, priority: int) -> Request:
        return Request(
            target.url,
            callback=self.answered,
            errback=self.failed,
            headers=self.round.conditions(target.url),
            priority=priority,
            meta={"target": target, "dont_redirect": True, "handle_httpstatus_all": True},
        )


def to_answer(request: Request, response: Response) -> Answer:
    """An answer of Scrapy's as the record knows it, with the headers as they came."""
    headers: tuple[tuple[str, str], ...] = request.meta[RAW_HEADERS]
    return Answer(response.status, headers, response.body)

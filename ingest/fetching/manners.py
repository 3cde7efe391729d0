"""Manners: robots.txt is obeyed, tries are spaced, a round's bounds are kept.

What lives here: the middlewares through which every request passes. What does not: the pace
between requests, which is Scrapy's (`crawl.py` sets it).
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from ingest.fetching.resolving import withheld

if TYPE_CHECKING:
    from ingest.fetching.spider import SourceSpider

RAW_HEADERS = "raw_headers"  # of an answer, in the meta of its request
PRODUCT = "gongkai"  # the name that robots.txt knows us by
# RFC 9309: at least so much of a robots.txt is to be read.
_ROBOTS_BYTES = 500 * 1024
# A site that asks for more patience is left alone until the next fetch.
LONGEST_WAIT = 600.0


# What a request ends with that no site has answered. Anything else is a mistake of ours.
_NO_ANSWER = (
    CannotResolveHostError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    OSError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)


class Refused(IgnoreRequest):
    """An address is not asked for, and will not be: the message says why."""


class NotNow(IgnoreRequest):
    """An address is not asked for now: the message says why."""


class LimitMet(IgnoreRequest):
    """A bound of the round is met."""


class RawHeaders:
    """Keeps the headers as they came: Scrapy takes away those of a body that it unpacks."""

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer as it is."""
        request.meta[RAW_HEADERS] = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        return response


class Bounds:
    """Asks nothing more once a bound of the round is met."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Bounds:
        """What Scrapy calls."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises LimitMet, or NotNow where the crawl is broken and ends."""
        if "target" not in request.meta:
            return
        spider = spider_of(self._crawler)
        if spider.broken is not None:
            raise NotNow("the crawl is broken")
        limit = spider.round.admit(request.meta["target"].url)
        if limit is not None:
            raise LimitMet(limit)


class Robots:
    """Obeys robots.txt as RFC 9309 says it.

    Where it is missing (4xx), all is allowed; where the site fails to say (5xx, no connection),
    nothing is: Scrapy's own middleware would go on. Crawl-delay is kept where it is longer than
    the source's own.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser | str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """What Scrapy calls."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises Refused or NotNow."""
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._ask(origin))
        rules = await asyncio.shield(self._rules[origin])
        if isinstance(rules, str):
            raise NotNow(rules)
        if not rules.allowed(request.url, PRODUCT):
            raise Refused("robots.txt does not allow it")

    async def _ask(self, origin: str) -> ProtegoRobotParser | str:
        """The rules of a site, or why there are none."""
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            meta={"is_robots": True, "download_maxsize": _ROBOTS_BYTES},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Refused:
            raise
        except _NO_ANSWER as error:
            return f"robots.txt could not be had ({describe(error)}), so nothing is asked for"
        assert response.request is not None
        spider_of(self._crawler).keep_aside(response.request, response)
        if response.status >= 500:
            return f"robots.txt gave status {response.status}, so nothing is asked for"
        body = response.body if response.status == 200 else b""
        rules = ProtegoRobotParser(body, self._crawler.spider)
        self._keep_delay(origin, rules.rp.crawl_delay(PRODUCT))
        return rules

    def _keep_delay(self, origin: str, delay: float | None) -> None:
        """Space the requests to a host as it asks; the slot is Scrapy's queue of that host."""
        host = urlsplit(origin).hostname or ""
        downloader = self._crawler.engine.downloader
        if not delay or delay <= self._crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        downloader.per_slot_settings[host] = {"delay": float(delay), "concurrency": 1}
        if host in downloader.slots:
            downloader.slots[host].delay = float(delay)
            downloader.slots[host].concurrency = 1


class PatientRetry(RetryMiddleware):
    """Tries again as Scrapy does, but waits before: as the site asks, or longer at each try."""

    async def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The answer, or the request to be sent once more."""
        if response.status not in self.retry_http_codes:
            return response
        asked = response.headers.get("Retry-After")
        seconds = seconds_asked(asked.decode("latin-1") if asked else None, datetime.now(UTC))
        again = await self._again(request, f"status {response.status}", seconds)
        if again is None:
            return response
        spider_of(self.crawler).keep_aside(request, response)
        return again

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """The request to be sent once more; None where the error is the last word."""
        if isinstance(exception, CannotResolveHostError):
            host = (urlsplit(request.url).hostname or "").lower()
            if host in withheld:
                raise Refused(
                    f"{host} is at {withheld[host]}, which is not an address of the public internet"
                ) from exception
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        return await self._again(request, describe(exception), None)

    async def _again(self, request: Request, reason: str, asked: float | None) -> Request | None:
        spider = spider_of(self.crawler)
        tries = request.meta.get("retry_times", 0)
        seconds = spider.source.retry_delay_seconds * 2**tries if asked is None else asked
        if seconds > min(LONGEST_WAIT, spider.round.seconds_left()):
            return None
        again = self._retry(request, reason)
        if again is not None:
            await asyncio.sleep(seconds)
        return again


def seconds_asked(retry_after: str | None, now: datetime) -> float | None:
    """How long a Retry-After header asks to wait (RFC 9110: seconds or a date); None without one."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())


def describe(error: BaseException | None) -> str:
    """What to tell a person of an error."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:300] if text else type(error).__name__


def spider_of(crawler: Crawler) -> SourceSpider:
    """The spider of a crawl that runs."""
    from ingest.fetching.spider import SourceSpider

    assert isinstance(crawler.spider, SourceSpider)
    return crawler.spider

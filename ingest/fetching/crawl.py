"""The crawl of one source, in a process of its own: Twisted's reactor runs once in a process.

What lives here: the process's input (a `Job` as JSON), Scrapy's settings, its output (a line of
JSON for each answer) and its exit codes. What does not: starting it (`fetch.py`).

    python -m ingest.fetching.crawl < job.json
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from twisted.python.failure import Failure

from ingest.fetching.fetch_round import FetchRound, running_round
from ingest.fetching.ledger import Recorded
from ingest.fetching.manners import PRODUCT, describe, spider_of
from ingest.fetching.resolving import ALLOW_HOSTS
from ingest.fetching.sources import Source
from ingest.fetching.spider import SourceSpider
from ingest.home import Home
from ingest.locking import AlreadyLocked, hold_lock

DONE = 0
BROKEN = 1
LOCKED = 3

logger = logging.getLogger(__name__)


class Job(BaseModel):
    """What a crawl is told."""

    source: Source
    home: Path
    contact: str
    allow_hosts: tuple[str, ...] = ()
    max_document_bytes: int


class _Broken(Exception):
    """The crawl could not go on; the round stays unfinished."""


def main() -> int:
    """Run the job of standard input."""
    job = Job.model_validate_json(sys.stdin.buffer.read())
    home = Home.at(job.home)
    folder = home.fetching_dir / job.source.name
    try:
        with (
            hold_lock(folder / "lock"),
            running_round(job.source, home, _about(job)) as round_,
        ):
            _crawl(job, round_, folder / "crawl.log")
            _say({"left": round_.left})
    except AlreadyLocked as error:
        _say({"error": f"process {error.pid or 'unknown'} is fetching this source already"})
        return LOCKED
    except (_Broken, OSError, sqlite3.Error) as error:
        _say({"error": str(error)})
        return BROKEN
    return DONE


def user_agent(contact: str) -> str:
    """How the crawl names itself to a site."""
    return f"{PRODUCT}/{version('gongkai')} (+{contact})"


def _crawl(job: Job, round_: FetchRound, log: Path) -> None:
    process = CrawlerProcess(_settings(job, log))
    crawler = process.create_crawler(SourceSpider)

    def note(failure: Failure, **_: object) -> None:
        """A mistake of ours or of the machine: the rest of the queue is let go."""
        spider = spider_of(crawler)
        spider.broken = spider.broken or describe(failure.value)

    crawler.signals.connect(note, signal=signals.spider_error)
    process.crawl(crawler, source=job.source, round_=round_, tell=_tell)
    process.start()
    if process.bootstrap_failed:
        raise _Broken(f"the crawl did not start (why: {log})")
    broken = spider_of(crawler).broken
    if broken is not None:
        raise _Broken(f"{broken} (the whole: {log})")
    reason = crawler.stats.get_value("finish_reason")
    if reason != "finished":
        raise _Broken(f"the crawl was ended ({reason})")


def _settings(job: Job, log: Path) -> dict[str, Any]:
    source = job.source
    room = "ingest.fetching"
    base = "scrapy.downloadermiddlewares"
    return {
        "USER_AGENT": user_agent(job.contact),
        # What warcio and the reader unpack, and no more.
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate",
        },
        "DOWNLOADER_MIDDLEWARES": {
            f"{base}.robotstxt.RobotsTxtMiddleware": None,
            f"{base}.retry.RetryMiddleware": None,
            f"{base}.offsite.OffsiteMiddleware": None,
            f"{room}.manners.Bounds": 50,
            f"{room}.manners.Robots": 100,
            f"{room}.manners.PatientRetry": 550,
            # between unpacking (590) and the network
            f"{room}.manners.RawHeaders": 595,
        },
        "DOWNLOAD_DELAY": source.delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0.0,  # never less than the source says
        "CONCURRENT_REQUESTS": source.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.concurrency,
        "DOWNLOAD_TIMEOUT": source.timeout_seconds,
        "DOWNLOAD_MAXSIZE": job.max_document_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": source.verify_certificates,
        "RETRY_TIMES": source.retries,
        "RETRY_PRIORITY_ADJUST": 100,  # at once after the wait, before anything else
        "REDIRECT_MAX_TIMES": 5,  # of robots.txt; other redirects are links
        "TWISTED_DNS_RESOLVER": f"{room}.resolving.PublicResolver",
        ALLOW_HOSTS: [host.lower() for host in job.allow_hosts],
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order of the page
        # A proxy would look names up for us, and a file is no page.
        "HTTPPROXY_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
        "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_FILE": str(log),
        "LOG_FILE_APPEND": False,
        "LOG_LEVEL": "INFO",
    }


def _about(job: Job) -> dict[str, str]:
    """What the archives say of how they were made."""
    return {
        "software": f"{PRODUCT} {version('gongkai')}",
        "operator": job.contact,
        "http-header-user-agent": user_agent(job.contact),
        "robots": "obeyed (RFC 9309)",
        "isPartOf": job.source.name,
        "format": "WARC File Format 1.0",
    }


def _tell(recorded: Recorded) -> None:
    _say({"url": recorded.url, "outcome": recorded.outcome})


def _say(what: dict[str, Any]) -> None:
    """A line to whoever started this; where nobody listens any more, end.

    What is recorded is whole at any moment, so there is nothing to tidy up.
    """
    try:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(BROKEN)


if __name__ == "__main__":
    sys.exit(main())

"""Fetching: the pages that `data/sources.yml` lists, kept as WARC files for landing.

What lives here: the list of sources (`sources.py`), which addresses may be connected to
(`addresses.py`), the record of what was fetched (`ledger.py`, `archive.py`, `fetch_round.py`), links
(`links.py`), the crawl of one source in a process of its own (`crawl.py` and what it imports),
starting those processes (`fetch.py`), and what is told of it (`telling.py`, `vanished.py`). What does not: landing what was fetched
(`ingest/landing.py`), which takes the WARC files as it takes those of an inbox.

Only this package imports Scrapy and Twisted, and of its modules only those that a crawl's own
process needs: `crawl.py`, `spider.py`, `manners.py`, `resolving.py`, `links.py`.
"""

"""Inputs: which documents, read by which version, a warehouse is made from, as one hash.

What lives here: that hash, taken of what was landed and of what staging holds, so that the two can
be compared. What does not: the version of the models (`orchestration/versions.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb

from ingest.fetching.vanished import CODE as VANISHED
from ingest.fetching.vanished import vanished_pages
from ingest.home import Home
from ingest.ledger_views import view_ledger


def landed_inputs(home: Path, reader_version: str) -> str:
    """The inputs of a warehouse made from everything landed, read by this version."""
    ledger = view_ledger(Home.at(home).ledger)
    refused = [(refusal.source_uri, refusal.code) for refusal in ledger.refusals.values()]
    vanished = [(page.url, VANISHED) for page in vanished_pages(home)]
    return _digest(((sha256, reader_version) for sha256 in ledger.entries), [*refused, *vanished])


def staged_inputs(con: duckdb.DuckDBPyConnection) -> str:
    """The inputs that the staging tables of the work file hold."""
    documents = con.execute("SELECT sha256, reader_version FROM staging.documents").fetchall()
    refusals = con.execute(
        "SELECT source_uri, code FROM staging.issues WHERE stage = 'land' AND document_id IS NULL"
    ).fetchall()
    return _digest(documents, refusals)


def _digest(documents: Iterable[tuple[str, ...]], refusals: Iterable[tuple[str, ...]]) -> str:
    digest = hashlib.sha256()
    for kind, rows in (("document", documents), ("refusal", refusals)):
        for row in sorted(rows):
            digest.update("\t".join((kind, *row)).encode())
            digest.update(b"\n")
    return digest.hexdigest()

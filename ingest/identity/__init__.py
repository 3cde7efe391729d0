"""Whose report it is: agency, place, year, dates, scope, and whether it is a report at all.

What belongs here: everything that tells the identity of a document from its folded text and the
page's hints (`identify`). What does not: reading figures (`ingest.narrative`, `ingest.tables`),
one key for an agency over the years (dbt models), the gazetteer (`ingest.reference`).
"""

from __future__ import annotations

from ingest.identity.identify import identify

__all__ = ["identify"]

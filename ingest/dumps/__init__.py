"""Archives and dumps: one file that holds many documents, as a stream of documents.

What belongs here: telling a dump from a document, opening .zip, .tar(.gz), .jsonl(.gz, .zst),
.parquet and .warc(.gz), the bounds on what they unpack to, and naming each document. What does
not: keeping the bytes and remembering what was landed (`ingest.landing`), reading a document
(`ingest.formats`).

Nothing is ever written under a name that stands in a dump, and nothing is held but the document
at hand: a dump of any size passes in bounded memory.
"""

from __future__ import annotations

from ingest.dumps.reading import may_be_dump, read_dump
from ingest.dumps.values import Fault, Member
from ingest.dumps.version import unpacker_version
from ingest.dumps.warcs import holds_document
from ingest.limits import LandingLimits

__all__ = [
    "Fault", "LandingLimits", "Member", "holds_document", "may_be_dump", "read_dump",
    "unpacker_version",
]  # fmt: skip

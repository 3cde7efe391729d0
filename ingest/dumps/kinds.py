"""What kind of dump the bytes are: content first, the file's name last.

What lives here: magic numbers. What does not: kinds of documents (`ingest.formats.media`).
"""

from __future__ import annotations

from enum import StrEnum

# Enough for the header of a tar, the first line of a WARC, the first bytes of a row.
LOOK = 1_024

_TAR_MAGIC_AT = 257
_LINES = (".jsonl", ".ndjson", ".jsonlines")


class DumpKind(StrEnum):
    """Kinds of files that hold documents."""

    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    ZSTD = "zstd"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


# Those that are read from the front, and need no file to jump about in.
STREAMED = frozenset(
    {DumpKind.TAR, DumpKind.GZIP, DumpKind.ZSTD, DumpKind.JSON_LINES, DumpKind.WARC}
)


def dump_kind(head: bytes, name: str) -> DumpKind | None:
    """The kind of dump that begins with `head` (LOOK bytes); None where it is a document.

    A zip may still be a Word file, which its directory tells.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return DumpKind.ZIP
    if head.startswith(b"\x1f\x8b"):
        return DumpKind.GZIP
    # A frame, or a skippable frame that some writers put first.
    if head.startswith(b"\x28\xb5\x2f\xfd") or head[1:4] == b"\x2a\x4d\x18":
        return DumpKind.ZSTD
    if head.startswith(b"PAR1"):
        return DumpKind.PARQUET
    if head.startswith(b"WARC/"):
        return DumpKind.WARC
    if head[_TAR_MAGIC_AT : _TAR_MAGIC_AT + 5] == b"ustar":
        return DumpKind.TAR
    name = name.lower()
    if name.endswith(_LINES) or (name.endswith(".json") and head.lstrip().startswith(b'{"')):
        return DumpKind.JSON_LINES
    return None


def inner_name(name: str) -> str:
    """The name of what a compressed file holds: without the ending of the compression.

    >>> inner_name("a.jsonl.gz"), inner_name("b.tgz"), inner_name("c")
    ('a.jsonl', 'b.tar', 'c')
    """
    lowered = name.lower()
    if lowered.endswith(".tgz"):
        return name[:-4] + ".tar"
    for ending in (".gz", ".zst", ".zstd", ".gzip"):
        if lowered.endswith(ending):
            return name[: -len(ending)]
    return name

"""The one way in: a file to the documents it holds.

What lives here: choosing the reader of a kind, archives within archives, names of members,
duplicates, and that damage costs no more than what is damaged. What does not: the readers.
"""

from __future__ import annotations

import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO

from ingest.dumps.budget import Budget
from ingest.dumps.json_lines import read_json_lines
from ingest.dumps.kinds import LOOK, STREAMED, DumpKind, dump_kind, inner_name
from ingest.dumps.names import Names, is_passed_over
from ingest.dumps.parquet import read_parquet
from ingest.dumps.streams import Lookahead, open_gzip, open_zstd
from ingest.dumps.tars import read_tar
from ingest.dumps.values import DumpDamaged, DumpRefused, Fault, Member, member_path
from ingest.dumps.warcs import read_warc
from ingest.dumps.zips import DAMAGE as ZIP_DAMAGE
from ingest.dumps.zips import damaged_member, is_office, read_zip
from ingest.limits import MEBIBYTE, LandingLimits

# What libraries raise on bytes that are not what they should be. pyarrow's errors are ValueError,
# OSError or NotImplementedError besides; warcio's own are told apart in `warcs.py`.
_DAMAGE = (
    *ZIP_DAMAGE,
    DumpDamaged,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    OSError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    AttributeError,
    LookupError,
    MemoryError,
)

Item = Member | Fault


def may_be_dump(file: IO[bytes], name: str) -> bool:
    """Whether a file is to be unpacked; it is left at its start. A Word file is not."""
    kind = dump_kind(file.read(LOOK), name)
    file.seek(0)
    return kind is not None and not (kind is DumpKind.ZIP and is_office(file))


def read_dump(file: IO[bytes], uri: str, byte_count: int, limits: LandingLimits) -> Iterator[Item]:
    """The documents of a dump, and a fault for each place that gave none; nothing is raised.

    `file` is open for reading and can be sought; `uri` is the name it is known by, which the names
    of its members begin with. What the dump's end or damage hides is told in one fault of `uri`.
    """
    budget = Budget(limits, uri, byte_count)
    name = uri.rpartition("/")[2]
    found = False
    for item in _guarded(_Opened(file, uri, name, 1), budget):
        found = True
        yield item
    if not found and not budget.member_count:
        yield Fault(uri, "dump_empty", f"{uri} holds no document. Pack it anew, or take it away.")


class _Opened:
    """A dump, or an archive in one: its bytes, its names and how deep it lies."""

    def __init__(self, file: IO[bytes], uri: str, name: str, depth: int) -> None:
        self.file = file
        self.uri = uri
        self.name = name
        self.depth = depth


def _guarded(opened: _Opened, budget: Budget) -> Iterator[Item]:
    """The documents up to where the dump is damaged or goes beyond a limit, and that told."""
    uri = opened.uri
    try:
        yield from _documents(opened, budget)
    except DumpRefused as refused:
        if opened.depth > 1:  # the limits are the whole dump's
            raise
        yield Fault(uri, refused.code, str(refused))
    except _DAMAGE as error:
        reason = str(error) or type(error).__name__
        yield Fault(
            uri,
            "dump_damaged",
            f"{uri} is damaged or cut off after {budget.member_count:,} members ({reason}). What came "
            "before is landed. Fetch or pack it again, and refresh.",
        )


def _documents(opened: _Opened, budget: Budget) -> Iterator[Item]:
    stream = Lookahead(opened.file)
    kind = dump_kind(stream.look(LOOK), opened.name)
    if kind in (DumpKind.ZIP, DumpKind.PARQUET):
        opened.file.seek(0)
        if kind is DumpKind.ZIP:
            members = read_zip(opened.file, opened.uri, budget)
            yield from _members(members, opened, budget, are_apart=True)
        else:
            yield from read_parquet(opened.file, opened.uri, opened.name, budget)
        return
    name = opened.name
    if kind in (DumpKind.GZIP, DumpKind.ZSTD):
        unpack = open_gzip if kind is DumpKind.GZIP else open_zstd
        name = inner_name(name)
        stream = Lookahead(unpack(io.BufferedReader(stream)), budget.take_bytes)
        kind = dump_kind(stream.look(LOOK), name)
    if kind is DumpKind.TAR:
        yield from _members(read_tar(io.BufferedReader(stream), opened.uri, budget), opened, budget)
    elif kind is DumpKind.JSON_LINES:
        yield from read_json_lines(stream, opened.uri, name, budget)
    elif kind is DumpKind.WARC:
        yield from read_warc(io.BufferedReader(stream), opened.uri, budget)
    else:  # one compressed file
        single = (name, io.BufferedReader(stream), 0)
        yield from _members(iter([single]), opened, budget)


def _members(
    members: Iterator[tuple[str, IO[bytes], int] | Fault],
    opened: _Opened,
    budget: Budget,
    *,
    are_apart: bool = False,
) -> Iterator[Item]:
    """What members give; `are_apart` where one that is damaged leaves the next in its place."""
    names = Names()
    for member in members:
        budget.take_member()
        if isinstance(member, Fault):
            if not is_passed_over(member.source_uri.removeprefix(f"{opened.uri}/")):
                yield member
            continue
        name, stream, size = member
        if is_passed_over(name):
            continue
        try:
            for item in _member(name, stream, size, opened, budget):
                duplicate = names.duplicate_of(item) if isinstance(item, Member) else None
                yield duplicate or item
        except _DAMAGE as error:
            if not are_apart:
                raise  # what follows cannot be found
            yield damaged_member(f"{opened.uri}/{member_path(name)}", error)


def _member(
    name: str, stream: IO[bytes], size: int, opened: _Opened, budget: Budget
) -> Iterator[Item]:
    """A member's document, or the documents of an archive that it is."""
    path = member_path(name)
    uri = f"{opened.uri}/{path}"
    counted = Lookahead(stream, budget.take_bytes)
    kind = dump_kind(counted.look(LOOK), path)
    if kind in STREAMED:
        yield from _inner(_Opened(io.BufferedReader(counted), uri, path, opened.depth + 1), budget)
        return
    limit = budget.limits.document_bytes
    data = b"" if size > limit else io.BufferedReader(counted).read(limit + 1)
    if size > limit or len(data) > limit:
        yield Fault(
            uri,
            "member_too_large",
            f"{uri} has more than {limit / MEBIBYTE:.1f} MiB unpacked. Unpack it and put it in the "
            "inbox if it is an archive, or raise GONGKAI_MAX_DOCUMENT_BYTES.",
        )
    elif not data:
        yield Fault(uri, "member_empty", f"{uri} is empty (0 bytes). Fetch the document again.")
    elif kind is not None and not (kind is DumpKind.ZIP and is_office(io.BytesIO(data))):
        yield from _inner(_Opened(io.BytesIO(data), uri, path, opened.depth + 1), budget)
    else:
        yield Member(uri, path.rpartition("/")[2], data)


def _inner(opened: _Opened, budget: Budget) -> Iterator[Item]:
    if opened.depth > budget.limits.depth:
        yield Fault(
            opened.uri,
            "dump_too_deep",
            f"{opened.uri} is an archive in an archive, {opened.depth} deep; at most "
            f"{budget.limits.depth} are opened. Unpack it, or raise GONGKAI_MAX_DUMP_DEPTH.",
        )
        return
    yield from _guarded(opened, budget)

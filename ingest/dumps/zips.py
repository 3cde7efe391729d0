"""Zip archives: a document a member.

What lives here: telling an archive from a Word file, members in the order of the directory, names
in the encodings they come in. What does not: Word files (`ingest.formats.docx`).
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from ingest.dumps.budget import Budget
from ingest.dumps.values import DumpRefused, Fault, decode_name, member_path
from ingest.limits import MEBIBYTE

_END = b"PK\x05\x06"
_END_SIZE = 22
_MAX_COMMENT = 0xFFFF
_ZIP64_LOCATOR = b"PK\x06\x07"
# The directory is held in memory: an entry takes some ten times its 46 bytes and name there.
_MAX_DIRECTORY = 128 * MEBIBYTE
_ENCRYPTED = 0x1
_UTF8 = 0x800
# Word, spreadsheets and slides; OFD; OpenDocument and e-books say what they are in a first member.
_OFFICE = frozenset({"[Content_Types].xml", "OFD.xml", "mimetype"})
_UNPACKABLE = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OverflowError)


def is_office(file: IO[bytes]) -> bool:
    """Whether a zip is a document that is a zip inside (Word, OFD); a damaged one is none."""
    try:
        _require_small_directory(file, "")
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (*DAMAGE, DumpRefused, NotImplementedError, OSError):
        file.seek(0)
        head = file.read(4096)
        return b"[Content_Types].xml" in head or b"word/" in head
    finally:
        file.seek(0)
    return any(name in _OFFICE or name.startswith("word/document") for name in names)


def read_zip(
    file: IO[bytes], uri: str, budget: Budget
) -> Iterator[tuple[str, IO[bytes], int] | Fault]:
    """Each member's name as printed, its bytes as a stream, and its size; a fault for the others.

    A stream is good until the next member is asked for. Raises DumpRefused before anything is
    unpacked where the directory says that it is too much.
    """
    _require_small_directory(file, uri)
    with zipfile.ZipFile(file) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        budget.require_members(len(members))
        budget.require_bytes(sum(info.file_size for info in members))
        for info in members:
            name = _printed_name(info)
            place = f"{uri}/{member_path(name)}"
            fault = _fault(info, place)
            if fault is not None:
                yield fault
                continue
            try:
                stream = archive.open(info)
            except (*DAMAGE, NotImplementedError, RuntimeError, OSError) as error:
                yield damaged_member(place, error)
                continue
            with stream:
                yield name, stream, info.file_size


def damaged_member(place: str, error: Exception) -> Fault:
    """What is told of a member that cannot be unpacked."""
    return Fault(
        place,
        "member_damaged",
        f"{place} is damaged ({str(error) or type(error).__name__}). Pack the archive anew, or put "
        "the document itself in the inbox.",
    )


def _fault(info: zipfile.ZipInfo, place: str) -> Fault | None:
    if info.flag_bits & _ENCRYPTED:
        return Fault(
            place,
            "member_encrypted",
            f"{place} is locked with a password. Unpack the archive with it and put the documents "
            "in the inbox.",
        )
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return Fault(
            place,
            "member_not_a_file",
            f"{place} is a link or a device, no file; it is not followed. Put the document itself "
            "in the archive.",
        )
    if info.compress_type not in _UNPACKABLE:
        return Fault(
            place,
            "member_unsupported",
            f"{place} is packed by method {info.compress_type}, which is not unpacked here. Pack the "
            "archive anew as an ordinary zip.",
        )
    return None


def _printed_name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: zipfile takes names without a flag for code page 437."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return decode_name(info.orig_filename.partition("\0")[0].encode("cp437"))
    except UnicodeEncodeError:
        return info.filename  # it had its UTF-8 name in an extra field


def _require_small_directory(file: IO[bytes], uri: str) -> None:
    """Raise DumpRefused where the directory would not fit into memory, before it is read."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - _END_SIZE - _MAX_COMMENT - 76, 0))
    end = file.read()
    file.seek(0)
    at = end.rfind(_END)
    if at < 0 or len(end) - at < _END_SIZE:
        return  # zipfile says that it is damaged
    (directory,) = struct.unpack_from("<L", end, at + 12)
    if end.rfind(_ZIP64_LOCATOR, 0, at) >= 0:
        # A directory with its size in 64 bits begins before this; it is as long as lies before it.
        record = end.rfind(b"PK\x06\x06", 0, at)
        if record >= 0 and len(end) - record >= 48:
            (directory,) = struct.unpack_from("<Q", end, record + 40)
    if directory > _MAX_DIRECTORY:
        raise DumpRefused(
            "dump_too_many_members",
            f"{uri} has a directory of {directory / MEBIBYTE:,.0f} MiB, more than is held in memory. "
            "Split the archive, or pack it as .tar.gz.",
        )

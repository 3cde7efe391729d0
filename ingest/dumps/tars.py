"""Tar archives: a document a member, read from the front.

What lives here: members in order, as streams. What does not: unpacking gzip (`streams.py`).
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import IO, Any

from ingest.dumps.budget import Budget
from ingest.dumps.values import DumpDamaged, Fault, decode_name, member_path
from ingest.limits import MEBIBYTE

# A long name or an extended header is read whole before anything else is known of the member.
_MAX_HEADER = MEBIBYTE
_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


class _CheckedMember(tarfile.TarInfo):
    """A member whose header is bounded, and whose damage is told: tarfile takes it for the end."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Any:
        from tarfile import HeaderError, StreamError

        try:
            return super().fromtarfile(tarfile)
        except (HeaderError, StreamError) as error:
            if type(error).__name__ in ("EOFHeaderError", "EmptyHeaderError"):
                raise  # the end, as it should be
            raise DumpDamaged(str(error)) from error

    def _proc_member(self, tarfile: tarfile.TarFile) -> Any:
        if self.type in _HEADERS and not 0 <= self.size <= _MAX_HEADER:
            raise DumpDamaged(f"a header of {self.size:,} bytes")
        if self.size < 0:
            raise DumpDamaged("a member of negative size")
        return super()._proc_member(tarfile)  # type: ignore[misc]


def read_tar(
    stream: IO[bytes], uri: str, budget: Budget
) -> Iterator[tuple[str, IO[bytes], int] | Fault]:
    """Each member's name as printed, its bytes as a stream, and its size; a fault for the others.

    A stream is good until the next member is asked for. Raises DumpDamaged and TarError.
    """
    with tarfile.open(
        fileobj=stream, mode="r|", tarinfo=_CheckedMember, errors="surrogateescape", encoding="utf-8"
    ) as archive:
        while (info := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # tarfile remembers every one
            if info.isdir():
                continue
            name = decode_name(info.name.encode("utf-8", "surrogateescape"))
            place = f"{uri}/{member_path(name)}"
            content = archive.extractfile(info) if info.isreg() and not info.issparse() else None
            if content is None:
                yield Fault(
                    place,
                    "member_not_a_file",
                    f"{place} is a link, a device or a sparse file, no plain file; it is not "
                    "followed. Put the document itself in the archive.",
                )
            else:
                yield name, content, info.size

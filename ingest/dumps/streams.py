"""Bytes of a dump as they are unpacked: counted, looked ahead into, never held whole.

What lives here: gzip and zstd as streams. What does not: what the bytes are (`kinds.py`).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from typing import IO, Any, cast

CHUNK = 256 * 1024


class Lookahead(io.RawIOBase):
    """A stream whose first bytes can be looked at before they are read; `count` is told sizes."""

    def __init__(self, source: IO[bytes], count: Callable[[int], None] | None = None) -> None:
        # What there is, where that can be asked for: to wait for `size` loses it at damage.
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._count = count
        self._ahead = b""

    def look(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, without reading them."""
        while len(self._ahead) < size:
            piece = self._take(size - len(self._ahead))
            if not piece:
                break
            self._ahead += piece
        return self._ahead[:size]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = len(buffer)
        if self._ahead:
            piece, self._ahead = self._ahead[:wanted], self._ahead[wanted:]
        else:
            piece = self._take(min(wanted, CHUNK))
        buffer[: len(piece)] = piece
        return len(piece)

    def _take(self, size: int) -> bytes:
        piece = self._read(size)
        if self._count is not None:
            self._count(len(piece))
        return piece


def open_gzip(source: IO[bytes]) -> IO[bytes]:
    """The unpacked bytes of gzip; members one after the other are one stream."""
    return cast("IO[bytes]", gzip.GzipFile(fileobj=source, mode="rb"))


def open_zstd(source: IO[bytes]) -> IO[bytes]:
    """The unpacked bytes of zstd. By pyarrow, which is here for parquet; its window is bounded."""
    import pyarrow as pa

    return cast("IO[bytes]", pa.CompressedInputStream(pa.PythonFile(source, mode="r"), "zstd"))

"""DuckDB files made unusable: as a newer version would have written them, and damaged."""

from __future__ import annotations

import struct
from pathlib import Path

_CHECKED = slice(8, 4096)  # of the main header; the checksum of it stands before
_STORAGE_VERSION, _WRITER = 12, 52


def write_as_newer(path: Path, writer: bytes = b"v9.1.0") -> bytes:
    """Let a file say that DuckDB 9.1.0 wrote it, with a storage version of its own; its bytes."""
    content = bytearray(path.read_bytes())
    struct.pack_into("<Q", content, _STORAGE_VERSION, 5000)
    content[_WRITER : _WRITER + 32] = writer.ljust(32, b"\0")
    struct.pack_into("<Q", content, 0, _checksum(bytes(content[_CHECKED])))
    path.write_bytes(content)
    return bytes(content)


def _checksum(content: bytes) -> int:
    # As DuckDB computes it: each 64-bit word times a constant, all of them joined by xor.
    result = 5381
    for (word,) in struct.iter_unpack("<Q", content):
        result ^= (word * 0xBF58476D1CE4E5B9) & 0xFFFF_FFFF_FFFF_FFFF
    return result


def cut(path: Path) -> None:
    """Leave half of a file, as a copy that was broken off does."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def flip(path: Path) -> None:
    """Change a byte in every 64 KiB behind the headers, as a bad disk does."""
    content = bytearray(path.read_bytes())
    for place in range(3 * 4096 + 1000, len(content), 65_536):
        content[place] ^= 0x5A
    path.write_bytes(content)

"""The most memory that this process held, since it was last asked to forget."""

from __future__ import annotations

import re
from pathlib import Path

_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget_peak() -> int:
    """Begin anew; the bytes held now. Zero where the system does not tell (not Linux)."""
    if not _STATUS.exists():
        return 0
    _FORGET.write_text("5")
    return peak()


def peak() -> int:
    """The most bytes held since."""
    if not _STATUS.exists():
        return 0
    found = re.search(r"VmHWM:\s*(\d+) kB", _STATUS.read_text())
    assert found is not None
    return int(found[1]) * 1024

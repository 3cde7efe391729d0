"""The version of unpacking: what decides which documents a dump gives.

What lives here: that hash. A dump is read through again when it changes, as documents are when the
reader does (`ingest.version`).
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from functools import cache
from pathlib import Path

from ingest.limits import LandingLimits


@cache
def unpacker_version(limits: LandingLimits) -> str:
    """Twelve hex digits of this room's code and lists, and of the limits."""
    digest = hashlib.sha256(repr(astuple(limits)).encode())
    for path in sorted(Path(__file__).parent.iterdir()):
        if path.suffix in (".py", ".toml"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

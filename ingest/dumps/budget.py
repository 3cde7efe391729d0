"""The running count that holds a dump to its limits.

What lives here: the budget of one dump. What does not: the limits (`ingest.limits`).
"""

from __future__ import annotations

from ingest.dumps.values import DumpRefused
from ingest.limits import MEBIBYTE, LandingLimits

# A small file may be squeezed to nearly nothing and harms nobody unpacked.
RATIO_FROM = 16 * MEBIBYTE


class Budget:
    """What one dump, archives inside it included, has used of its limits."""

    def __init__(self, limits: LandingLimits, uri: str, packed_bytes: int) -> None:
        self.limits = limits
        self.uri = uri
        self._packed_bytes = packed_bytes
        self._members = 0
        self._expanded = 0

    @property
    def member_count(self) -> int:
        """Members, rows and records met so far."""
        return self._members

    def take_member(self) -> None:
        """Count a member, row or record. Raises DumpRefused beyond the limit."""
        self._members += 1
        self.require_members(self._members)

    def take_bytes(self, count: int) -> None:
        """Count bytes unpacked. Raises DumpRefused beyond the limits."""
        self._expanded += count
        self.require_bytes(self._expanded)

    def require_members(self, count: int) -> None:
        """Raise DumpRefused where a dump says, or turns out, to have too many members."""
        if count > self.limits.members:
            raise DumpRefused(
                "dump_too_many_members",
                f"{self.uri} has more than {self.limits.members:,} members. What came before is "
                "landed. Split it, or raise GONGKAI_MAX_DUMP_MEMBERS.",
            )

    def require_bytes(self, expanded: int) -> None:
        """Raise DumpRefused where a dump says, or turns out, to unpack to too much."""
        if expanded > self.limits.expanded_bytes:
            raise DumpRefused(
                "dump_too_large_unpacked",
                f"{self.uri} unpacks to more than {self.limits.expanded_bytes / MEBIBYTE:,.0f} MiB. "
                "Nothing more of it is unpacked. Split it, or raise GONGKAI_MAX_DUMP_EXPANDED_BYTES.",
            )
        if expanded > max(RATIO_FROM, self.limits.ratio * self._packed_bytes):
            raise DumpRefused(
                "dump_bomb",
                f"{self.uri} unpacks to more than {self.limits.ratio} times its size "
                f"({self._packed_bytes:,} bytes packed), as bombs do. Nothing more of it is unpacked. "
                "If it is honest, unpack it yourself, or raise GONGKAI_MAX_DUMP_RATIO.",
            )

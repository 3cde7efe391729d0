"""Names of members: which are passed over, and which come twice.

What lives here: what desktops leave in archives, and duplicates. What does not: the same for files
of a folder (`ingest.inbox`), whose rule is used here.
"""

from __future__ import annotations

from ingest.dumps.values import Fault, Member, member_path
from ingest.inbox import is_ignored

_FOLDERS = frozenset({"__MACOSX"})


class Names:
    """The names of an archive's members so far; a hash a name, for there may be millions."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def duplicate_of(self, member: Member) -> Fault | None:
        """A fault where another document had this name; the same bytes again are no fault."""
        content = hash(member.data)
        first = self._seen.setdefault(hash(member.source_uri), content)
        if first == content:
            return None
        uri = member.source_uri
        return Fault(
            uri,
            "member_duplicated",
            f"{uri} is there twice with different bytes; the first is landed. Give them different "
            "names and pack the archive again.",
        )


def is_passed_over(name: str) -> bool:
    """Whether a member stands beside documents without being one, as in a folder."""
    *folders, last = member_path(name).split("/")
    return is_ignored(last) or any(f in _FOLDERS or f.startswith(".") for f in folders)

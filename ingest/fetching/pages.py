"""The values of fetching: what is asked for, what was answered, what came of it.

What lives here: enums and frozen values that the other modules pass on. What does not: anything
that does something.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an address is asked for."""

    LIST = "list"
    FEED = "feed"
    SITEMAP = "sitemap"
    REPORT = "report"
    ATTACHMENT = "attachment"

    @property
    def is_document(self) -> bool:
        """Whether what is answered is to be landed."""
        return self in (Kind.REPORT, Kind.ATTACHMENT)


class Outcome(StrEnum):
    """What came of asking for an address."""

    NEW = "new"  # a document that was not had before
    CHANGED = "changed"  # other bytes than the last time
    UNCHANGED = "unchanged"  # the same bytes, or the site said so (304)
    VANISHED = "vanished"  # had before, now 404 or 410
    STILL_VANISHED = "still vanished"
    MISSING = "missing"  # 404 or 410, and never had
    MOVED = "moved"  # a redirect, which is followed where it may be
    LISTED = "listed"  # a list, feed or sitemap that was read for links
    OTHER_MEDIA = "no document"  # a picture, a program, …
    REFUSED = "refused"  # not asked for: robots.txt, an address that is not public
    FAILED = "failed"  # errors to the last try


@dataclass(frozen=True, slots=True)
class Target:
    """An address to ask for. `depth` counts list pages before it, `hops` redirects."""

    url: str
    kind: Kind
    depth: int = 0
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered: the body is unpacked, the headers are as they came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header, of several the last; None where there is none."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return values[-1] if values else None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What is known of an address from its last answers."""

    url: str
    kind: Kind
    sha256: str | None  # of the document as it was last had; None where it never was
    etag: str | None
    last_modified: str | None
    links: tuple[Target, ...]  # as they were found in the last answer with a body
    rules: str | None  # the version of the rules they were found by
    vanished_at: str | None

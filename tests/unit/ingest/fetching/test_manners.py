from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.fetching.fetch import FetchSettings, NoContact
from ingest.fetching.manners import seconds_asked

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 01 Jan 2026 12:01:30 GMT", 90.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
        ("Thu, 01 Jan 2026 12:01:30 -0000", 90.0),
        ("soon", None),
        ("-5", None),
        ("１２", None),
    ],
)
def test_wait_is_what_the_site_asks_when_it_says_so(
    header: str | None, seconds: float | None
) -> None:
    assert seconds_asked(header, NOW) == seconds


@pytest.mark.parametrize("contact", ["", "  ", "me", "me@x.org\r\nCookie: a", "我@x.org"])
def test_fetch_is_refused_when_nobody_can_be_reached(contact: str) -> None:
    with pytest.raises(NoContact, match="GONGKAI_FETCH_CONTACT"):
        FetchSettings(contact)


@pytest.mark.parametrize("contact", ["me@x.org", "https://x.org/about"])
def test_fetch_is_allowed_when_somebody_can_be_reached(contact: str) -> None:
    assert FetchSettings(contact).contact == contact

"""A round: what it makes of answers, and what a crash at each moment leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.fetching.fetch_round import FetchRound, end_unfinished, running_round
from ingest.fetching.ledger import FetchLedger
from ingest.fetching.pages import Answer, Kind, Target
from ingest.fetching.sources import Source
from ingest.home import Home
from ingest.landing import land, landed_documents

BEGUN = datetime(2026, 1, 1, 4, tzinfo=UTC)
URL = "https://x.example.gov.cn/"
HTML = ("Content-Type", "text/html")


class Killed(BaseException):
    pass


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def source_of(**given: object) -> Source:
    return Source.model_validate(
        {"name": "x", "agency": "某局", "lists": [URL], "link_text": "年度报告", **given}
    )


def running(home: Home, at: datetime = BEGUN, **given: object) -> Iterator[FetchRound]:
    return running_round(source_of(**given), home, {}, lambda: at)


def report(path: str) -> Target:
    return Target(URL + path, Kind.REPORT)


def page(text: str, *headers: tuple[str, str]) -> Answer:
    return Answer(200, (HTML, *headers), text.encode())


def landed(home: Home) -> list[str]:
    land([], home.path)
    return sorted(d.source_uri.removeprefix(URL) for d in landed_documents(home.path))


def kill(home: Home, *paths: str, at: datetime = BEGUN, **given: object) -> None:
    """A round that records these pages and is killed."""
    with pytest.raises(Killed), running(home, at, **given) as round_:
        for path in paths:
            round_.record(report(path), page(path), ())
        raise Killed


def test_round_goes_on_when_it_was_killed(home: Home) -> None:
    kill(home, "1", "2")
    assert landed(home) == []
    with running(home) as round_:
        assert [answer.url for answer in round_.answers()] == [URL + "1", URL + "2"]
        round_.record(report("3"), page("3"), ())
    assert landed(home) == ["1", "2", "3"]
    assert len(list((home.fetched_dir / "x").iterdir())) == 1


def test_half_a_record_is_dropped_when_a_crash_left_one(home: Home) -> None:
    kill(home, "1")
    part = home.fetching_dir / "x" / "documents.warc.gz.part"
    with part.open("ab") as file:
        file.write(b"\x1f\x8b\x08 half a record" * 1000)
    with running(home) as round_:
        round_.record(report("2"), page("2"), ())
    assert landed(home) == ["1", "2"]


def test_answer_is_asked_for_again_when_it_was_archived_but_not_recorded(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(FetchLedger, "record", killed)
        kill(home, "1")
    with running(home) as round_:
        assert round_.answers() == []
        round_.record(report("1"), page("1"), ())
    assert landed(home) == ["1"]


def test_nothing_is_lost_when_it_is_killed_while_the_archives_are_put_in_their_place(
    home: Home,
) -> None:
    kill(home, "1")
    part = home.fetching_dir / "x" / "documents.warc.gz.part"
    (home.fetched_dir / "x").mkdir(parents=True)
    part.rename(home.fetched_dir / "x" / "20260101T040000Z-00001.warc.gz")
    with running(home) as round_:
        assert round_.answers() == []  # that round is over
        assert round_.record(report("1"), page("1"), ()).outcome == "unchanged"
    assert landed(home) == ["1"]


def test_pages_are_had_anew_when_an_archive_was_deleted(home: Home) -> None:
    kill(home, "1")
    (home.fetching_dir / "x" / "documents.warc.gz.part").unlink()
    with running(home) as round_:
        assert round_.conditions(URL + "1") == {}
        assert round_.record(report("1"), page("1"), ()).outcome == "new"
    assert landed(home) == ["1"]


@pytest.mark.parametrize(
    ("later", "given"), [(timedelta(days=4), {}), (timedelta(), {"link_text": "年报"})]
)
def test_new_round_begins_when_the_broken_one_is_old_or_of_other_rules(
    home: Home, later: timedelta, given: dict[str, object]
) -> None:
    kill(home, "1")
    with running(home, BEGUN + later, **given) as round_:
        assert round_.answers() == []
    assert landed(home) == ["1"]


def test_what_was_got_is_landed_when_the_source_is_listed_no_more(home: Home) -> None:
    kill(home, "1")
    assert end_unfinished("x", home)
    assert not end_unfinished("x", home)
    assert landed(home) == ["1"]


def test_conditions_are_those_of_the_last_answer_when_the_rules_are_the_same(home: Home) -> None:
    tags = (("ETag", 'W/"1"'), ("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"))
    links = (Target(URL + "a.pdf", Kind.ATTACHMENT),)
    with running(home) as round_:
        round_.record(report("1"), page("1", *tags), links)
    with running(home) as round_:
        assert round_.conditions(URL + "1") == {
            "If-None-Match": 'W/"1"',
            "If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT",
        }
        same = round_.record(report("1"), Answer(304, (), b""), ())
        assert (same.outcome, same.links) == ("unchanged", links)
    with running(home, attachment_url=None) as round_:
        assert round_.conditions(URL + "1") == {}


def test_page_is_left_in_peace_when_it_was_asked_for_lately(home: Home) -> None:
    with running(home) as round_:
        round_.record(report("1"), page("1"), ())
    for days, due in ((9, []), (11, [report("1")])):
        with running(home, BEGUN + timedelta(days=days), recheck_days=10) as round_:
            assert round_.due() == due


def test_bounds_are_kept_over_a_crash_when_the_round_goes_on(home: Home) -> None:
    kill(home, "1", "2", max_pages=3)
    with running(home, max_pages=3) as round_:
        assert round_.admit(URL + "3") is None
        assert round_.admit(URL + "3") is None  # another try of the same
        assert round_.admit(URL + "4") == "max_pages"
    with running(home, max_bytes=2) as round_:
        round_.record(report("5"), page("55"), ())
        assert round_.admit(URL + "6") == "max_bytes"
    with running(home, max_seconds=0.000001) as round_:
        assert round_.admit(URL + "6") == "max_seconds"

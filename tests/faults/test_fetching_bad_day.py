"""One source, one fetch, every way in which a site can misbehave at once."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fetching_place import by_path, fetch_one, source_of
from misbehaving_site import HTML, Reply, Site, running_site
from warcio.archiveiterator import ArchiveIterator

from ingest.fetching.fetch import SourceResult
from ingest.fetching.ledger import Recorded
from ingest.home import Home
from ingest.landing import land, read_frozen

REPORT = "<html><body><h1>某某局2013年政府信息公开工作年度报告</h1><p>全年主动公开40条。</p>"
# Where a site may not send the crawler. Names and addresses, in every way to write them.
FORBIDDEN = {
    "loopback": "http://localhost:{port}/secret",
    "loopback_other": "http://127.0.0.2:{port}/secret",
    "loopback_as_number": "http://2130706433:{port}/secret",
    "loopback_ipv6": "http://[::1]:{port}/secret",
    "loopback_mapped": "http://[::ffff:127.0.0.1]:{port}/secret",
    "any_address": "http://0.0.0.0:{port}/secret",
    "private": "http://10.0.0.1/secret",
    "private_192": "http://192.168.1.1/secret",
    "metadata": "http://169.254.169.254/latest/meta-data/",
}


@dataclass(frozen=True)
class Day:
    """The site and what came of fetching it."""

    site: Site
    home: Path
    result: SourceResult
    answers: dict[str, Recorded]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    home = tmp_path_factory.mktemp("fetching") / "home"
    with running_site() as site:
        _misbehave(site)
        hosts = ["localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"]
        hosts += ["127.0.0.2", "2130706433", "::1", "::ffff:7f00:1", "::ffff:127.0.0.1"]
        source = source_of(
            site,
            lists=["/list.html"],
            link_text="年度报告",
            hosts=hosts,  # a careless source: the addresses are refused all the same
            timeout_seconds=0.6,
            retries=2,
        )
        result = fetch_one(source, home, max_document_bytes=50_000)
        yield Day(site, home, result, by_path(result, site))


def _misbehave(site: Site) -> None:
    ok = Reply(REPORT.encode())
    site["/robots.txt"] = (
        b"User-agent: gongkai\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n"
    )
    site["/flaky.html"] = [Reply(b"oh", 500), ok]
    busy = Reply(REPORT.encode() + b"busy")
    site["/busy.html"] = [
        Reply(b"later", 503, {"Content-Type": HTML, "Retry-After": "0"}),
        Reply(
            b"later", 429, {"Content-Type": HTML, "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
        ),
        busy,
    ]
    site["/come_back_tomorrow.html"] = Reply(b"x", 503, {"Retry-After": "86400"})
    site["/dead.html"] = Reply(b"oh", 502)
    site["/slow.html"] = Reply(REPORT.encode(), seconds=0.5)
    site["/giant.html"] = Reply(b"<p>" + b"a" * 60_000)
    site["/giant_unsaid.html"] = Reply(
        gzip.compress(b"a" * 60_000), headers={"Content-Type": HTML, "Content-Encoding": "gzip"}
    )
    site["/cut_off.html"] = Reply(b"<p>half", declared_length=1000)
    site["/empty.html"] = Reply(b"")
    site["/picture.html"] = Reply(b"\x89PNG", headers={"Content-Type": "image/png"})
    site["/gone.html"] = Reply(b"<p>gone</p>", 410)
    site["/forbidden.html"] = Reply(b"<p>no</p>", 403)
    site["/moved.html"] = Reply(b"", 301, {"Location": "/there.html"})
    site["/there.html"] = Reply(REPORT.encode() + b"there")
    site["/in_circles.html"] = Reply(b"", 302, {"Location": "/in_circles2.html"})
    site["/in_circles2.html"] = Reply(b"", 302, {"Location": "/in_circles.html"})
    site["/to_a_file.html"] = Reply(b"", 302, {"Location": "file:///etc/passwd"})
    site["/packed.html"] = Reply(
        gzip.compress(REPORT.encode() + b"packed"),
        headers={"Content-Type": HTML, "Content-Encoding": "gzip"},
    )
    # says UTF-8, is GB18030
    site["/charset.html"] = Reply((REPORT + "机构").encode("gb18030"))
    site["/private/1.html"] = ok
    site["/secret"] = Reply(b"<p>secret</p>")
    for name, address in FORBIDDEN.items():
        site[f"/to_{name}.html"] = Reply(b"", 302, {"Location": address.format(port=site.port)})
    paths = [path for path in site.answers if path.endswith(".html")]
    links = [f'<a href="{path}">2013年度报告</a>' for path in paths]
    links += [
        '<a href="javascript:alert(1)">年度报告</a>',
        '<a href="file:///etc/passwd">年度报告</a>',
        '<a href="http://[broken/">年度报告</a>',
        '<a href="http://elsewhere.example/1.html">年度报告</a>',
        '<a href="/other.html">通知</a>',
        f'<a href="http://localhost:{site.port}/secret">年度报告</a>',
    ]
    # says UTF-8, is GB18030: the words of links must be understood all the same
    site["/list.html"] = Reply(b"<ul>" + "<br>".join(links).encode("gb18030"))


def test_document_is_had_when_the_site_recovers(day: Day) -> None:
    assert day.answers["/flaky.html"].outcome == "new"
    assert day.site.paths().count("/flaky.html") == 2
    assert day.answers["/busy.html"].outcome == "new"
    assert day.site.paths().count("/busy.html") == 3


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/come_back_tomorrow.html", "failed", "status 503"),
        ("/dead.html", "failed", "status 502"),
        ("/slow.html", "failed", "longer than 0.6 seconds"),
        ("/giant.html", "failed", "larger than download max size"),
        ("/giant_unsaid.html", "failed", "during decompression"),
        ("/cut_off.html", "failed", "ResponseDataLossError"),
        ("/empty.html", "failed", "empty"),
        ("/picture.html", "no document", "image/png"),
        ("/gone.html", "missing", "status 410"),
        ("/forbidden.html", "failed", "status 403"),
        ("/moved.html", "moved", "/there.html"),
        ("/there.html", "new", ""),
        ("/in_circles.html", "moved", "/in_circles2.html"),
        ("/to_a_file.html", "moved", "file:///etc/passwd"),
        ("/private/1.html", "refused", "robots.txt"),
        ("/packed.html", "new", ""),
        ("/charset.html", "new", ""),
    ],
)
def test_outcome_is_told_when_a_page_misbehaves(
    day: Day, path: str, outcome: str, reason: str
) -> None:
    assert day.answers[path].outcome == outcome, day.answers[path]
    assert reason in (day.answers[path].reason or "")


def test_patience_ends_when_a_site_asks_for_too_much(day: Day) -> None:
    assert day.site.paths().count("/come_back_tomorrow.html") == 1
    assert day.site.paths().count("/dead.html") == 3


@pytest.mark.parametrize("name", FORBIDDEN)
def test_redirect_is_refused_when_it_leads_into_a_private_network(day: Day, name: str) -> None:
    assert "/secret" not in day.site.paths()
    assert day.answers[f"/to_{name}.html"].outcome == "moved"
    host = FORBIDDEN[name].format(port=day.site.port).partition("/secret")[0]
    refused = [a for a in day.result.answers if a.outcome == "refused" and host in a.url]
    if name == "loopback_mapped":  # written in hexadecimal by the time it is asked for
        refused = [a for a in day.result.answers if a.outcome == "refused" and "ffff" in a.url]
    assert [("public internet" in (a.reason or "")) for a in refused] == [True], host


def test_nothing_else_is_asked_for_when_links_lead_elsewhere(day: Day) -> None:
    known = {path for path in day.answers if path.startswith("/")}
    assert set(day.site.paths()) <= known
    assert "/other.html" not in known
    assert not any("elsewhere" in path or path.startswith("file") for path in day.answers)


def test_site_learns_who_asks_when_it_is_asked(day: Day) -> None:
    for asked in day.site.asked:
        assert asked.headers["user-agent"].startswith("gongkai/")
        assert "(+tests@example.org)" in asked.headers["user-agent"]
    assert day.site.asked[0].path == "/robots.txt"


def test_documents_are_landed_under_their_addresses_when_fetched(day: Day) -> None:
    landed = land([], day.home)
    assert landed.refusals == ()
    texts = {
        one.source_uri.removeprefix(day.site.base): read_frozen(day.home, one.sha256)
        for one in landed.new
    }
    assert texts == {
        "/flaky.html": REPORT.encode(),
        "/busy.html": REPORT.encode() + b"busy",
        "/there.html": REPORT.encode() + b"there",
        "/packed.html": REPORT.encode() + b"packed",
        "/charset.html": (REPORT + "机构").encode("gb18030"),
    }
    assert land([], day.home).is_nothing_new


def test_every_answer_is_kept_with_its_headers_when_it_is_no_document(day: Day) -> None:
    answers = Home.at(day.home).fetching_dir / "local" / "answers"
    (path,) = answers.iterdir()
    kept = set()
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "warcinfo":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI").removeprefix(day.site.base)
            kept.add((url, record.http_headers.get_statuscode()))
            assert record.http_headers.get_header("Server")
    assert {
        ("/robots.txt", "200"),
        ("/list.html", "200"),
        ("/flaky.html", "500"),
        ("/busy.html", "503"),
        ("/busy.html", "429"),
        ("/moved.html", "301"),
        ("/gone.html", "410"),
        ("/to_metadata.html", "302"),
    } <= kept
    assert ("/flaky.html", "200") not in kept


def test_source_counts_as_gone_through_when_only_pages_failed(day: Day) -> None:
    assert day.result.error is None
    assert day.result.left == {}
    assert day.result.is_gone_through

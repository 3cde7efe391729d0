"""Fetches that follow one another: what is new, changed, unchanged, vanished; bounds; being killed."""

from __future__ import annotations

import gzip
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

import duckdb
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fetching_place import CONTACT, by_path, fetch_one, outcomes, source_of
from misbehaving_site import HTML, Asked, Reply, Site, running_site

from ingest.fetching.vanished import vanished_pages
from ingest.home import Home
from ingest.inputs import landed_inputs, staged_inputs
from ingest.landing import has_news, land, landed_documents
from ingest.locking import hold_lock
from ingest.paths import PROJECT_ROOT
from ingest.staging import read_into_staging

PDF = Reply(b"%PDF-1.7 x", headers={"Content-Type": "application/x-download"})


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def report(number: int, more: str = "") -> bytes:
    return f"<p>某某局第{number}号政府信息公开工作年度报告{more}</p>".encode()


def listing(*numbers: int, after: str = "") -> str:
    links = "".join(f'<li><a href="/{n}.html">20{n:02}年度报告</a></li>' for n in numbers)
    return f"<ul>{links}</ul>{after}"


def with_tag(body: bytes) -> Reply:
    return Reply(body, headers={"Content-Type": HTML, "ETag": '"v1"'})


def test_landing_follows_the_site_when_it_is_fetched_again_and_again(
    site: Site, home: Path
) -> None:
    def unless_known(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == '"v1"'
        return Reply(status=304) if known else with_tag(report(1, '<a href="a.pdf">附件</a>'))

    source = source_of(site, lists=["/list"], link_text="年度报告")
    fetched = Home.at(home).fetched_dir / "local"
    site["/list"] = listing(1, 2)
    site["/1.html"] = unless_known
    site["/2.html"] = report(2)
    site["/a.pdf"] = PDF

    first = outcomes(fetch_one(source, home), site)
    assert first == {"/list": "listed", "/1.html": "new", "/2.html": "new", "/a.pdf": "new"}
    assert has_news([], home)
    assert len(land([], home).new) == 3

    files = sorted(fetched.iterdir())
    second = outcomes(fetch_one(source, home), site)
    assert second == {path: "unchanged" if path != "/list" else "listed" for path in first}
    assert sorted(fetched.iterdir()) == files
    assert not has_news([], home)
    assert land([], home).is_nothing_new

    site["/list"] = listing(2, 3)
    site["/2.html"] = report(2, "(更正)")
    site["/3.html"] = report(3)
    del site.answers["/1.html"]
    site["/a.pdf"] = Reply(b"", 410)
    third = outcomes(fetch_one(source, home), site)
    assert third == {
        "/list": "listed",
        "/2.html": "changed",
        "/3.html": "new",
        "/1.html": "vanished",
        "/a.pdf": "vanished",
    }
    assert len(land([], home).new) == 2
    both = [d.source_uri for d in landed_documents(home) if d.source_uri.endswith("/2.html")]
    assert len(both) == 2
    assert len(landed_documents(home)) == 5
    gone = [(page.source, page.url.removeprefix(site.base)) for page in vanished_pages(home)]
    assert gone == [("local", "/1.html"), ("local", "/a.pdf")]
    assert _issues(home) == {
        ("page_vanished", "info", "/1.html"),
        ("page_vanished", "info", "/a.pdf"),
    }

    site["/1.html"] = unless_known
    fourth = outcomes(fetch_one(source, home), site)
    assert fourth["/1.html"] == "unchanged"
    assert fourth["/a.pdf"] == "still vanished"
    assert len(vanished_pages(home)) == 1
    assert land([], home).is_nothing_new


def _issues(home: Path) -> set[tuple[str, str, str]]:
    """What staging holds of landing, after it was told; the note of its inputs must agree."""
    read_into_staging(home, [], (), read=lambda *_, **__: iter(()), reader_version="v")
    with duckdb.connect(str(Home.at(home).work_db)) as con:
        rows = con.execute("SELECT code, severity, source_uri FROM staging.issues").fetchall()
        con.execute(
            "INSERT INTO staging.documents (document_id, sha256, source_uri, reader_version) "
            "SELECT unnest(?), unnest(?), 'x', 'v'",
            [[d.sha256 for d in landed_documents(home)]] * 2,
        )
        assert staged_inputs(con) == landed_inputs(home, "v")
    return {(code, severity, "/" + uri.rpartition("/")[2]) for code, severity, uri in rows}


def test_lists_end_when_a_site_makes_pages_without_end(site: Site, home: Path) -> None:
    def page(asked: Asked) -> Reply:
        number = int(asked.path.removeprefix("/list"))
        return Reply(listing(after=f'<a href="/list{number + 1}">下一页</a>').encode())

    site["*"] = page
    site["/robots.txt"] = Reply(status=404)
    source = source_of(
        site, lists=["/list0"], link_text="年度报告", next_text="下一页", max_list_pages=4
    )
    result = fetch_one(source, home)

    assert site.paths() == ["/list0", "/list1", "/list2", "/list3"]
    assert result.left == {"max_list_pages": 1}


def test_rest_is_fetched_the_next_time_when_a_bound_is_met(site: Site, home: Path) -> None:
    site["/list"] = listing(*range(1, 6))
    for number in range(1, 6):
        site[f"/{number}.html"] = report(number)
    source = source_of(site, lists=["/list"], link_text="年度报告", max_pages=4)

    result = fetch_one(source, home)
    assert site.paths() == ["/list", "/1.html", "/2.html", "/3.html"]
    assert result.left == {"max_pages": 2}
    assert result.is_gone_through

    site.forget()
    fetch_one(source, home)
    assert {"/list", "/4.html", "/5.html"} < set(site.paths())
    assert len(site.paths()) == 4
    assert len(land([], home).new) == 5


def test_nothing_got_is_asked_for_again_when_the_crawl_is_killed(site: Site, home: Path) -> None:
    lock = Home.at(home).fetching_dir / "local" / "lock"

    def kill(asked: Asked) -> Reply:
        os.kill(int(lock.read_text()), signal.SIGKILL)
        return Reply(report(3))

    source = _six_reports(site, kill)
    broken_off = fetch_one(source, home)
    assert broken_off.error == "the crawl was killed by signal 9"
    assert list(by_path(broken_off, site)) == ["/list", "/1.html", "/2.html"]
    assert not Home.at(home).fetched_dir.exists()

    site["/3.html"] = report(3)
    site.forget()
    resumed = fetch_one(source, home)
    assert resumed.error is None
    assert site.paths() == ["/3.html", "/4.html", "/5.html", "/6.html"]
    assert set(outcomes(resumed, site).values()) == {"listed", "new"}
    assert len(land([], home).new) == 6


def test_fetch_goes_on_when_the_disk_was_full(site: Site, home: Path) -> None:
    big = Reply(b"<p>" + random.Random(1).randbytes(300_000), headers={"Content-Type": HTML})
    site["/list"] = listing(1, 2, 3)
    site["/1.html"], site["/2.html"], site["/3.html"] = report(1), big, report(3)
    source = source_of(site, lists=["/list"], link_text="年度报告")

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, hard))  # a child inherits it
    try:
        broken = fetch_one(source, home)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "File too large" in (broken.error or "")
    assert list(by_path(broken, site)) == ["/list", "/1.html"]

    site.forget()
    assert fetch_one(source, home).error is None
    assert site.paths() == ["/2.html", "/3.html"]
    assert len(land([], home).new) == 3


def test_crawl_ends_by_itself_when_whoever_started_it_is_killed(
    site: Site, home: Path, tmp_path: Path
) -> None:
    command: list[subprocess.Popen[str]] = []

    def kill(asked: Asked) -> Reply:
        command[0].kill()
        command[0].wait()
        return Reply(report(3))

    source = _six_reports(site, kill)
    sources = tmp_path / "sources.yml"
    sources.write_text(yaml.safe_dump([source.model_dump(mode="json")], allow_unicode=True))
    command.append(
        subprocess.Popen(
            [sys.executable, "-m", "ingest.cli", "fetch", "--home", str(home)],
            cwd=PROJECT_ROOT,
            env={
                **os.environ,
                "GONGKAI_SOURCES": str(sources),
                "GONGKAI_FETCH_CONTACT": CONTACT,
                "GONGKAI_FETCH_ALLOW_HOSTS": "127.0.0.1",
            },
            text=True,
        )
    )
    assert command[0].wait() == -signal.SIGKILL
    with hold_lock(Home.at(home).fetching_dir / "local" / "lock", wait=True):
        assert site.paths()[-1] == "/3.html"

    site.forget()
    fetch_one(source, home)
    assert site.paths() == ["/4.html", "/5.html", "/6.html"]
    assert len(land([], home).new) == 6


def _six_reports(site: Site, kill: object) -> object:
    site["/list"] = listing(*range(1, 7))
    for number in range(1, 7):
        site[f"/{number}.html"] = report(number)
    site["/3.html"] = kill
    return source_of(site, lists=["/list"], link_text="年度报告")


def test_nothing_is_asked_for_when_robots_txt_cannot_be_had(site: Site, home: Path) -> None:
    site["/robots.txt"] = Reply(status=503)
    site["/list"] = listing(1)
    result = fetch_one(source_of(site, lists=["/list"], link_text="年度报告"), home)

    assert site.paths() == []
    (answer,) = result.answers
    assert (answer.outcome, answer.reason) == (
        "failed",
        "robots.txt gave status 503, so nothing is asked for",
    )
    assert not result.is_gone_through


def test_local_addresses_are_refused_when_no_host_is_allowed(site: Site, home: Path) -> None:
    site["/1.html"] = report(1)
    result = fetch_one(source_of(site, pages=["/1.html"]), home, allow_hosts=())

    assert site.asked == []
    assert [answer.outcome for answer in result.answers] == ["refused"]
    assert "public internet" in (result.answers[0].reason or "")


def test_nothing_is_asked_for_when_a_certificate_is_signed_by_nobody(
    home: Path, tmp_path: Path
) -> None:
    with running_site(_self_signed(tmp_path / "certificate.pem")) as site:
        site["/1.html"] = report(1)
        result = fetch_one(source_of(site, pages=["/1.html"], retries=0), home)

        assert site.asked == []
        assert "certificate" in (result.answers[0].reason or "")


def _self_signed(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2099, 1, 1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(
        encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(encoding))
    return path


def test_reports_are_found_when_feeds_and_sitemaps_list_them(site: Site, home: Path) -> None:
    xml = {"Content-Type": "application/xml"}
    site["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.02\n"
    site["/rss"] = Reply(
        f"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss><channel>"
        f"<item><title>年度报告&e;</title><link>{site.base}/1.html</link></item>"
        f"<item><title>通知</title><link>{site.base}/n.html</link></item>"
        "</channel></rss>".encode(),
        headers=xml,
    )
    site["/atom"] = Reply(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>2012年度报告</title>"
        "<link rel='self' href='/self.html'/><link href='/2.html'/></entry></feed>".encode(),
        headers=xml,
    )
    namespace = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    site["/index.xml"] = Reply(
        f"<sitemapindex {namespace}><sitemap><loc>{site.base}/map.xml.gz</loc></sitemap>"
        "</sitemapindex>".encode(),
        headers=xml,
    )
    site["/map.xml.gz"] = Reply(
        gzip.compress(
            f"<urlset {namespace}><url><loc>{site.base}/3.html</loc></url>"
            f"<url><loc>{site.base}/about</loc></url></urlset>".encode()
        ),
        headers={"Content-Type": "application/gzip"},
    )
    site["/broken.xml"] = Reply(b"no xml at all", headers=xml)
    for number in (1, 2, 3):
        site[f"/{number}.html"] = report(number)
    source = source_of(
        site,
        feeds=["/rss", "/atom"],
        sitemaps=["/index.xml", "/broken.xml"],
        link_text="年度报告",
        link_url=r"/\d\.html$",
    )
    fetched = fetch_one(source, home)
    result = outcomes(fetched, site)

    assert not fetched.is_gone_through
    assert "no XML" in (by_path(fetched, site)["/broken.xml"].reason or "")
    assert {path for path, outcome in result.items() if outcome == "new"} == {
        "/1.html",
        "/2.html",
        "/3.html",
    }
    assert set(site.paths()) == set(result)

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.fetching.sources import (
    BrokenSources,
    Source,
    UnknownSource,
    choose_sources,
    read_sources,
)
from ingest.paths import SOURCES_FILE

WHOLE = {
    "name": "forestry",
    "agency": "某某市林业局",
    "lists": ["https://lyj.example.gov.cn/list.html"],
    "link_text": "年度报告",
}


def write(path: Path, *entries: object) -> Path:
    file = path / "sources.yml"
    file.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf8")
    return file


def test_nothing_is_listed_when_the_file_is_as_it_ships() -> None:
    assert read_sources(SOURCES_FILE) == ()


def test_example_is_a_source_when_it_is_uncommented(tmp_path: Path) -> None:
    text = SOURCES_FILE.read_text(encoding="utf8")
    example = [line[1:] for line in text.splitlines() if line.startswith(("# -", "#  "))]
    path = tmp_path / "sources.yml"
    path.write_text("\n".join(example), encoding="utf8")

    (source,) = read_sources(path)
    assert source.name == "example_forestry"
    assert source.follows("https://forestry.example.gov.cn/xxgk/2020/12.html")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "../x"}, "name:"),
        ({"lists": ["ftp://x.cn/"]}, "lists.0: 'ftp://x.cn/' is no http or https address"),
        ({"lists": ["https://me:pw@x.cn/"]}, "lists.0: an address with a user"),
        ({"lists": []}, "give an address under"),
        ({"link_text": None}, "say which links are reports"),
        ({"link_url": "["}, "link_url: '[' is no regular expression"),
        ({"link_css": "a["}, "link_css: 'a[' is no CSS selector"),
        ({"sitemaps": ["https://x.cn/s.xml"]}, "a sitemap has no texts"),
        ({"delay_seconds": -1}, "delay_seconds:"),
        ({"delay": 3}, "delay: Extra inputs are not permitted"),
        ({"agency": ""}, "agency:"),
    ],
)
def test_source_and_field_are_named_when_an_entry_is_broken(
    tmp_path: Path, change: dict[str, object], told: str
) -> None:
    entry = {**WHOLE, **change}
    path = write(tmp_path, {**WHOLE, "name": "whole"}, entry)
    with pytest.raises(BrokenSources) as broken:
        read_sources(path)
    message = str(broken.value)
    assert str(path) in message
    assert f"source 2 ({entry['name']})" in message
    assert told in message
    assert "docs/fetching.md" in message


@pytest.mark.parametrize("text", ["- [", "a: b", "- 1"])
def test_file_is_named_when_it_is_no_list(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.yml"
    path.write_text(text)
    with pytest.raises(BrokenSources, match=r"sources\.yml"):
        read_sources(path)


def test_file_is_named_when_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BrokenSources, match="GONGKAI_SOURCES"):
        read_sources(tmp_path / "none.yml")


def test_name_is_told_when_it_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(BrokenSources, match="two sources of the name forestry"):
        read_sources(write(tmp_path, WHOLE, WHOLE))


def test_known_names_are_told_when_a_source_is_unknown() -> None:
    source = Source.model_validate(WHOLE)
    assert choose_sources((source,), ()) == (source,)
    with pytest.raises(UnknownSource, match="Listed: forestry"):
        choose_sources((source,), ("fisheries",))


@pytest.mark.parametrize(
    ("url", "follows"),
    [
        ("https://lyj.example.gov.cn/1.html", True),
        ("http://www.lyj.example.gov.cn/1.html", True),
        ("https://files.example.gov.cn/1.pdf", True),
        ("https://evil-lyj.example.gov.cn/1.html", False),
        ("https://lyj.example.gov.cn.evil.com/", False),
        ("https://evil.com/?lyj.example.gov.cn", False),
        ("ftp://lyj.example.gov.cn/1.html", False),
        ("file:///etc/passwd", False),
        ("http://[broken/", False),
    ],
)
def test_only_hosts_of_the_source_are_followed_when_linked(url: str, follows: bool) -> None:
    source = Source.model_validate({**WHOLE, "hosts": ["files.example.gov.cn"]})
    assert source.follows(url) is follows


def test_pages_are_read_for_links_again_when_the_rules_changed_and_not_when_the_pace_did() -> None:
    source = Source.model_validate(WHOLE)
    slower = Source.model_validate({**WHOLE, "delay_seconds": 9, "max_pages": 3})
    other = Source.model_validate({**WHOLE, "link_text": "年报"})
    assert source.rules_version() == slower.rules_version()
    assert source.rules_version() != other.rules_version()

"""Which sources are fetched at once: never two of one host."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.fetching.fetch import _startable
from ingest.fetching.sources import Source


@dataclass
class Running:
    source: Source


def source_of(name: str, *hosts: str) -> Source:
    pages = [f"https://{host}/1.html" for host in hosts]
    return Source.model_validate({"name": name, "agency": "某局", "pages": pages})


A, A2 = source_of("a", "a.cn"), source_of("a2", "a.cn", "x.cn")
B, C = source_of("b", "b.cn"), source_of("c", "c.cn")


def names(waiting: list[Source], running: list[Source], parallel: int) -> list[str]:
    chosen = _startable(waiting, [Running(source) for source in running], parallel)  # type: ignore[arg-type]
    return [source.name for source in chosen]


def test_source_waits_when_its_host_is_being_asked() -> None:
    assert names([A, A2, B], [], 4) == ["a", "b"]
    assert names([A2, C], [A], 4) == ["c"]


def test_no_more_are_started_than_allowed_at_once() -> None:
    assert names([A, B, C], [], 2) == ["a", "b"]
    assert names([B, C], [A], 1) == []

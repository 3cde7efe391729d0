"""Corpora to measure on: distinct reports of known size, frozen on disk as a landing freezes them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path

from planting import plant

from ingest.landing import LandedDocument
from ingest.paths import REFERENCE_DIR

_NOBODY = "某某县某某局"  # whom the generator names
_MOMENT = datetime(2026, 1, 1)
_PROCEDURE = (
    "局党组高度重视政府信息公开工作，将其列入重要议事日程，明确分管领导和责任科室，形成主要领导亲自抓、"
    "分管领导具体抓、办公室牵头协调、各科室分工负责的工作格局。严格执行信息公开保密审查制度，"
    "坚持先审查后公开、一事一审，做到应公开尽公开。",
    "进一步完善公开目录和公开指南，及时更新栏目内容，方便群众查询和办事。加强对重点领域信息的梳理，"
    "依法、及时、准确地向社会公开与人民群众切身利益密切相关的各类事项，自觉接受社会监督。",
    "健全依申请公开受理机制，规范登记、审核、办理、答复、归档各个环节，畅通受理渠道，"
    "对群众提出的申请认真核查、及时回应，努力提高服务质量和水平。",
    "加强政策解读和舆情回应，围绕群众关心的热点问题，采用通俗易懂的方式解释政策背景和主要内容，"
    "增进社会公众对政府工作的理解和支持。",
)


@cache
def _bodies() -> tuple[str, ...]:
    """Bureaus of every county there is."""
    with (REFERENCE_DIR / "regions.csv").open(encoding="utf8", newline="") as handle:
        counties = [row["region_name"] for row in csv.DictReader(handle) if row["level"] == "county"]
    return tuple(county + bureau for bureau in ("教育局", "民政局", "水利局") for county in counties)


def planted(count: int, *, first: int = 0, length: int = 0) -> Iterator[bytes]:
    """Distinct narrative reports, UTF-8; procedural paragraphs fill them up to `length` characters."""
    bodies = _bodies()
    for seed in range(first, first + count):
        text = plant(seed).text.replace(_NOBODY, bodies[seed % len(bodies)])
        for number in range(length):
            if len(text) >= length:
                break
            text += _PROCEDURE[(seed + number) % len(_PROCEDURE)] + "\n"
        yield text.encode()


def frozen(documents: Iterator[bytes], folder: Path, *, suffix: str = ".txt") -> list[LandedDocument]:
    """The documents as files named by their sha256, as a landing holds them."""
    landed = []
    for number, data in enumerate(documents):
        sha256 = hashlib.sha256(data).hexdigest()
        place = folder / sha256[:2]
        place.mkdir(exist_ok=True)
        path = place / sha256
        path.write_bytes(data)
        name = f"report_{number:06d}{suffix}"
        landed.append(LandedDocument(sha256, name, name, len(data), _MOMENT, path))
    return landed


def labelled(folder: Path) -> list[bytes]:
    """The narrative reports of a folder of labelled ones."""
    return [path.read_bytes() for path in sorted(folder.glob("*.txt"))]


def repeated(documents: list[bytes], count: int) -> Iterator[bytes]:
    """The documents again and again, each copy with a last line of its own: no two are alike."""
    endless = (data + f"\n{n}\n".encode() for n in range(count) for data in documents)
    return islice(endless, count)

"""Damaged and hostile documents: nothing is raised, nothing hangs, every invariant holds.

A short run is part of the tests. The long one: GONGKAI_FUZZ=10000 pytest tests/faults/test_reading_faults.py
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from functools import cache

import pytest
from opencc import OpenCC

from ingest.document import NotRead, Report, read_document
from ingest.paths import PROJECT_ROOT, SAMPLES_DIR

Invariants = Callable[[Report | NotRead], list[str]]

_BATCHES = 6
_DOCUMENTS = int(os.environ.get("GONGKAI_FUZZ", "300")) // _BATCHES  # a batch
_TITLE = "某某县教育局2012年政府信息公开工作年度报告\n一、主动公开政府信息情况\n"
_MOJIBAKE = "锘縏锟斤拷Ã¥Â¼â€™é\ufffd"
_TO_TRADITIONAL = OpenCC("s2t")


@cache
def _originals() -> tuple[bytes, ...]:
    golden = PROJECT_ROOT / "tests" / "golden" / "narrative"
    paths = [*sorted(golden.glob("*.txt")), *sorted(p for p in SAMPLES_DIR.iterdir() if p.is_file())]
    return tuple(path.read_bytes() for path in paths)


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.sample(range(len(data)), 2))
    return data[start:end]


def _shuffle_lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def _duplicate(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join(line for line in lines for _ in range(rng.randint(1, 3)))


def _control(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf8", "replace")
    noise = "\x00\x07\x0b\x1b\x7f\u200b\u202e\ufeff\u2028"
    return "".join(c + rng.choice(noise) if rng.random() < 0.05 else c for c in text).encode()


def _mixed_scripts(data: bytes, rng: random.Random) -> bytes:
    lines = data.decode("utf8", "replace").split("\n")
    return "\n".join(_TO_TRADITIONAL.convert(x) if rng.random() < 0.5 else x for x in lines).encode()


def _mojibake(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf8", "replace")
    return "".join(rng.choice(_MOJIBAKE) if rng.random() < 0.03 else c for c in text).encode()


def _random_bytes(data: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(max(1, len(damaged) // 200)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def _wrong_encoding(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf8", "replace")
    return text.encode(rng.choice(["gb18030", "utf-16", "utf-16-be", "big5"]), "replace")


def _no_line_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\n", rng.choice([b"", b" ", b"\r", b"\x0c"]))


def _digits(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf8", "replace")
    forms = "٣৪０９①㊀Ⅳ½零〇万亿%,.余"
    return "".join(rng.choice(forms) if c.isdigit() and rng.random() < 0.3 else c for c in text).encode()


_DAMAGES = (
    _cut, _shuffle_lines, _duplicate, _control, _mixed_scripts, _mojibake, _random_bytes,
    _wrong_encoding, _no_line_ends, _digits,
)  # fmt: skip


def _damaged(seed: int) -> tuple[bytes, str]:
    rng = random.Random(seed)
    data = rng.choice(_originals())
    names = []
    for damage in rng.sample(_DAMAGES, k=rng.randint(1, 3)):
        if len(data) < 2:
            break
        data = damage(data, rng)
        names.append(damage.__name__)
    return data, "+".join(names)


@pytest.mark.timeout(300 + _DOCUMENTS)
@pytest.mark.parametrize("batch", range(_BATCHES))
def test_nothing_is_raised_when_reports_are_damaged(
    batch: int, broken_invariants: Invariants
) -> None:
    for seed in range(batch * _DOCUMENTS, (batch + 1) * _DOCUMENTS):
        data, damage = _damaged(seed)
        read = read_document(data, "report.txt", "report.txt")
        assert broken_invariants(read) == [], f"seed {seed}: {damage}"


_HOSTILE = {
    "two hundred thousand digits": "1" * 200_000,
    "open brackets": "(" * 100_000,
    "one word again and again": "公开" * 50_000,
    "a line of 300 kB": "政府信息公开工作情况和制度" * 8_000,
    "a column of digits": "1\n" * 60_000,
    "a date cut by line ends": "2012\n年1\n月" * 15_000,
    "dashes": "-" * 100_000,
    "a host that never ends": "a-" * 50_000 + ".gov.cn",
    "an address that never ends": "a." * 50_000 + "@",
    "commas after digits": "1," * 20_000,
    "percentages": "占1%," * 10_000,
    "open quotation marks": "“《〔" * 30_000,
    "advertisements": "bet365" * 15_000,
    "glosses": "信(xìn)" * 15_000,
    "denials": "无未没" * 30_000,
    "comparisons": "比上年由1" * 15_000,
    "Chinese numerals": "十百千万亿" * 20_000,
    "headings": "一、主动公开情况\n" * 8_000,
    "figures without an end": "公开信息1条" * 8_000,
    "cells": "类别|1|" * 8_000,
    "spaces": "公 " * 80_000,
}  # fmt: skip


# Each takes a second or two; a pattern that is quadratic takes minutes, and the time limit tells.
@pytest.mark.timeout(45)
@pytest.mark.parametrize("name", _HOSTILE)
def test_reading_ends_when_the_input_is_hostile(name: str, broken_invariants: Invariants) -> None:
    data = (_TITLE + _HOSTILE[name]).encode()
    assert broken_invariants(read_document(data, "report.txt", "report.txt")) == []


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"\n" * 10, "。".encode()])
def test_a_reason_is_told_when_there_is_nothing_to_read(
    data: bytes, broken_invariants: Invariants
) -> None:
    read = read_document(data, "empty.txt", "empty.txt")
    assert isinstance(read, NotRead)
    assert broken_invariants(read) == []

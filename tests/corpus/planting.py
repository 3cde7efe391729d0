"""A seeded generator of reports whose facts and offsets are known.

What lives here: planting numbers into formulas, filler, layouts and noise. What does not: the
formulas themselves (`formulas.toml`), reading and comparing (`test_planted_spans.py`).
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import cn2an
from opencc import OpenCC

_SLOT = re.compile(r"\{([^{}]*)\}")
_NUMERALS = "一二三四五六七八九十"
_TO_TRADITIONAL = OpenCC("s2t")
_WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789%"}
_NARROW = str.maketrans("，：；（）", ",:;()")
_NOT_AT_LINE_START = "，。、；：）》”,;:)%.〕"
_FILLER_SHARE = 0.5
_GROUP_SHARE = 0.6
_PLAN_SHARE = 0.1
_LONG = 700
NOBODY = "某某县某某局"  # whose report it is where nobody is named


@dataclass(frozen=True)
class Planted:
    """A fact; `start:end` is its number in the report's text, or the clause that states a zero."""

    indicator: str
    value: float
    dimension: str
    code: str
    qualifier: str
    share: float | None
    start: int
    end: int

    @property
    def key(self) -> tuple[str, str, str, float]:
        return self.indicator, self.dimension, self.code, self.value


@dataclass
class Piece:
    """A stretch of text; `fact` says what number it is."""

    text: str
    fact: dict[str, Any] | None = None


@dataclass
class Report:
    """A generated report."""

    seed: int
    year: int
    text: str
    facts: list[Planted]
    layout: str
    formulas: list[str] = field(default_factory=list)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "formulas.toml").read_text(encoding="utf8"))


def plant(
    seed: int,
    *,
    year: int | None = None,
    body: str = NOBODY,
    write: Callable[[random.Random, int, str], Writer] | None = None,
) -> Report:
    """The report of a seed: always the same. Of any year and nobody, unless these are given."""
    rng = random.Random(seed)
    drawn = rng.randint(2008, 2018)
    year = drawn if year is None else year
    writer = (write or Writer)(rng, year, body)
    paragraphs = writer.paragraphs()
    layout = rng.choice(["plain", "plain", "wide", "narrow", "traditional", "spaced", "wrapped"])
    if layout == "wrapped" and sum(map(len, (p.text for p in _pieces(paragraphs)))) < _LONG:
        layout = "plain"  # two or three lines do not show that a text is wrapped
    _NOISES[layout](paragraphs, rng)
    text, facts = _place(paragraphs)
    return Report(seed, year, text, facts, layout, writer.used)


class Writer:
    """Puts sentences together out of the formulas."""

    def __init__(self, rng: random.Random, year: int, body: str = NOBODY) -> None:
        self.rng, self.year, self.body = rng, year, body
        self.used: list[str] = []

    def paragraphs(self) -> list[list[Piece]]:
        title = f"{self.body}{self.year}年政府信息公开工作年度报告"
        paragraphs = [[Piece(title)], self._sentences([*self._fillers("any")])]
        sections = _data()["section"]
        chosen = [s for s in sections if self.rng.random() < 0.7] or sections[:1]
        numbered = self.rng.random() < 0.8
        for number, section in enumerate(chosen):
            heading = self.rng.choice(section["headings"])
            paragraphs.append([Piece(f"{_NUMERALS[number]}、{heading}" if numbered else heading)])
            paragraphs.extend(self._section(section))
        if self.rng.random() < 0.6:
            heading = self.rng.choice(_data()["filler"]["plan_headings"])
            last = _NUMERALS[len(chosen)]
            paragraphs.append([Piece(f"{last}、{heading}" if numbered else heading)])
            paragraphs.append(self._sentences([*self._fillers("plans")]))
        return paragraphs

    def _section(self, section: dict[str, Any]) -> Iterator[list[Piece]]:
        groups = {g["name"]: g for g in section["group"] if self.rng.random() < _GROUP_SHARE}
        for group in list(groups.values()):
            for other in group.get("with", "").split():
                groups.pop(other, None)
        sentences: list[str] = []
        for group in groups.values():
            formula = self.rng.choice(group["formulas"])
            self.used.append(formula)
            sentences.append(formula)
            if self.rng.random() < _FILLER_SHARE:
                sentences.append(self.rng.choice(_data()["filler"]["any"]))
        while sentences:
            size = self.rng.randint(1, 3)
            yield self._sentences(sentences[:size])
            del sentences[:size]
            if self.rng.random() < _PLAN_SHARE:
                yield self._sentences([self.rng.choice(_data()["filler"]["paragraphs"])])

    def _fillers(self, kind: str) -> list[str]:
        return self.rng.sample(_data()["filler"][kind], k=self.rng.randint(1, 3))

    def _sentences(self, formulas: list[str]) -> list[Piece]:
        pieces: list[Piece] = []
        for formula in formulas:
            words, _, zeros = formula.partition(" => ")
            written = self._fill(words)
            if zeros:
                text = "".join(p.text for p in written)
                written = [Piece(text, {"zeros": zeros.split()})]
            pieces += [*written, Piece("。")]
        return pieces

    def _fill(self, formula: str) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        for slot in _SLOT.finditer(formula):
            pieces.append(Piece(formula[at : slot.start()]))
            pieces += self._slot(slot[1])
            at = slot.end()
        pieces.append(Piece(formula[at:]))
        return [p for p in pieces if p.text]

    def _slot(self, slot: str) -> list[Piece]:
        name, *rest = slot.split()
        if name in ("year", "last", "next"):
            return [Piece(str(self.year + {"year": 0, "last": -1, "next": 1}[name]))]
        if name == "phone":
            return [Piece(str(self.rng.randint(2_000_000, 8_999_999)))]
        if name == "list":
            return self._list(_data()["pools"][rest[0]])
        if name == "decoy":
            low, high = (int(n) for n in rest[0].split("-"))
            return [Piece(str(self.rng.randint(low, high)))]
        fact: dict[str, Any] = {"indicator": name}
        for option in rest:
            if option.startswith("also="):
                fact["also"] = option.removeprefix("also=").split(":")
        low, high = _data()["ranges"][name]
        return [self._number(fact, low, high)]

    def _number(self, fact: dict[str, Any], low: int, high: int) -> Piece:
        # most counts are small: draw the magnitude first
        top = self.rng.choice([h for h in (10, 50, 400, 3000, high) if low < h <= high] or [high])
        value = self.rng.randint(low, top)
        text, value, qualifier = self._printed(value)
        return Piece(text, fact | {"value": float(value), "qualifier": qualifier})

    def _printed(self, value: int) -> tuple[str, int, str]:
        style = self.rng.random()
        if style < 0.12:
            return str(cn2an.an2cn(value)), value, "exact"
        if style < 0.2 and value >= 1000:
            return f"{value:,}", value, "exact"
        if style < 0.26 and value >= 20_000:
            value = value // 1000 * 1000
            return f"{value / 10_000:g}万", value, "exact"
        if style < 0.32 and value >= 100:
            value = value // 10 * 10
            return f"{value}余", value, "at_least"
        if style < 0.36 and value >= 100:
            return f"近{value}", value, "at_most"
        return str(value), value, "exact"

    def _list(self, pool: dict[str, Any]) -> list[Piece]:
        codes = list(pool["items"])
        count = self.rng.randint(2, min(5, len(codes)))
        pattern = self.rng.choice(pool["patterns"])
        unit = self.rng.choice(pool["units"])
        separator = self.rng.choice("；，" if "，" in pattern or "通过" in pattern else "、，；")
        if separator == "；" and "，" not in pattern:
            separator = "，"
        pieces: list[Piece] = []
        for number, code in enumerate(self.rng.sample(codes, k=count)):
            label = self.rng.choice(pool["items"][code])
            fact = {"indicator": pool["indicator"], "dimension": pool["dimension"], "code": code}
            if number:
                pieces.append(Piece(separator))
            for part in _SLOT.split(pattern.replace("{label}", label).replace("{unit}", unit)):
                if part == "n":
                    pieces.append(self._number(fact, 2, 200))
                elif part == "share":
                    share = self.rng.randint(10, 990) / 10
                    pieces[-2].fact["share"] = share  # type: ignore[index]
                    pieces.append(Piece(f"{share:g}"))
                elif part:
                    pieces.append(Piece(part))
        return pieces


def _widen(paragraphs: list[list[Piece]], rng: random.Random) -> None:
    """Digits in full width, as old editors put them."""
    for piece in _pieces(paragraphs):
        piece.text = piece.text.translate(_WIDE)


def _narrow(paragraphs: list[list[Piece]], rng: random.Random) -> None:
    """Punctuation in half width, as careless typists put it."""
    for piece in _pieces(paragraphs):
        piece.text = piece.text.translate(_NARROW)


def _traditional(paragraphs: list[list[Piece]], rng: random.Random) -> None:
    for piece in _pieces(paragraphs):
        piece.text = _TO_TRADITIONAL.convert(piece.text)


def _space(paragraphs: list[list[Piece]], rng: random.Random) -> None:
    """Spaces beside numbers, as conversions from Word put them."""
    for paragraph in paragraphs:
        for before, piece in pairwise(paragraph):
            number = piece.fact is not None and "zeros" not in piece.fact
            if number and rng.random() < 0.5:
                before.text += " "
        for piece, behind in pairwise(paragraph):
            number = piece.fact is not None and "zeros" not in piece.fact
            if number and rng.random() < 0.5:
                behind.text = " " + behind.text


def _wrap(paragraphs: list[list[Piece]], rng: random.Random) -> None:
    """Hard line ends at a measure, indented paragraphs."""
    measure = rng.randint(56, 80)
    for paragraph in paragraphs[1:]:
        if len(paragraph) < 2:
            continue  # headings are lines of their own
        paragraph[0].text = "　　" + paragraph[0].text
        column = 0
        for piece in paragraph:
            wrapped = ""
            for char in piece.text:
                column += 2 if char > "\u2e7f" else 1
                if column > measure and char not in _NOT_AT_LINE_START:
                    wrapped += "\n"
                    column = 2 if char > "\u2e7f" else 1
                wrapped += char
            piece.text = wrapped


_NOISES: dict[str, Callable[[list[list[Piece]], random.Random], None]] = {
    "plain": lambda paragraphs, rng: None,
    "wide": _widen,
    "narrow": _narrow,
    "traditional": _traditional,
    "spaced": _space,
    "wrapped": _wrap,
}


def _pieces(paragraphs: list[list[Piece]]) -> Iterator[Piece]:
    for paragraph in paragraphs:
        yield from paragraph


def _place(paragraphs: list[list[Piece]]) -> tuple[str, list[Planted]]:
    """The text of the paragraphs, and where the facts stand in it."""
    text = ""
    facts: list[Planted] = []
    for paragraph in paragraphs:
        for piece in paragraph:
            start = len(text) + (len(piece.text) - len(piece.text.lstrip("\n 　")))
            text += piece.text
            if piece.fact is not None:
                facts += _facts(piece.fact, start, len(text))
        text += "\n"
    return text, facts


def _facts(fact: dict[str, Any], start: int, end: int) -> Iterator[Planted]:
    if "zeros" in fact:
        for indicator in fact["zeros"]:
            yield Planted(indicator, 0.0, "", "", "exact", None, start, end)
        return
    dimension, code = fact.get("dimension", ""), fact.get("code", "")
    told = (fact["value"], fact["qualifier"], fact.get("share"), start, end)
    yield Planted(fact["indicator"], told[0], dimension, code, *told[1:])
    if "also" in fact:
        name, by, what = [*fact["also"], "", ""][:3]
        yield Planted(name, told[0], by, what, *told[1:])

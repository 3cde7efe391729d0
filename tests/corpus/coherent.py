"""A writer whose totals are the sums of their lists, and who fills reports up to a real one's length.

What lives here: making the numbers of a sentence agree, and procedural sentences without figures.
What does not: the sentences with figures and their noise (`planting.py`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tests.corpus.planting import Piece, Writer

_WHO = ("局党组", "局领导班子", "办公室", "各科室", "信息公开领导小组", "分管领导", "政策法规科", "信息中心")
_HOW = (
    "高度重视", "扎实推进", "不断完善", "切实加强", "积极开展", "认真落实", "统筹安排", "持续改进",
    "严格规范", "着力深化", "稳步实施", "全面梳理",
)  # fmt: skip
_WHAT = (
    "政府信息公开保密审查机制", "公开目录和公开指南的编制工作", "重点领域的信息公开", "依申请公开的受理流程",
    "政策文件的解读工作", "信息发布审核制度", "窗口单位的办事公开", "村务和校务公开", "热点问题的回应机制",
    "公开工作的监督考核", "档案的整理和归集", "工作人员的业务学习", "政民互动渠道建设", "便民服务事项的公示",
    "权力清单的清理工作", "信息更新的及时性检查",
)  # fmt: skip
_SO_THAT = (
    "方便群众查询和办事", "保障公众的知情权和监督权", "促进依法行政", "提高工作的透明度", "增进社会公众的理解和支持",
    "形成齐抓共管的工作格局", "确保公开内容真实准确", "使公开工作有章可循", "接受社会各界的监督", "提升服务质量和水平",
)  # fmt: skip
_LENGTHS = 400, 3000  # characters that procedure fills a report up to


class CoherentWriter(Writer):
    """Writes reports that real ones could be: see the module."""

    def __init__(self, rng: random.Random, year: int, body: str) -> None:
        super().__init__(rng, year, body)
        # most reports are short: the mean is at a third
        self._length = int(rng.triangular(*_LENGTHS, _LENGTHS[0]))

    def paragraphs(self) -> list[list[Piece]]:
        paragraphs = super().paragraphs()
        missing = self._length - sum(len(piece.text) for line in paragraphs for piece in line)
        filler = list(self._procedure(missing))
        paragraphs[2:2] = filler  # behind the introduction, before the first heading
        return paragraphs

    def _procedure(self, length: int) -> Iterator[list[Piece]]:
        while length > 0:
            # a piece each: what is one piece is a heading, which no layout wraps
            sentences = [Piece(self._sentence()) for _ in range(self.rng.randint(2, 4))]
            length -= sum(len(piece.text) for piece in sentences)
            yield sentences

    def _sentence(self) -> str:
        choose = self.rng.choice
        return f"{choose(_WHO)}{choose(_HOW)}{choose(_WHAT)}，{choose(_SO_THAT)}。"

    def _fill(self, formula: str) -> list[Piece]:
        pieces = super()._fill(formula)
        numbers = [n for n, piece in enumerate(pieces) if piece.fact is not None]
        lists = [
            (indicator, list(places))
            for (indicator, is_part), places in groupby(numbers, lambda n: _kind(pieces[n]))
            if is_part
        ]
        for indicator, places in lists:
            total = sum(_fact(pieces[place])["value"] for place in places)
            for place in numbers:
                if _kind(pieces[place]) == (indicator, False):
                    pieces[place] = Piece(f"{total:.0f}", _exactly(pieces[place], total))
            for place in places:
                _settle_share(pieces, place, total)
        return pieces


def _fact(piece: Piece) -> dict[str, Any]:
    assert piece.fact is not None
    return piece.fact


def _kind(piece: Piece) -> tuple[str, bool]:
    """The indicator of a number, and whether it is one of a list."""
    return _fact(piece)["indicator"], "dimension" in _fact(piece)


def _exactly(piece: Piece, value: float) -> dict[str, Any]:
    return {**_fact(piece), "value": value, "qualifier": "exact"}


def _settle_share(pieces: list[Piece], place: int, total: float) -> None:
    """A printed share is of the total; it stands two pieces behind its number."""
    fact = _fact(pieces[place])
    if "share" in fact:
        fact["share"] = round(fact["value"] / total * 100, 1)
        pieces[place + 2] = Piece(f"{fact['share']:g}")

"""Signatures: equal for one text in two formats, near for near ones, none for a formula."""

from __future__ import annotations

import random

import pytest

from ingest.duplicates import sign_text
from ingest.duplicates.signature import SIGNATURE_DIGITS
from ingest.text.folding import fold

_WORDS = [
    "全年", "主动公开", "政府信息", "条", "通过", "门户网站", "发布", "收到", "申请", "件", "均已", "答复",
    "加强", "组织领导", "完善", "制度", "建设", "及时", "更新", "栏目", "群众", "关心", "热点", "重点领域",
    "财政预算", "安排", "专人", "负责", "培训", "工作人员", "督促", "检查", "考核", "机制", "平台", "维护",
]  # fmt: skip


def _prose(seed: int, sentences: int = 60) -> list[str]:
    choose = random.Random(seed)
    return [
        "".join(choose.choices(_WORDS, k=8)) + f"{choose.randint(2, 900)}件,"
        + "".join(choose.choices(_WORDS, k=6))
        for _ in range(sentences)
    ]  # fmt: skip


def _signature(text: str) -> str:
    signature = sign_text(fold(text).text)
    assert signature is not None
    assert len(signature) == SIGNATURE_DIGITS
    return signature


def _similarity(one: str, other: str) -> float:
    values = [
        (one[at : at + 4], other[at : at + 4]) for at in range(0, SIGNATURE_DIGITS, 4)
    ]
    return sum(a == b for a, b in values) / len(values)


def test_signature_is_the_same_when_a_text_is_printed_in_another_layout() -> None:
    sentences = _prose(1)
    page = "首页 > 信息公开\n平阳县水利局2010年报告\n" + "。\n".join(sentences) + "。\n版权所有"
    copy = "。".join(sentences).replace(",", "，") + "。\n指标 | 数量\n主动公开 | 45"

    assert _signature(page) == _signature(copy)


def test_signature_does_not_change_when_computed_by_a_later_version_of_the_library() -> None:
    """Stored signatures are compared with new ones: this one was stored."""
    assert _signature("。".join(_prose(2)) + "。").startswith(_STORED)


_STORED = "bd148d7617a7705c31b4dc8ec1f08883"


def test_similarity_is_near_the_true_one_when_a_part_is_changed() -> None:
    sentences = _prose(3, 100)
    changed = [*sentences[:85], *_prose(4, 15)]

    # 85 of 115 sentences are in both: 0.74
    estimate = _similarity(
        _signature("。".join(sentences) + "。"), _signature("。".join(changed) + "。")
    )
    assert 0.6 < estimate < 0.88


def test_similarity_is_small_when_texts_only_share_words() -> None:
    one, other = ("。".join(_prose(seed)) + "。" for seed in (5, 6))

    assert _similarity(_signature(one), _signature(other)) < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "六、其他需要报告的事项\n无其他需要报告的事项。",
        "指标 | 数量\n" * 200,
        "主动公开政府信息情况\n" * 200,  # headings
    ],
)
def test_text_is_not_signed_when_it_has_hardly_a_sentence(text: str) -> None:
    assert sign_text(fold(text).text) is None

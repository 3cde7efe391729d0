"""The words of the pages: both languages, the same blanks, none missing that a page uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import explorer
from explorer.language import Words, choose_language, messages

PACKAGE = Path(explorer.__file__).parent
USED = re.compile(r"""\b(?:t|words|asked\.words)\(\s*f?["']([a-z]+\.[a-z0-9_]+)["']""")
BLANK = re.compile(r"\{(\w+)\}")


def test_both_languages_have_the_same_blanks() -> None:
    unequal = [
        key
        for key, texts in messages().items()
        if set(BLANK.findall(texts["en"])) != set(BLANK.findall(texts["zh"]))
    ]
    assert unequal == []


def test_every_message_that_a_page_uses_exists() -> None:
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    used = {key for path in sources for key in USED.findall(path.read_text(encoding="utf-8"))}
    assert used, "the pattern finds no message at all"
    # What ends in _ is completed with a code.
    assert {key for key in used if not key.endswith("_")} - set(messages()) == set()


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "expected"),
    [
        (None, None, None, "en"),
        (None, None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, None, "en-GB,zh;q=0.8", "en"),
        (None, "en", "zh-CN", "en"),
        ("zh", "en", "en", "zh"),
        ("fr", "zh", "en", "zh"),
    ],
)
def test_language_is_that_asked_for_else_remembered_else_the_browsers(
    asked: str | None, remembered: str | None, accepted: str | None, expected: str
) -> None:
    assert choose_language(asked, remembered, accepted) == expected


def test_numbers_are_written_as_people_write_them() -> None:
    words = Words("en")
    assert words.number(1234567.0) == "1,234,567"
    assert words.number(1.5) == "1.5"
    assert words.signed(-2.9555858) == "−2.96"
    assert words.signed(0.001) == "0"
    assert words.signed(12.0) == "+12"

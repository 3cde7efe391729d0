"""The page of measurements: a section measured anew takes the place of the old one, no other."""

from __future__ import annotations

from tests.bench.page import with_section

TITLES = ["Reading", "Pages", "Memory"]


def test_section_is_replaced_and_the_others_stay() -> None:
    page = with_section("", "Memory", "Measured A.\n\n| a | 1 |", TITLES)
    page = with_section(page, "Reading", "Measured B.\n\n| b | 2 |", TITLES)
    assert page.index("## Reading") < page.index("## Memory")
    again = with_section(page, "Reading", "Measured C.\n\n| b | 3 |", TITLES)
    assert "Measured B" not in again and "Measured C" in again
    assert again.split("## Memory")[1] == page.split("## Memory")[1]


def test_page_is_the_same_when_the_same_is_measured() -> None:
    page = with_section("", "Pages", "Measured A.\n\n| a | 1 |", TITLES)
    assert with_section(page, "Pages", "Measured A.\n\n| a | 1 |", TITLES) == page

"""What holds of every page: it opens in both languages, its CSV is its query, errors say what to do."""

from __future__ import annotations

import pytest
from explored import MARKUP, SCRIPT, Asker

from explorer.pages import PAGES
from explorer.pages.page import Page

OPEN_PAGES = [page for page in PAGES if "{" not in page.path]


@pytest.mark.parametrize("page", OPEN_PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_opens_in_each_language(asker: Asker, page: Page, language: str) -> None:
    answer = asker.get(page.path, cookie=f"gongkai_language={language}")

    assert answer.status == 200
    assert f'<html lang="{language}' in answer.text
    assert MARKUP not in answer.text
    assert SCRIPT not in answer.text

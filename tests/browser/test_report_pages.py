"""Reading a report in a real browser: from a fact to its place and back, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from explored import MARKUP, SCRIPT
from playwright.sync_api import Browser, Page, expect

from ingest.home import Home
from ingest.published import open_published

Open = Callable[..., Page]
FORESTRY = "a71daa456ea9bec36"
FILES = (
    "anqing_forestry_2009.txt",  # sentences
    "anqing_forestry_2017.html",  # the annex
    "yuhua_houjiatang_2019_text.txt",  # the form of 2019
    "anqing_forestry_2021.html",  # the form of 2021
    "ngac_surveying_2012_wiki.txt",  # traditional characters
    "crafted_2015.txt",  # markup and scripts
)


@pytest.fixture(scope="module")
def keys(explored: Home) -> dict[str, str]:
    with open_published(explored.path) as con:
        return dict(con.execute("select file_name, report_id from dim_report").fetchall())


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", FILES)
def test_report_is_whole_in_each_language_and_width(
    look: Open, keys: dict[str, str], name: str, language: str, width: int
) -> None:
    page = look(f"/report/{keys[name]}?left_alone=1", language, width)

    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".facts .fact").count() > 0


@pytest.mark.parametrize("width", [1440, 390])
def test_a_click_on_a_fact_lands_on_its_highlight(
    look: Open, keys: dict[str, str], width: int
) -> None:
    page = look(f"/report/{keys['anqing_forestry_2009.txt']}", width=width)
    place = page.locator("#report-text a[data-facts~='0021']").first  # 予以公开的3件, further down
    expect(place).not_to_be_in_viewport()

    page.locator(".fact[data-fact='0021'] > .where").click()

    expect(place).to_be_in_viewport()
    expect(place).to_have_class(re.compile(r"\bflash\b"))
    assert page.url.endswith("#at-0021")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_click_on_a_figure_opens_its_fact(look: Open, keys: dict[str, str], width: int) -> None:
    page = look(f"/report/{keys['anqing_forestry_2009.txt']}", width=width)

    page.locator("#report-text a[href='#fact-0005']").last.click()

    fact = page.locator(".fact[data-fact='0005']")
    expect(fact.locator("summary")).to_be_in_viewport()
    expect(fact.locator("dl")).to_contain_text("disclosure.total.of_stock")
    expect(fact.locator("dl")).to_contain_text("主动公开政府信息数")
    assert page.url.endswith("#fact-0005")


def test_figures_and_facts_are_reached_by_keyboard(look: Open, keys: dict[str, str]) -> None:
    page = look(f"/report/{keys['anqing_forestry_2009.txt']}")

    page.locator("#report-text a.figure").first.focus()
    page.keyboard.press("Enter")

    fact = page.locator(".fact[data-fact='0001']")
    expect(fact.locator("summary")).to_be_focused()
    expect(fact.locator("dl")).to_be_visible()
    page.keyboard.press("Tab")  # into the entry: its evidence leads back
    page.keyboard.press("Enter")
    expect(page.locator("#report-text a[data-facts~='0001']").first).to_be_focused()


def test_back_goes_to_where_one_was(look: Open, keys: dict[str, str]) -> None:
    page = look(f"/report/{keys['anqing_forestry_2009.txt']}")
    page.locator(".fact[data-fact='0001'] > .where").click()
    page.locator(".fact[data-fact='0021'] > .where").click()

    page.go_back()

    assert page.url.endswith("#at-0001")
    expect(page.locator("#report-text a[data-facts~='0001']").first).to_be_in_viewport()


def test_a_cell_of_the_rebuilt_table_leads_to_its_place(look: Open, keys: dict[str, str]) -> None:
    page = look(f"/report/{keys['anqing_forestry_2021.html']}")
    cell = page.locator("#tables .official a", has_text="342").first
    number = (cell.get_attribute("href") or "").removeprefix("#at-")

    cell.click()

    place = page.locator(f"#report-text a[data-facts~='{number}']")
    expect(place).to_be_in_viewport()
    expect(place).to_have_text("342")


def test_an_address_with_a_place_lands_there(look: Open, keys: dict[str, str]) -> None:
    page = look(f"/report/{keys['anqing_forestry_2009.txt']}#at-0021")

    expect(page.locator("#report-text a[data-facts~='0021']").first).to_be_in_viewport()


def test_numbers_left_alone_are_switched_on_with_their_reason(
    look: Open, keys: dict[str, str]
) -> None:
    page = look(f"/report/{keys['anqing_forestry_2009.txt']}")
    assert page.locator("#report-text .alone").count() == 0

    page.get_by_role("link", name="Show the numbers left alone too").click()
    page.locator("#report-text .alone", has_text="1900余件").click()

    entry = page.locator(".facts li.left", has_text="1900余件")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("counted, but no figure of the codebook")


def test_text_with_markup_and_scripts_is_text(look: Open, keys: dict[str, str]) -> None:
    page = look(f"/report/{keys['crafted_2015.txt']}?left_alone=1")

    expect(page.locator("#report-text")).to_contain_text(SCRIPT)
    expect(page.locator("#report-text")).to_contain_text(MARKUP)
    assert page.locator("main img, main b, #report-text script").count() == 0
    assert page.title() not in ("1", "run")


@pytest.fixture
def without_script(browser: Browser, site: str) -> Iterator[Open]:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )

    def open_page(address: str) -> Page:
        page = context.new_page()
        page.goto(site + address)
        return page

    yield open_page
    context.close()


def test_everything_works_without_scripts(without_script: Open, keys: dict[str, str]) -> None:
    page = without_script("/")
    page.get_by_role("searchbox").first.fill("anqingshi linyeju")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="安庆市林业局").click()
    assert page.url.endswith(FORESTRY)

    page.goto(f"{page.url.partition('/agency')[0]}/report/{keys['anqing_forestry_2009.txt']}")
    page.locator(".fact[data-fact='0021'] > .where").click()
    expect(page.locator("#report-text a[data-facts~='0021']").first).to_be_in_viewport()
    page.locator("#report-text a[href='#fact-0005']").last.click()
    expect(page.locator("#fact-0005")).to_be_visible()


def test_agency_is_suggested_while_its_pinyin_is_typed(look: Open) -> None:
    page = look("/")
    field = page.get_by_role("combobox", name="Find an agency")

    field.press_sequentially("aqsly")
    expect(page.get_by_role("option", name="安庆市林业局")).to_be_visible()
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Enter")

    page.wait_for_url(f"**/agency/{FORESTRY}")
    expect(page.locator("h1")).to_have_text("安庆市林业局")


def test_search_finds_an_agency_by_pinyin(look: Open) -> None:
    page = look("/")
    page.get_by_role("combobox", name="Find an agency").fill("anqingshi linyeju")
    page.get_by_role("button", name="Find", exact=True).click()

    page.get_by_role("link", name="安庆市林业局").click()

    expect(page.locator("h1")).to_have_text("安庆市林业局")


@pytest.mark.parametrize("width", [1440, 390])
def test_charts_of_an_agency_are_drawn(look: Open, width: int) -> None:
    page = look(f"/agency/{FORESTRY}", width=width)

    for picture in page.locator("figure img").all():
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 100
        assert picture.get_attribute("alt")

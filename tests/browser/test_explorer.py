"""The explorer in a real browser: nothing complains, nothing sticks out, everything clicks through."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from explored import SCRIPT
from playwright.sync_api import Page, expect

from ingest.home import Home

Open = Callable[..., Page]
FORESTRY, TRANSPORT = "a71daa456ea9bec36", "ac946e119374d33a1"
ADDRESSES = {
    "overview": "/",
    "provinces": "/?rank=findings",
    "compare": f"/compare?agency={FORESTRY}&agency={TRANSPORT}&agency=a9bee323ec04b5656",
    "compare_nobody": "/compare",
    "findings": "/findings",
    "coverage": "/coverage",
    "coverage_place": "/coverage?province=安徽省&prefecture=安庆市",
    "search": "/search?q=linye",
    "agency": f"/agency/{FORESTRY}",
}
# Of every text on the page: its colour against what lies behind it.
FAINT = """
() => {
  const channels = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = channels(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest("script, option")) continue;
    const style = getComputedStyle(e);
    const colour = e.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const [a, b] = [light(channels(colour)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push(`${e.tagName}.${e.getAttribute("class")} ${ratio.toFixed(2)}`);
  }
  return [...new Set(faint)];
}
"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_page_is_whole_in_each_language_and_width(
    look: Open, name: str, language: str, width: int
) -> None:
    page = look(ADDRESSES[name], language, width)

    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(FAINT) == []
    unlabelled = page.locator("input:visible, select:visible, textarea:visible").evaluate_all(
        "fields => fields.filter(f => !f.labels.length && !f.ariaLabel).map(f => f.outerHTML)"
    )
    assert unlabelled == []
    for svg in page.locator("figure svg:visible").all():
        assert svg.get_attribute("role") == "img"
        assert svg.get_attribute("aria-label")


def test_language_switch_keeps_the_address_and_is_remembered(look: Open) -> None:
    page = look("/coverage?level=prefecture")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("收录情况")
    assert "level=prefecture" in page.url

    page.get_by_role("link", name="疑点", exact=True).click()
    expect(page.locator("h1")).to_have_text("疑点")
    assert "lang" not in page.url

    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Findings")


@pytest.mark.parametrize("name", ["overview", "compare", "findings", "coverage", "agency"])
def test_every_download_is_what_the_sql_on_the_page_gives(
    look: Open, explored: Home, name: str
) -> None:
    page = look(ADDRESSES[name])
    boxes = page.locator(".tools").all()
    assert boxes
    with duckdb.connect(str(explored.published_db), read_only=True) as con:
        con.execute("SET search_path = 'marts,meta'")
        for box in boxes:
            with page.expect_download() as download:
                box.locator("a.csv").click()
            con.execute(box.locator("pre").text_content() or "")
            expected = io.StringIO()
            writer = csv.writer(expected, lineterminator="\n")
            writer.writerow([column[0] for column in con.description or ()])
            writer.writerows(con.fetchall())
            downloaded = Path(download.value.path()).read_text(encoding="utf-8-sig")
            assert downloaded == expected.getvalue(), download.value.url


def test_sql_is_copied(look: Open) -> None:
    page = look("/findings?year=2010")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box = page.locator(".tools").last
    box.get_by_role("button", name="Copy as SQL").click()
    expect(box.get_by_role("button")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == box.locator("pre").text_content()
    assert "findings.report_year = 2010" in copied


def test_filter_is_applied_when_chosen(look: Open) -> None:
    page = look("/findings")
    page.get_by_role("combobox", name="Year").select_option("2010")
    page.wait_for_url("**year=2010**")
    expect(page.locator("li.finding")).to_have_count(1)
    expect(page.locator("li.finding h3")).to_contain_text("甘肃省交通运输厅")


def test_chart_of_the_overview_is_ranked_by_choice(look: Open) -> None:
    page = look("/")
    page.get_by_label("Rank by").select_option("requests")
    page.wait_for_url("**rank=requests**")
    expect(page.locator("#chart-provinces figcaption")).to_contain_text("the most requests")


def test_text_with_markup_and_scripts_is_text(look: Open) -> None:
    page = look("/findings?province=安徽省")
    expect(page.locator("li.finding").first).to_contain_text("<b>工作动态</b>类")
    assert page.locator("li.finding b, main img[src=x]").count() == 0
    page.locator("li.finding q a").first.click()
    expect(page.locator("body")).to_contain_text(SCRIPT)
    assert page.title() not in ("1", "run")


def test_quote_of_a_finding_leads_to_its_place_in_the_report(look: Open) -> None:
    page = look("/findings?year=2010")
    page.locator("li.finding q a").first.click()
    place = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(place).to_have_count(1)
    expect(place.locator("xpath=..")).to_be_in_viewport()


def test_agency_is_added_to_the_comparison_by_pinyin(look: Open) -> None:
    page = look(f"/compare?agency={TRANSPORT}")
    page.get_by_label("Add an agency").fill("linye")
    page.get_by_role("button", name="Find").last.click()
    page.get_by_role("link", name="安庆市林业局").click()
    expect(page.locator(".chosen li")).to_have_count(2)
    page.get_by_role("link", name="put first").click()
    expect(page.locator(".chosen li").first).to_contain_text("安庆市林业局")


def test_verdict_is_given_and_said_to_wait_for_the_refresh(look: Open, verdicts_dir: Path) -> None:
    page = look("/findings?year=2010")
    page.get_by_text("Give a verdict").click()
    page.get_by_role("radio", name="dismissed").check()
    page.get_by_label("Comment").last.fill("核对过")
    page.get_by_label("Your name").fill("王五")
    page.get_by_role("button", name="Write it").click()
    expect(page.locator("li.finding")).to_contain_text("It takes effect at the next refresh.")
    assert "dismissed,核对过,王五" in (verdicts_dir / "verdicts.csv").read_text(encoding="utf-8")


def test_keyboard_reaches_the_content_first(look: Open) -> None:
    page = look("/coverage")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_paper_shows_what_is_read_and_no_controls(look: Open) -> None:
    page = look("/findings")
    page.emulate_media(media="print")
    assert page.locator("form:visible, .tools:visible, nav:visible").count() == 0
    expect(page.locator("li.finding").first).to_be_visible()

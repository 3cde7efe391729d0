"""Markdown as pages: links between places, anchors, numbers in columns, markup as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orchestration.static_site import texts
from orchestration.static_site.links import broken_links
from orchestration.static_site.texts import BrokenLink, anchor_of, render

PAGES = {
    "README.md": "readme.html",
    "docs/a.md": "docs/a.html",
    "docs/deep/README.md": "docs/deep/index.html",
}
FILES = frozenset({"LICENSE"})


def html(source: str, path: str = "docs/a.md") -> str:
    return render(source, path, PAGES, FILES).html


@pytest.mark.parametrize(
    ("path", "link", "placed"),
    [
        ("docs/a.md", "../README.md", "../readme.html"),
        ("docs/a.md", "deep/README.md#x", "deep/index.html#x"),
        ("docs/deep/README.md", "../a.md", "../a.html"),
        ("README.md", "docs/a.md", "docs/a.html"),
        ("docs/a.md", "#here", "#here"),
        ("docs/a.md", "../LICENSE", "../files/LICENSE"),
        ("docs/a.md", "https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_link_leads_to_the_place_in_the_site_when_rendered(
    path: str, link: str, placed: str
) -> None:
    assert f'<a href="{placed}">' in html(f"see [x]({link})", path)


@pytest.mark.parametrize("link", ["b.md", "../../etc/passwd", "/etc/passwd", "../pyproject.toml"])
def test_link_is_refused_when_nothing_is_there(link: str) -> None:
    with pytest.raises(BrokenLink, match=r"docs/a\.md links to"):
        html(f"[x]({link})")


def test_headings_have_anchors_when_rendered() -> None:
    text = render("# T\n\n## 依申请 (`x`), etc.\n\n## Twice\n\n## Twice", "docs/a.md", PAGES, FILES)
    assert text.title == "T"
    assert [one.anchor for one in text.headings] == ["依申请-x-etc", "twice", "twice-1"]
    assert '<h2 id="依申请-x-etc">' in text.html
    assert anchor_of("How a table is read") == "how-a-table-is-read"


def test_markup_shows_as_text_when_a_source_holds_it() -> None:
    assert "<script" not in html("a <script>alert(1)</script> [x](javascript:alert(1))")


def test_columns_of_numbers_are_aligned_when_all_cells_are_numbers() -> None:
    table = html("| a | b | c |\n| --- | --- | --- |\n| 1,384 | x 1 | null |\n| 9.5% | 2 | 3 |")
    assert table.count('<td class="num">') == 3
    assert '<td class="num null">null</td>' in table
    assert table.count('<th class="num">') == 2


def test_links_are_told_when_they_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text('<h1 id="x">b</h1>')
    (tmp_path / "a.html").write_text(
        '<a href="b.html#x">1</a><a href="b.html#y">2</a><a href="c.html">3</a><a href="/b.html">4</a>'
        '<a href="../b.html">5</a><img src="d.png"><a href="https://example.org">6</a>'
        '<a href="javascript:x()">7</a><a href="#top">8</a>'
    )
    assert [line.removeprefix("a.html: ") for line in broken_links(tmp_path)] == [
        "b.html#y: no such anchor",
        "c.html: no such file",
        "/b.html: not relative",
        "../b.html: leads out of the site",
        "d.png: no such file",
        "javascript:x(): no scheme of the web",
        "#top: no such anchor",
    ]


def test_text_can_be_read_when_colours_are_measured() -> None:
    style = (Path(texts.__file__).with_name("templates") / "style.css").read_text(encoding="utf8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", style))

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for text in ("ink", "quiet", "link"):
        for ground in ("back", "shade"):
            light, dark = sorted(map(luminance, (colours[text], colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)

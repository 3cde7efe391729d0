"""Tables hidden in scripts."""

from __future__ import annotations

import json

import pytest

from ingest.formats import read_page

TABLE = (
    '<table class="nb"><tr><td colspan="2">第二十条第（一）项规章和规范性文件的制发和废止</td></tr>'
    "<tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>0</td></tr>"
    "<tr><td>行政规范性文件</td><td>3</td></tr></table>"
)
ROWS = "信息内容 | 本年制发件数\n规章 | 0\n行政规范性文件 | 3"


def escaped(text: str) -> str:
    return text.replace('"', '\\"').replace("/", "\\/")


@pytest.mark.parametrize(
    "script",
    [
        f'var c = "{escaped(TABLE)}";',
        f"var c = '{TABLE}';",
        f"var c = `{TABLE}`;",
        "var data = " + json.dumps({"title": "年报", "content": TABLE}) + ";",
        "var data = " + json.dumps({"c": TABLE}).replace("<", "\\u003c") + ";",
        'var c = "' + escaped(TABLE).replace("<tr>", '" +\n "<tr>') + '";',
        "".join(f"document.write('{part}');\n" for part in TABLE.split("\n")),
        'var c = "' + TABLE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") + '";',
    ],
)
def test_table_is_recovered_when_a_script_holds_it(script: str) -> None:
    markup = f"<body><p>二、主动公开</p><script>{script}</script><p>六、其他</p></body>"
    page = read_page(markup.encode(), "a.html")
    assert ROWS in page.text
    assert page.text.startswith("二、主动公开") and page.text.endswith("六、其他")
    assert len(page.tables) == 1


def test_table_is_read_once_when_the_page_shows_it_too() -> None:
    page = read_page(f"<body>{TABLE}<script>var c = '{TABLE}';</script></body>".encode(), "a.html")
    assert len(page.tables) == 1


def test_calendar_is_left_out_when_a_script_writes_one() -> None:
    page = read_page(
        "<body><p>正文</p><script>var c='<table><tr><td>一</td><td>二</td></tr></table>';</script>"
        "</body>".encode(),
        "a.html",
    )
    assert page.text == "正文"


def test_reader_does_not_hang_when_a_script_has_broken_quotes() -> None:
    script = "<table" + "\"\\'`" * 20_000
    page = read_page(f"<body><p>正文</p><script>{script}</script></body>".encode(), "a.html")
    assert page.text == "正文"

"""What a document refers to is never fetched or opened, and what it would run never runs.

The server counts who asks it; the file beside the document holds words that must not turn up.
"""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import docx
import pytest

from ingest.document import read_document
from ingest.formats import UnreadableDocument, read_page

SECRET = "机密文件的内容"
SENTENCE = "全年主动公开政府信息40条。"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """Its address, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        do_HEAD = do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()
    thread.join()
    listening.server_close()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


def page_that_refers(to: str) -> str:
    return f"""<!DOCTYPE html [<!ENTITY x SYSTEM "{to}"><!ENTITY % p SYSTEM "{to}"> %p;]>
<html xmlns:xi="http://www.w3.org/2001/XInclude"><head><title>年报</title>
<base href="{to}"><meta http-equiv="refresh" content="0;url={to}">
<link rel="stylesheet" href="{to}"><style>@import url("{to}"); p {{ background: url({to}) }}</style>
<script src="{to}"></script>
<script>document.write("全年主动公开政府信息999条。"); fetch("{to}"); location = "{to}";</script>
</head><body onload="fetch('{to}')"><p>{SENTENCE}&x;</p><img src="{to}" onerror="fetch('{to}')">
<iframe src="{to}"></iframe><object data="{to}"></object><embed src="{to}">
<video src="{to}" poster="{to}"></video><svg><image xlink:href="{to}"/><use href="{to}"/></svg>
<xi:include href="{to}" parse="text"/><form action="{to}"><input type="image" src="{to}"></form>
<a href="{to}">附件</a><noscript><img src="{to}"></noscript></body></html>"""


def saved_page_that_refers(to: str) -> str:
    message = MIMEMultipart("related")
    part = MIMEText(page_that_refers(to), "html", "utf-8")
    part["Content-Location"] = to
    message.attach(part)
    external = MIMEText("", "plain")
    external.replace_header("Content-Type", f'message/external-body; access-type=URL; URL="{to}"')
    message.attach(external)
    return message.as_string()


def word_file_that_refers(to: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    for kind in ("image", "attachedTemplate", "hyperlink", "oleObject"):
        document.part.relate_to(
            to,
            f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
            is_external=True,
        )
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def assert_inert(data: bytes, name: str, asked: list[str]) -> None:
    page = read_page(data, name)
    read_document(data, name, name)
    assert SECRET not in page.text
    assert "999" not in page.text
    assert SENTENCE in page.text
    assert asked == []


@pytest.mark.parametrize("form", ["html", "mht", "docx"])
@pytest.mark.parametrize("where", ["server", "file"])
def test_references_are_not_followed(
    form: str, where: str, server: tuple[str, list[str]], secret: str
) -> None:
    address, asked = server
    to = f"{address}/{form}" if where == "server" else secret
    data = {
        "html": lambda: page_that_refers(to).encode(),
        "mht": lambda: saved_page_that_refers(to).encode(),
        "docx": lambda: word_file_that_refers(to),
    }[form]()

    assert_inert(data, f"a.{form}", asked)


def word_file_of(xml: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:xi="http://www.w3.org/2001/XInclude"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    "</w:body></w:document>"
)
_LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' if level else '<!ENTITY l0 "哈">'
    for level in range(10)
)


@pytest.mark.parametrize(
    "xml",
    [
        f"<!DOCTYPE d [{_LAUGHS}]>" + _BODY.format("&l9;"),
        '<!DOCTYPE d [<!ENTITY x SYSTEM "{to}">]>' + _BODY.format("&x;"),
        '<!DOCTYPE d SYSTEM "{to}">' + _BODY.format(SENTENCE),
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "{to}"> %p;]>' + _BODY.format(SENTENCE),
        _BODY.format('<xi:include href="{to}" parse="text"/>'),
        f'<?xml-stylesheet href="{{to}}" type="text/xsl"?>{_BODY.format(SENTENCE)}',
    ],
    ids=["bomb", "entity", "external DTD", "parameter entity", "XInclude", "stylesheet"],
)
@pytest.mark.parametrize("where", ["server", "file"])
def test_word_file_gives_neither_files_nor_bombs(
    xml: str, where: str, server: tuple[str, list[str]], secret: str
) -> None:
    address, asked = server
    data = word_file_of(xml.replace("{to}", address if where == "server" else secret))
    started = time.process_time()
    try:
        text = read_page(data, "a.docx").text
    except UnreadableDocument:
        text = ""

    assert SECRET not in text
    assert len(text) < 1000
    assert asked == []
    assert time.process_time() - started < 5, "a bomb was unpacked"

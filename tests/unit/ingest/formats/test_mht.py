"""Saved web pages."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from ingest.formats import UnreadableDocument, read_page

PAGE = (
    "<html><body><h1>某局2019年报告</h1><table><tr><td>规章</td><td>1</td></tr></table>"
    "</body></html>"
)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_page_is_read_when_it_is_one_part_of_a_saved_file(charset: str) -> None:
    message = MIMEMultipart("related")
    message.attach(MIMEImage(b"\x89PNG\r\n", "png"))
    part = MIMEText(PAGE, "html", charset)
    part["Content-Location"] = "http://www.abc.gov.cn/nb/1.html"
    message.attach(part)
    page = read_page(message.as_bytes(), "a.mht")
    assert page.text == "某局2019年报告\n规章 | 1"
    assert page.media_type == "multipart/related"
    assert page.hints["domain"] == "www.abc.gov.cn"
    assert len(page.tables) == 1


def test_saved_page_is_refused_when_it_holds_only_pictures() -> None:
    message = MIMEMultipart("related")
    message.attach(MIMEImage(b"\x89PNG\r\n", "png"))
    with pytest.raises(UnreadableDocument) as caught:
        read_page(message.as_bytes(), "a.mht")
    assert caught.value.code == "damaged_file"

"""Bytes to characters: what decides, and what is refused."""

from __future__ import annotations

import pytest

from ingest.formats import UnreadableDocument, read_page
from ingest.formats.encoding import declared_encoding, decode, plausibility

HANS = "根据《中华人民共和国政府信息公开条例》的规定，现公布本机关2019年度报告。共收到申请12件。"
HANT = "根據《中華人民共和國政府信息公開條例》的規定，現公佈本機關2019年度報告。共收到申請12件。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HANS, "utf-8"),
        (HANS, "gb18030"),
        (HANT, "gb18030"),
        (HANT, "big5"),
        (HANS, "utf-16-le"),
        (HANT, "utf-16-be"),
    ],
)
def test_text_is_decoded_when_no_encoding_is_declared(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_mark_decides_and_is_dropped_when_a_file_begins_with_one(encoding: str) -> None:
    assert decode(HANS.encode(encoding)).text == HANS


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "big5", "utf-16", "nonsense"])
def test_evidence_wins_when_a_utf8_page_declares_something_else(declared: str) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>{HANS}</p></body></html>"
    assert decode(page.encode()).text == page


def test_evidence_wins_when_a_gb18030_page_declares_utf8() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><p>{HANS}</p></body></html>'
    decoded = decode(page.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (page, "gb18030")


def test_rare_characters_survive_when_a_page_that_says_gb2312_holds_them() -> None:
    page = f'<?xml version="1.0" encoding="gb2312"?><html><p>审核人：焦䶮　填报人：宋㛃{HANS}</p>'
    assert decode(page.encode("gb18030")).text == page


def test_short_text_is_decoded_when_it_is_a_line_of_gb18030() -> None:
    assert decode("某镇政府信息公开年报".encode("gb18030")).text == "某镇政府信息公开年报"


def test_declaration_is_read_when_it_is_in_meta_or_xml() -> None:
    assert (
        declared_encoding(b'<meta http-equiv=x content="text/html; charset=GB2312">') == "gb18030"
    )
    assert declared_encoding(b'<?xml version="1.0" encoding="UTF-8"?>') == "utf-8"
    assert declared_encoding(b"<html>") is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t\n", "empty_file"),
        ("\ufeff　\n".encode(), "empty_file"),
        (bytes(range(256)) * 8, "binary_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary_file"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "binary_file"),
        (b"MZ\x90\x00\x03" + bytes(200), "binary_file"),
        (b"\x7fELF" + bytes(200), "binary_file"),
        (b"PK\x03\x04" + bytes(200), "archive_file"),
        (b"\x1f\x8b\x08" + bytes(200), "archive_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "legacy_word"),
        (b"{\\rtf1\\ansi hello}", "rich_text"),
        ("Grüße aus Österreich, für die Ämter".encode("latin-1") * 5, "unknown_encoding"),
        ("情報公開の年次報告を公表します。".encode("shift_jis"), "unknown_encoding"),
    ],
)  # fmt: skip
def test_document_is_refused_with_its_reason_when_it_is_no_text(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_page(data, "report.html")
    assert caught.value.code == code
    assert len(caught.value.message) > 40  # says the way out


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("form", ["{}", "<html><body><p>{}</p></body></html>"])
@pytest.mark.parametrize("stray", [b"\xff", b"\x80", b"\xe6", b"\xa3"])
def test_page_is_read_and_damage_marked_when_a_byte_is_stray(
    encoding: str, form: str, stray: bytes
) -> None:
    if encoding == "big5" and stray in (b"\xe6", b"\xa3"):
        pytest.skip("a lead byte of Big5 shifts pairs to other good ones: nothing tells it")
    text = (HANT if encoding == "big5" else HANS) * 20
    data = form.format(text).encode(encoding)
    before = form.format(text)[:130].encode(encoding)
    page = read_page(before + stray + data[len(before) :], "a.html")
    # Some bytes and the byte after them are a pair of their own; then one more is lost.
    assert 1 <= page.text.count("\ufffd") <= 2
    clean = page.text.split("\ufffd")
    assert text.startswith(clean[0][:100])
    assert text.endswith(clean[-1][2:])
    (issue,) = page.issues
    assert (issue.code, issue.severity) == ("damaged_characters", "warning")
    assert encoding.removesuffix("8") in issue.message or "big5" in issue.message


def test_page_is_read_when_a_byte_is_lost_from_a_pair() -> None:
    text = HANS * 20
    data = text.encode("gb18030")
    page = read_page(data[:100] + data[101:], "a.txt")
    assert page.text.count("\ufffd") >= 1
    assert text.endswith(page.text.split("\ufffd")[-1])
    assert len(page.text) >= len(text) - 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_page_is_read_when_utf16_is_cut_within_a_character(encoding: str) -> None:
    data = ("\ufeff" if encoding == "utf-16-be" else "").encode(encoding) + (HANS * 5).encode(encoding)
    page = read_page(data[:-1], "a.txt")
    assert page.text.replace("\ufffd", "") == (HANS * 5)[:-1]
    assert [issue.code for issue in page.issues] == ["damaged_characters"]


def test_damage_is_told_when_it_was_done_before_the_file_was_saved() -> None:
    page = read_page((HANS * 5 + "收到\ufffd件").encode(), "a.txt")
    assert [issue.code for issue in page.issues] == ["damaged_characters"]


def test_file_is_refused_when_more_than_a_few_characters_are_damaged() -> None:
    data = bytearray((HANS * 20).encode())
    for at in range(0, len(data), len(data) // 5):
        data[at] = 0xFF
    with pytest.raises(UnreadableDocument, match="damaged") as caught:
        decode(bytes(data))
    assert caught.value.code == "unknown_encoding"


@pytest.mark.parametrize("wrong", ["gb18030", "latin-1"])
def test_mojibake_is_refused_not_repaired_when_utf8_was_read_as_something_else(
    wrong: str,
) -> None:
    spoilt = (HANS * 3).encode().decode(wrong, "ignore").encode()
    with pytest.raises(UnreadableDocument) as caught:
        decode(spoilt)
    assert caught.value.code == "mojibake"


def test_stray_nul_is_dropped_when_the_rest_is_text() -> None:
    page = read_page((HANS * 5 + "\0" + HANS).encode(), "a.txt")
    assert page.text == HANS * 6


def test_plausibility_parts_chinese_from_wrong_decodings() -> None:
    assert plausibility(HANS) > 0.5
    assert plausibility(HANT) > 0.5
    assert plausibility(HANT.encode("big5").decode("gb18030", "ignore")) < 0.2
    assert plausibility("plain ASCII") == 0

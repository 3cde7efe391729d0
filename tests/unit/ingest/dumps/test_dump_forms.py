"""Every form of dump: its documents with their names and bytes, whatever the form."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import docx
import pytest
from dump_forms import (
    FORMS,
    gbk_zip_of,
    jsonl_of,
    parquet_of,
    tar_of,
    targz_of,
    warc_of,
    zip_of,
    zstd_of,
)  # fmt: skip

from ingest.dumps import Fault, LandingLimits, Member, may_be_dump, read_dump

PAGE = "<html><body><p>某县教育局2012年政府信息公开工作年度报告</p></body></html>".encode()
TEXT = "某县教育局2012年政府信息公开工作年度报告\n全年主动公开政府信息45条。"
PAGES = {
    "http://www.kunshan.gov.cn/2012/nb_1.html": PAGE,
    "http://www.kunshan.gov.cn/2012/nb_2.html": PAGE.replace(b"2012", b"2013"),
}


LIMITS = LandingLimits()


def unpack(
    data: bytes, name: str, limits: LandingLimits = LIMITS
) -> tuple[list[Member], list[Fault]]:
    items = list(read_dump(io.BytesIO(data), f"inbox/{name}", len(data), limits))
    members = [item for item in items if isinstance(item, Member)]
    return members, [item for item in items if isinstance(item, Fault)]


def is_dump(data: bytes, name: str) -> bool:
    return may_be_dump(io.BytesIO(data), name)


@pytest.mark.parametrize("form", FORMS)
def test_documents_come_whole_and_named_when_a_dump_is_sound(form: str) -> None:
    name, write = FORMS[form]
    data = write(PAGES)
    assert is_dump(data, name)
    members, faults = unpack(data, name)
    assert not faults
    assert [member.data for member in members] == list(PAGES.values())
    assert [member.file_name for member in members] == ["nb_1.html", "nb_2.html"]
    for member, url in zip(members, PAGES, strict=True):
        assert member.source_uri.endswith(url.partition("//")[2])
        assert member.source_uri in (url, f"inbox/{name}/{url.partition('//')[2]}")


def test_word_file_is_no_dump_though_it_is_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    docx.Document().save(str(path))
    data = path.read_bytes()
    assert not is_dump(data, "report.docx")
    assert is_dump(zip_of({"report.docx": data}), "reports.zip")
    members, faults = unpack(zip_of({"a/report.docx": data}), "reports.zip")
    assert [(m.source_uri, m.data) for m in members] == [("inbox/reports.zip/a/report.docx", data)]
    assert not faults


@pytest.mark.parametrize("data", [PAGE, TEXT.encode(), b"", b"%PDF-1.4", b"{not json"])
def test_document_is_no_dump(data: bytes) -> None:
    assert not is_dump(data, "a.txt")


def test_single_document_is_landed_when_it_is_merely_compressed() -> None:
    for data, name in ((gzip.compress(PAGE), "nb.html.gz"), (zstd_of(PAGE), "nb.html.zst")):
        members, faults = unpack(data, name)
        assert [(m.source_uri, m.file_name) for m in members] == [
            (f"inbox/{name}/nb.html", "nb.html")
        ]
        assert members[0].data == PAGE
        assert not faults


@pytest.mark.parametrize("column", ["text", "content", "Body", "full text", "正文", "html", "raw-html"])
def test_column_is_found_when_it_has_one_of_the_known_names(column: str) -> None:
    rows = [{column: TEXT, "id": 7}]
    for data, name in ((jsonl_of(rows), "a.jsonl"), (parquet_of(rows), "a.parquet")):
        members, faults = unpack(data, name)
        assert [m.data.decode() for m in members] == [TEXT]
        assert not faults


def test_page_is_taken_before_text_and_text_where_the_page_is_empty() -> None:
    rows = [{"text": TEXT, "html": PAGE.decode()}, {"text": TEXT, "html": None}]
    for data, name in ((jsonl_of(rows), "a.jsonl"), (parquet_of(rows), "a.parquet")):
        members, _ = unpack(data, name)
        assert [m.data for m in members] == [PAGE, TEXT.encode()]


def test_title_is_put_before_a_text_that_lacks_it() -> None:
    title = "某县教育局2012年政府信息公开工作年度报告"
    members, _ = unpack(
        jsonl_of([{"title": title, "text": "一、概述"}, {"title": title, "text": TEXT}]), "a.jsonl"
    )
    assert [m.data.decode() for m in members] == [f"{title}\n一、概述", TEXT]


def test_place_names_a_row_when_it_has_no_address() -> None:
    members, _ = unpack(jsonl_of([{"text": TEXT}]), "a.jsonl")
    assert members[0].source_uri == "inbox/a.jsonl/line 1"
    members, _ = unpack(parquet_of([{"text": TEXT}]), "a.parquet")
    assert members[0].source_uri == "inbox/a.parquet/row 1"


def test_bytes_are_kept_when_a_parquet_column_holds_pages_as_they_were_fetched() -> None:
    data = parquet_of([{"content": TEXT.encode("gb18030"), "url": "http://a.gov.cn/x/"}])
    members, _ = unpack(data, "a.parquet")
    assert members[0].data == TEXT.encode("gb18030")
    assert members[0].source_uri == "http://a.gov.cn/x/"


def test_names_are_read_when_a_chinese_windows_packed_them() -> None:
    members, faults = unpack(gbk_zip_of({"教育局年报/二〇一二年.txt": TEXT.encode()}), "a.zip")
    assert [m.source_uri for m in members] == ["inbox/a.zip/教育局年报/二〇一二年.txt"]
    assert not faults
    raw = tar_of({"甲乙丙.txt": TEXT.encode()}).replace("甲乙丙".encode(), "甲乙丙丁".encode("gbk") + b"x")
    header = bytearray(raw)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    members, _ = unpack(bytes(header), "a.tar")
    assert [m.source_uri for m in members] == ["inbox/a.tar/甲乙丙丁x.txt"]


def test_desktop_leavings_are_passed_over_when_they_lie_in_an_archive() -> None:
    names = ["__MACOSX/._a.txt", "b/.DS_Store", "README.txt", "Thumbs.db", ".git/c.txt", "a.txt"]
    for data, name in (
        (zip_of(dict.fromkeys(names, b"x")), "a.zip"),
        (targz_of(dict.fromkeys(names, b"x")), "a.tgz"),
    ):
        members, faults = unpack(data, name)
        assert [m.file_name for m in members] == ["a.txt"]
        assert not faults


def test_inner_archives_are_opened_to_the_limit_and_told_beyond() -> None:
    inner = zip_of({"c.txt": TEXT.encode()})
    for form in ("tar.gz", "jsonl.zst", "parquet", "warc.gz"):
        name, write = FORMS[form]
        members, faults = unpack(zip_of({f"in/{name}": write(PAGES)}), "a.zip")
        assert [m.data for m in members] == list(PAGES.values()), form
        assert not faults
    outer = zip_of({"b.zip": inner, "d.zip": zip_of({"e.zip": inner}), "f.txt": b"last"})
    members, faults = unpack(outer, "a.zip")
    assert [m.source_uri for m in members] == ["inbox/a.zip/b.zip/c.txt", "inbox/a.zip/f.txt"]
    assert [(f.source_uri, f.code) for f in faults] == [
        ("inbox/a.zip/d.zip/e.zip", "dump_too_deep")
    ]
    assert "GONGKAI_MAX_DUMP_DEPTH" in faults[0].message
    members, faults = unpack(outer, "a.zip", LandingLimits(depth=3))
    assert (len(members), faults) == (3, [])


def test_only_documents_that_were_answered_are_taken_of_a_crawl() -> None:
    for data in (
        warc_of(PAGES, status="404 Not Found"),
        warc_of(PAGES, media="image/png"),
    ):
        assert unpack(data, "a.warc.gz") == ([], [])
    cut = {"WARC-Truncated": "length"}
    members, faults = unpack(warc_of(PAGES, warc_headers=cut), "a.warc.gz")
    assert not members
    assert {f.code for f in faults} == {"member_cut_off"}
    assert "nb_1.html" in faults[0].message


def test_answer_is_unpacked_when_the_server_packed_it() -> None:
    packed = {url: gzip.compress(page) for url, page in PAGES.items()}
    members, faults = unpack(warc_of(packed, packing="gzip"), "a.warc.gz")
    assert ([m.data for m in members], faults) == (list(PAGES.values()), [])
    members, faults = unpack(warc_of(packed, packing="br"), "a.warc.gz")
    assert not members
    assert {f.code for f in faults} == {"member_unsupported"}
    members, faults = unpack(warc_of(PAGES, packing="br"), "a.warc.gz")
    assert ([m.data for m in members], faults) == (list(PAGES.values()), [])

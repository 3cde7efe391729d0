"""Broken and hostile dumps: told with the place and the way out, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path
from unittest.mock import Mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dump_forms import (
    FORMS,
    jsonl_of,
    parquet_of,
    tar_of,
    targz_of,
    warc_of,
    zip_of,
    zstd_of,
)  # fmt: skip
from memory import forget_peak, peak

from ingest.dumps import Fault, LandingLimits, Member, read_dump
from ingest.home import Home
from ingest.inbox import Unlandable
from ingest.landing import has_news, land, landed_documents
from ingest.limits import MEBIBYTE
from ingest.unpacking import MOST_TOLD

GOOD = "某县教育局2012年政府信息公开工作年度报告".encode()
SMALL = LandingLimits(document_bytes=MEBIBYTE, expanded_bytes=64 * MEBIBYTE, ratio=50, members=1000)


def unpack(
    data: bytes, name: str, limits: LandingLimits = SMALL
) -> tuple[list[str], dict[str, Fault]]:
    """The names of the documents, and the faults by name; every fault names its place."""
    items = list(read_dump(io.BytesIO(data), name, len(data), limits))
    faults = {item.source_uri: item for item in items if isinstance(item, Fault)}
    for uri, fault in faults.items():
        assert uri in fault.message
        assert len(fault.message.split(". ")) > 1, "no way out is told"
    return [item.source_uri for item in items if isinstance(item, Member)], faults


def codes(faults: dict[str, Fault]) -> dict[str, str]:
    return {uri: fault.code for uri, fault in faults.items()}


def test_locked_member_is_told_and_the_rest_goes_on() -> None:
    data = bytearray(zip_of({"a.txt": GOOD, "b.txt": GOOD + b"b"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    found, faults = unpack(bytes(data), "a.zip")
    assert found == ["a.zip/b.txt"]
    assert codes(faults) == {"a.zip/a.txt": "member_encrypted"}
    assert "password" in faults["a.zip/a.txt"].message


def test_method_that_is_not_unpacked_is_told() -> None:
    data = bytearray(zip_of({"a.txt": GOOD, "b.txt": GOOD + b"b"}))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 97)
    found, faults = unpack(bytes(data), "a.zip")
    assert (found, codes(faults)) == (["a.zip/b.txt"], {"a.zip/a.txt": "member_unsupported"})


def test_damaged_member_is_told_and_the_rest_goes_on() -> None:
    data = bytearray(zip_of({"a.txt": GOOD * 50, "b.txt": GOOD}))
    data[45] ^= 0xFF
    found, faults = unpack(bytes(data), "a.zip")
    assert (found, codes(faults)) == (["a.zip/b.txt"], {"a.zip/a.txt": "member_damaged"})


@pytest.mark.parametrize("form", FORMS)
def test_cut_off_dump_gives_what_came_before_and_a_fault(form: str) -> None:
    name, write = FORMS[form]
    pages = {f"http://a.gov.cn/{n}.html": b"%d" % n + GOOD * 20 for n in range(200)}
    data = write(pages)
    found, faults = unpack(data[: len(data) * 2 // 3], name)
    assert faults
    assert len(found) < len(pages)
    if form not in ("zip", "parquet", "jsonl.gz", "jsonl.zst"):  # directory last; a single block
        assert found
    assert set(codes(faults).values()) <= {"dump_damaged", "row_unusable"}


def test_broken_header_in_the_middle_of_a_tar_is_no_end() -> None:
    data = bytearray(tar_of({"a.txt": GOOD, "b.txt": GOOD + b"b", "c.txt": GOOD}))
    data[1024 + 150] ^= 0xFF
    found, faults = unpack(bytes(data), "a.tar")
    assert (found, codes(faults)) == (["a.tar/a.txt"], {"a.tar": "dump_damaged"})


def test_broken_lines_are_told_one_by_one() -> None:
    lines = [
        json.dumps({"text": "甲" + GOOD.decode()}).encode(), b'{"text": "', b"[1, 2]", b"null",
        b"{}", b'{"title": "t", "n": 1}', b'{"text": 5}', b"\xff\xfe\x80", b"", b"[" * 100_000,
        b'{"a":' * 50_000, b'{"n": ' + b"9" * 5_000 + b"}",
        '{"content": "乙某县教育局"}'.encode("gb18030"), b'{"text": "\\ud800 lone surrogate"}',
    ]  # fmt: skip
    found, faults = unpack(b"\n".join(lines), "a.jsonl")
    assert found == ["a.jsonl/line 1", "a.jsonl/line 13", "a.jsonl/line 14"]
    assert set(codes(faults).values()) == {"row_unusable"}
    assert list(faults) == [f"a.jsonl/line {n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 11, 12)]


def test_overlong_line_is_passed_by_and_told() -> None:
    long = json.dumps({"text": "x" * 8 * MEBIBYTE}).encode()
    data = b"\n".join([long, json.dumps({"text": "短"}).encode(), long])
    found, faults = unpack(data, "a.jsonl")
    assert found == ["a.jsonl/line 2"]
    assert codes(faults) == {
        "a.jsonl/line 1": "member_too_large", "a.jsonl/line 3": "member_too_large",
    }  # fmt: skip


def test_parquet_without_a_usable_column_is_told_with_its_columns() -> None:
    found, faults = unpack(parquet_of([{"id": 1, "blob": "x"}]), "a.parquet")
    assert (found, codes(faults)) == ([], {"a.parquet": "dump_without_documents"})
    assert "id, blob" in faults["a.parquet"].message
    found, faults = unpack(parquet_of([{"text": 1}, {"text": None}]), "a.parquet")
    assert not found
    assert set(codes(faults).values()) == {"row_unusable"}


def test_text_that_is_not_utf8_in_parquet_costs_its_row_only() -> None:
    column = pa.Array.from_buffers(
        pa.string(), 2,
        [None, pa.py_buffer(struct.pack("<3i", 0, 2, 5)), pa.py_buffer(b"\xff\xfeabc")],
    )  # fmt: skip
    out = io.BytesIO()
    pq.write_table(pa.table({"text": column}), out)
    found, faults = unpack(out.getvalue(), "a.parquet")
    assert (found, codes(faults)) == (["a.parquet/row 2"], {"a.parquet/row 1": "row_unusable"})


def test_duplicates_are_told_unless_they_are_the_same() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zip_of([("a.txt", GOOD), ("a.txt", b"another"), ("a.txt", GOOD)])
    found, faults = unpack(data, "a.zip")
    assert found == ["a.zip/a.txt", "a.zip/a.txt"]
    assert codes(faults) == {"a.zip/a.txt": "member_duplicated"}


@pytest.mark.parametrize("form", ["zip", "tar.gz"])
def test_names_are_inert_when_they_lead_out_of_the_archive(form: str, tmp_path: Path) -> None:
    names = ["../../out.txt", "/etc/out.txt", "..\\..\\out2.txt", "C:\\out3.txt", "a\nb.txt", ".."]
    documents = {name: GOOD + name.encode() for name in names}
    inbox = tmp_path / "in" / "box"
    inbox.mkdir(parents=True)
    (inbox / f"a.{form}").write_bytes(zip_of(documents) if form == "zip" else targz_of(documents))
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    result = land([inbox], tmp_path / "home")
    assert len(result.new) == len(names)
    home = tmp_path / "home" / "landing"
    written = {p for p in tmp_path.rglob("*") if p.is_file()} - before
    assert all(p.is_relative_to(home) for p in written)
    assert {p.name for p in written if p.parent.parent.name == "objects"} == {
        d.sha256 for d in result.new
    }
    assert all(".." not in d.source_uri and "\n" not in d.source_uri for d in result.new)


def test_links_and_devices_are_not_followed() -> None:
    extra = []
    for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("f", tarfile.FIFOTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        extra.append(info)
    found, faults = unpack(tar_of({"a.txt": GOOD}, extra), "a.tar")
    assert found == ["a.tar/a.txt"]
    assert codes(faults) == dict.fromkeys(("a.tar/l", "a.tar/h", "a.tar/f"), "member_not_a_file")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("l")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert codes(unpack(out.getvalue(), "a.zip")[1]) == {"a.zip/l": "member_not_a_file"}


_ZEROS = bytes(40 * MEBIBYTE)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.zip", lambda: zip_of({f"{n}.txt": _ZEROS[: MEBIBYTE - 1] for n in range(40)})),
        ("a.tar.gz", lambda: targz_of({f"{n}.txt": _ZEROS[:MEBIBYTE] for n in range(40)})),
        ("a.jsonl.gz", lambda: gzip.compress(jsonl_of([{"text": "0" * MEBIBYTE}] * 40))),
        ("a.jsonl.zst", lambda: zstd_of(jsonl_of([{"text": "0" * MEBIBYTE}] * 40))),
        ("a.parquet", lambda: parquet_of([{"text": "0" * MEBIBYTE}] * 40)),
        ("a.warc.gz", lambda: warc_of({f"http://a.cn/{n}": _ZEROS[:MEBIBYTE] for n in range(40)})),
        ("b.zip", lambda: zip_of({"a.jsonl.gz": gzip.compress(jsonl_of([{"text": "0" * MEBIBYTE}] * 40))})),
    ],
)  # fmt: skip
def test_bomb_is_refused_when_a_dump_unpacks_to_many_times_its_size(name, write) -> None:  # type: ignore[no-untyped-def]
    found, faults = unpack(write(), name)
    assert codes(faults) == {name: "dump_bomb"}
    if name == "a.zip":
        assert not found, "the directory tells it before anything is unpacked"


def test_single_compressed_document_is_bounded_like_any_other() -> None:
    found, faults = unpack(gzip.compress(_ZEROS), "a.txt.gz")
    assert (found, codes(faults)) == ([], {"a.txt.gz/a.txt": "member_too_large"})


def test_limits_are_kept_when_a_dump_has_too_much() -> None:
    pages = {f"http://a.gov.cn/{n}.html": b"%d" % n for n in range(60)}
    for form, (name, write) in FORMS.items():
        _, faults = unpack(write(pages), name, LandingLimits(members=50))
        assert codes(faults) == {name: "dump_too_many_members"}, form
    big = {"a.txt": b"x" * 600, "b.txt": GOOD}
    for name, data in (("a.zip", zip_of(big)), ("a.tar", tar_of(big))):
        found, faults = unpack(data, name, LandingLimits(document_bytes=500))
        assert (found, codes(faults)) == ([f"{name}/b.txt"], {f"{name}/a.txt": "member_too_large"})
    assert codes(unpack(zip_of(big), "a.zip", LandingLimits(expanded_bytes=300))[1]) == {
        "a.zip": "dump_too_large_unpacked"
    }


def test_header_is_not_read_whole_when_a_tar_says_it_is_huge() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 30 * MEBIBYTE
    data = info.tobuf(tarfile.USTAR_FORMAT) + bytes(30 * MEBIBYTE)
    _, faults = unpack(data, "a.tar", LandingLimits())
    assert codes(faults) == {"a.tar": "dump_damaged"}


def test_empty_archive_is_told() -> None:
    for data, name in ((zip_of({}), "a.zip"), (zip_of({"d/": b""}), "b.zip"), (b"", "c.jsonl")):
        assert codes(unpack(data, name)[1]) == {name: "dump_empty"}
    assert codes(unpack(zip_of({"a.txt": b"", "b.txt": GOOD}), "a.zip")[1]) == {
        "a.zip/a.txt": "member_empty"
    }


def test_directory_that_lies_about_itself_is_damage() -> None:
    data = bytearray(zip_of({"a.txt": GOOD}))
    struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, 0x7FFFFFFF)
    _, faults = unpack(bytes(data), "a.zip")
    assert set(codes(faults).values()) <= {"dump_too_many_members", "dump_damaged"}
    assert faults


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_dump_is_read_through_once_as_long_as_it_is_the_same(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = inbox.parent / "home"
    lines = [b'{"text": "%d"}' % n for n in range(5)]
    (inbox / "a.jsonl").write_bytes(b"\n".join([*lines, b"broken"]))
    first = land([inbox], home)
    assert (len(first.new), len(first.refusals)) == (5, 1)
    assert not has_news([inbox], home)
    monkeypatch.setattr("ingest.unpacking.read_dump", lambda *_: pytest.fail("read again"))
    second = land([inbox], home)
    assert second.is_nothing_new
    assert (second.seen_count, second.refusals) == (5, first.refusals)
    monkeypatch.undo()

    (inbox / "a.jsonl").write_bytes(b"\n".join([*lines, b'{"text": "6"}']))
    assert has_news([inbox], home)
    third = land([inbox], home)
    assert (len(third.new), third.seen_count, third.refusals) == (1, 5, ())
    assert third.refusals_changed
    assert not has_news([inbox], home)

    (inbox / "a.jsonl").unlink()
    assert land([inbox], home).is_nothing_new
    assert len(landed_documents(home)) == 6


def test_dump_is_read_again_when_a_limit_was_raised_or_a_frozen_copy_is_gone(inbox: Path) -> None:
    home = inbox.parent / "home"
    (inbox / "a.zip").write_bytes(zip_of({"a.txt": b"x" * 600, "b.txt": GOOD}))
    tight, wide = LandingLimits(document_bytes=500), LandingLimits()
    assert [r.code for r in land([inbox], home, limits=tight).refusals] == ["member_too_large"]
    assert has_news([inbox], home, limits=wide)
    result = land([inbox], home, limits=wide)
    assert (len(result.new), result.refusals) == (1, ())
    result.new[0].path.unlink()
    assert has_news([inbox], home, limits=wide)
    assert land([inbox], home, limits=wide).is_nothing_new
    assert result.new[0].path.read_bytes() == b"x" * 600


def test_refusals_of_a_dump_go_when_it_is_taken_away(inbox: Path) -> None:
    home = inbox.parent / "home"
    (inbox / "a.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    assert [r.code for r in land([inbox], home).refusals] == ["dump_damaged"]
    (inbox / "a.zip").unlink()
    assert has_news([inbox], home)
    assert land([inbox], home).refusals == ()


def test_faults_are_told_again_when_a_dump_comes_back(inbox: Path) -> None:
    home, path = inbox.parent / "home", inbox / "a.jsonl"
    path.write_bytes(b'{"text": "1"}\nbroken\n')
    told = land([inbox], home).refusals
    path.rename(inbox.parent / "away")
    assert land([inbox], home).refusals == ()
    (inbox.parent / "away").rename(path)
    assert has_news([inbox], home)
    assert land([inbox], home).refusals == told
    assert not has_news([inbox], home)


def test_refusal_ends_when_a_dump_can_be_read_again(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = inbox.parent / "home"
    (inbox / "a.jsonl").write_bytes(b'{"text": "1"}\n')
    land([inbox], home)
    unlandable = Unlandable("file_unreadable", f"{inbox}/a.jsonl cannot be read.")
    monkeypatch.setattr("ingest.landing.open_dump", Mock(side_effect=unlandable))
    assert [r.code for r in land([inbox], home).refusals] == ["file_unreadable"]
    monkeypatch.undo()
    assert has_news([inbox], home)
    assert land([inbox], home).refusals == ()
    assert not has_news([inbox], home)


def test_dump_larger_than_the_limit_is_not_opened(inbox: Path) -> None:
    (inbox / "a.zip").write_bytes(zip_of({"a.txt": GOOD}))
    result = land([inbox], inbox.parent / "home", limits=LandingLimits(dump_bytes=50))
    assert [r.code for r in result.refusals] == ["file_too_large"]
    assert "GONGKAI_MAX_DUMP_BYTES" in result.refusals[0].message


def test_faults_are_counted_not_told_when_there_are_very_many(inbox: Path) -> None:
    (inbox / "a.jsonl").write_bytes(b"broken\n" * (MOST_TOLD + 50))
    refusals = land([inbox], inbox.parent / "home").refusals
    assert len(refusals) == MOST_TOLD + 1
    assert any("50 further places" in r.message for r in refusals)


def test_documents_stay_landed_when_a_dump_is_written_meanwhile(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = inbox.parent / "home"
    path = inbox / "a.jsonl"
    path.write_bytes(b'{"text": "1"}\n')

    def read_and_append(*arguments: object) -> object:
        yield from read_dump(*arguments)  # type: ignore[arg-type]
        with path.open("ab") as file:
            file.write(b'{"text": "2"}\n')

    monkeypatch.setattr("ingest.unpacking.read_dump", read_and_append)
    assert [r.code for r in land([inbox], home).refusals] == ["file_changing"]
    monkeypatch.undo()
    result = land([inbox], home)
    assert (len(result.new), result.seen_count, result.refusals) == (1, 1, ())


def test_known_document_in_a_dump_is_another_name_of_it(inbox: Path) -> None:
    (inbox / "a.txt").write_bytes(GOOD)
    (inbox / "b.zip").write_bytes(zip_of({"c/a.txt": GOOD}))
    result = land([inbox], inbox.parent / "home")
    assert (len(result.new), result.seen_count, result.sighting_count) == (1, 1, 1)


def test_unpacking_stays_within_bounded_memory(inbox: Path) -> None:
    """A dump of 200 MB unpacked: what is held at once is a document, not the dump."""
    packer = zlib.compressobj(1, wbits=31)
    body = bytes(range(32, 127)).decode() * 1000
    with (inbox / "a.jsonl.gz").open("wb") as file:
        for number in range(2000):
            line = json.dumps({"text": f"{number} {body}"}).encode() + b"\n"
            file.write(packer.compress(line))
        file.write(packer.flush())
    before = forget_peak()
    assert len(land([inbox], inbox.parent / "home").new) == 2000
    assert peak() - before < 60 * MEBIBYTE
    assert Home.at(inbox.parent / "home").objects_dir.exists()

"""Files that were not written since they were hashed, and those that were."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.home import Home
from ingest.known_files import KnownFiles
from ingest.landing import has_news, land, landed_documents


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inbox whose files count as settled although they were just written."""
    monkeypatch.setattr("ingest.known_files._UNSETTLED_NS", -(10**18))
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
    land([folder], tmp_path / "home")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    from ingest import landing

    names: list[str] = []
    original = landing.read_whole

    def read_whole(file: landing.InboxFile, max_bytes: int) -> bytes:
        names.append(file.file_name)
        return original(file, max_bytes)

    monkeypatch.setattr("ingest.landing.read_whole", read_whole)
    return names


def test_no_file_is_read_when_none_was_written(inbox: Path, home: Path, read: list[str]) -> None:
    assert not has_news([inbox], home)
    assert land([inbox], home).seen_count == 2
    assert read == []


def test_file_is_read_when_it_was_written_though_its_time_and_size_are_as_before(
    inbox: Path, home: Path, read: list[str]
) -> None:
    before = (inbox / "a.txt").stat()
    (inbox / "a.txt").write_text("a.TXT")
    os.utime(inbox / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert has_news([inbox], home)
    assert len(land([inbox], home).new) == 1
    assert set(read) == {"a.txt"}


def test_file_is_read_when_another_was_put_in_its_place(
    inbox: Path, home: Path, read: list[str]
) -> None:
    (inbox / "b.txt").replace(inbox / "a.txt")

    assert land([inbox], home).sighting_count == 1
    assert read == ["a.txt"]


def test_file_is_read_when_its_frozen_copy_is_gone_or_cut(
    inbox: Path, home: Path, read: list[str]
) -> None:
    first, second = landed_documents(home)
    first.path.unlink()
    second.path.write_bytes(b"")

    assert has_news([inbox], home)
    land([inbox], home)
    assert [d.path.read_text() for d in landed_documents(home)] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}'])
def test_all_files_are_read_once_more_when_what_was_kept_is_damaged(
    inbox: Path, home: Path, read: list[str], content: str
) -> None:
    Home.at(home).known_files.write_text(content)

    assert land([inbox], home).is_nothing_new
    assert sorted(read) == ["a.txt", "b.txt"]


def test_nothing_is_known_when_files_would_be_landed_otherwise(inbox: Path, tmp_path: Path) -> None:
    status = (inbox / "a.txt").stat()
    known = KnownFiles.read(tmp_path / "known.json", "v1")
    known.note("a", status, "f" * 64)
    known.write()

    assert KnownFiles.read(tmp_path / "known.json", "v1").sha256_of("a", status) == "f" * 64
    assert KnownFiles.read(tmp_path / "known.json", "v2").sha256_of("a", status) is None


def test_file_is_not_known_when_it_was_written_a_moment_before(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    status = (tmp_path / "a").stat()
    known = KnownFiles.read(tmp_path / "known.json", "v1")

    known.note("a", status, "f" * 64)

    assert known.sha256_of("a", status) is None

"""Files that cannot be landed, and homes that cannot be written: told, and the rest goes on."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.home import Home, HomeNotWritable
from ingest.landing import LandingResult, has_news, land, landed_documents
from ingest.limits import LandingLimits

GOOD = "good.txt"
BAD = "bad.txt"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / GOOD).write_text("年度报告")
    return folder


def land_all(inbox: Path, max_bytes: int = 1000) -> LandingResult:
    home = inbox.parent / "home"
    result = land([inbox], home, limits=LandingLimits(document_bytes=max_bytes))
    assert [document.file_name for document in landed_documents(home)] == [GOOD]
    assert not has_news([inbox], home, limits=LandingLimits(document_bytes=max_bytes))
    return result


def the_refusal(result: LandingResult) -> tuple[str, str]:
    (refusal,) = result.refusals
    assert refusal.source_uri in refusal.message
    return refusal.code, refusal.message


def patch_open(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], Any]) -> None:
    """Let opening a file of that name do something first."""
    original = Path.open

    def open_path(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == name:
            act()
        return original(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", open_path)


def test_file_is_refused_when_it_is_empty(inbox: Path) -> None:
    (inbox / BAD).touch()

    code, message = the_refusal(land_all(inbox))

    assert code == "file_empty"
    assert "0 bytes" in message


def test_file_is_refused_when_it_is_too_large(inbox: Path) -> None:
    (inbox / BAD).write_bytes(b"x" * 1001)

    code, message = the_refusal(land_all(inbox))

    assert code == "file_too_large"
    assert "GONGKAI_MAX_DOCUMENT_BYTES" in message


def test_file_is_landed_when_it_has_exactly_the_limit(inbox: Path) -> None:
    (inbox / GOOD).write_bytes(b"x" * 1000)

    assert land_all(inbox).refusals == ()


def test_file_is_refused_when_it_vanishes_while_read(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / BAD).write_text("x")
    patch_open(monkeypatch, BAD, (inbox / BAD).unlink)

    result = land([inbox], inbox.parent / "home")

    assert the_refusal(result)[0] == "file_vanished"
    assert land_all(inbox).refusals == ()


def test_link_is_refused_when_it_leads_nowhere(inbox: Path) -> None:
    (inbox / BAD).symlink_to(inbox / "nowhere")

    assert the_refusal(land_all(inbox))[0] == "file_vanished"


def test_file_is_refused_when_this_user_may_not_read_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny() -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (inbox / BAD).write_text("x")
    patch_open(monkeypatch, BAD, deny)

    code, message = the_refusal(land_all(inbox))

    assert code == "file_unreadable"
    assert "permission" in message


def test_file_is_refused_when_it_is_written_while_read(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / BAD).write_text("half of")
    statuses = iter([False, True])

    def fstat(descriptor: int) -> os.stat_result:
        if next(statuses, False):
            with (inbox / BAD).open("a") as writer:
                writer.write(" the whole")
        return original_fstat(descriptor)

    original_fstat = os.fstat
    monkeypatch.setattr("ingest.inbox.os.fstat", fstat)

    result = land([inbox / BAD], inbox.parent / "home")

    assert the_refusal(result)[0] == "file_changing"
    monkeypatch.undo()
    assert len(land([inbox / BAD], inbox.parent / "home").new) == 1


def test_pipe_is_refused_when_nobody_writes_into_it(inbox: Path) -> None:
    os.mkfifo(inbox / BAD)
    done: list[LandingResult] = []
    thread = threading.Thread(target=lambda: done.append(land_all(inbox)), daemon=True)
    thread.start()
    thread.join(10)

    assert done, "landing waits for a writer that never comes"
    assert the_refusal(done[0])[0] == "not_a_file"


def test_folder_is_told_when_it_cannot_be_listed(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "closed").mkdir()
    original = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return original(path)

    monkeypatch.setattr(os, "scandir", scandir)

    monkeypatch.chdir(inbox.parent)

    result = land_all(Path("inbox"))

    assert the_refusal(result)[0] == "unreadable_folder"
    assert result.refusals[0].source_uri == "inbox/closed"
    (inbox / "closed").rmdir()
    assert land_all(Path("inbox")).refusals == ()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_disk_is_named_when_it_fills_up_and_landed_documents_stay(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    home = inbox.parent / "home"
    land([inbox], home)
    (inbox / "another.txt").write_text("二")

    def fail(*arguments: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(f"ingest.frozen.os.{call}", fail)
        with pytest.raises(HomeNotWritable, match="disk of .*home is full"):
            land([inbox], home)

    assert [document.file_name for document in landed_documents(home)] == [GOOD]
    assert not list(Home.at(home).objects_dir.rglob("*.part"))
    assert len(land([inbox], home).new) == 1


def test_home_is_named_when_it_may_not_be_written(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*arguments: Any, **options: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", deny)

    with pytest.raises(HomeNotWritable, match="write permission on .*home.*--home"):
        land([inbox], inbox.parent / "home")


def test_order_of_landing_is_kept_when_the_clock_is_set_back(inbox: Path) -> None:
    home = inbox.parent / "home"
    land([inbox], home, now=lambda: datetime(2030, 1, 1, tzinfo=UTC))
    for name in ("second.txt", "third.txt"):
        (inbox / name).write_text(name)
        land([inbox], home, now=lambda: datetime(2020, 1, 1, tzinfo=UTC))

    times = [document.landed_at for document in landed_documents(home)]

    assert times == sorted(set(times))
    assert times[0] == datetime(2030, 1, 1)

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.home import Home, HomeNotWritable
from ingest.inbox import InboxMissing, find_files
from ingest.landing import (
    FrozenBytesDamaged,
    land,
    landed_documents,
    read_frozen,
    refusal_issues,
)
from ingest.ledger import Ledger, LedgerDamaged
from ingest.schema import ISSUES

MONDAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
TUESDAY = datetime(2024, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "b").mkdir(parents=True)
    (folder / "z.txt").write_text("二〇一〇年度报告")
    (folder / "b" / "a.html").write_text("<p>年度报告</p>")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_documents_are_frozen_under_their_hash_when_new(inbox: Path, home: Path) -> None:
    result = land([inbox], home, now=lambda: MONDAY)

    data = (inbox / "z.txt").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    assert [document.file_name for document in result.new] == ["z.txt", "a.html"]
    document = result.new[0]
    assert document.sha256 == sha256
    assert document.source_uri == f"{inbox}/z.txt"
    assert document.byte_count == len(data)
    assert document.landed_at == datetime(2024, 1, 1, 12)
    assert document.path == home / "landing" / "objects" / sha256[:2] / sha256
    assert read_frozen(home, sha256) == data


def test_source_uri_stays_as_given_when_inbox_is_relative(
    inbox: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox.parent / "elsewhere").mkdir()
    monkeypatch.chdir(inbox.parent / "elsewhere")

    result = land([Path("../inbox"), Path("../inbox/z.txt")], home)

    assert [document.source_uri for document in result.new] == [
        "../inbox/z.txt",
        "../inbox/b/a.html",
    ]
    assert result.seen_count == 1


def test_nothing_is_new_when_the_same_inbox_is_landed_again(inbox: Path, home: Path) -> None:
    first = land([inbox], home, now=lambda: MONDAY)
    ledger = Home.at(home).ledger.read_bytes()

    second = land([inbox], home, now=lambda: TUESDAY)

    assert second.is_nothing_new
    assert second.seen_count == 2
    assert Home.at(home).ledger.read_bytes() == ledger
    assert landed_documents(home) == list(first.new)


def test_known_bytes_are_a_sighting_when_they_come_under_another_name(
    inbox: Path, home: Path
) -> None:
    land([inbox], home)
    (inbox / "copy.txt").write_bytes((inbox / "z.txt").read_bytes())

    result = land([inbox], home)

    assert (result.new, result.seen_count, result.sighting_count) == ((), 3, 1)
    assert '"sighted"' in Home.at(home).ledger.read_text().splitlines()[-1]
    assert land([inbox], home).sighting_count == 0


def test_both_versions_are_kept_when_a_file_changes_under_its_name(inbox: Path, home: Path) -> None:
    land([inbox], home)
    (inbox / "z.txt").write_text("changed")

    assert len(land([inbox], home).new) == 1
    assert len(landed_documents(home)) == 3


@pytest.mark.parametrize(
    "name", [".hidden", "r01.gold.json", "README.txt", "readme", "notes.md", "~$report.docx"]
)
def test_file_is_passed_over_when_it_stands_beside_reports(name: str, home: Path) -> None:
    folder = home.parent / "inbox"
    folder.mkdir()
    (folder / name).write_text("not a report")

    result = land([folder], home)

    assert (result.new, result.refusals) == ((), ())


def test_own_folders_are_passed_over_when_the_inbox_contains_the_home(
    inbox: Path, tmp_path: Path
) -> None:
    land([tmp_path], tmp_path)

    assert land([tmp_path], tmp_path).is_nothing_new
    assert len(landed_documents(tmp_path)) == 2


def test_name_is_decoded_when_it_is_gb18030_bytes(home: Path) -> None:
    folder = os.fsencode(home.parent / "inbox")
    os.mkdir(folder)
    try:
        with open(folder + b"/" + "年报.txt".encode("gb18030"), "wb") as file:
            file.write(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")

    assert land([home.parent / "inbox"], home).new[0].file_name == "年报.txt"


def test_landing_raises_when_an_inbox_is_missing_and_writes_nothing(
    inbox: Path, home: Path
) -> None:
    with pytest.raises(InboxMissing, match="nowhere.*--inbox"):
        land([inbox, home / "nowhere"], home)

    assert not home.exists()


def test_ledger_goes_on_when_a_crash_cut_its_last_line(inbox: Path, home: Path) -> None:
    land([inbox], home, now=lambda: MONDAY)
    ledger = Home.at(home).ledger
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[:-20])

    result = land([inbox], home, now=lambda: MONDAY)

    assert [document.file_name for document in result.new] == ["a.html"]
    assert ledger.read_bytes() == whole


def test_landing_raises_when_a_line_of_the_ledger_is_not_its_own(inbox: Path, home: Path) -> None:
    land([inbox], home)
    with Home.at(home).ledger.open("a") as ledger:
        ledger.write("hello\n")

    with pytest.raises(LedgerDamaged, match="Line 3"):
        land([inbox], home)


@pytest.mark.parametrize("at_once", [1, 200, 1_000_000])
def test_ledger_is_the_same_however_many_lines_are_parsed_at_once(
    inbox: Path, home: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    for number in range(5):
        (inbox / f"{number}.txt").write_text(f"第{number}份")
    land([inbox], home)
    path = Home.at(home).ledger
    whole = Ledger.read(path)
    monkeypatch.setattr("ingest.ledger._LINES_AT_ONCE", at_once)
    assert Ledger.read(path) == whole
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:4], "torn\n", *lines[4:]]))
    with pytest.raises(LedgerDamaged, match="Line 5"):
        Ledger.read(path)


def test_ledger_of_a_newer_version_is_refused(inbox: Path, home: Path) -> None:
    land([inbox], home)
    path = Home.at(home).ledger
    with path.open("a") as ledger:
        ledger.write('{"event": "praised", "source_uri": "inbox/a.html"}\n')
    with pytest.raises(LedgerDamaged, match="praised"):
        Ledger.read(path)


def test_files_of_the_folder_changed_last_come_first_when_news_are_looked_for(tmp_path: Path) -> None:
    for name, changed in (("a", 1_000), ("b", 3_000), ("c", 2_000)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.txt").write_text(name)
        os.utime(tmp_path / name, (changed, changed))
    newest = [file.path.parent.name for file in find_files(tmp_path, newest_first=True)]
    assert newest == ["b", "c", "a"]
    assert [file.path.parent.name for file in find_files(tmp_path)] == ["a", "b", "c"]


def test_read_frozen_raises_when_bytes_were_changed(inbox: Path, home: Path) -> None:
    document = land([inbox], home).new[0]
    document.path.write_bytes(b"tampered")

    with pytest.raises(FrozenBytesDamaged, match="--full"):
        read_frozen(home, document.sha256)


def test_frozen_copy_is_mended_when_it_was_deleted(inbox: Path, home: Path) -> None:
    document = land([inbox], home).new[0]
    document.path.unlink()

    land([inbox], home)

    assert read_frozen(home, document.sha256)


def test_refusals_become_issue_rows_when_files_cannot_be_landed(inbox: Path, home: Path) -> None:
    (inbox / "empty.txt").touch()
    result = land([inbox], home)

    issues = refusal_issues(result.refusals, "v1")

    assert issues.schema == ISSUES
    row = issues.row(0, named=True)
    assert (row["stage"], row["code"], row["severity"]) == ("land", "file_empty", "error")
    assert row["document_id"] is None
    assert row["source_uri"] == f"{inbox}/empty.txt"
    assert "empty.txt" in row["message"]


def test_refusal_is_cleared_when_the_file_is_mended_or_gone(inbox: Path, home: Path) -> None:
    for name in ("mended.txt", "gone.txt"):
        (inbox / name).touch()
    assert len(land([inbox], home).refusals) == 2
    (inbox / "mended.txt").write_text("内容")
    (inbox / "gone.txt").unlink()

    result = land([inbox], home)

    assert result.refusals == ()
    assert result.refusals_changed
    assert [document.file_name for document in result.new] == ["mended.txt"]


def test_home_not_writable_is_said_when_a_file_stands_in_its_way(inbox: Path, home: Path) -> None:
    home.write_text("a file, not a folder")

    with pytest.raises(HomeNotWritable, match="--home"):
        land([inbox], home)


def test_ledger_tells_of_documents_only_after_the_disk_was_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home.parent / "many"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(str(number))
    seen: list[tuple[int, int]] = []  # documents on the disk and in the ledger, at each wait

    def sync() -> None:
        ledger = Home.at(home).ledger
        frozen = [path for path in Home.at(home).objects_dir.rglob("*") if path.is_file()]
        seen.append((len(frozen), len(ledger.read_text().splitlines()) if ledger.exists() else 0))

    monkeypatch.setattr("ingest.landing._SYNCED_SINGLY", 0)
    monkeypatch.setattr("ingest.landing._COMMIT_EVERY", 2)
    monkeypatch.setattr("ingest.landing.os.sync", sync)

    land([folder], home)

    assert seen == [(2, 0), (4, 2), (5, 4)]
    assert len(landed_documents(home)) == 5

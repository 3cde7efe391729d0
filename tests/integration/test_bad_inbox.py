"""An inbox with every kind of damage: the healthy report is published, the rest is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from refreshing_home import SAMPLES, SAMPLES_DIR, Place, fill_inbox

_EXPECTED = {
    "empty.txt": ("land", "file_empty"),
    "dangling.txt": ("land", "file_vanished"),
    "noise.txt": ("decode", "binary_file"),
    "picture.pdf": ("decode", "binary_file"),
    "old.doc": ("decode", "legacy_word"),
    "packed.zip": ("land", "dump_damaged"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("bad_inbox"))
    fill_inbox(place, SAMPLES[:1])
    inbox = place.inbox
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (inbox / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (inbox / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (inbox / "packed.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    (inbox / "dangling.txt").symlink_to(inbox / "nowhere.txt")
    for notice in SAMPLES_DIR.glob("notice*.txt"):
        shutil.copy(notice, inbox)
    place.refresh()
    return place


def _issues(place: Place) -> dict[str, tuple[str, str, str]]:
    with duckdb.connect(str(place.home.published_db), read_only=True) as con:
        rows = con.execute(
            "select file_name, stage, code, message from marts.issues where severity = 'error'"
        ).fetchall()
    return {Path(name).name: (stage, code, message) for name, stage, code, message in rows}


def test_healthy_report_is_published_when_the_rest_is_damaged(place: Place) -> None:
    assert len(place.published_rows()["dim_report"]) == 1


@pytest.mark.parametrize("name", _EXPECTED)
def test_damage_is_told_with_the_file_and_a_way_out(place: Place, name: str) -> None:
    stage, code, message = _issues(place)[name]
    assert (stage, code) == _EXPECTED[name]
    assert name in message
    assert len(message.split(".")) > 2  # what is wrong, and what to do


def test_notice_is_quarantined_with_its_reason(place: Place) -> None:
    found = [v for k, v in _issues(place).items() if k.startswith("notice")]
    assert [code for _, code, _ in found] == ["not_a_report.notice"]


def test_second_refresh_changes_nothing_when_the_damage_is_still_there(place: Place) -> None:
    before = place.published_rows()
    assert "Nothing new" in place.refresh()
    assert place.published_rows() == before

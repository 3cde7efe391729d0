from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from small_home import change, current_id, publish_next, release

from ingest.home import Home
from orchestration.kept import kept_path, list_kept, point_latest, read_latest
from orchestration.publishing import build_candidate


def ids(home: Home) -> list[str]:
    return [one.publication.publication_id for one in list_kept(home)]


def folders(home: Home) -> set[str]:
    return {p.name for p in home.exports_dir.iterdir() if p.is_dir() and not p.is_symlink()}


def refuse(*_: object, **__: object) -> NoReturn:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_published_file_and_kept_one_are_the_same_when_published(home: Home) -> None:
    first = publish_next(home, 1)

    assert kept_path(home, first).samefile(home.published_db)
    assert os.readlink(home.exports_dir / "latest") == first


def test_last_ones_are_kept_with_their_exports_when_more_are_published(home: Home) -> None:
    every = [publish_next(home, number) for number in range(4)]

    assert ids(home) == every[:0:-1]
    assert folders(home) == set(every[1:])
    assert [one.is_current for one in list_kept(home)] == [True, False, False]


def test_only_the_current_one_is_kept_when_one_is_asked_for(home: Home) -> None:
    publish_next(home, 1, keep=1)
    second = publish_next(home, 2, keep=1)

    assert ids(home) == [second]
    assert folders(home) == {second}


def test_former_publication_is_kept_when_it_was_published_before_any_was(home: Home) -> None:
    first = publish_next(home, 1)
    kept_path(home, first).unlink()
    for path in home.kept_dir.iterdir():
        path.unlink()
    home.kept_dir.rmdir()

    second = publish_next(home, 2)

    assert ids(home) == [second, first]


def test_order_is_that_of_publishing_when_the_clock_goes_back(home: Home) -> None:
    first = publish_next(home, 1)
    change(home, "INSERT INTO marts.verdicts VALUES ('v2')")
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    second = build_candidate(
        home.work_db, home.candidate_db, published=home.published_db, now=lambda: long_ago
    )
    release(home)

    assert second.follows == first
    assert ids(home) == [second.publication_id, first]


def test_copy_is_kept_when_the_file_system_has_no_hard_links(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse)

    first = publish_next(home, 1)
    publish_next(home, 2)

    assert first in ids(home)
    assert not kept_path(home, first).samefile(home.published_db)


def test_file_says_the_latest_when_the_file_system_has_no_symbolic_links(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "symlink", refuse)

    first = publish_next(home, 1)

    assert (home.exports_dir / "latest.txt").read_text() == f"{first}\n"
    assert read_latest(home) == first == current_id(home)


def test_unreadable_file_is_left_to_a_person_when_others_go(home: Home) -> None:
    first = publish_next(home, 1)
    publish_next(home, 2)
    path: Path = kept_path(home, first)
    path.write_bytes(b"of another DuckDB" * 1000)
    for number in range(3, 6):
        publish_next(home, number, keep=2)

    assert path.exists()
    assert first in folders(home)
    assert len(ids(home)) == 2


def test_link_is_made_anew_where_a_copied_home_has_a_folder(home: Home) -> None:
    copied = home.exports_dir / "latest"
    copied.mkdir(parents=True)
    (copied / "manifest.json").write_text("{}")
    point_latest(home, "0123456789abcdef")
    assert read_latest(home) == "0123456789abcdef"
    assert copied.is_symlink()


def test_folder_of_somebody_else_stays_where_the_link_belongs(home: Home) -> None:
    mine = home.exports_dir / "latest"
    mine.mkdir(parents=True)
    (mine / "notes.txt").write_text("kept")
    with pytest.raises(FileExistsError, match="Move it away"):
        point_latest(home, "0123456789abcdef")
    assert (mine / "notes.txt").read_text() == "kept"

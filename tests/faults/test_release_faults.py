"""Killed between any two steps: readers find the old publication or the new one, with its exports.

Processes of their own release a candidate (or roll back) and end at once, as after `kill -9`, at the
n-th change of the file system, for every n until one comes through.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.home import Home
from ingest.paths import PROJECT_ROOT
from orchestration.exports.manifest import whole_exports
from orchestration.kept import list_kept, read_latest
from orchestration.releasing import export_candidate, is_settled

sys.path.append(str(PROJECT_ROOT / "tests" / "unit" / "orchestration" / "publications"))
from small_home import candidate, change, current_id, make_home, publish_next, release

_CHANGES = ("os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir")
_RUN = f"""
import os, shutil, signal, sys
from pathlib import Path
from ingest.home import Home
from orchestration.releasing import export_candidate, release_candidate
from orchestration.rollback import roll_back

ready, place, step, stride = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
steps = {{
    "export": export_candidate,
    "release": lambda home: release_candidate(home, keep=2),
    "rollback": roll_back,
}}

def run(home, left):
    def count(event, arguments):
        nonlocal left
        writes = event == "open" and "w" in str(arguments[1] or "")
        if event in {_CHANGES!r} or writes:
            left -= 1
            if left < 0:
                os._exit(9)
    signal.alarm(60)
    sys.addaudithook(count)
    steps[step](home)
    os._exit(0)

for changes in range(0, 500, stride):
    home = Home.at(place / f"{{changes:03}}")
    shutil.copytree(ready, home.path, symlinks=True)
    child = os.fork()  # no thread runs here yet
    if child == 0:
        run(home, changes)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status != 9:
        sys.exit(status)
sys.exit("never came through")
"""

# Of the homes that a kill left, every fourth is brought in order again: that is what takes time.
_RECOVERED = 4


def killed_at_every_change(ready: Home, place: Path, step: str, *, stride: int = 1) -> list[Home]:
    """Homes in which the step was killed at ever later changes; in the last it came through."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(ready.path), str(place), step, str(stride)],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Home.at(path) for path in sorted(place.iterdir())]


def assert_one_or_other(home: Home, old: str, new: str) -> None:
    found = current_id(home)
    assert found in (old, new)
    assert whole_exports(home.exports_dir / found, found), f"{found} has no exports"
    latest = read_latest(home)
    assert latest and whole_exports(home.exports_dir / latest, latest)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str, str]:
    """A home with two publications, the second current, and the candidate of a third."""
    home = make_home(tmp_path_factory.mktemp("ready") / "home")
    publish_next(home, 1)
    second = publish_next(home, 2)
    change(home, "INSERT INTO marts.verdicts VALUES ('v3')")
    return home, second, candidate(home)


def test_exports_are_whole_or_not_there_when_writing_them_is_killed_anywhere(
    ready: tuple[Home, str, str], tmp_path: Path
) -> None:
    ready_home, old, new = ready
    found = set()
    for home in killed_at_every_change(ready_home, tmp_path / "killed", "export", stride=7):
        assert current_id(home) == old == read_latest(home)
        folder = home.exports_dir / new
        is_whole = whole_exports(folder, new) is not None
        assert is_whole == folder.exists()
        found.add(is_whole)

        export_candidate(home)
        assert whole_exports(folder, new)
        assert not list(home.exports_dir.glob(".building-*"))
    assert found == {False, True}


def test_old_or_new_one_stands_when_a_release_is_killed_anywhere(
    ready: tuple[Home, str, str], tmp_path: Path
) -> None:
    first, old, new = ready
    ready_home = Home.at(tmp_path / "ready")
    shutil.copytree(first.path, ready_home.path, symlinks=True)
    export_candidate(ready_home)
    found = set()
    homes = killed_at_every_change(ready_home, tmp_path / "killed", "release")
    for home in homes:
        assert_one_or_other(home, old, new)
        found.add(current_id(home))
    for home in homes[::_RECOVERED]:
        if not home.candidate_db.exists():
            candidate(home)  # as the next refresh does
        release(home, keep=2)
        assert current_id(home) == new
        assert is_settled(home)
        assert [one.publication.publication_id for one in list_kept(home)] == [new, old]
        assert {path.name for path in home.exports_dir.iterdir()} == {"latest", old, new}
        assert not list(home.kept_dir.glob(".*"))
    assert found == {old, new}
    assert len(homes) > 10


def test_old_or_new_one_stands_when_a_rollback_is_killed_anywhere(
    ready: tuple[Home, str, str], tmp_path: Path
) -> None:
    ready_home, newer, _ = ready
    older = next(o.publication.publication_id for o in list_kept(ready_home) if not o.is_current)
    found = set()
    homes = killed_at_every_change(ready_home, tmp_path / "killed", "rollback")
    for home in homes:
        assert_one_or_other(home, older, newer)
        found.add(current_id(home))
    for home in homes[::_RECOVERED]:
        release(home)  # something new is published, whatever was half done
        assert is_settled(home)
        assert not home.rollback_note.exists()
    assert found == {older, newer}
    assert len(homes) > 5

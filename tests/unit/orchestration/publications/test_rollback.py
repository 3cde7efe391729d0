from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from small_home import candidate, change, current_id, publish_next, release

from ingest.home import Home
from ingest.locking import hold_lock
from orchestration.commands.publications import publications
from orchestration.commands.rollback import rollback
from orchestration.exports.manifest import whole_exports
from orchestration.kept import kept_path, read_latest
from orchestration.publishing import read_publication
from orchestration.refresh_state import is_up_to_date
from orchestration.rollback import CannotRollBack, roll_back


@pytest.fixture
def two(home: Home) -> tuple[str, str]:
    """Two publications, the second current."""
    return publish_next(home, 1), publish_next(home, 2)


def is_current(home: Home) -> bool:
    made = read_publication(kept_path(home, current_id(home)))
    assert made is not None
    return is_up_to_date(home, inputs=str(made.inputs), model_version=made.model_version)


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(rollback, ["--home", str(home.path), *arguments])


def test_readers_find_the_previous_one_with_its_exports_when_rolled_back(
    home: Home, two: tuple[str, str]
) -> None:
    with duckdb.connect(str(home.published_db), read_only=True) as reader:
        roll_back(home)

        # Whoever has the newer one open keeps it.
        assert reader.execute("SELECT count(*) FROM marts.verdicts").fetchall() == [(2,)]
    assert current_id(home) == two[0] == read_latest(home)
    assert whole_exports(home.exports_dir / "latest", two[0])
    assert kept_path(home, two[1]).exists()


def test_nothing_is_new_when_rolled_back_and_inputs_are_the_same(
    home: Home, two: tuple[str, str]
) -> None:
    assert is_current(home)
    roll_back(home)

    assert is_current(home)


def test_rolled_back_contents_stay_away_when_they_are_built_again(
    home: Home, two: tuple[str, str]
) -> None:
    roll_back(home)

    assert candidate(home) == two[1]
    done = release(home)

    assert done.held_back is not None and done.held_back.instead_of == two[1]
    assert not done.result.is_replaced
    assert current_id(home) == two[0] == read_latest(home)
    assert not home.candidate_db.exists()
    assert is_current(home)


def test_rollback_ends_when_something_new_is_published(home: Home, two: tuple[str, str]) -> None:
    roll_back(home)

    third = publish_next(home, 3)

    assert current_id(home) == third
    assert not home.rollback_note.exists()
    # What it followed was the one rolled back to: that is the previous one.
    assert roll_back(home).publication_id == two[0]


def test_rollback_ends_when_the_inputs_give_what_was_returned_to(
    home: Home, two: tuple[str, str]
) -> None:
    roll_back(home)
    change(home, "DELETE FROM marts.verdicts WHERE finding_id = 'v2'")

    assert candidate(home) == two[0]
    assert release(home).held_back is None

    assert not home.rollback_note.exists()


def test_newest_stands_again_when_all_rollbacks_are_undone(home: Home, two: tuple[str, str]) -> None:
    third = publish_next(home, 3)
    roll_back(home)
    roll_back(home)
    assert current_id(home) == two[0]

    roll_back(home, latest=True)

    assert current_id(home) == third
    assert not home.rollback_note.exists()
    assert is_current(home)


def test_newest_is_kept_when_others_go_during_a_rollback(home: Home, two: tuple[str, str]) -> None:
    roll_back(home)
    candidate(home)

    release(home, keep=2)

    assert kept_path(home, two[1]).exists()
    assert whole_exports(home.exports_dir / two[1], two[1])


def test_exports_are_written_when_those_of_the_kept_one_are_gone(
    home: Home, two: tuple[str, str]
) -> None:
    shutil.rmtree(home.exports_dir / two[0])

    roll_back(home)

    assert whole_exports(home.exports_dir / two[0], two[0])


def test_id_may_be_shortened_when_it_names_one(home: Home, two: tuple[str, str]) -> None:
    assert roll_back(home, two[0][:6]).publication_id == two[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ffffffffffffffff"], "no kept publication"),
        (["--latest"], "published already"),
    ],
)
def test_nothing_changes_when_there_is_nothing_to_return_to(
    home: Home, two: tuple[str, str], arguments: list[str], said: str
) -> None:
    result = run(home, *arguments)

    assert result.exit_code == 1
    assert said in result.output
    assert current_id(home) == two[1]


def test_no_earlier_one_is_told_when_there_is_only_one(home: Home) -> None:
    publish_next(home, 1)

    with pytest.raises(CannotRollBack, match="GONGKAI_KEEP_PUBLICATIONS"):
        roll_back(home)


def test_rollback_waits_for_nobody_when_a_refresh_is_running(
    home: Home, two: tuple[str, str]
) -> None:
    with hold_lock(home.refresh_lock):
        result = run(home)

    assert result.exit_code == 1
    assert "A refresh of" in result.output
    assert current_id(home) == two[1]


def test_arguments_are_refused_when_they_contradict_each_other(home: Home) -> None:
    assert run(home, "--latest", "abc").exit_code == 2


def test_empty_home_is_told_when_nothing_is_published(tmp_path: Path) -> None:
    for command in (rollback, publications):
        result = CliRunner().invoke(command, ["--home", str(tmp_path)])
        assert result.exit_code == 1
        assert "Nothing is published" in result.output
    assert list(tmp_path.iterdir()) == []


def test_publications_are_listed_with_what_is_current_when_rolled_back(
    home: Home, two: tuple[str, str]
) -> None:
    said = run(home).output

    listed = CliRunner().invoke(publications, ["--home", str(home.path), "--json"]).output
    rows = [json.loads(line) for line in listed.splitlines()]
    assert [(row["publication_id"], row["is_current"], row["follows"]) for row in rows] == [
        (two[1], False, two[0]),
        (two[0], True, None),
    ]
    assert all(row["has_exports"] and row["reports"] == 2 for row in rows)
    shown = CliRunner().invoke(publications, ["--home", str(home.path)]).output
    assert "returned to on" in said and "returned to on" in shown


def test_note_of_another_publication_is_of_no_effect_when_a_process_was_killed(
    home: Home, two: tuple[str, str]
) -> None:
    home.rollback_note.write_text(
        json.dumps({"publication_id": two[0], "instead_of": two[1], "at": "now"})
    )

    assert is_current(home)
    shown = CliRunner().invoke(publications, ["--home", str(home.path)]).output
    assert "returned to" not in shown

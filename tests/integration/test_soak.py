"""The short form of `make soak`: kills at chosen moments, and readers beside a refresh."""

from __future__ import annotations

import pytest

from tests.soak.killing import kill_behind, kill_within
from tests.soak.kills import Undisturbed
from tests.soak.reading import Readings
from tests.soak.wholeness import contents_of, publication_of

# Seven refreshes, four of them killed: longer than other tests may take.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Undisturbed, Readings]:
    """A home before and after a refresh that three readers looked at all the while."""
    undisturbed = Undisturbed(tmp_path_factory.mktemp("soak"), reports=12, readers=3)
    return undisturbed, undisturbed.readings


def test_readers_get_whole_answers_when_the_warehouse_is_replaced(
    disturbed: tuple[Undisturbed, Readings],
) -> None:
    undisturbed, readings = disturbed

    assert readings.failures == []
    assert readings.queries > 100
    assert readings.publications == {undisturbed.first_publication, undisturbed.second_publication}


def test_next_refresh_mends_all_when_one_is_killed_again_and_again(
    disturbed: tuple[Undisturbed, Readings],
) -> None:
    undisturbed, _ = disturbed
    place, environment = undisturbed.place, undisturbed.place.environment()
    undisturbed.before_second()

    kills = [
        lambda: kill_within("ingest.landing.freeze", environment, after=True, times=7),
        lambda: kill_within("ingest.staging.load_batch", environment, after=True),
        lambda: kill_behind("Looking again", environment),  # dbt has just begun
    ]
    for kill in kills:
        killed = kill()
        assert killed.is_killed, killed.output
        assert publication_of(place.published) == undisturbed.first_publication
    assert kill_within("orchestration.assets.published.note_published", environment).is_killed
    assert contents_of(place.published) == undisturbed.second

    assert "left as it is" in place.refresh()
    assert contents_of(place.published) == undisturbed.second
    assert "Nothing new" in place.refresh()

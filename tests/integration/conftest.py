"""Fixtures of the integration tests.

`refreshed`: a home after its first refresh with three reports; `copied`: a copy of it to change.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from refreshing_home import SAMPLES, Place, copy_place, fill_inbox


@pytest.fixture(scope="session")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("refreshed"))
    fill_inbox(place, SAMPLES[:3])
    output = place.refresh()
    assert "Published" in output
    return place


@pytest.fixture
def copied(refreshed: Place, tmp_path: Path) -> Place:
    return copy_place(refreshed, tmp_path)

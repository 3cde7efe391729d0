"""Fixtures of the integration tests.

`refreshed`: a home after its first refresh with three reports; `copied`: a copy of it to change.
`samples_place`: a home with all samples, to look at and not to change.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from refreshing_home import SAMPLES, SAMPLES_DIR, Place, copy_place, fill_inbox

from ingest.locking import hold_lock


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


@pytest.fixture(scope="session")
def samples_place(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Place:
    """All samples, refreshed once, also where tests run in several processes."""
    base = tmp_path_factory.getbasetemp()
    place = Place((base if worker_id == "master" else base.parent) / "samples_place")
    with hold_lock(place.path.with_suffix(".lock"), wait=True):
        if not place.home.published_db.exists():
            fill_inbox(place, sorted(p for p in SAMPLES_DIR.iterdir() if p.is_file()))
            place.refresh()
    return place

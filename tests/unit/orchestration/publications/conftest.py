"""Fixtures of the tests of exports, kept publications and rollbacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_home import make_home

from ingest.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home")

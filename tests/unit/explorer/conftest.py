"""Fixtures of the explorer's tests: the application over a published warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from explored import Asker, explored

from explorer.app import build_app
from explorer.settings import ExplorerSettings
from ingest.home import Home

__all__ = ["explored"]


@pytest.fixture
def verdicts_dir(tmp_path: Path) -> Path:
    """Where verdicts given in a test go: never into the project's file."""
    return tmp_path / "verdicts"


@pytest.fixture
def asker(explored: Home, verdicts_dir: Path) -> Asker:
    """Asks the application over the published samples and the crafted report."""
    settings = ExplorerSettings(home=explored.path, verdicts_dir=verdicts_dir)
    return Asker(build_app(settings))

"""Materialising in Dagster itself, with its multi-process executor, as the UI does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from refreshing_home import SAMPLES, Place, fill_inbox

from ingest.paths import PROJECT_ROOT
from orchestration.instance import prepare_dagster_home


def test_no_lock_is_in_the_way_when_every_step_has_its_own_process(tmp_path: Path) -> None:
    place = Place(tmp_path)
    fill_inbox(place, SAMPLES[:1])

    result = subprocess.run(
        [
            *(sys.executable, "-m", "dagster", "job", "execute"),
            *("-m", "orchestration.definitions", "-j", "refresh"),
        ],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "GONGKAI_HOME": str(place.home.path),
            "GONGKAI_INBOX": str(place.inbox),
            "DAGSTER_HOME": str(prepare_dagster_home(place.home)),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr[-5000:]
    assert result.stderr.count("Launching subprocess for") >= 6
    assert len(place.published_rows()["dim_report"]) == 1

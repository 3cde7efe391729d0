from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from ingest.home import Home
from orchestration.sensors import build_inbox_sensor


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("一")
    return folder


def evaluate(inbox: Path, cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    sensor = build_inbox_sensor([inbox], Home.at(inbox.parent / "home"))
    with dg.build_sensor_context(cursor=cursor) as context:
        result = sensor(context)
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    return result


def test_refresh_is_asked_for_once_when_files_are_new(inbox: Path) -> None:
    first = evaluate(inbox, None)
    assert isinstance(first, dg.SensorResult)
    assert first.run_requests is not None
    assert len(first.run_requests) == 1

    assert isinstance(evaluate(inbox, first.cursor), dg.SkipReason)

    (inbox / "b.txt").write_text("二")
    assert isinstance(evaluate(inbox, first.cursor), dg.SensorResult)


def test_reason_is_told_when_the_inbox_is_missing(inbox: Path) -> None:
    result = evaluate(inbox / "nowhere", None)

    assert isinstance(result, dg.SkipReason)
    assert "nowhere" in (result.skip_message or "")


def test_cursor_stays_when_only_ignored_files_come(inbox: Path) -> None:
    first = evaluate(inbox, None)
    assert isinstance(first, dg.SensorResult)
    (inbox / "a.gold.json").write_text("{}")

    assert isinstance(evaluate(inbox, first.cursor), dg.SkipReason)

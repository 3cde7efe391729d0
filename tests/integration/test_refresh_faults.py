"""Refreshes that must not publish: whatever was published before stays as it is, to the byte."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from refreshing_home import SAMPLES, Place, fill_inbox

from orchestration.assets.published import CANDIDATE
from orchestration.refreshing import RefreshOutcome, run_refresh
from orchestration.settings import OrchestrationSettings

_TOKEN = "T0KEN-never-told"


@contextmanager
def published_untouched(place: Place) -> Iterator[None]:
    before = place.home.published_db.read_bytes(), place.home.published_db.stat().st_ino
    yield
    assert (place.home.published_db.read_bytes(), place.home.published_db.stat().st_ino) == before


def refresh_with(place: Place, *checks: dg.AssetChecksDefinition) -> RefreshOutcome:
    settings = OrchestrationSettings(home=place.home.path, inbox=(place.inbox,), workers=1)
    return run_refresh(settings, lambda *_: None, full=False, audit=checks)


def planted_audit(*, passed: bool) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=CANDIDATE, name="planted", blocking=True)
    def planted() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=passed, description="one share is 140 percent")

    return planted


def test_nothing_is_published_when_the_audit_fails(copied: Place) -> None:
    fill_inbox(copied, SAMPLES[3:4])

    with published_untouched(copied):
        outcome = refresh_with(copied, planted_audit(passed=False))

    assert not outcome.is_published
    assert outcome.reasons == ("candidate_warehouse: planted: one share is 140 percent",)
    assert copied.home.candidate_db.exists()

    # The next refresh does not take the failed one for nothing new.
    assert refresh_with(copied, planted_audit(passed=True)).is_replaced


def test_reason_is_printed_when_the_audit_finds_a_number_of_ours_wrong(
    copied: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in a document that is read already: the real audit has to find it in the marts."""
    monkeypatch.setenv("GONGKAI_ALERT_WEBHOOK", f"http://127.0.0.1:9/hooks/{_TOKEN}")
    with duckdb.connect(str(copied.home.work_db)) as con:
        con.execute("UPDATE staging.observations SET value = -1 WHERE unit = 'item'")
        changed = con.execute("SELECT count(*) FROM staging.observations WHERE value = -1")
        assert changed.fetchall() != [(0,)]
    fill_inbox(copied, SAMPLES[3:4])

    with published_untouched(copied):
        result = copied.gongkai("refresh")

    assert result.returncode == 1
    assert "Nothing was published" in result.stderr
    assert "candidate_warehouse: " in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    written = [path for path in copied.home.path.rglob("*") if path.is_file()]
    assert copied.home.dagster_dir / "refresh.log" in written
    assert [path for path in written if _TOKEN.encode() in path.read_bytes()] == []


def test_nothing_is_published_when_the_disk_fills_up(copied: Place) -> None:
    fill_inbox(copied, SAMPLES[3:4])
    largest = copied.home.work_db.stat().st_size // 2

    def limit_file_size() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    with published_untouched(copied):
        result = copied.gongkai("refresh", before=limit_file_size)

    assert result.returncode == 1
    assert "what was published before is as it was" in result.stderr
    assert "free some space" in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert "Published" in copied.refresh()


def test_command_stops_with_2_when_an_inbox_is_missing(refreshed: Place) -> None:
    with published_untouched(refreshed):
        result = refreshed.gongkai("refresh", "--inbox", "nowhere")

    assert result.returncode == 2
    assert "There is no inbox nowhere" in result.stderr
    assert "--inbox" in result.stderr


@pytest.mark.parametrize("arguments", [["--no-such-option"], ["--inbox"], ["stray"]])
def test_command_stops_with_2_when_an_argument_is_bad(
    refreshed: Place, arguments: list[str]
) -> None:
    assert refreshed.gongkai("refresh", *arguments).returncode == 2


def test_home_is_named_when_it_is_a_file(refreshed: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    result = refreshed.gongkai("refresh", "--home", str(tmp_path / "file"))

    assert result.returncode == 1
    assert "--home" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("years", ["12-15", "2015-2012", "all"])
def test_command_stops_with_2_when_report_years_are_no_range(refreshed: Place, years: str) -> None:
    result = refreshed.gongkai("refresh", "--report-years", years)

    assert result.returncode == 2
    assert "--report-years" in result.stderr


def test_clock_is_doubted_when_the_warehouse_was_published_tomorrow(refreshed: Place) -> None:
    status = refreshed.home.published_db.stat()
    tomorrow = time.time() + 86_400
    os.utime(refreshed.home.published_db, (tomorrow, tomorrow))
    try:
        result = refreshed.gongkai("refresh")
    finally:
        os.utime(refreshed.home.published_db, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert result.returncode == 0
    assert "Set the clock" in result.stderr
    assert "24.0 hours from now" in result.stderr
    assert "Set the clock" not in refreshed.gongkai("refresh").stderr

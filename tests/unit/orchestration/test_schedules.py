"""A month gets one refresh, however often it ticks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from ingest.home import Home
from orchestration.instance import open_instance
from orchestration.schedules import monthly_refresh

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with open_instance(Home.at(tmp_path)) as instance:
        yield instance


def tick(instance: dg.DagsterInstance, *when: int) -> dg.RunRequest | dg.SkipReason:
    context = dg.build_schedule_context(
        instance=instance, scheduled_execution_time=datetime(*when, tzinfo=SHANGHAI)
    )
    result = monthly_refresh(context)
    assert isinstance(result, dg.RunRequest | dg.SkipReason)
    return result


def start(
    instance: dg.DagsterInstance, request: dg.RunRequest | dg.SkipReason, status: str
) -> None:
    assert isinstance(request, dg.RunRequest)
    run = dg.DagsterRun("refresh", tags=dict(request.tags), status=dg.DagsterRunStatus(status))
    instance.add_run(run)


@pytest.mark.parametrize("status", ["NOT_STARTED", "STARTED", "SUCCESS"])
def test_month_gets_one_run_when_it_ticks_twice(instance: dg.DagsterInstance, status: str) -> None:
    start(instance, tick(instance, 2026, 11, 1, 4), status)

    assert isinstance(tick(instance, 2026, 11, 1, 4), dg.SkipReason)
    assert isinstance(tick(instance, 2026, 11, 2, 9), dg.SkipReason)
    assert isinstance(tick(instance, 2026, 12, 1, 4), dg.RunRequest)


def test_month_gets_another_run_when_its_first_failed(instance: dg.DagsterInstance) -> None:
    first = tick(instance, 2026, 11, 1, 4)
    start(instance, first, "FAILURE")

    assert isinstance(tick(instance, 2026, 11, 1, 5), dg.RunRequest)


def test_run_says_who_asked_for_it_and_of_which_month(instance: dg.DagsterInstance) -> None:
    request = tick(instance, 2026, 11, 1, 4)

    assert isinstance(request, dg.RunRequest)
    assert request.run_key == "2026-11"
    assert request.tags["gongkai/started_by"] == "monthly_refresh"
    assert request.tags["gongkai/month"] == "2026-11"


def test_it_ticks_on_the_first_at_four_in_shanghai() -> None:
    assert monthly_refresh.cron_schedule == "0 4 1 * *"
    assert monthly_refresh.execution_timezone == "Asia/Shanghai"
    assert monthly_refresh.default_status is dg.DefaultScheduleStatus.STOPPED

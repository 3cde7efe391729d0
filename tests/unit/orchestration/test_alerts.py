"""Alerts arrive, are tried again, and never tell the address of the webhook."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from pydantic import SecretStr

from ingest.home import Home
from orchestration.alerts import Alert, AlertNotDelivered, AlertWays, deliver
from orchestration.sensors import build_alert_sensor
from orchestration.settings import OrchestrationSettings

TOKEN = "T0KEN-never-told"
ALERT = Alert("run-1", "refresh", "/srv/gongkai", "2026-11-01T04:00:09+00:00", "staging: 坏了")


@contextmanager
def webhook(*answers: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that gives these answers in turn; its address, and what was posted to it."""
    received: list[dict[str, Any]] = []
    left = iter(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append({"path": self.path, **json.loads(body)})
            self.send_response(next(left))
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            received.append({"path": self.path})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hooks/{TOKEN}", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ways(address: str | None = None, file: Path | None = None) -> AlertWays:
    return AlertWays(SecretStr(address) if address else None, file)


def test_alert_is_posted_and_written_when_both_ways_are_given(tmp_path: Path) -> None:
    file = tmp_path / "new" / "alerts.jsonl"
    with webhook(200, 200) as (address, received):
        deliver(ALERT, ways(address, file))
        deliver(ALERT, ways(address, file))

    assert [alert["path"] for alert in received] == [f"/hooks/{TOKEN}"] * 2
    assert received[0]["run_id"] == "run-1"
    assert "坏了" in received[0]["text"]
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["job"] for line in lines] == ["refresh", "refresh"]


def test_alert_is_sent_again_when_the_server_fails_at_first() -> None:
    with webhook(503, 200) as (address, received):
        deliver(ALERT, ways(address), sleep=lambda _: None)

    assert len(received) == 2


@pytest.mark.parametrize("answers", [(500, 500, 500), (302, 302, 302)])
def test_address_is_not_told_when_the_server_refuses(answers: tuple[int, ...]) -> None:
    with webhook(*answers) as (address, received), pytest.raises(AlertNotDelivered) as caught:
        deliver(ALERT, ways(address), sleep=lambda _: None)

    assert TOKEN not in str(caught.value)
    assert str(answers[0]) in str(caught.value)
    assert {alert["path"] for alert in received} == {f"/hooks/{TOKEN}"}, "followed a redirect"


@pytest.mark.parametrize(
    "address",
    [
        f"http://127.0.0.1:1/{TOKEN}",
        f"file:///tmp/{TOKEN}",
        f"nonsense {TOKEN}",
        f"http://[{TOKEN}/",
        f"http://127.0.0.1:port/{TOKEN}",
        f"http://host.invalid/a b{TOKEN}\n",
    ],
)
def test_address_is_not_told_when_it_is_wrong(address: str) -> None:
    with pytest.raises(AlertNotDelivered) as caught:
        deliver(ALERT, ways(address), sleep=lambda _: None)

    assert "GONGKAI_ALERT_WEBHOOK" in str(caught.value)
    assert TOKEN not in "".join(str(error) for error in chain(caught.value))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those it came from: Dagster keeps them all."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def test_file_is_written_when_the_webhook_fails(tmp_path: Path) -> None:
    with pytest.raises(AlertNotDelivered):
        deliver(ALERT, ways("ftp://x/", tmp_path / "alerts"), sleep=lambda _: None)

    assert len((tmp_path / "alerts").read_text().splitlines()) == 1


def test_settings_tell_nothing_when_they_are_shown_or_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_ALERT_WEBHOOK", f"https://chat.example/{TOKEN}")

    settings = OrchestrationSettings(home=tmp_path)

    assert settings.alert_ways().are_given
    assert TOKEN not in f"{settings!r} {settings.model_dump_json()} {settings.alert_ways()!r}"
    monkeypatch.setenv("GONGKAI_ALERT_WEBHOOK", "")
    assert not OrchestrationSettings(home=tmp_path).alert_ways().are_given


def test_reason_is_the_innermost_error_when_a_run_fails(tmp_path: Path) -> None:
    file = tmp_path / "alerts"

    @dg.op
    def breaks() -> None:
        try:
            raise OSError("the cause of it all")
        except OSError as error:
            raise RuntimeError("what came of it") from error

    @dg.job
    def failing() -> None:
        breaks()

    with dg.DagsterInstance.ephemeral() as instance:
        result = failing.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            sensor_name="alert_on_failure",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=next(e for e in result.all_events if e.event_type is dg.DagsterEventType.RUN_FAILURE),
        ).for_run_failure()
        build_alert_sensor(ways(file=file), Home.at(tmp_path))(context)

    told = json.loads(file.read_text())
    assert told["reason"] == "breaks: OSError: the cause of it all"
    assert told["run_id"] == result.run_id
    assert told["home"] == str(tmp_path)


def test_sensor_is_on_exactly_when_someone_is_to_be_told(tmp_path: Path) -> None:
    home = Home.at(tmp_path)

    assert build_alert_sensor(ways(), home).default_status is dg.DefaultSensorStatus.STOPPED
    assert (
        build_alert_sensor(ways(file=tmp_path / "a"), home).default_status
        is dg.DefaultSensorStatus.RUNNING
    )

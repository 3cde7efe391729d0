"""`gongkai explore`: where it listens, and what it says when it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from explorer.command import explore
from explorer.security import is_loopback


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the server would be started with."""
    given: dict[str, object] = {}

    def run(app: object, **options: object) -> None:
        given.update(options, app=app)

    monkeypatch.setattr("uvicorn.run", run)
    return given


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_listens_on_this_machine_unless_told_otherwise(
    tmp_path: Path, served: dict[str, object]
) -> None:
    port = free_port()
    result = CliRunner().invoke(explore, ["--home", str(tmp_path), "--port", str(port)])

    assert result.exit_code == 0, result.output
    assert f"http://127.0.0.1:{port}" in result.output
    assert (served["host"], served["port"]) == ("127.0.0.1", port)
    app = served["app"]
    assert isinstance(app, Starlette)
    assert app.state.settings.home == tmp_path


def test_taken_port_is_told_with_the_way_out(tmp_path: Path, served: dict[str, object]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(explore, ["--home", str(tmp_path), "--port", str(port)])
    assert result.exit_code == 1
    assert "--port" in result.output
    assert served == {}


def test_whoever_opens_it_to_others_is_warned(tmp_path: Path, served: dict[str, object]) -> None:
    arguments = ["--home", str(tmp_path), "--host", "0.0.0.0", "--port", str(free_port())]
    result = CliRunner().invoke(explore, arguments)
    assert "can give verdicts" in result.output


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("example.org", False)],
)  # fmt: skip
def test_this_machine_is_told_from_others(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected

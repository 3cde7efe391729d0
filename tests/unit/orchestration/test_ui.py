"""`gongkai ui` listens on this machine only unless told otherwise, and leaves nothing behind."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from orchestration.commands import ui as command

_STARTS_AND_LEAVES = """
import signal, subprocess, sys
child = subprocess.Popen(["sh", "-c", sys.argv[1]])
signal.signal(signal.SIGINT, lambda *_: sys.exit())
signal.pause()
"""
_NO_PROCESS = 2**22 + 1  # above the largest number that Linux gives


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """The command lines that would have been started."""
    commands: list[list[str]] = []

    class Started:
        pid = _NO_PROCESS

        def __init__(self, arguments: list[str], **_: Any) -> None:
            commands.append(arguments)

        def wait(self, timeout: float | None = None) -> int:
            return 0

    # Not in the module itself: others start processes too.
    monkeypatch.setattr(command, "subprocess", SimpleNamespace(Popen=Started, DEVNULL=subprocess.DEVNULL))
    endings = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(ending) for ending in endings]
    yield commands
    for ending, handler in zip(endings, before, strict=True):
        signal.signal(ending, handler)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(home: Path, *arguments: str) -> tuple[int, str]:
    port = str(free_port())
    result = CliRunner().invoke(command.ui, ["--home", str(home), "--port", port, *arguments])
    return result.exit_code, result.output


def host_of(commands: list[list[str]]) -> str:
    """The address that Dagster was told to listen on."""
    (dagster,) = (arguments for arguments in commands if "dagster" in arguments)
    return dagster[dagster.index("-h") + 1]


def test_it_listens_on_this_machine_only_when_nothing_is_said(
    started: list[list[str]], tmp_path: Path
) -> None:
    status, output = run(tmp_path)

    assert status == 0
    assert host_of(started) == "127.0.0.1"
    assert "Warning" not in output


def test_it_warns_when_others_can_reach_it(started: list[list[str]], tmp_path: Path) -> None:
    status, output = run(tmp_path, "--host", "0.0.0.0")

    assert status == 0
    assert host_of(started) == "0.0.0.0"
    assert "no login" in output


def test_nothing_is_started_when_the_port_is_taken(
    started: list[list[str]], tmp_path: Path
) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        status, output = run(tmp_path, "--port", str(holder.getsockname()[1]))

    assert status == 1
    assert "in use" in output
    assert started == []


def test_address_is_named_when_it_is_not_of_this_machine(
    started: list[list[str]], tmp_path: Path
) -> None:
    status, output = run(tmp_path, "--host", "192.0.2.1")

    assert status == 1
    assert "192.0.2.1" in output
    assert started == []


def test_children_are_ended_when_they_do_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_SECONDS_TO_END", 0.2)
    deaf = "trap '' INT TERM; sleep 1000 & echo ready; while :; do sleep 1; done"
    process = subprocess.Popen(
        ["sh", "-c", deaf], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()

    command._end(process)

    process.wait(10)
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    assert_group_ends(process.pid)


def test_what_outlives_the_process_has_its_time_to_end(tmp_path: Path) -> None:
    left = tmp_path / "tidied"
    slow = f"trap 'sleep 0.3; touch {left}; exit' INT; echo ready; while :; do sleep 0.1; done"
    process = subprocess.Popen(
        # A shell starts background commands with SIGINT ignored, and cannot trap it then.
        [sys.executable, "-c", _STARTS_AND_LEAVES, slow],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()

    command._end(process)

    process.stdout.close()
    assert left.exists()
    assert_group_ends(process.pid)


def assert_group_ends(group: int) -> None:
    """A busy machine takes a moment to carry out what was asked of it."""
    until = time.monotonic() + 10
    while running_in_group(group) and time.monotonic() < until:
        time.sleep(0.05)
    assert running_in_group(group) == []


def running_in_group(group: int) -> list[str]:
    """Processes of the group that are more than an entry nobody has collected yet."""
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return [field[0] for field in fields if field[2] == str(group) and field[0] != "Z"]

"""Refreshes that are killed, with all that they started, as by a power cut or the system.

What lives here: starting one, and ending it after some time, at a stage that it tells of, or
within a function. What does not: what must hold afterwards (`wholeness.py`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.paths import PROJECT_ROOT


@dataclass(frozen=True)
class Killed:
    """What came of a refresh that was to be killed: `is_killed` false where it ended before."""

    is_killed: bool
    status: int
    output: str


# Runs the command after a function of the program was replaced by one that ends all of it: before
# or after what it does, the n-th time.
_KILL_WITHIN = """
import importlib, os, signal, sys
module, _, name = sys.argv[1].rpartition(".")
when, times = sys.argv[2], int(sys.argv[3])
place = importlib.import_module(module)
original = getattr(place, name)
def deadly(*arguments, **options):
    global times
    times -= 1
    if times == 0 and when == "before":
        os.killpg(0, signal.SIGKILL)
    result = original(*arguments, **options)
    if times == 0:
        os.killpg(0, signal.SIGKILL)
    return result
setattr(place, name, deadly)
from ingest.cli import main
main(sys.argv[4:])
"""


def kill_after(seconds: float, environment: Mapping[str, str], *arguments: str) -> Killed:
    """Refresh, and kill it after so many seconds."""
    process = _start([sys.executable, "-m", "ingest.cli", "refresh", *arguments], environment)
    timer = threading.Timer(seconds, _kill, [process])
    timer.start()
    killed = _wait(process)
    timer.cancel()
    return killed


def kill_behind(step: str, environment: Mapping[str, str], *arguments: str) -> Killed:
    """Refresh, and kill it as soon as it tells that a step is done."""
    process = _start([sys.executable, "-m", "ingest.cli", "refresh", *arguments], environment)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if step in line:
            _kill(process)
    killed = _wait(process)
    return Killed(killed.is_killed, killed.status, "".join(lines) + killed.output)


def kill_within(
    function: str, environment: Mapping[str, str], *arguments: str, after: bool = False, times: int = 1
) -> Killed:
    """Refresh, and kill it where a function (its full name) is called, or has done its work."""
    when = "after" if after else "before"
    return _wait(
        _start(
            [sys.executable, "-c", _KILL_WITHIN, function, when, str(times), "refresh", *arguments],
            environment,
        )
    )


def environment_of(home: Path, inbox: Path) -> dict[str, str]:
    """The environment of a refresh of that home."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")]),
        "GONGKAI_HOME": str(home),
        "GONGKAI_INBOX": str(inbox),
        "GONGKAI_CORRECTIONS_DIR": str(home.parent / "corrections"),
        "COLUMNS": "200",
    }


def _start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
        start_new_session=True,  # a process group of its own, to be ended whole
    )


def _kill(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[str]) -> Killed:
    assert process.stdout is not None
    output = process.stdout.read()
    status = process.wait()
    return Killed(status == -signal.SIGKILL, status, output)

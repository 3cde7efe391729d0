"""A command watched from outside: its stages, their time and processor time, its greatest memory.

What lives here: running `gongkai` in a process of its own and adding up what the system says of it
and of all that it starts. What does not: what is run and what is made of it (`refreshes.py`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.paths import PROJECT_ROOT

_STEP = re.compile(r"^[✓✗] (?P<name>.+?) [\d.]+ s$")
_TICK = os.sysconf("SC_CLK_TCK")
_EVERY = 0.25  # seconds between two looks


@dataclass(frozen=True)
class Stage:
    """A step of a refresh: seconds by the clock, seconds of processors, greatest memory (bytes)."""

    name: str
    seconds: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Watched:
    """A command that was run: its sums and, of a refresh, its stages in order.

    `memory` is the greatest sum, over all processes alive at a moment, of what each had taken at
    most until then. What several processes share counts in each.
    """

    status: int
    output: str
    seconds: float
    cpu: float
    memory: int
    stages: tuple[Stage, ...]


@dataclass
class _Meter:
    """What the processes under `root` have used; its figures only grow."""

    root: int
    cpu: float = 0.0
    memory: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            self.look()

    def stop(self) -> None:
        self._ended.set()

    def look(self) -> None:
        processes = _tree(self.root)
        self.cpu = max(self.cpu, sum(_cpu(pid) for pid in processes))
        self.memory = max(self.memory, sum(_peak(pid) for pid in processes))

    def take_memory(self) -> int:
        memory, self.memory = self.memory, 0
        return memory


def watch(arguments: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run `gongkai` with these arguments and additions to the environment, and watch it."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest.cli", *arguments],
        cwd=PROJECT_ROOT,
        env={**os.environ, "COLUMNS": "200", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
    )
    meter = _Meter(process.pid)
    thread = threading.Thread(target=meter.run, daemon=True)
    thread.start()
    stages: list[Stage] = []
    lines: list[str] = []
    since, cpu, peak = begun, 0.0, 0
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if step := _STEP.match(line.strip()):
            meter.look()
            now = time.perf_counter()
            memory = meter.take_memory()
            peak = max(peak, memory)
            stages.append(Stage(step["name"], now - since, meter.cpu - cpu, memory))
            since, cpu = now, meter.cpu
    status = process.wait()
    meter.stop()
    thread.join()
    return Watched(
        status, "".join(lines), time.perf_counter() - begun, meter.cpu,
        max(peak, meter.memory), tuple(stages),
    )  # fmt: skip


def _tree(root: int) -> list[int]:
    """The process and all below it that are alive."""
    found = [root]
    for pid in found:
        for task in _listed(Path(f"/proc/{pid}/task")):
            found += [int(child) for child in _read(task / "children").split()]
    return found


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []  # it has ended


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _cpu(pid: int) -> float:
    """Seconds of processors that it and its ended children have used."""
    behind_name = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, behind_name[11:15])) / _TICK


def _peak(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0

"""`make bench`: measure, show, and write docs/performance.md.

usage: python -m tests.bench [--quick]
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from ingest.paths import PROJECT_ROOT
from tests.bench import reading
from tests.bench.reading import Measured

_PAGE = PROJECT_ROOT / "docs" / "performance.md"
_HEAD = """# Performance

Written by `make bench`; nothing here is typed by hand. The best of three rounds counts. Absolute
figures mean something on the machine named; the ratios travel: each is the time over that of a
floor run beside it (decoding the same bytes, folding their script with OpenCC, inserting the texts
into DuckDB), which no reader can do without.
"""


def _machine() -> str:
    model = "unknown processor"
    if (cpus := Path("/proc/cpuinfo")).exists():
        lines = [x for x in cpus.read_text().splitlines() if x.startswith("model name")]
        model = f"{len(lines)} × {lines[0].split(':', 1)[1].strip()}" if lines else model
    return f"{model}, Python {platform.python_version()}, {platform.system()}"


def _sections(quick: bool) -> dict[str, Iterator[Measured]]:
    return {
        "Reading narrative reports, from frozen bytes to frames": reading.narrative(600 if quick else 2_000),
        "Reading pages": reading.pages(512 if quick else 1_024),
        "Memory": reading.memory(2_000 if quick else 100_000),
    }


def main() -> None:
    """Measure every section; a quick run shows the figures and leaves the page alone."""
    quick = "--quick" in sys.argv[1:]
    console = Console()
    page = [_HEAD, f"Measured {datetime.now(UTC):%Y-%m-%d} on {_machine()}.\n"]
    for title, measurements in _sections(quick).items():
        console.rule(title)
        page += [f"## {title}\n", "| what | measured | |", "|---|---|---|"]
        for m in measurements:
            console.print(f"{m.what}: [bold]{m.value}[/bold] {m.note}")
            page.append(f"| {m.what} | {m.value} | {m.note} |")
        page.append("")
    if not quick:
        _PAGE.write_text("\n".join(page), encoding="utf8")
        console.print(f"written: {_PAGE.relative_to(PROJECT_ROOT)}")


if __name__ == "__main__":
    main()

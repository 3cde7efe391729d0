"""`make bench`: measure, show, and write docs/performance.md.

usage: python -m tests.bench [--quick] [--only reading|pages|memory|refresh|damage]...

A section takes the place of the one that was measured before; with --quick the page is left alone.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from ingest.paths import PROJECT_ROOT
from tests.bench import damage, reading, refreshes
from tests.bench.page import with_section
from tests.bench.reading import Measured

_PAGE = PROJECT_ROOT / "docs" / "performance.md"


def _machine() -> str:
    model = "unknown processor"
    if (cpus := Path("/proc/cpuinfo")).exists():
        lines = [x for x in cpus.read_text().splitlines() if x.startswith("model name")]
        model = f"{len(lines)} × {lines[0].split(':', 1)[1].strip()}" if lines else model
    return f"{model}, Python {platform.python_version()}, {platform.system()}"


def _sections(quick: bool) -> dict[str, tuple[str, Iterator[Measured]]]:
    """Name → title and measurements, which are made when they are asked for."""
    return {
        "reading": (
            "Reading narrative reports, from frozen bytes to frames",
            reading.narrative(600 if quick else 8_000),
        ),
        "pages": ("Reading pages", reading.pages(512 if quick else 1_024)),
        "memory": ("Memory", reading.memory(2_000 if quick else 100_000)),
        "refresh": (
            "Whole refreshes of generated reports",
            refreshes.refreshes(*(200, 2_000) if quick else (10_000, 100_000)),
        ),
        "damage": ("Damaged files of every kind in one inbox", damage.damage(500 if quick else 5_000)),
    }


def main() -> None:
    """Measure every section, or those that are asked for, and put them in the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small corpora; the page is left alone")
    parser.add_argument("--only", action="append", choices=_sections(quick=True), help="a section")
    given = parser.parse_args()
    sections = _sections(given.quick)
    console = Console()
    for name in given.only or sections:
        title, measurements = sections[name]
        console.rule(title)
        lines = [f"Measured {datetime.now(UTC):%Y-%m-%d} on {_machine()}.\n"]
        lines += ["| what | measured | |", "|---|---|---|"]
        for m in measurements:
            console.print(f"{m.what}: [bold]{m.value}[/bold] {m.note}")
            lines.append(f"| {m.what} | {m.value} | {m.note} |")
        if not given.quick:
            page = _PAGE.read_text(encoding="utf8")
            titles = [title for title, _ in sections.values()]
            _PAGE.write_text(with_section(page, title, "\n".join(lines), titles), encoding="utf8")
            console.print(f"written: {_PAGE.relative_to(PROJECT_ROOT)}")


if __name__ == "__main__":
    main()

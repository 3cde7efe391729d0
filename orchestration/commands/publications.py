"""`gongkai publications`: which publications are on the disk, and which readers find.

What lives here: laying them out. What does not: keeping them (`orchestration/kept.py`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from ingest.home import Home
from ingest.rollback_note import read_rollback
from orchestration.exports.manifest import whole_exports
from orchestration.kept import Kept, list_kept, unreadable
from orchestration.publication_diff import read_diff_summary
from orchestration.settings import OrchestrationSettings


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line, for programs.")
def publications(home: Path | None, as_json: bool) -> None:
    """List the publications that are kept: id, when, rows, what changed, which is current."""
    place = Home.at(home or OrchestrationSettings().home)
    told = [_tell(place, one) for one in list_kept(place)]
    if as_json:
        for one in told:
            click.echo(json.dumps(one, ensure_ascii=False))
        return
    if not told:
        raise click.ClickException(f"Nothing is published in {place.path}: run `gongkai refresh`.")
    _show(told)
    for path in unreadable(place):
        click.echo(
            f"{path} cannot be read: it is damaged, or of a newer DuckDB. It is left as it is; "
            "delete it where you do not need it."
        )
    current = next((one for one in told if one["is_current"]), None)
    note = read_rollback(place, current["publication_id"]) if current else None
    if note:
        click.echo(note.in_words())


def _tell(home: Home, one: Kept) -> dict[str, Any]:
    publication = one.publication
    exports = home.exports_dir / publication.publication_id
    return {
        "publication_id": publication.publication_id,
        "created_at": publication.created_at.isoformat(timespec="seconds") + "Z",
        "is_current": one.is_current,
        "follows": publication.follows,
        "reports": publication.row_counts.get("dim_report", 0),
        "rows": sum(publication.row_counts.values()),
        "changes": read_diff_summary(one.path),
        "has_exports": whole_exports(exports, publication.publication_id) is not None,
        "path": str(one.path),
    }


def _show(told: list[dict[str, Any]]) -> None:
    table = Table()
    for head in ("publication", "when (UTC)"):
        table.add_column(head, no_wrap=True)
    for head in ("reports", "rows"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("changed", overflow="fold")
    table.add_column("exports")
    for one in told:
        table.add_row(
            one["publication_id"] + ("\n  current" if one["is_current"] else ""),
            one["created_at"].replace("T", " ")[: len("2024-01-01 00:00")],
            f"{one['reports']:,}",
            f"{one['rows']:,}",
            _in_words(one["follows"], one["changes"]),
            "yes" if one["has_exports"] else "no",
        )
    Console().print(table)


def _in_words(follows: str | None, changes: dict[str, int]) -> str:
    if follows is None:
        return "the first"
    told = [f"{count:,} {change.replace('_', ' ')}" for change, count in changes.items()]
    return ", ".join(told) or "no fact, report or finding"

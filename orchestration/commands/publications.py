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
from ingest.rollback_note import RollbackNote, read_rollback
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
        click.echo(in_words(note))


def in_words(note: RollbackNote) -> str:
    """What a rollback means for the next refresh."""
    return (
        f"Rolled back on {note.at} from {note.instead_of}, which is not published again until "
        "something is new or `gongkai rollback --latest` asks for it."
    )


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
    table = Table("", "publication", "when (UTC)", "reports", "rows", "changed", "exports")
    for place in (3, 4):
        table.columns[place].justify = "right"
    for one in told:
        changes = ", ".join(
            f"{count:,} {change.replace('_', ' ')}" for change, count in one["changes"].items()
        )
        table.add_row(
            "current" if one["is_current"] else "",
            one["publication_id"],
            one["created_at"].replace("T", " ").rstrip("Z"),
            f"{one['reports']:,}",
            f"{one['rows']:,}",
            changes if one["follows"] else "the first",
            "yes" if one["has_exports"] else "no",
        )
    Console().print(table)

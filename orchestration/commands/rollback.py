"""`gongkai rollback`: readers find an earlier publication again.

What lives here: arguments, exit codes and what is printed. What does not: returning to it
(`orchestration/rollback.py`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ingest.home import Home, HomeNotWritable
from ingest.locking import AlreadyLocked, hold_lock
from ingest.rollback_note import read_rollback
from orchestration.rollback import CannotRollBack, roll_back
from orchestration.settings import OrchestrationSettings


@click.command()
@click.argument("publication_id", required=False)
@click.option("--latest", is_flag=True, help="Return to the newest: undo all rollbacks.")
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
def rollback(publication_id: str | None, latest: bool, home: Path | None) -> None:
    """Publish PUBLICATION_ID again, which is kept; by default the one before the current one.

    Nothing is built. What was put away is not published again by a refresh until something is new.
    Exit status: 0 returned to it, 1 nothing changed, 2 bad arguments.
    """
    if publication_id and latest:
        raise click.UsageError("Give a publication's id or --latest, not both.")
    place = Home.at(home or OrchestrationSettings().home)
    if not place.published_db.exists():
        raise click.ClickException(f"Nothing is published in {place.path}: run `gongkai refresh`.")
    try:
        with hold_lock(place.refresh_lock):
            publication = roll_back(place, publication_id, latest=latest)
    except AlreadyLocked as error:
        raise click.ClickException(
            f"A refresh of {place.path} is running (process {error.pid or 'unknown'}). Wait until "
            "it has ended; it may publish, and then there is something else to return from."
        ) from error
    except CannotRollBack as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(str(HomeNotWritable.because(error, place.path))) from error
    click.echo(
        f"Published again: {publication.publication_id} of "
        f"{publication.created_at:%Y-%m-%d %H:%M} (UTC), {place.published_db}"
    )
    note = read_rollback(place, publication.publication_id)
    if note:
        click.echo(note.in_words())

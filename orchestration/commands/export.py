"""`gongkai export`: the exports of what is published, here or elsewhere.

What lives here: arguments, exit codes and what is printed. What does not: writing and copying them
(`orchestration/exports`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ingest.home import Home, HomeNotWritable
from ingest.locking import hold_lock
from orchestration.exports.copying import CannotCopy, copy_exports
from orchestration.exports.writing import ensure_exports
from orchestration.publishing import NothingToPublish
from orchestration.settings import OrchestrationSettings


@click.command()
@click.option(
    "--to",
    "place",
    metavar="FOLDER",
    help="A folder, or the address of an object store (s3://bucket/folder). Default: only say "
    "where the exports lie in the home.",
)
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
def export(place: str | None, home: Path | None) -> None:
    """Copy the exports of the current publication to FOLDER/<publication id>.

    Written first where they are not there. Exit status: 0 they are there, 1 they are not.
    """
    layout = Home.at(home or OrchestrationSettings().home)
    if not layout.published_db.exists():
        raise click.ClickException(f"Nothing is published in {layout.path}: run `gongkai refresh`.")
    try:
        with hold_lock(layout.publish_lock, wait=True):
            made = ensure_exports(layout, layout.published_db)
            where = copy_exports(made, place) if place else str(made.folder)
    except (CannotCopy, NothingToPublish) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if place and error.filename and not Path(error.filename).is_relative_to(layout.path):
            raise click.ClickException(f"{place} cannot be written: {error.strerror}.") from error
        raise click.ClickException(str(HomeNotWritable.because(error, layout.path))) from error
    size = made.manifest.total_bytes()
    click.echo(f"{where}: {len(made.manifest.files) + 1} files, {size / 1e6:,.1f} MB")

"""`gongkai site`: the static pages of a home.

What lives here: arguments, printing and exit codes. What does not: building (`orchestration/static_site`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ingest.home import HomeNotWritable
from ingest.locking import AlreadyLocked, hold_lock
from ingest.published import NothingPublished
from orchestration.settings import OrchestrationSettings


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="The home whose published warehouse is shown. Default: GONGKAI_HOME.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="The folder to build. Default: site/ of the home.",
)
def site(home: Path | None, to: Path | None) -> None:
    """Build pages on what is published: tables, codebook, methods, audit, queries, changes.

    The folder needs nothing else: open its index.html, or put it behind any web server.
    """
    from orchestration.static_site.build import SiteNotBuilt, build_site
    from orchestration.static_site.changelog import UnreadableChangelog
    from orchestration.static_site.dbt_docs import DbtDocsFailed
    from orchestration.static_site.texts import BrokenLink

    settings = OrchestrationSettings() if home is None else OrchestrationSettings(home=home)
    layout = settings.home_layout()
    if not layout.published_db.exists():
        raise click.ClickException(
            f"There is no published warehouse at {layout.published_db}. Make one with `gongkai "
            "refresh`, or name another home with --home (or GONGKAI_HOME)."
        )
    try:
        # A refresh holds the work file that dbt describes, and writes the audit's pages.
        with hold_lock(layout.refresh_lock):
            built = build_site(settings, to)
    except AlreadyLocked as error:
        raise click.ClickException(
            f"A refresh of {layout.path} is running (process {error.pid}): build the site when it "
            "has ended."
        ) from error
    except (
        *(SiteNotBuilt, NothingPublished, DbtDocsFailed),
        *(UnreadableChangelog, BrokenLink, HomeNotWritable),
    ) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{built.page_count} pages. Open {built.folder / 'index.html'} in a browser.")

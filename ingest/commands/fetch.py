"""`gongkai fetch`: what is new or changed of the listed sources, put where a refresh lands it.

What lives here: arguments, exit codes and what is printed. What does not: the fetch itself
(`ingest/fetching`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.fetching.fetch import (
    FetchSettings,
    NoContact,
    SourceResult,
    end_unlisted,
)
from ingest.fetching.fetch import (
    fetch as fetch_sources,
)
from ingest.fetching.pages import Outcome
from ingest.fetching.sources import (
    BrokenSources,
    Source,
    UnknownSource,
    choose_sources,
    read_sources,
)
from ingest.fetching.telling import COUNTED, tell
from ingest.home import Home, HomeNotWritable
from ingest.limits import MEBIBYTE
from ingest.settings import IngestSettings

EXIT_NOT_GONE_THROUGH = 1
EXIT_BAD_ARGUMENTS = 2


@click.command()
@click.option("--source", "names", multiple=True, help="Only this source; may be given again.")
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Where everything made at run time goes. Default: GONGKAI_HOME.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be asked for; ask for nothing.")
def fetch(names: tuple[str, ...], home: Path | None, dry_run: bool) -> None:
    """Fetch what is new or changed of the sources in data/sources.yml.

    The next refresh lands it. A fetch that was broken off is gone on with.

    Exit status: 0 every source was gone through, or none is listed; 1 one was not (the others
    were); 2 bad arguments, a broken list of sources, or no contact.
    """
    settings = IngestSettings() if home is None else IngestSettings(home=home)
    try:
        sources = read_sources(settings.sources)
        chosen = choose_sources(sources, names)
        if not dry_run and sources:
            fetching = FetchSettings.of(settings)
    except (BrokenSources, UnknownSource, NoContact) as error:
        _stop(str(error), EXIT_BAD_ARGUMENTS)
    if dry_run:
        _show_plan(chosen)
        return
    try:
        ended = end_unlisted(sources, settings.home)
        results = _fetch(chosen, settings.home, fetching) if chosen else []
    except OSError as error:
        _stop(str(HomeNotWritable.because(error, settings.home)), EXIT_NOT_GONE_THROUGH)
    except sqlite3.Error as error:
        place = Home.at(settings.home).fetching_dir
        _stop(f"A ledger under {place} cannot be used: {error}.", EXIT_NOT_GONE_THROUGH)
    for name in ended:
        click.echo(f"{name} is listed no more; what was got of it is kept for landing.")
    if not chosen:
        click.echo(f"No sources are listed in {settings.sources}: nothing is fetched.")
        return
    _show(results)
    if not all(result.is_gone_through for result in results):
        raise SystemExit(EXIT_NOT_GONE_THROUGH)


def _fetch(sources: Sequence[Source], home: Path, settings: FetchSettings) -> list[SourceResult]:
    counts: Counter[str] = Counter()
    with Console(stderr=True).status("Fetching …") as status:

        def show(source: str, url: str, outcome: Outcome) -> None:
            counts[source] += 1
            line = f"{source}: {counts[source]:,} answers, {outcome.value} {url}"
            status.update(Text(line[:160]))

        return fetch_sources(sources, home, settings, show)


def _show_plan(sources: Sequence[Source]) -> None:
    table = Table("source", "agency")
    table.add_column("asked for first", overflow="fold")
    table.add_column("pace")
    table.add_column("bounds of one fetch")
    for source in sources:
        table.add_row(
            source.name,
            source.agency,
            "\n".join(source.starts()),
            f"{source.concurrency} at once, {source.delay_seconds:g} s between",
            f"{source.max_pages:,} pages, {source.max_bytes / MEBIBYTE:,.0f} MiB, "
            f"{source.max_seconds:,.0f} s",
        )
    if sources:
        Console().print(table)
    click.echo(f"Sources: {len(sources)}. Nothing was asked for.")


def _show(results: Sequence[SourceResult]) -> None:
    table = Table("source")
    for column in COUNTED:
        table.add_column(column, justify="right")
    for result in results:
        counts = map(result.count, COUNTED.values())
        table.add_row(result.source.name, *(f"{count:,}" for count in counts))
    Console().print(table)
    for result in results:
        for line in tell(result):
            click.echo(line)


def _stop(message: str, status: int) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(status)

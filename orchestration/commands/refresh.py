"""`gongkai refresh`: from the inboxes to the published warehouse.

What lives here: arguments, the quick look whether there is anything to do, exit codes and what is
printed. What does not: the run itself (`orchestration/refreshing.py`).
"""

from __future__ import annotations

import time
import traceback
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.table import Table

from ingest.batch import reader_ahead
from ingest.duckdb_files import NewerDuckDB, is_damage
from ingest.fetching.fetch import FetchSettings, NoContact
from ingest.fetching.sources import BrokenSources, read_sources
from ingest.home import HomeNotWritable
from ingest.inbox import InboxMissing, locate
from ingest.inputs import landed_inputs
from ingest.landing import has_news
from ingest.ledger import LedgerDamaged
from ingest.ledger_views import view_ledger
from ingest.locking import AlreadyLocked, hold_lock
from ingest.published import open_published
from ingest.report_years import ReportYears
from ingest.rollback_note import rollback_of
from ingest.version import reader_version
from orchestration.refresh_state import is_up_to_date
from orchestration.settings import OrchestrationSettings
from orchestration.terminal import log_everything_else
from orchestration.versions import model_version

if TYPE_CHECKING:
    from orchestration.refreshing import RefreshOutcome

EXIT_NOT_PUBLISHED = 1
EXIT_BAD_ARGUMENTS = 2

# A broken dump may have hundreds; more than a screen hides what was published.
_MOST_REFUSALS = 20


@click.command()
@click.option(
    "--inbox",
    "inboxes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file or folder of reports; may be given several times. Default: GONGKAI_INBOX.",
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Where everything made at run time goes. Default: GONGKAI_HOME.",
)
@click.option("--full", is_flag=True, help="Read all documents again, not only new ones.")
@click.option("--fetch", is_flag=True, help="Fetch the sources of data/sources.yml first.")
@click.option(
    "--report-years",
    "years",
    metavar="YEARS",
    help="Read the reports of these report years again: 2012-2015, or 2013.",
)
def refresh(
    inboxes: tuple[Path, ...], home: Path | None, full: bool, fetch: bool, years: str | None
) -> None:
    """Land what is new, read it, build the models, audit them and publish.

    Exit status: 0 published or nothing to do, 1 nothing published, 2 bad arguments.
    """
    started = time.monotonic()
    report_years = _report_years(years)
    settings = _settings(inboxes, home)
    try:
        for inbox in settings.inbox:
            locate(inbox)
        fetch = fetch and _has_sources(settings)
        settings.home_layout().make_dirs()
        _warn_of_clock(settings)
        with hold_lock(settings.home_layout().refresh_lock):
            again = full or fetch or report_years is not None
            if not again and _has_nothing_new(settings):
                click.echo("Nothing new: every document of the inboxes was read before.")
                _tell_rollback(settings)
            else:
                _run(settings, full=full, fetch=fetch, report_years=report_years)
    except (InboxMissing, BrokenSources, NoContact) as error:
        _stop(str(error), EXIT_BAD_ARGUMENTS)
    except AlreadyLocked as error:
        _stop(
            f"Another refresh of {settings.home} is running (process {error.pid or 'unknown'}). "
            "Wait until it has ended; the published warehouse can be read meanwhile."
        )
    except (HomeNotWritable, LedgerDamaged, NewerDuckDB, _NotPublished) as error:
        _stop(str(error))
    except OSError as error:
        _stop(str(HomeNotWritable.because(error, settings.home)))
    click.echo(f"{time.monotonic() - started:.1f} seconds")


def _report_years(years: str | None) -> ReportYears | None:
    if years is None:
        return None
    try:
        return ReportYears.parse(years)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--report-years") from error


def _settings(inboxes: tuple[Path, ...], home: Path | None) -> OrchestrationSettings:
    given: dict[str, Any] = {}
    if inboxes:
        given["inbox"] = inboxes
    if home is not None:
        given["home"] = home
    return OrchestrationSettings(**given)


def _has_sources(settings: OrchestrationSettings) -> bool:
    """Whether there is anything to fetch. Raises BrokenSources and NoContact, before any work."""
    if not read_sources(settings.sources):
        click.echo(f"No sources are listed in {settings.sources}: nothing is fetched.")
        return False
    FetchSettings.of(settings)
    return True


def _warn_of_clock(settings: OrchestrationSettings) -> None:
    home = settings.home_layout()
    for path in (home.ledger, home.published_db):
        with suppress(FileNotFoundError):
            ahead = path.stat().st_mtime - time.time()
            if ahead > _CLOCK_TOLERANCE:
                click.echo(
                    f"Warning: {path} was written {ahead / 3600:,.1f} hours from now by the clock "
                    f"of this machine ({datetime.now():%Y-%m-%d %H:%M}). Set the clock. Documents "
                    "landed now are still counted as later than those landed before.",
                    err=True,
                )
                return


def _has_nothing_new(settings: OrchestrationSettings) -> bool:
    """Whether the published warehouse is what a refresh would give; costs no heavy import."""
    home = settings.home_layout()
    is_current = is_up_to_date(
        home,
        inputs=landed_inputs(home.path, reader_version()),
        model_version=model_version(settings),
    )
    return is_current and not has_news(settings.inbox, home.path, limits=settings.landing_limits())


def _run(
    settings: OrchestrationSettings,
    *,
    full: bool,
    fetch: bool,
    report_years: ReportYears | None,
) -> None:
    log = settings.home_layout().dagster_dir / "refresh.log"
    with log_everything_else(log) as terminal:
        console = Console(file=terminal)
        try:
            # While this process imports and lands, another gets ready to read.
            with reader_ahead(settings.reading_guard()):
                with console.status("Starting …"):
                    from orchestration.progress import show_steps
                    from orchestration.refreshing import run_refresh
                with show_steps(console) as follow:
                    outcome = run_refresh(
                        settings, follow, full=full, fetch=fetch, report_years=report_years
                    )
        except Exception as error:
            # The border to the person: whatever broke below is told in a sentence, and the
            # traceback is in the log, where there is space for one.
            with suppress(OSError):
                traceback.print_exc()
            reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
            raise _NotPublished([reason], log) from error
    if not outcome.is_published:
        raise _NotPublished([*outcome.reasons], log)
    _show(settings, outcome)


# Clocks of a machine and a file server differ by seconds.
_CLOCK_TOLERANCE = 300


class _NotPublished(Exception):
    def __init__(self, reasons: list[str], log: Path) -> None:
        lines = ["Nothing was published; what was published before is as it was. Why:"]
        lines += [f"  - {reason}" for reason in reasons]
        if any(sign in reason for reason in reasons for sign in _SIGNS_OF_A_FULL_DISK):
            lines.append("The disk is full: free some space and refresh again.")
        elif any(map(is_damage, reasons)):
            lines.append("A file of this home is damaged: `gongkai verify` says which.")
        lines.append(f"The whole log: {log}; the run, where it began, in `gongkai ui`.")
        super().__init__("\n".join(lines))


# What the operating system, SQLite and DuckDB say of one.
_SIGNS_OF_A_FULL_DISK = ("No space left", "disk I/O error", "disk is full", "File too large")


def _show(settings: OrchestrationSettings, outcome: RefreshOutcome) -> None:
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in outcome.fetched.items():
        table.add_row(f"fetched: {name}", f"{count:,}")
    table.add_row("documents new", f"{outcome.new_count:,}")
    table.add_row("documents read", f"{outcome.read_count:,}")
    table.add_row("documents skipped as seen", f"{outcome.skipped_count:,}")
    for code, count in outcome.quarantined.items():
        table.add_row(f"quarantined: {code}", f"{count:,}")
    refusals = view_ledger(settings.home_layout().ledger).refusals
    if refusals:
        table.add_row("files not landed", f"{len(refusals):,}")
    for label, count in _published_counts(settings).items():
        table.add_row(label, f"{count:,}")
    for change, count in outcome.changes.items():
        table.add_row(f"since the last publication: {change.replace('_', ' ')}", f"{count:,}")
    Console().print(table)
    for line in outcome.fetch_told:
        click.echo(f"fetching {line}")
    for refusal in islice(refusals.values(), _MOST_REFUSALS):
        click.echo(f"not landed: {refusal.message}")
    if len(refusals) > _MOST_REFUSALS:
        click.echo("all of them: gongkai sql \"select message from issues where stage = 'land'\"")
    if outcome.is_replaced:
        click.echo(f"Published {settings.home_layout().published_db}")
    elif not _tell_rollback(settings):
        click.echo("The contents are those published before: the published file is left as it is.")


def _tell_rollback(settings: OrchestrationSettings) -> bool:
    """Say it where an earlier publication was returned to."""
    with open_published(settings.home) as con:
        rollback = rollback_of(settings.home_layout(), con)
    if rollback:
        click.echo(rollback.in_words())
    return rollback is not None


def _published_counts(settings: OrchestrationSettings) -> dict[str, int]:
    with open_published(settings.home) as con:
        query = "SELECT (SELECT count(*) FROM observations), (SELECT count(*) FROM findings)"
        observations, findings = con.execute(query).fetchall()[0]
    return {"observations": observations, "findings": findings}


def _stop(message: str, status: int = EXIT_NOT_PUBLISHED) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(status)

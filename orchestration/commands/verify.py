"""`gongkai verify`: is everything in the home still what was put there?

What lives here: the order of the checks, progress, and what is printed. What does not: the checks
(`ingest/verification.py`, `orchestration/verifying.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from ingest.duckdb_files import NewerDuckDB
from ingest.home import Home
from ingest.ledger import Ledger, LedgerDamaged
from ingest.locking import AlreadyLocked, hold_lock
from ingest.settings import IngestSettings
from ingest.verification import FrozenFault, verify_landing

_LANDING_WAY_OUT = (
    "Delete what is damaged or unreadable, put the originals into an inbox (or the files back from "
    "a backup of landing/) and run `gongkai refresh`."
)
_PUBLISHED_WAY_OUT = "Delete it and run `gongkai refresh`: it is published anew."
_WORK_WAY_OUT = (
    "Move it away and run `gongkai refresh`: it is made again from the landing, which takes as long "
    "as reading everything does."
)
_EXPORTS_WAY_OUT = "Restore them from a backup, or publish anew."


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
def verify(home: Path | None) -> None:
    """Hash the landing again, read the warehouse whole, and tell what is not as it was.

    Changes nothing. Exit status: 0 all is whole, 1 something is not.
    """
    place = Home.at(home or IngestSettings().home)
    if not place.ledger.exists() and not place.published_db.exists():
        raise click.ClickException(
            f"There is nothing to verify in {place.path}: neither a landing nor a warehouse. Name "
            "another home with --home (or GONGKAI_HOME)."
        )
    try:
        is_whole = all([_verify_landing(place), _verify_files(place)])
    except (LedgerDamaged, NewerDuckDB) as error:
        raise click.ClickException(str(error)) from error
    if not is_whole:
        raise SystemExit(1)
    click.echo("All is whole.")


def _verify_landing(home: Home) -> bool:
    count = len(Ledger.read(home.ledger).entries)
    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty()) as progress:
        hashing = progress.add_task("Hashing", total=count)
        faults = list(verify_landing(home, lambda: progress.advance(hashing)))
    return _tell(f"{count:,} frozen documents", map(_words, faults), _LANDING_WAY_OUT)


def _words(fault: FrozenFault) -> str:
    return f"{fault.path}: {fault.fault} ({fault.source_uri})"


def _verify_files(home: Home) -> bool:
    from orchestration import verifying  # reads the models' stamps, which imports more

    is_whole = True
    if home.published_db.exists():
        faults = verifying.faults_of_published(home.published_db)
        is_whole &= _tell("the published warehouse", faults, _PUBLISHED_WAY_OUT)
    for manifest in verifying.manifests(home.path / "exports"):
        faults = verifying.faults_of_exports(manifest)
        is_whole &= _tell(f"the exports of {manifest}", faults, _EXPORTS_WAY_OUT)
    if home.work_db.exists():
        try:
            with hold_lock(home.refresh_lock):
                faults = verifying.faults_of_work_file(home.work_db)
                is_whole &= _tell("the work file", faults, _WORK_WAY_OUT)
        except AlreadyLocked as error:
            click.echo(
                f"the work file: not looked at, process {error.pid or 'unknown'} is writing it"
            )
    return is_whole


def _tell(what: str, faults: Iterable[str], way_out: str) -> bool:
    lines = list(faults)
    click.echo(f"{what}: {'whole' if not lines else f'{len(lines):,} not as they were'}")
    for line in lines:
        click.echo(f"  {line}")
    if lines:
        click.echo(f"  {way_out}")
    return not lines

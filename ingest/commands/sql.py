"""`gongkai sql`: a query on the published warehouse.

What lives here: running one query and printing its rows. What does not: opening the warehouse
(`ingest/published.py`).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.published import NothingPublished, open_published
from ingest.settings import IngestSettings

# More rows than anyone reads in a terminal; --csv and --json print all.
_MOST_ROWS = 100
_FETCH = 10_000

Rows = Iterator[Sequence[Any]]


@click.command()
@click.argument("query")
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option("--json", "form", flag_value="json", help="Print a JSON object a line.")
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
def sql(query: str, form: str | None, home: Path | None) -> None:
    """Run QUERY on the published warehouse, read-only, and print its rows.

    Tables need no schema: "select * from agency_year". "show tables" lists them.
    """
    show: Callable[[Sequence[str], Rows], None] = {"csv": _show_csv, "json": _show_json}.get(
        form or "", _show_table
    )
    try:
        with open_published(home or IngestSettings().home) as con:
            con.execute(query)
            head = [column[0] for column in con.description or ()]
            show(head, _rows(con))
    except NothingPublished as error:
        raise click.ClickException(str(error)) from error
    except duckdb.Error as error:
        raise click.ClickException(_explain(error)) from error


def _rows(con: duckdb.DuckDBPyConnection) -> Rows:
    while rows := con.fetchmany(_FETCH):
        yield from rows


def _show_csv(head: Sequence[str], rows: Rows) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)


def _show_json(head: Sequence[str], rows: Rows) -> None:
    for row in rows:
        fields = dict(zip(head, row, strict=True))
        click.echo(json.dumps(fields, ensure_ascii=False, default=str))


def _show_table(head: Sequence[str], rows: Rows) -> None:
    table = Table(*head)
    shown = 0
    has_more = False
    for row in rows:
        if shown == _MOST_ROWS:
            has_more = True
            break
        table.add_row(*(_cell(value) for value in row))
        shown += 1
    # Beside a pipe there is no width to fit into, and cut-off cells help nobody.
    console = Console() if sys.stdout.isatty() else Console(width=10_000)
    console.print(table) if shown else click.echo("no rows")
    if has_more:
        click.echo(f"the first {_MOST_ROWS} rows; --csv or --json prints all")


def _cell(value: object) -> Text:
    """A value as people read it: null is said, a whole number has no decimals, text is no markup."""
    if value is None:
        return Text("null", style="dim")
    if isinstance(value, float) and value.is_integer():
        return Text(f"{value:.0f}")
    return Text(str(value))


def _explain(error: duckdb.Error) -> str:
    message = str(error).strip()
    if "read-only" in message:
        return f"The published warehouse can only be read. DuckDB says: {message}"
    if "disabled by configuration" in message or "configuration has been locked" in message:
        return (
            "A query here sees the published warehouse and no other file or setting. To join it "
            f"with your own files, open it with DuckDB itself. DuckDB says: {message}"
        )
    return message

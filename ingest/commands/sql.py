"""`gongkai sql`: a query on the published warehouse.

What lives here: running one query and printing its rows. What does not: opening the warehouse
(`ingest/published.py`), the prompt and queries out of a pipe (`ingest/sql_prompt`).
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

from ingest.home import Home
from ingest.published import NothingPublished, open_published
from ingest.settings import IngestSettings
from ingest.sql_prompt.mistakes import tell
from ingest.sql_prompt.names import Names, read_names
from ingest.sql_prompt.piped import run_piped

# More rows than anyone reads in a terminal; --csv and --json print all.
_MOST_ROWS = 100
_FETCH = 10_000

Rows = Iterator[Sequence[Any]]


@click.command()
@click.argument("query", required=False)
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option("--json", "form", flag_value="json", help="Print a JSON object a line.")
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
def sql(query: str | None, form: str | None, home: Path | None) -> None:
    """Run QUERY on the published warehouse, read-only, and print its rows.

    Tables need no schema: "select * from agency_year". "show tables" lists them. Without QUERY a
    prompt opens that completes names; beside a pipe, the queries are read from it.
    """
    show: Callable[[Sequence[str], Rows], None] = {"csv": _show_csv, "json": _show_json}.get(
        form or "", _show_table
    )
    place = home or IngestSettings().home
    try:
        with open_published(place) as con:
            names = read_names(con)

            def run(statement: str) -> None:
                con.execute(statement)
                head = [column[0] for column in con.description or ()]
                show(head, _rows(con))

            try:
                if query is not None:
                    run(query)
                elif sys.stdin.isatty() and sys.stdout.isatty():
                    from ingest.sql_prompt.prompt import run_prompt

                    run_prompt(names, run, lambda e: _explain(e, names), Home.at(place).sql_history)
                elif not run_piped(sys.stdin, run):
                    raise click.UsageError("There is no query: neither QUERY nor standard input.")
            except duckdb.Error as error:
                raise click.ClickException(_explain(error, names)) from error
    except NothingPublished as error:
        raise click.ClickException(str(error)) from error


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


def _explain(error: duckdb.Error, names: Names) -> str:
    message = str(error).strip()
    if "read-only" in message:
        return f"The published warehouse can only be read. DuckDB says: {message}"
    if "disabled by configuration" in message or "configuration has been locked" in message:
        return (
            "A query here sees the published warehouse and no other file or setting. To join it "
            f"with your own files, open it with DuckDB itself. DuckDB says: {message}"
        )
    return tell(message, names)

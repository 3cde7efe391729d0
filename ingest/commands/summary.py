"""`gongkai summary`: what the published warehouse holds, on one screen.

What lives here: a few questions to the marts and how the answers are laid out. What does not: the
marts (`dbt_project`).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
import duckdb
from rich.console import Console
from rich.table import Table

from ingest.home import Home
from ingest.published import NothingPublished, open_published
from ingest.rollback_note import rollback_of
from ingest.settings import IngestSettings

# Sums are of what agencies report for themselves: an aggregate holds its members' figures again.
_OVERVIEW = """
SELECT
    (SELECT count(DISTINCT agency_key) FROM dim_report WHERE is_current),
    (SELECT min(report_year) FROM dim_report), (SELECT max(report_year) FROM dim_report),
    (SELECT count(*) FROM dim_report),
    (SELECT string_agg(form || ' ' || held, chr(10) ORDER BY form)
        FROM (SELECT form, count(*) AS held FROM dim_report GROUP BY form)),
    (SELECT count(*) FROM observations),
    (SELECT sum(disclosed) FROM agency_year WHERE org_scope = 'own'),
    (SELECT sum(requests_received) FROM agency_year WHERE org_scope = 'own'),
    (SELECT sum(staff_total) FROM agency_year WHERE org_scope = 'own'),
    (SELECT count(*) FROM findings),
    (SELECT count(*) FROM documents WHERE status = 'quarantined')
"""
_LABELS = (
    "agencies",
    "first year",
    "last year",
    "reports",
    "by form",
    "numbers read, with quotes",
    "items disclosed (主动公开), own",
    "requests received (依申请公开), own",
    "staff (工作人员), own, where told",
    "findings: sums and shares that do not fit",
    "documents not read as reports",
)
_AGENCY_YEARS = """
SELECT coalesce(agency_name, '(not told)'), report_year, disclosed, requests_received, staff_total, figure_count
FROM agency_year
ORDER BY figure_count DESC, agency_name, report_year LIMIT 8
"""
_AGENCY_YEAR_HEAD = ("agency", "year", "disclosed", "requests", "staff", "figures")
_NEXT = (
    ('gongkai sql "select * from findings"', "where reports contradict themselves, in words"),
    ('gongkai sql "show tables"', "what else there is; --csv and --json for other programs"),
    ("gongkai explore", "the same as pages in the browser, in English and Chinese"),
    ("gongkai ui", "the whole way of the data in the browser, with every check"),
)


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="Default: GONGKAI_HOME.")
def summary(home: Path | None) -> None:
    """Show what the published warehouse holds, and what to type next."""
    place = home or IngestSettings().home
    try:
        with open_published(place) as con:
            _show(con, Console(), place)
    except NothingPublished as error:
        raise click.ClickException(str(error)) from error
    except duckdb.Error as error:
        raise click.ClickException(
            f"{Home.at(place).published_db} was made by another version of gongkai: {error}. "
            "Run `gongkai refresh` to publish it anew."
        ) from error


def _show(con: duckdb.DuckDBPyConnection, console: Console, home: Path) -> None:
    overview = Table(title="The published warehouse", show_header=False, title_justify="left")
    overview.add_column()
    overview.add_column(justify="right")
    for label, value in zip(_LABELS, con.execute(_OVERVIEW).fetchall()[0], strict=True):
        # Years are no quantities: no thousands separator.
        overview.add_row(label, str(value or 0) if "year" in label else _number(value))
    console.print(overview)

    rows = Table(title="Agencies and years with the most figures", title_justify="left")
    for number, name in enumerate(_AGENCY_YEAR_HEAD):
        rows.add_column(name, justify="right" if number else "left")
    for agency, year, *figures in con.execute(_AGENCY_YEARS).fetchall():
        rows.add_row(agency, str(year), *map(_number, figures))
    console.print(rows)

    rollback = rollback_of(Home.at(home), con)
    if rollback:
        console.print(f"{rollback.in_words()}\n", highlight=False, soft_wrap=True)
    where = Home.at(home).published_db
    console.print(f"The warehouse lies at {where}. Next:", highlight=False, soft_wrap=True)
    program = _program()
    for command, what in _NEXT:
        console.print(f"  [bold]{command.replace('gongkai', program, 1)}[/]", highlight=False)
        console.print(f"      [dim]{what}[/]", highlight=False)


def _program() -> str:
    """How this very command is called: by its name where the shell finds it, else by its path."""
    path = Path(sys.argv[0])
    if shutil.which("gongkai") or path.name != "gongkai":
        return "gongkai"
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _number(value: object) -> str:
    """As people write it; nothing where the report gives none."""
    if value is None:
        return ""
    return f"{value:,.12g}" if isinstance(value, int | float) else str(value)

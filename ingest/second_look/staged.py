"""The second look over the work file: find tables whose sums fail, look again, store what is seen.

What lives here: the way from the staging tables to `staging.second_looks`. What does not: the
arithmetic (`locate.py`), reading a cell (`look.py`), what follows from it (`dbt_project`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ingest.home import Home
from ingest.load import open_work_db
from ingest.schema import SECOND_LOOKS
from ingest.second_look.equations import Code, Equation, Place, load_equations, places
from ingest.second_look.locate import failing, wrong_cells
from ingest.second_look.look import Look, Outcome, Run, look_at, runs_of
from ingest.second_look.streams import NoSecondReader, read_stream

# Reports of which an equation fails that were not looked at yet: by this version of the look, and
# of the reading they have now. A cell told twice counts once: the first, as in the models.
_FAILING = """
WITH cells AS (
    SELECT report_id, form, indicator, coalesce(channel, '') AS channel,
        coalesce(applicant_type, '') AS applicant_type, coalesce(outcome, '') AS outcome,
        arg_min(value, (value IS NULL, char_start, observation_id)) AS value
    FROM staging.observations
    WHERE table_name IS NOT NULL AND time_scope = 'year' AND org_scope <> 'sub_unit'
        AND value_semantic <> 'share_only'
        AND category IS NULL AND category_label IS NULL AND org_group IS NULL
        AND indicator IN (SELECT indicator FROM equation_terms)
    GROUP BY ALL
),
sums AS (
    SELECT cells.report_id, cells.form, terms.equation,
        sum(terms.sign * cells.value) AS residue, count(cells.value) AS known,
        any_value(terms.term_count) AS term_count
    FROM cells
    JOIN equation_terms AS terms USING (form, indicator, channel, applicant_type, outcome)
    GROUP BY ALL
)
SELECT DISTINCT report_id, form FROM sums
WHERE known = term_count AND abs(residue) > 1e-6
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class SecondLooks:
    """What one run of the second look did."""

    report_count: int  # reports with a failing table
    looked_at_count: int  # of these, looked at in this run
    outcomes: dict[str, int]  # over all cells that are stored


def look_again(
    home: Path, identities: Path, read: Callable[[Path], bytes] = Path.read_bytes
) -> SecondLooks:
    """Look again at the cells of every failing equation and store what is seen.

    Only frozen documents are opened that hold a table whose sums fail and that were not looked at
    before. Nothing is raised for a document that the second reader cannot open: its cells are
    `not_found`.
    """
    place = Home.at(home)
    equations = load_equations(identities)
    version = _version(identities)
    with open_work_db(place.work_db) as con:
        reports = _failing_reports(con, equations)
        _forget(con, reports, version)
        known = {key for (key,) in con.execute("SELECT report_id FROM staging.second_looks").fetchall()}
        unseen = [(report, form) for report, form in reports if report not in known]
        rows: list[dict[str, Any]] = []
        for report, form in unseen:
            rows += _look_at_report(con, place, report, form, equations, version, read)
        if rows:
            con.register("looks", pl.DataFrame(rows, schema=SECOND_LOOKS))
            con.execute("INSERT INTO staging.second_looks BY NAME SELECT * FROM looks")
            con.unregister("looks")
        outcomes = con.execute("SELECT outcome, count(*) FROM staging.second_looks GROUP BY ALL").fetchall()
    return SecondLooks(
        report_count=len({report for report, _ in reports}),
        looked_at_count=len({report for report, _ in unseen}),
        outcomes=dict(sorted(outcomes)),
    )


def look_at_table(
    data: bytes,
    media_type: str,
    values: Mapping[Code, float | None],
    equations: Sequence[Equation],
    cells: Mapping[Code, Place],
) -> dict[Code, tuple[Look, bool]]:
    """The cells of every failing equation of one form: what the second look sees, and whether it
    is the one at fault. A pure function of the bytes and of what was read first.
    """
    broken = failing(equations, values)
    located = wrong_cells(equations, values)
    try:
        runs: Sequence[Run] = runs_of(read_stream(data, media_type))
    except NoSecondReader:
        runs = ()
    codes = sorted({code for equation in broken for _, code in equation.terms})
    return {code: (look_at(runs, cells[code], values.get(code)), code in located) for code in codes}


def _failing_reports(
    con: duckdb.DuckDBPyConnection, equations: Sequence[Equation]
) -> list[tuple[str, str]]:
    terms = pl.DataFrame(
        [
            {
                "equation": number,
                "form": equation.form,
                "sign": sign,
                "indicator": code[0],
                "channel": code[1],
                "applicant_type": code[2],
                "outcome": code[3],
                "term_count": len(equation.terms),
            }
            for number, equation in enumerate(equations)
            for sign, code in equation.terms
        ]
    )
    con.register("equation_terms", terms)
    try:
        return con.execute(_FAILING).fetchall()
    finally:
        con.unregister("equation_terms")


def _forget(
    con: duckdb.DuckDBPyConnection, reports: Sequence[tuple[str, str]], version: str
) -> None:
    """Looks at what is read otherwise now, fails no longer, or was seen by another version."""
    frame = pl.DataFrame({"report_id": [report for report, _ in reports]}, schema={"report_id": pl.String})
    con.register("failing_reports", frame)
    con.execute(
        """
        DELETE FROM staging.second_looks WHERE look_version <> ?
            OR report_id NOT IN (SELECT report_id FROM failing_reports)
            OR report_id IN (
                SELECT looks.report_id FROM staging.second_looks AS looks
                LEFT JOIN staging.observations AS read USING (observation_id)
                WHERE read.value IS DISTINCT FROM looks.first_value
                    OR read.reader_version IS DISTINCT FROM looks.reader_version
            )
        """,
        [version],
    )
    con.unregister("failing_reports")


def _look_at_report(
    con: duckdb.DuckDBPyConnection,
    home: Home,
    report: str,
    form: str,
    equations: Sequence[Equation],
    version: str,
    read: Callable[[Path], bytes],
) -> Iterator[dict[str, Any]]:
    own = [equation for equation in equations if equation.form == form]
    sha256, media_type = con.execute(
        "SELECT sha256, media_type FROM staging.reports WHERE report_id = ?", [report]
    ).fetchall()[0]
    observations: dict[Code, tuple[str, float | None, str]] = {}
    for key, code, value, reader in _cells_of(con, report, form):
        if code not in observations or observations[code][1] is None:
            observations[code] = (key, value, reader)
    values = {code: value for code, (_, value, _) in observations.items()}
    try:
        data = read(home.objects_dir / sha256[:2] / sha256)
    except OSError:
        data = b""  # a damaged landing is told by the reader; here nothing can be seen again
    seen = look_at_table(data, media_type, values, own, places()[form])
    broken = failing(own, values)
    for code, (look, is_located) in seen.items():
        key, value, reader = observations[code]
        yield {
            "observation_id": key,
            "report_id": report,
            "outcome": look.outcome.value,
            "first_value": value,
            "second_value": look.value if look.outcome is not Outcome.NOT_FOUND else None,
            "second_text": look.text,
            "path": media_type,
            "is_located": is_located,
            "checks": "|".join(_check_ids(code, broken)),
            "reader_version": reader,
            "look_version": version,
        }


def _cells_of(
    con: duckdb.DuckDBPyConnection, report: str, form: str
) -> Iterator[tuple[str, Code, float | None, str]]:
    rows = con.execute(
        """
        SELECT observation_id, indicator, coalesce(channel, ''), coalesce(applicant_type, ''),
            coalesce(outcome, ''), value, reader_version
        FROM staging.observations
        WHERE report_id = ? AND form = ? AND table_name IS NOT NULL AND time_scope = 'year'
            AND org_scope <> 'sub_unit' AND category IS NULL AND category_label IS NULL
            AND org_group IS NULL AND value_semantic <> 'share_only'
        ORDER BY char_start, observation_id
        """,
        [report, form],
    ).fetchall()
    for key, indicator, channel, applicant_type, outcome, value, reader in rows:
        yield key, (indicator, channel, applicant_type, outcome), value, reader


def _check_ids(code: Code, broken: Iterable[Equation]) -> list[str]:
    counted = Counter(e.check_id for e in broken if any(term == code for _, term in e.terms))
    return sorted(counted)


@cache
def _version(identities: Path) -> str:
    """Twelve hex digits that change when a cell might be looked at differently."""
    digest = hashlib.sha256(identities.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

"""Errors planted in correct reports are all found, named, and located where one cell explains them.

What lives here: one batch of synthetic reports through reading, second look and models. What does
not: the arithmetic by itself (`tests/unit/ingest/second_look`), reports without errors
(`test_no_false_findings.py`).
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import coherent_reports
import duckdb
import pytest
from dbt_runs import WITHOUT_TESTS, failures, rows, run_dbt

from ingest.chunk import read_chunk
from ingest.home import Home
from ingest.landing import LandedDocument
from ingest.load import create_staging, load_batch
from ingest.second_look.equations import Code, code_of
from ingest.second_look.locate import failing, wrong_cells
from ingest.second_look.staged import look_again
from tests.unit.ingest.second_look.grid_values import (
    IDENTITIES,
    correct_tables,
    equations_of,
    values_of,
)
from tests.unit.ingest.tables.forms_grid import Grid, Key, official

FORMS = ("std_2021", "std_2019")
KINDS = ("cell", "exchange", "total", "clean")
SEEDS = 4
# One agency for each form and kind: no report is a version of another.
DEPARTMENTS = ("教育", "财政", "民政", "农业", "林业", "审计", "统计", "司法")
# A list that closes itself: every part is named, and the last is the rest.
LIST = "全年主动公开政府信息{total}条，其中政策法规类{one}条，机构职能类{two}条，其他{rest}条。"
REST = (
    "<p>二、依申请公开政府信息情况</p><p>本年度没有收到政府信息公开申请。</p>"
    "<p>三、复议和诉讼情况</p><p>没有因政府信息公开被申请行政复议、提起行政诉讼。</p>"
    "<p>四、存在的问题和改进措施</p><p>公开的内容还不够丰富，今后将进一步完善制度，加强培训，及时更新。</p>"
)


@dataclass(frozen=True)
class Planted:
    """A report: its bytes, the checks that must fail, the cell to be named if there is one."""

    name: str
    html: str
    checks: tuple[str, ...]
    located: Code | None


def standard(form: str, kind: str, seed: int) -> Planted:
    """Tables 3 and 4 of a form with one error, or none; what must fail is told by the equations."""
    rng = random.Random(f"{form} {kind} {seed}")
    tables = correct_tables(form, "dense", seed)
    wrong = _planted(form, kind, tables, rng)
    for grid in tables:
        grid.rows = [
            [replace(c, text=f"{wrong[c.key]:g}") if c.key in wrong else c for c in row]
            for row in grid.rows
        ]
        grid.truth.update({key: value for key, value in wrong.items() if key in grid.truth})
    values = values_of(tables)
    broken = failing(equations_of(form), values)
    cells = wrong_cells(equations_of(form), values)
    heads = {"t3": "三、收到和处理政府信息公开申请情况", "t4": "四、政府信息公开行政复议、行政诉讼情况"}
    body = "".join(f"<p>{heads[g.table]}</p>{coherent_reports.table(g)}" for g in tables)
    body_of = DEPARTMENTS[FORMS.index(form) * len(KINDS) + KINDS.index(kind)]
    title = f"甲县{body_of}局{2019 + seed}年政府信息公开工作年度报告"
    html = f"<html><body><p>{title}</p><p>一、总体情况</p>{body}</body></html>"
    checks = tuple(sorted(e.check_id for e in broken))
    located = cells[0] if kind in ("cell", "total") and len(cells) == 1 else None
    return Planted(f"{form}-{kind}-{seed}.html", html, checks, located)


def _planted(form: str, kind: str, tables: list[Grid], rng: random.Random) -> dict[Key, float]:
    """Cell → the wrong number that is printed in it."""
    truth = {key: value or 0.0 for grid in tables for key, value in grid.truth.items()}
    places = {
        code_of(cell): (grid.table, cell.row_no, cell.column_no)
        for grid in tables
        for row in official(form, grid.table).rows
        for cell in row.cells
    }
    total = places["requests_answered", "", "", ""]
    leaves = sorted(key for code, key in places.items() if key[0] == "t3" and code[2])
    if kind == "clean":
        return {}
    if kind == "total":
        return {total: truth[total] + 5}
    if kind == "cell":
        key = rng.choice([*leaves, *(key for key in sorted(places.values()) if key[0] == "t4")])
        return {key: truth[key] + rng.randint(1, 9)}
    one, other = next(
        (a, b) for a in leaves for b in leaves if a[1] == b[1] > 2 and truth[a] != truth[b]
    )
    return {one: truth[other], other: truth[one]}


def narrative(kind: str, seed: int) -> Planted:
    """A sentence whose parts give its total, or miss it."""
    rng = random.Random(seed)
    one, two, rest = (rng.randint(10, 90) for _ in range(3))
    total = one + two + rest + (3 if kind == "total" else 0)
    sentence = LIST.format(total=total, one=one, two=two, rest=rest)
    title = f"<p>{'乙' if kind == 'total' else '丙'}县水利局{2009 + seed}年政府信息公开工作年度报告</p><p>一、主动公开政府信息情况</p>"
    checks = ("list_categories",) if kind == "total" else ()
    html = f"<html><body>{title}<p>{sentence}</p>{REST}</body></html>"
    return Planted(f"narrative-{kind}-{seed}.html", html, checks, None)


REPORTS = tuple(standard(f, k, s) for f in FORMS for k in KINDS for s in range(SEEDS)) + tuple(
    narrative(k, s) for k in ("total", "clean") for s in range(SEEDS)
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports read, looked at again and modelled in one batch."""
    folder = tmp_path_factory.mktemp("planted")
    home = Home.at(folder)
    landed = [_landed(home, planted) for planted in REPORTS]
    home.work_db.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.work_db)) as con:
        create_staging(con)
        load_batch(con, read_chunk(landed))
    look_again(folder, IDENTITIES)
    assert failures(run_dbt(home.work_db, "build", *WITHOUT_TESTS)) == []
    return home.work_db


def _landed(home: Home, planted: Planted) -> LandedDocument:
    data = planted.html.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    path = home.objects_dir / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return LandedDocument(
        sha256=sha256, source_uri=planted.name, file_name=planted.name, byte_count=len(data),
        landed_at=datetime(2026, 1, 1), path=path,
    )  # fmt: skip


def _by_report(database: Path, query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {planted.name: [] for planted in REPORTS}
    for name, told in rows(database, query):
        found[name].append(told)
    return found


def test_every_planted_error_fails_and_nothing_else_does(database: Path) -> None:
    failed = _by_report(
        database,
        """select source_uri, check_id from marts.check_counts join marts.dim_report using (report_id)
           where status = 'fails' and other_report_id is null order by all""",
    )
    assert {name: tuple(told) for name, told in failed.items()} == {
        planted.name: planted.checks for planted in REPORTS
    }
    # what arithmetic cannot see is not planted here: every report with an error has one that fails
    assert all(bool(p.checks) != ("clean" in p.name) for p in REPORTS)


def test_every_planted_error_is_a_finding_that_is_printed_so(database: Path) -> None:
    found = _by_report(
        database,
        """select source_uri, check_id || ' ' || fault from marts.findings
           join marts.dim_report using (report_id) where other_report_id is null order by all""",
    )
    assert {name: tuple(told) for name, told in found.items()} == {
        planted.name: tuple(f"{check} printed_error" for check in planted.checks)
        for planted in REPORTS
    }


def test_cell_is_located_when_its_error_alone_explains_what_fails(database: Path) -> None:
    located = {
        name: code
        for name, *code in rows(
            database,
            """select distinct dim_report.source_uri, indicator, coalesce(channel, ''),
                   coalesce(applicant_type, ''), coalesce(outcome, '')
               from marts.findings
               join marts.dim_report using (report_id)
               join marts.observations on observation_id = located_observation_id
               where findings.other_report_id is null""",
        )
    }
    single = {p.name: list(p.located) for p in REPORTS if p.located}
    assert len(single) >= len(FORMS) * SEEDS  # all wrong totals and more
    assert {name: code for name, code in located.items() if name in single} == single

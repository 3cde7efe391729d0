"""The second look over a work file: only what fails is opened, once, and again when it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ingest.home import Home
from ingest.load import create_staging
from ingest.second_look.equations import Code, places
from ingest.second_look.staged import SecondLooks, look_again
from tests.unit.ingest.second_look.grid_values import IDENTITIES, correct_tables, values_of
from tests.unit.ingest.second_look.test_look import as_html

WRONG = ("requests_answered", "", "natural", "granted")
SHA = "ab" + "0" * 62


@pytest.fixture
def home(tmp_path: Path) -> Home:
    place = Home.at(tmp_path)
    place.make_dirs()
    return place


def _stage(home: Home, values: dict[Code, float | None], version: str = "1") -> None:
    cells = places()["std_2021"]
    rows = [
        {
            "observation_id": f"r-{number:04}",
            "report_id": "r",
            "indicator": code[0],
            "channel": code[1] or None,
            "applicant_type": code[2] or None,
            "outcome": code[3] or None,
            "value": value,
            "value_semantic": "number",
            "org_scope": "own",
            "time_scope": "year",
            "form": "std_2021",
            "table_name": cells[code].table,
            "char_start": number,
            "reader_version": version,
        }
        for number, (code, value) in enumerate(values.items())
    ]
    report: dict[str, Any] = {"report_id": "r", "sha256": SHA, "media_type": "text/html"}
    with duckdb.connect(str(home.work_db)) as con:
        create_staging(con)
        for table, frame in (("observations", pl.DataFrame(rows)), ("reports", pl.DataFrame([report]))):
            con.execute(f"DELETE FROM staging.{table}")
            con.register("frame", frame)
            con.execute(f"INSERT INTO staging.{table} BY NAME FROM frame")
            con.unregister("frame")


def _freeze(home: Home, page: bytes) -> None:
    (home.objects_dir / SHA[:2]).mkdir(parents=True, exist_ok=True)
    (home.objects_dir / SHA[:2] / SHA).write_bytes(page)


def _looks(home: Home) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.work_db), read_only=True) as con:
        return con.execute(
            "SELECT outcome, first_value, second_value FROM staging.second_looks WHERE is_located"
        ).fetchall()


def _refuse(path: Path) -> bytes:
    raise AssertionError(f"{path} was opened")


def test_no_document_is_opened_when_every_sum_holds(home: Home) -> None:
    _stage(home, values_of(correct_tables("std_2021", "dense", 1)))

    assert look_again(home.path, IDENTITIES, _refuse) == SecondLooks(0, 0, {})


def test_misread_cell_is_stored_as_different_and_looked_at_once(home: Home) -> None:
    tables = correct_tables("std_2021", "dense", 1)
    values = values_of(tables)
    _freeze(home, as_html(tables))
    _stage(home, {**values, WRONG: 123456.0})

    first = look_again(home.path, IDENTITIES)
    second = look_again(home.path, IDENTITIES, _refuse)

    assert (first.report_count, first.looked_at_count) == (1, 1)
    assert (second.report_count, second.looked_at_count) == (1, 0)
    assert second.outcomes == first.outcomes and first.outcomes["differs"] == 1
    assert _looks(home) == [("differs", 123456.0, values[WRONG])]


def test_looks_are_forgotten_when_the_table_is_read_right(home: Home) -> None:
    tables = correct_tables("std_2021", "dense", 1)
    _freeze(home, as_html(tables))
    _stage(home, {**values_of(tables), WRONG: 123456.0})
    look_again(home.path, IDENTITIES)

    _stage(home, values_of(tables), version="2")

    assert look_again(home.path, IDENTITIES) == SecondLooks(0, 0, {})
    assert _looks(home) == []


def test_cells_are_looked_at_again_when_they_were_read_by_another_version(home: Home) -> None:
    tables = correct_tables("std_2021", "dense", 1)
    _freeze(home, as_html(tables))
    _stage(home, {**values_of(tables), WRONG: 123456.0})
    look_again(home.path, IDENTITIES)

    _stage(home, {**values_of(tables), WRONG: 123456.0}, version="2")

    assert look_again(home.path, IDENTITIES).looked_at_count == 1


def test_nothing_is_found_and_nothing_raised_when_the_frozen_copy_is_gone(home: Home) -> None:
    _stage(home, {**values_of(correct_tables("std_2021", "dense", 1)), WRONG: 123456.0})

    assert set(look_again(home.path, IDENTITIES).outcomes) == {"not_found"}

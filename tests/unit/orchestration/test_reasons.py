from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from dagster._utils.error import serializable_error_info_from_exc_info

from ingest.duckdb_files import WorkFileDamaged
from orchestration.reasons import reason_of


def told(error: Exception) -> str | None:
    try:
        raise error
    except type(error):
        return reason_of(serializable_error_info_from_exc_info(sys.exc_info()))


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def test_way_out_is_told_when_an_error_of_ours_has_one() -> None:
    damage = duckdb.Error("Corrupt database file: checksum")
    ours = caused(WorkFileDamaged(Path("work.duckdb"), damage), damage)

    reason = told(caused(RuntimeError("the step failed"), ours))

    assert reason is not None
    assert reason.startswith("The work file work.duckdb is damaged")


def test_first_cause_is_told_when_no_error_is_of_ours() -> None:
    assert told(caused(RuntimeError("the step"), OSError("the disk"))) == "OSError: the disk"


def test_nothing_is_told_when_there_is_no_error() -> None:
    assert reason_of(None) is None

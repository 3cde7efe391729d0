"""Reports that agree with themselves give no finding, however they are worded."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import coherent_reports
import duckdb
import pytest
from dbt_runs import WITHOUT_TESTS, failures, rows, run_dbt

from ingest.chunk import read_chunk
from ingest.landing import LandedDocument
from ingest.load import create_staging, load_batch

# Five thousand were run when the checks were written; a hundred keep the test short.
REPORTS = 100


def stage(folder: Path, count: int) -> Path:
    """Read so many coherent reports into a work file."""
    documents: dict[str, LandedDocument] = {}
    for seed in range(count):
        text = (coherent_reports.standard if seed % 2 else coherent_reports.narrative)(seed)
        data = text.encode()
        sha256 = hashlib.sha256(data).hexdigest()
        path = folder / f"{seed}.{'html' if seed % 2 else 'txt'}"
        path.write_bytes(data)
        documents[sha256] = LandedDocument(
            sha256=sha256, source_uri=path.name, file_name=path.name, byte_count=len(data),
            landed_at=datetime(2026, 1, 1), path=path,
        )  # fmt: skip
    database = folder / "work.duckdb"
    with duckdb.connect(str(database)) as con:
        create_staging(con)
        landed = list(documents.values())
        for start in range(0, len(landed), 200):
            load_batch(con, read_chunk(landed[start : start + 200]))
    return database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = stage(tmp_path_factory.mktemp("coherent"), REPORTS)
    assert failures(run_dbt(path, "build", *WITHOUT_TESTS)) == []
    return path


def test_nothing_fails_when_every_report_adds_up(database: Path) -> None:
    failing = "select check_id, report_id, actual, expected, operands from marts.check_counts"
    assert rows(database, f"{failing} where status = 'fails' and other_report_id is null") == []
    shares = "select report_id, quote, computed_pct from marts.check_shares where status = 'fails'"
    assert rows(database, shares) == []


def test_checks_are_assessed_and_not_merely_silent(database: Path) -> None:
    held = dict(
        rows(
            database,
            "select frame, count(*) from marts.check_counts where status = 'holds' group by frame",
        )
    )
    assert held["within"] > 1500 and held["table_text"] > 100 and held["list"] > 50
    fitting = "select distinct base from marts.check_shares where status in ('exact', 'rounded')"
    assert {base for (base,) in rows(database, fitting)} >= {"total", "received"}

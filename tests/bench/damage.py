"""Damaged files of every format in one inbox among healthy reports: all healthy ones are published."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
from damaging import FORMS, damaged

from tests.bench.reading import Measured
from tests.bench.watching import watch
from tests.corpus.generate import Corpus

_DAMAGED_SHARE = 0.1


def damage(count: int) -> Iterator[Measured]:
    """An inbox of `count` files, a tenth of them damaged: how many healthy ones are published."""
    bad = int(count * _DAMAGED_SHARE) // len(FORMS)  # of each format
    healthy = count - bad * len(FORMS)
    with tempfile.TemporaryDirectory(prefix="gongkai_bench_") as folder:
        place = Path(folder)
        Corpus(seed=2).write(place, healthy)
        for form in FORMS:
            (place / "inbox" / form).mkdir()
            for seed in range(bad):
                (place / "inbox" / form / f"damaged_{seed}.{form}").write_bytes(damaged(form, seed))
        watched = watch(
            ["refresh"],
            {"GONGKAI_HOME": str(place / "home"), "GONGKAI_INBOX": str(place / "inbox")},
        )
        assert watched.status == 0, watched.output
        published, told = _counts(place)
    yield Measured(
        f"{healthy:,} healthy reports among {bad * len(FORMS)} damaged files of {len(FORMS)} formats",
        f"{published:,} published",
        f"{watched.seconds:.0f} s; {told:,} issues told of damaged files",
    )
    assert published == healthy, f"{healthy - published} healthy reports are not published"


def _counts(place: Path) -> tuple[int, int]:
    """Healthy reports that are published; issues of damaged files."""
    home, expected = place / "home", place / "expected_reports.parquet"
    with duckdb.connect(str(home / "warehouse" / "gongkai.duckdb"), read_only=True) as con:
        query = """
        SELECT
            (SELECT count(*) FROM read_parquet(?) AS expected
             WHERE EXISTS (FROM marts.dim_report AS r
                WHERE ends_with(r.source_uri, '/' || expected.file_name)
                AND r.agency_name = expected.agency_name AND r.report_year = expected.report_year
                AND r.is_current)),
            (SELECT count(*) FROM marts.issues WHERE contains(source_uri, '/damaged_'))
        """
        ((published, told),) = con.execute(query, [str(expected)]).fetchall()
    return int(published), int(told)

"""The whole way from inbox to published warehouse, as `gongkai refresh` goes it."""

from __future__ import annotations

import subprocess
import sys

import dagster as dg
from refreshing_home import SAMPLES, Place, fill_inbox

from ingest.locking import hold_lock
from orchestration.instance import open_instance


def test_every_document_is_accounted_for_when_published(refreshed: Place) -> None:
    rows = refreshed.published_rows()

    assert len(rows["documents"]) == 3
    assert len(rows["dim_report"]) == 3
    assert rows["observations"]
    assert rows["agency_year"]


def test_source_uri_ends_in_the_files_name_when_published(refreshed: Place) -> None:
    result = refreshed.gongkai("sql", "select source_uri from dim_report order by 1", "--csv")

    assert result.stdout.splitlines()[1:] == [
        f"{refreshed.inbox}/{sample.name}" for sample in SAMPLES[:3]
    ]


def test_run_is_recorded_when_refreshed_from_the_command_line(refreshed: Place) -> None:
    with open_instance(refreshed.home) as instance:
        (run,) = instance.get_runs()
        assert run.status is dg.DagsterRunStatus.SUCCESS
        published = instance.fetch_materializations(dg.AssetKey("published_warehouse"), limit=1)
    assert published.records[0].asset_materialization is not None


_REFRESH_AND_LIST_IMPORTS = """
import sys
from ingest.cli import main
main(sys.argv[1:], standalone_mode=False)
print(sorted({"dagster", "dbt", "great_expectations"} & set(sys.modules)))
"""


def test_nothing_is_changed_or_imported_when_nothing_is_new(refreshed: Place) -> None:
    def files() -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_ino)
            for path in refreshed.home.path.rglob("*")
            if path.is_file() and path != refreshed.home.refresh_lock
        }

    before = files()
    arguments = ["refresh", "--home", str(refreshed.home.path), "--inbox", str(refreshed.inbox)]
    result = subprocess.run(
        [sys.executable, "-c", _REFRESH_AND_LIST_IMPORTS, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Nothing new" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"
    assert files() == before


def test_published_file_is_left_alone_when_everything_is_read_again(copied: Place) -> None:
    # The first refresh is another home's copy: the same documents, read by the same reader.
    before = copied.home.published_db.read_bytes()

    output = copied.refresh("--full")

    assert "documents read" in output
    assert "left as it is" in output
    assert copied.home.published_db.read_bytes() == before


def test_same_rows_are_published_when_another_home_reads_the_same_inbox(
    refreshed: Place, copied: Place
) -> None:
    # Its ledger tells when each document was landed first: with it, nothing else may differ.
    for folder in ("work", "warehouse", "dagster"):
        for path in sorted((copied.home.path / folder).rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
    original = refreshed.inbox.rename(refreshed.inbox.with_name("away"))
    try:
        copied.refresh()
    finally:
        original.rename(refreshed.inbox)

    assert copied.published_rows() == refreshed.published_rows()


def test_only_new_documents_are_read_when_one_is_added(copied: Place) -> None:
    before = copied.published_rows()
    fill_inbox(copied, SAMPLES[3:4])
    # The copy's inbox has another path: its files are known bytes under new names.
    output = " ".join(copied.refresh().split())

    assert "documents new │ 1" in output
    assert "documents read │ 1" in output
    assert "documents skipped as seen │ 3" in output
    after = copied.published_rows()
    assert set(before["dim_report"]) <= set(after["dim_report"])
    assert len(after["documents"]) == 4


def test_only_reports_of_the_years_are_read_again_when_years_are_given(copied: Place) -> None:
    years = [row[0] for row in _query(copied, "select report_year from dim_report order by 1")]
    first = years[0]
    before = copied.home.published_db.read_bytes()

    output = " ".join(copied.refresh("--report-years", str(first)).split())

    assert f"documents read │ {years.count(first)}" in output
    assert f"documents skipped as seen │ {len(years) - years.count(first)}" in output
    assert copied.home.published_db.read_bytes() == before
    with open_instance(copied.home) as instance:
        assert instance.get_runs(limit=1)[0].tags["gongkai/report_years"] == f"{first}-{first}"


def _query(place: Place, query: str) -> list[list[str]]:
    lines = place.gongkai("sql", query, "--csv").stdout.splitlines()[1:]
    return [line.split(",") for line in lines]


def test_second_refresh_gives_up_when_one_is_running(refreshed: Place) -> None:
    with hold_lock(refreshed.home.refresh_lock):
        result = refreshed.gongkai("refresh")

    assert result.returncode == 1
    assert "Another refresh" in result.stderr
    assert refreshed.gongkai("refresh").returncode == 0


def test_summary_shows_what_is_held_when_published(refreshed: Place) -> None:
    result = refreshed.gongkai("summary")

    assert result.returncode == 0
    assert "agencies" in result.stdout
    assert result.stdout.count("gongkai ") >= 3

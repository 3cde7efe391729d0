"""The whole dbt project on a small invented warehouse: it builds, and the marts say what they must.

What lives here: tests that need several models at once. What does not: the logic of one model,
which has unit tests beside it (`dbt_project/models/*/unit_tests.yml`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import staging_rows
from dbt_runs import WITHOUT_TESTS, WITHOUT_UNIT_TESTS, failures, rows, run_dbt

from ingest.schema import STAGING

FAMILIES = ("disclosures", "requests", "staffing", "proceedings", "fees", "engagement")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with the invented reports, built with every test of the project."""
    database = tmp_path_factory.mktemp("dbt") / "work.duckdb"
    staging_rows.write_staging(database)
    assert failures(run_dbt(database, "build")) == []
    yield database


def test_observations_are_kept_one_for_one_when_marts_are_built(built: Path) -> None:
    assert rows(built, "select observation_id from marts.observations order by all") == rows(
        built, "select observation_id from staging.observations order by all"
    )


def test_version_with_more_figures_is_current_when_a_report_was_published_twice(
    built: Path,
) -> None:
    assert rows(
        built,
        """select report_id, is_current, superseded_by from marts.dim_report
           where agency_name = '平阳县水利局' and report_year = 2010 order by report_id""",
    ) == [("r01", False, "r02"), ("r02", True, None)]


def test_own_and_aggregate_reports_both_feed_facts_when_of_one_year(
    built: Path,
) -> None:
    assert rows(
        built,
        """select org_scope, value, qualifier from marts.fct_disclosures
           where report_id in ('r04', 'r05') and org_group is null order by org_scope""",
    ) == [("aggregate", 2000.0, "at_least"), ("own", 100.0, "exact")]


def test_fact_takes_the_tables_number_when_the_narrative_says_another(
    built: Path,
) -> None:
    assert rows(
        built,
        """select value, table_name from marts.fct_requests where report_id = 'r03'
           and indicator = 'requests_received' and applicant_type is null""",
    ) == [(10.0, "t3")]
    assert rows(
        built,
        """select value, fact_use from marts.observations where report_id = 'r03'
           and indicator = 'requests_received' and table_name is null""",
    ) == [(11.0, "repeated")]


def test_blank_stays_null_and_out_of_facts_when_a_cell_is_empty(built: Path) -> None:
    assert rows(
        built,
        "select penalty_decisions, license_decisions from marts.agency_year where report_id = 'r03'",
    ) == [(None, 3.0)]
    every_fact = " union all ".join(f"select indicator from marts.fct_{f}" for f in FAMILIES)
    assert rows(built, f"select * from ({every_fact}) where indicator = 'penalty_decisions'") == []


def test_stated_zero_is_a_fact_when_a_report_says_none_were_received(
    built: Path,
) -> None:
    assert rows(
        built,
        """select value, value_semantic from marts.fct_requests
           where report_id = 'r02' and indicator = 'requests_received'""",
    ) == [(0.0, "stated_zero")]


def test_share_alone_is_a_fact_without_value_when_no_count_is_printed(
    built: Path,
) -> None:
    assert rows(
        built,
        "select value, share_pct from marts.fct_requests where value_semantic = 'share_only'",
    ) == [(None, 50.0)]


def test_agencies_stay_apart_when_nobody_knows_whose_reports_they_are(
    built: Path,
) -> None:
    assert rows(
        built,
        "select agency_key, agency_name from marts.dim_agency where not is_resolved order by all",
    ) == [("unresolved_r06", None), ("unresolved_r07", None)]


def test_agency_is_described_when_its_name_and_place_tell_it(built: Path) -> None:
    assert rows(
        built,
        """select agency_name, level, kind, function, county from marts.dim_agency
           where agency_name in ('公安县教育局', '国家邮政局', '平阳县龙尾乡人民政府')
           order by agency_name""",
    ) == [
        ("公安县教育局", "county", "department", "教育", "公安县"),
        ("国家邮政局", "national", "department", "邮政", None),
        ("平阳县龙尾乡人民政府", "township", "government", "综合", "平阳县"),
    ]


def test_findings_tell_what_does_not_add_up_when_a_report_contradicts_itself(
    built: Path,
) -> None:
    found = rows(
        built,
        "select report_id, check_id, fault, actual, expected, message_en, message_zh, evidence"
        " from marts.findings order by report_id, check_id, message_en",
    )
    assert [row[:3] for row in found] == [
        ("r02", "printed_share", "undetermined"),
        ("r02", "shares_categories", "undetermined"),
        ("r02", "staff_sum", "printed_error"),
        ("r03", "requests_balance", "printed_error"),
        ("r03", "text_received", "printed_error"),
    ]
    assert [row[3:5] for row in found[2:]] == [(5.0, 6.0), (10.0, 9.0), (11.0, 10.0)]
    staff = found[2]
    assert staff[5] == (
        "Staff = full-time + part-time: printed 5, but the parts add up to 6 (difference -1). "
        "Both looks at the document read the same: it is printed so."
    )
    assert staff[6] == (
        "工作人员数 = 专职 + 兼职：报告为5，分项之和为6（相差-1）。两次独立读取一致，原文如此。"
    )
    assert [term["quote"] for term in json.loads(staff[7])] == [
        "staff_total=5",
        "staff_full_time=2",
        "staff_part_time=4",
    ]


def test_figure_is_withheld_and_no_finding_when_two_looks_at_its_cell_differ(built: Path) -> None:
    balances = "select per_code, fault from marts.check_counts where check_id = 'requests_balance'"
    assert rows(built, f"{balances} and status = 'fails' order by per_code nulls first") == [
        (None, "reading_doubt"),
        ("natural", "printed_error"),
    ]
    assert rows(
        built, "select fact_use from marts.observations where observation_id = 'r03-0170'"
    ) == [("doubtful",)]
    assert rows(built, "select * from marts.fct_requests where observation_id = 'r03-0170'") == []
    ((message,),) = rows(built, "select message from marts.issues where code = 'reading_doubt'")
    assert "is read as 1 at first and as 2 at the second look. The figure is withheld" in message
    assert rows(
        built, "select reading_doubt_count from marts.agency_findings where report_year = 2022"
    ) == [(1,)]


def test_sum_of_approximations_is_no_finding_when_a_total_is_printed_as_more_than(
    built: Path,
) -> None:
    assert rows(built, "select status from marts.check_counts where report_id = 'r09'") == [
        ("approximate",)
    ]


def test_every_row_of_table_3_is_checked_when_the_form_is_filled(built: Path) -> None:
    assert rows(
        built,
        """select check_id, count(*) from marts.check_counts where report_id = 'r03'
           and form = 'std_2021' group by check_id order by check_id""",
    ) == [
        ("answered_applicants", 22),
        ("answered_outcomes_2021", 7),
        ("carried_in_applicants", 1),
        ("carried_out_applicants", 1),
        ("received_applicants", 1),
        ("requests_balance", 7),
        ("text_received", 1),
    ]


def test_years_run_without_gaps_when_reports_have_some(built: Path) -> None:
    years = rows(built, "select report_year, reports_held from marts.dim_year order by all")
    assert [year for year, _ in years] == list(range(2008, 2023))
    assert dict(years)[2011] == 0


def test_marts_are_the_same_when_rows_arrive_in_another_order(built: Path, tmp_path: Path) -> None:
    database = tmp_path / "work.duckdb"
    shuffle = random.Random(1)
    shuffled = {
        name: frame[shuffle.sample(range(frame.height), frame.height)]
        for name, frame in staging_rows.frames().items()
    }
    staging_rows.write_staging(database, shuffled)
    assert failures(run_dbt(database, "build", *WITHOUT_TESTS)) == []
    tables = [
        name
        for (name,) in rows(
            built,
            "select table_name from duckdb_tables() where schema_name = 'marts' order by all",
        )
    ]
    assert len(tables) >= 18
    for name in tables:
        again, before = (
            sorted(map(repr, rows(place, f"from marts.{name}"))) for place in (database, built)
        )
        assert again == before, name


def test_project_builds_when_nothing_was_read(tmp_path: Path) -> None:
    database = tmp_path / "work.duckdb"
    empty = {name: pl.DataFrame(schema=STAGING[name]) for name in STAGING}
    staging_rows.write_staging(database, empty)
    assert failures(run_dbt(database, "build", *WITHOUT_UNIT_TESTS)) == []
    assert rows(database, "select count(*) from marts.dim_report") == [(0,)]


def test_build_fails_when_the_reader_breaks_its_promises(tmp_path: Path) -> None:
    database = tmp_path / "work.duckdb"
    tables = staging_rows.frames()
    broken = {
        "r02-0002": {"indicator": "no_such_indicator"},
        "r02-0005": {"observation_id": "r02-0001"},
    }
    tables["observations"] = pl.DataFrame(
        [row | broken.get(row["observation_id"], {}) for row in tables["observations"].to_dicts()],
        schema=STAGING["observations"],
    )
    staging_rows.write_staging(database, tables)
    failed = failures(run_dbt(database, "build", *WITHOUT_UNIT_TESTS))
    for test, problems in {
        "observations_references_hold": 1,
        "observations_key_holds": 1,
    }.items():
        assert f"{test}: Got {problems} result" in " ".join(failed), failed

"""Every expectation of the audit is seen to fail: one planted fault for each.

A fault is SQL that runs on a copy of a candidate warehouse in which everything holds.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.validation import AuditSeverity, planned_expectations, run_audit

FACTS = (
    "fct_disclosures",
    "fct_requests",
    "fct_staffing",
    "fct_proceedings",
    "fct_fees",
    "fct_engagement",
)
# An indicator of another family for each fact table.
STRANGER = dict.fromkeys(FACTS, "staff_total") | {"fct_staffing": "disclosed"}

TOTAL = "where observation_id = 'r1-0001'"
PART = "where observation_id = 'r1-0002'"
SHARE_ONLY = "where observation_id = 'r1-0003'"
RATE = "where observation_id = 'r1-0005'"
FEE = "where observation_id = 'r1-0008'"
BLANK = "where observation_id = 'r2-0011'"


def _set(
    assignments: str, where: str = TOTAL, table: str = "observations", schema: str = "marts"
) -> str:
    return f"update {schema}.{table} set {assignments} {where}"


def _stage(assignments: str, table: str) -> str:
    return _set(assignments, "", table, "staging")


def _envelope(after: int, scope: str) -> str:
    return _set(
        f"facts_after = {after}", f"where scope = '{scope}'", "publication_envelope", "meta"
    )


FAULTS: dict[str, str] = {
    "landed_equals_read_plus_quarantined": "delete from marts.documents where sha256 = 'sha-r2'",
    "document_read_or_quarantined": "delete from marts.dim_report where report_id = 'r2'",
    "quarantined_document_has_issue": "delete from marts.issues",
    "report_was_landed": _set("sha256 = 'other'", "where sha256 = 'sha-r1'", "documents"),
    "one_current_report": _set(
        "agency_key = 'a1', report_year = 2013", "where report_id = 'r2'", "dim_report"
    ),
    "report_year_plausible": _set("report_year = 2113", "where report_id = 'r1'", "dim_report"),
    "report_has_figures": "delete from marts.observations where report_id = 'r2'",
    "figure_of_current_report_is_fact": f"delete from marts.fct_disclosures {SHARE_ONLY}",
    "observation_unit_of_indicator": _set("unit = 'case'"),
    "observation_category_in_codebook": _set("category = 'weather'"),
    "observation_channel_in_codebook": _set("channel = 'pigeon'"),
    "observation_applicant_type_in_codebook": _set("applicant_type = 'robot'"),
    "observation_outcome_in_codebook": _set("outcome = 'lost'"),
    "observation_org_group_in_codebook": _set("org_group = 'club'"),
    "observation_negative_not_printed": _set("value = -40"),
    "observation_negative_as_printed": _set("value = -40, value_text = '－40'"),
    "observation_fraction_not_printed": _set("value = 40.5"),
    "observation_fraction_as_printed": _set("value = 40.5, value_text = '40.5'"),
    "observation_value_possible": _set("value = 5e12"),
    "observation_value_plausible": _set("value = 6e7"),
    "observation_number_has_value": _set("value = null"),
    "observation_stated_zero_is_zero": _set("value = 5", FEE),
    "observation_zero_is_stated": _set("value = 0", SHARE_ONLY),
    "observation_blank_has_no_value": _set("value = 0", BLANK),
    "observation_has_quote": _set("quote = ' '"),
    "observation_offsets_in_order": _set("char_end = char_start"),
    "observation_quote_stands_in_text": _set(
        "char_start = char_start + 1, char_end = char_end + 1"
    ),
    "observation_share_not_negative": _set("share_pct = -25", PART),
    "observation_share_above_100_not_printed": _set("share_pct = 250", PART),
    "observation_share_above_100_as_printed": _set("share_pct = 250, quote = '占２５０％'", PART),
    "observation_rate_between_0_and_100": _set("value = 101", RATE),
    "observation_share_only_has_share": _set("value = 30", SHARE_ONLY),
    "observation_share_without_value_is_share_only": _set("value = null", PART),
    "observation_qualifier_known": _set("qualifier = 'maybe'"),
    "observation_value_semantic_known": _set("value_semantic = 'guess'"),
    "observation_org_scope_known": _set("org_scope = 'all'"),
    "observation_time_scope_known": _set("time_scope = 'ever'"),
    "observation_form_known": _set("form = 'std_2035'"),
    "observation_fact_use_known": _set("fact_use = 'lost'"),
    **{
        f"{fact}_printed_for_the_agency": _set("org_scope = 'sub_unit'", "", fact) for fact in FACTS
    },
    "check_counts_codes_known": _set("status = 'perhaps'", "", "check_counts"),
    "failing_check_has_fault": _set("status = 'fails'", "", "check_counts"),
    "failing_check_shows_its_operands": _set(
        "status = 'fails', operands = '[]'", "", "check_counts"
    ),
    "check_shares_codes_known": _set("status = 'perhaps'", "", "check_shares"),
    "finding_in_both_languages": _set("message_zh = ' '", "", "findings"),
    "finding_rests_on_no_doubt": _set("fact_use = 'doubtful'", PART),
    "issue_says_what_and_how_grave": _set("message = ''", "", "issues"),
    "agency_has_name": _set("agency_name = ''", "", "dim_agency"),
    "region_code_is_a_code": _set("region_code = '30326'", "", "dim_region"),
    "indicator_has_unit": _set("unit = 'piece'", "", "dim_indicator"),
    "year_in_range": _set("report_year = 1949", "where report_year = 2012", "dim_year"),
    "headline_not_negative": _set("disclosed = -1", "", "agency_year"),
    "coverage_counts_reports": _set("report_count = 0", "", "coverage"),
    "agency_findings_add_up": _set("held_count = 9", "", "agency_findings"),
    "verdict_is_not_stale": _set("state = 'operands_changed'", "", "verdicts"),
    "rules_made_by_those_who_may": _set(
        "indicator = 'rules_issued', value = 6", "", "fct_disclosures"
    ),
    "warehouse_not_halved": _envelope(99, "all"),
    "year_not_shrunk_or_doubled": _envelope(119, "year"),
    "agency_not_shrunk_or_doubled": _envelope(61, "agency"),
    "sums_of_a_form_hold": _set("status = 'fails'", "where rowid < 126", "check_counts"),
    "sums_of_a_form_mostly_hold": _set("status = 'fails'", "where rowid < 26", "check_counts"),
    "newest_report_is_of_this_year": _set(
        "landed_at = landed_at - interval 401 days", "", "dim_report"
    ),
    "one_version_of_the_reader": _set(
        "reader_version = '2'", "where report_id = 'r2'", "dim_report"
    ),
    "staged_document_unique": "insert into staging.documents from staging.documents limit 1",
    "staged_document_has_hash": _stage("sha256 = null", "documents"),
    "staged_report_unique": "insert into staging.reports from staging.reports limit 1",
    "staged_report_within_bounds": _stage("identity_confidence = 1.2", "reports"),
    "staged_observation_unique": "insert into staging.observations from staging.observations limit 1",
    "staged_observation_is_a_number_of_a_report": _stage("value = 'nan'::double", "observations"),
    "staged_issue_has_stage": _stage("stage = 'dream'", "issues"),
    "second_look_is_of_a_reading": _stage("first_value = 41", "second_looks"),
    "second_looks_agree": _stage("outcome = 'differs', second_value = 41", "second_looks"),
    "share_agrees_with_count": _set("status = 'fails'", "", "check_shares"),
    "correction_applies": _set("status = 'unexpected'", "", "corrections"),
    "hard_identities_hold": _set("status = 'fails'", "", "check_counts"),
    **{
        f"{fact}_indicator_of_family": _set(f"indicator = '{STRANGER[fact]}'", "", fact)
        for fact in FACTS
    },
    **{f"{fact}_as_observed": _set("value = 7", "", fact) for fact in FACTS},
    **{f"{fact}_of_the_year": _set("time_scope = 'plan'", "") for fact in FACTS},
    **{f"{fact}_of_current_report": _set("is_current = false", "", "dim_report") for fact in FACTS},
}

# What a row that breaks a rule on these tables must show.
TELLING = {
    "dim_report": ("report_id", "source_uri"),
    "check_counts": ("report_id", "check_id", "operands"),
    **dict.fromkeys(("observations", "check_shares", *FACTS), ("report_id", "quote")),
}
# Expectations about a whole, which no single row shows.
OF_A_WHOLE = {
    "sums_of_a_form_hold",
    "sums_of_a_form_mostly_hold",
    "newest_report_is_of_this_year",
    "one_version_of_the_reader",
    "staged_observation_unique",
}
ALL = {one.id: one for one in planned_expectations()}


@pytest.fixture
def candidate(healthy_candidate: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(healthy_candidate, tmp_path / "candidate.duckdb"))


@pytest.fixture
def staging(healthy_staging: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(healthy_staging, tmp_path / "work.duckdb"))


def _break(candidate: Path, fault: str) -> None:
    with duckdb.connect(str(candidate)) as con:
        con.execute(fault)


def test_every_expectation_has_a_fault_and_every_fault_an_expectation() -> None:
    assert set(FAULTS) == set(ALL)


def test_every_expectation_holds_when_the_candidate_is_healthy(
    healthy_candidate: Path, healthy_staging: Path, tmp_path: Path
) -> None:
    before = healthy_candidate.read_bytes()

    results = run_audit(healthy_candidate, tmp_path / "data_docs", work_db=healthy_staging)

    assert [result.message for result in results if not result.success] == []
    assert [result.expectation_id for result in results] == list(ALL)
    assert (tmp_path / "data_docs" / "index.html").is_file()
    assert healthy_candidate.read_bytes() == before


@pytest.mark.parametrize("expectation_id", sorted(ALL))
def test_expectation_fails_and_shows_the_row_when_its_fault_is_planted(
    expectation_id: str, candidate: Path, staging: Path
) -> None:
    planned = ALL[expectation_id]
    _break(staging if planned.schema == "staging" else candidate, FAULTS[expectation_id])

    (result,) = run_audit(candidate, planned=[planned], work_db=staging)

    assert result.evaluated, result.message
    assert not result.success
    assert result.blocks_publication == (planned.severity is AuditSeverity.ERROR)
    assert result.unexpected_count and result.unexpected_count >= len(result.sample) > 0
    assert json.loads(json.dumps(dict(result.observed))) == dict(result.observed)
    shown = dict(result.sample[0])
    telling = () if expectation_id in OF_A_WHOLE else TELLING.get(planned.table, ())
    for column in telling:
        assert str(shown[column]) in result.message
    for text in (planned.rule, planned.reason, f"{planned.schema}.{planned.table}"):
        assert text in result.message


def test_message_names_report_file_and_quote_when_a_value_is_impossible(candidate: Path) -> None:
    _break(candidate, FAULTS["observation_value_possible"])

    (result,) = run_audit(candidate, planned=[ALL["observation_value_possible"]])

    assert "report r1 (inbox/r1.txt)" in result.message
    assert "value 5000000000000.0" in result.message
    assert "quote «全年主动公开政府信息40条»" in result.message
    assert "Nothing is published" in result.message


def test_sample_is_short_and_the_count_whole_when_many_rows_break_a_rule(candidate: Path) -> None:
    _break(candidate, _set("quote = ''", ""))

    (result,) = run_audit(candidate, planned=[ALL["observation_has_quote"]])

    assert (result.unexpected_count, len(result.sample)) == (11, 5)


def test_staging_is_not_asked_for_when_a_published_file_is_audited(healthy_candidate: Path) -> None:
    results = run_audit(healthy_candidate)

    assert {one.expectation_id for one in results} == {
        name for name, planned in ALL.items() if planned.schema != "staging"
    }


def test_message_tells_what_vanished_when_the_warehouse_is_halved(candidate: Path) -> None:
    _break(candidate, FAULTS["warehouse_not_halved"])

    (result,) = run_audit(candidate, planned=[ALL["warehouse_not_halved"]])

    assert result.blocks_publication
    assert "facts_before 200, facts_after 99" in result.message
    assert "meta.publication_envelope" in result.message

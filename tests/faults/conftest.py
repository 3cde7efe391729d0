"""Fixtures of the fault tests.

`healthy_candidate`: a tiny candidate warehouse in which every expectation of the audit holds, for
tests that copy it and break one thing.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from ingest.reference import codebook
from ingest.schema import DOCUMENTS, ISSUES, OBSERVATIONS, REPORTS, SECOND_LOOKS

# Of today: one expectation asks how old the newest document is.
LANDED_AT = datetime.now().replace(microsecond=0)
FAMILIES = ("disclosures", "requests", "staffing", "proceedings", "fees", "engagement")

# 𠮷 lies outside the Basic Multilingual Plane: offsets count characters, not code units.
TEXTS = {
    "r1": "𠮷山县水务局2013年政府信息公开工作年度报告。全年主动公开政府信息40条,其中政策法规类10条,"
    "占25%;业务类占75%。收到申请3件,办结率100%。工作人员2名。行政复议0件。未收取费用。咨询12人次。",
    "r2": "永安鎮2012年政府資訊公開工作年度報告。全年主動公開政府資訊15條。收到申請:空。",
}
FIGURES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "r1",
        "全年主动公开政府信息40条",
        {"indicator": "disclosed", "value": 40.0, "value_text": "40"},
    ),
    (
        "r1",
        "政策法规类10条,占25%",
        {
            "indicator": "disclosed",
            "category": "policy_and_law",
            "category_label": "政策法规类",
            "value": 10.0,
            "value_text": "10",
            "share_pct": 25.0,
        },
    ),
    (
        "r1",
        "业务类占75%",
        {
            "indicator": "disclosed",
            "category_label": "业务类",
            "value": None,
            "share_pct": 75.0,
            "value_semantic": "share_only",
        },
    ),
    ("r1", "收到申请3件", {"indicator": "requests_received", "value": 3.0, "value_text": "3"}),
    ("r1", "办结率100%", {"indicator": "requests_completion_rate", "value": 100.0}),
    ("r1", "工作人员2名", {"indicator": "staff_total", "value": 2.0, "value_text": "2"}),
    ("r1", "行政复议0件", {"indicator": "reconsideration_cases", "value": 0.0}),
    (
        "r1",
        "未收取费用",
        {"indicator": "request_fee_amount", "value": 0.0, "value_semantic": "stated_zero"},
    ),
    ("r1", "咨询12人次", {"indicator": "inquiries", "value": 12.0, "value_text": "12"}),
    ("r2", "全年主動公開政府資訊15條", {"indicator": "disclosed", "value": 15.0}),
    (
        "r2",
        "收到申請:空",
        {"indicator": "requests_received", "value": None, "value_semantic": "blank"},
    ),
)
AGENCIES = {"r1": ("𠮷山县水务局", "a1", 2013), "r2": ("永安镇", "a2", 2012)}


def _observations() -> pl.DataFrame:
    rows = []
    for number, (report, quote, figure) in enumerate(FIGURES, start=1):
        start = TEXTS[report].index(quote)
        rows.append(
            {
                "observation_id": f"{report}-{number:04}",
                "report_id": report,
                "source_uri": f"inbox/{report}.txt",
                "agency_name": AGENCIES[report][0],
                "report_year": AGENCIES[report][2],
                "unit": codebook.indicators()[figure["indicator"]].unit,
                "qualifier": "exact",
                "value_semantic": "number",
                "org_scope": "own",
                "time_scope": "year",
                "form": "narrative",
                "quote": quote,
                "char_start": start,
                "char_end": start + len(quote),
                "rule_id": "test",
                "reader_version": "1",
                "fact_use": "blank" if figure.get("value_semantic") == "blank" else "fact",
                **figure,
            }
        )
    whose = {
        "source_uri": pl.String(),
        "agency_name": pl.String(),
        "report_year": pl.Int32(),
        "fact_use": pl.String(),
        "corrected_by": pl.String(),
    }
    return pl.DataFrame(rows, schema=pl.Schema({**OBSERVATIONS, **whose}))


def _documents() -> pl.DataFrame:
    rows = [
        {"document_id": f"sha-{name}", "sha256": f"sha-{name}", "source_uri": f"inbox/{name}.txt"}
        for name in ("r1", "r2", "fees")
    ]
    states = ({"status": "read"}, {"status": "read"}, _QUARANTINED)
    return pl.DataFrame(
        [{**row, **state, "landed_at": LANDED_AT} for row, state in zip(rows, states, strict=True)],
        schema=DOCUMENTS,
    )


_QUARANTINED = {"status": "quarantined", "quarantine_code": "not_a_report"}


def _reports() -> pl.DataFrame:
    rows = [
        {
            "report_id": name,
            "document_id": f"sha-{name}",
            "sha256": f"sha-{name}",
            "source_uri": f"inbox/{name}.txt",
            "title": text.split("。")[0],
            "agency_key": AGENCIES[name][1],
            "agency_name": AGENCIES[name][0],
            "report_year": AGENCIES[name][2],
            "org_scope": "own",
            "text": text,
            "landed_at": LANDED_AT,
            "reader_version": "1",
            "is_current": True,
        }
        for name, text in TEXTS.items()
    ]
    added = {"agency_key": pl.String(), "is_current": pl.Boolean()}
    return pl.DataFrame(rows, schema=pl.Schema({**REPORTS, **added}))


def _indicators() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"indicator": one.code, "fact": one.fact, "unit": one.unit}
            for one in codebook.indicators().values()
        ]
    )


def _issues() -> pl.DataFrame:
    issue = {
        "issue_id": "i1",
        "document_id": "sha-fees",
        "code": "not_a_report",
        "severity": "error",
        "message": "fees.txt is a fee list.",
    }
    return pl.DataFrame([issue], schema=ISSUES)


def _check_counts() -> pl.DataFrame:
    # 250 sums of one form and year, as five standard forms have: aggregates need a crowd
    check = {
        "check_id": "categories_add_up",
        "report_id": "r1",
        "severity": "hard",
        "title_en": "Categories add up to the total",
        "expected": 40.0,
        "actual": 40.0,
        "status": "holds",
        "operands": '[{"quote": "全年主动公开政府信息40条"}]',
        "frame": "within",
        "fault": None,
        "form": "std_2021",
        "report_year": 2013,
        "is_from_table": True,
    }
    return pl.DataFrame([check] * 250, schema_overrides={"fault": pl.String()})


def _check_shares() -> pl.DataFrame:
    share = {
        "report_id": "r1",
        "indicator": "disclosed",
        "value": 10.0,
        "total": 40.0,
        "share_pct": 25.0,
        "computed_pct": 25.0,
        "status": "exact",
        "quote": "政策法规类10条,占25%",
        "total_quote": "全年主动公开政府信息40条",
    }
    return pl.DataFrame([share])


def _corrections() -> pl.DataFrame:
    message = "x.yml, entry 1: applied."
    return pl.DataFrame([{"correction_id": "x.yml#1", "status": "applied", "message": message}])


def _findings() -> pl.DataFrame:
    finding = {
        "finding_id": "f1",
        "report_id": "r1",
        "check_id": "printed_share",
        "fault": "printed_error",
        "message_en": "The printed share is 20%, but 10 of 40 is 25%.",
        "message_zh": "报告称占20%，而10占40的25%。",
        "evidence": '[{"observation_id": "r1-0002"}]',
    }
    return pl.DataFrame([finding])


def _small_tables() -> dict[str, pl.DataFrame]:
    """Marts of which the audit asks one thing each."""
    return {
        "dim_agency": pl.DataFrame(
            {
                "agency_key": ["a1", "a2"],
                "agency_name": ["𠮷山县水务局", "永安镇"],
                "region_code": ["330326", "330326"],
                "is_resolved": [True, True],
                "level": ["county", "township"],
                "kind": ["department", "government"],
            }
        ),
        "dim_region": pl.DataFrame(
            {"region_key": ["k"], "region_code": ["330326"], "region_name": ["平阳县"]}
        ),
        "dim_year": pl.DataFrame({"report_year": [2012, 2013]}),
        "agency_year": pl.DataFrame(
            {
                "agency_key": ["a1"],
                "report_year": [2013],
                "report_id": ["r1"],
                "disclosed": [40.0],
                "requests_received": [3.0],
                "staff_total": [2.0],
            }
        ),
        "coverage": pl.DataFrame(
            {
                "agency_key": ["a1", "a2"],
                "report_year": [2013, 2013],
                "status": ["held", "missing"],
                "report_count": [1, 0],
            }
        ),
        "agency_findings": pl.DataFrame(
            {
                "agency_key": ["a1"],
                "report_year": [2013],
                "assessed_count": [3],
                "held_count": [2],
                "finding_count": [1],
                "printed_error_count": [1],
                "scope_difference_count": [0],
            }
        ),
        "verdicts": pl.DataFrame(
            {
                "finding_id": ["f1"],
                "verdict": ["confirmed"],
                "comment": ["looked at the page"],
                "decided_by": ["someone"],
                "state": ["applies"],
                "message_en": ["The printed share is 20%, but 10 of 40 is 25%."],
            }
        ),
    }


def _envelope() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "scope": ["all", "year", "agency"],
            "name": ["", "2013", "a1"],
            "facts_before": [200, 150, 30],
            "facts_after": [210, 150, 31],
        }
    )


def write_staging(path: Path) -> None:
    """Writes schema `staging` of a work file in which every expectation holds."""
    reports = _reports().select(list(REPORTS.names())).with_columns(
        char_count=pl.col("text").str.len_chars().cast(pl.Int64),
        form=pl.lit("narrative"),
        script=pl.lit("hans"),
        identity_confidence=pl.lit(0.9),
    )
    looks = {
        "observation_id": "r1-0001",
        "report_id": "r1",
        "outcome": "same",
        "first_value": 40.0,
        "second_value": 40.0,
        "second_text": "40",
    }
    tables = {
        "documents": _documents(),
        "reports": reports,
        "observations": _observations().select(list(OBSERVATIONS.names())),
        "issues": _issues().with_columns(stage=pl.lit("identify")),
        "second_looks": pl.DataFrame([looks], schema=SECOND_LOOKS),
    }
    with duckdb.connect(str(path)) as con:
        con.execute("create schema staging")
        for name, frame in tables.items():
            con.register("frame", frame.to_arrow())
            con.execute(f"create table staging.{name} as from frame")


def write_candidate(path: Path) -> None:
    """Writes schema `marts` of a candidate warehouse in which every expectation holds."""
    tables = {
        "documents": _documents(),
        "dim_report": _reports(),
        "dim_indicator": _indicators(),
        "observations": _observations(),
        "issues": _issues(),
        "check_counts": _check_counts(),
        "check_shares": _check_shares(),
        "corrections": _corrections(),
        "findings": _findings(),
        **_small_tables(),
    }
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        for name, frame in tables.items():
            con.register("frame", frame.to_arrow())
            con.execute(f"create table marts.{name} as from frame")
        for family in FAMILIES:
            con.execute(
                f"create table marts.fct_{family} as select o.* from marts.observations as o "
                f"join marts.dim_indicator as i using (indicator) where i.fact = '{family}' "
                "and (o.value is not null or o.share_pct is not null)"
            )
        con.execute("alter table marts.fct_disclosures add column agency_key varchar")
        con.execute("update marts.fct_disclosures set agency_key = 'a1'")
        con.execute("create schema meta")
        con.register("frame", _envelope().to_arrow())
        con.execute("create table meta.publication_envelope as from frame")


@pytest.fixture(scope="session")
def healthy_candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidate warehouse in which every expectation holds. Copy it before you change it."""
    path = tmp_path_factory.mktemp("candidate") / "candidate.duckdb"
    write_candidate(path)
    return path


@pytest.fixture(scope="session")
def healthy_staging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work file in which every expectation about staging holds."""
    path = tmp_path_factory.mktemp("work") / "work.duckdb"
    write_staging(path)
    return path

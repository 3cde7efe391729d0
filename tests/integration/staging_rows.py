"""Rows for the staging tables, as the reader would write them, for tests of the dbt project.

What lives here: a small warehouse's worth of invented reports (versions, scopes, blanks, shares,
errors of the agency) and the function that writes them to a DuckDB file. What does not: the
schema (`ingest.schema`), the tests (`test_dbt_build.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ingest.load import create_staging, load_corrections
from ingest.schema import CORRECTIONS, SECOND_LOOKS, STAGING

Row = dict[str, Any]

NEW_LINE = "\n"
LANDED_AT = datetime(2026, 1, 2, 3, 4, 5)
READER_VERSION = "test"

APPLICANTS = ("natural", "enterprise", "research", "ngo", "legal_service", "other_org")
OUTCOMES_2021 = [
    "granted",
    "partial",
    "denied_state_secret",
    "denied_law_forbidden",
    "denied_safety_stability",
    "denied_third_party",
    "denied_internal_affairs",
    "denied_process_info",
    "denied_enforcement_file",
    "denied_admin_inquiry",
    "unable_not_held",
    "unable_need_creation",
    "unable_unclear",
    "rejected_petition",
    "rejected_duplicate",
    "rejected_publication",
    "rejected_excessive",
    "rejected_reconfirm",
    "other_no_supplement",
    "other_unpaid_fee",
    "other_misc",
]


def report(report_id: str, agency_name: str | None, year: int | None, **columns: Any) -> Row:
    """A row of staging.reports; the text is filled in when its observations are known."""
    return {
        "report_id": report_id,
        "document_id": f"d-{report_id}",
        "source_uri": f"inbox/{report_id}.txt",
        "sha256": f"d-{report_id}",
        "title": f"{agency_name or ''}{year or ''}年政府信息公开工作年度报告",
        "agency_name": agency_name,
        "report_year": year,
        "script": "hans",
        "form": "narrative",
        "org_scope": "own",
        "media_type": "text/plain",
        "identity_confidence": 0.9,
        "landed_at": LANDED_AT,
        "reader_version": READER_VERSION,
        **columns,
    }


def observation(indicator: str, value: float | None, **columns: Any) -> Row:
    """A row of staging.observations without its keys and offsets."""
    return {
        "indicator": indicator,
        "value": value,
        "unit": "item",
        "value_text": None if value is None else f"{value:g}",
        "qualifier": "exact",
        "value_semantic": "number",
        "org_scope": "own",
        "time_scope": "year",
        "form": "narrative",
        "rule_id": "test.rule",
        "reader_version": READER_VERSION,
        **columns,
    }


def cell(indicator: str, value: float | None, **columns: Any) -> Row:
    """An observation read from the standard form of 2021."""
    placed = {
        "form": "std_2021",
        "table_name": "t3",
        "row_no": 1,
        "column_no": 1,
        **columns,
    }
    semantic = "blank" if value is None else "number"
    return observation(indicator, value, **{"value_semantic": semantic, **placed})


def standard_table_3(received: int, answered: int, carried_out: int) -> list[Row]:
    """Table 3 of the form of 2021 with all applicants natural persons and all requests granted."""
    rows: list[Row] = []
    for indicator, total in (
        ("requests_received", received),
        ("requests_carried_in", 0),
        ("requests_answered", answered),
        ("requests_carried_out", carried_out),
    ):
        outcomes: tuple[str | None, ...] = (None,)
        if indicator == "requests_answered":
            outcomes = (None, *OUTCOMES_2021)
        for outcome in outcomes:
            number = total if outcome in (None, "granted") else 0
            for applicant in (None, *APPLICANTS):
                value = number if applicant in (None, "natural") else 0
                rows.append(cell(indicator, value, outcome=outcome, applicant_type=applicant))
    return rows


# Reports and what was read from each. Places are real codes, agencies and numbers invented.
REPORTS: Sequence[tuple[Row, Sequence[Row]]] = (
    # Two versions of one report: the second has more figures of the year and is current, although
    # the first was published later.
    (
        report(
            "r01",
            "平阳县水利局",
            2010,
            region_code="330326",
            published_on=date(2012, 5, 1),
        ),
        [observation("disclosed", 90.0)],
    ),
    (
        report(
            "r02",
            "平阳县水利局",
            2010,
            region_code="330326",
            published_on=date(2011, 3, 1),
        ),
        [
            observation("disclosed", 90.0),
            observation(
                "disclosed",
                30.0,
                category="news",
                category_label="工作动态",
                share_pct=33.3,
            ),
            observation(
                "disclosed",
                60.0,
                category="business",
                category_label="业务",
                share_pct=70.0,
            ),
            observation("disclosed", 45.0, channel="website"),
            observation("disclosed", 400.0, time_scope="cumulative"),
            observation("disclosed", 7.0, org_scope="sub_unit"),
            observation("staff_total", 5.0, unit="person"),
            observation("staff_full_time", 2.0, unit="person"),
            observation("staff_part_time", 4.0, unit="person"),
            observation("requests_received", 0.0, unit="case", value_semantic="stated_zero"),
            observation(
                "requests_answered",
                None,
                outcome="granted",
                share_pct=50.0,
                value_semantic="share_only",
                unit="case",
            ),
        ],
    ),
    # A later year of the same agency, in the form of 2021: the narrative repeats a number of the
    # table wrongly, one cell is blank, and the balance does not hold.
    (
        report(
            "r03",
            "平阳县水利局",
            2022,
            region_code="330326",
            form="std_2021",
            published_on=date(2023, 1, 20),
        ),
        [
            observation("requests_received", 11.0, unit="case"),
            *standard_table_3(received=10, answered=8, carried_out=1),
            cell("charge_amount", None, unit="yuan", table_name="t2"),
            cell("penalty_decisions", None, table_name="t2"),
            cell("license_decisions", 3.0, table_name="t2"),
        ],
    ),
    # A government for itself and for all below it: two reports of one year, both current.
    (
        report("r04", "平阳县人民政府", 2010, region_code="330326"),
        [observation("disclosed", 100.0)],
    ),
    (
        report("r05", "平阳县人民政府", 2010, region_code="330326", org_scope="aggregate"),
        [
            observation("disclosed", 2000.0, org_scope="aggregate", qualifier="at_least"),
            observation(
                "disclosed",
                479.0,
                org_scope="aggregate",
                org_group="township",
                share_pct=24.0,
            ),
        ],
    ),
    # Nobody knows whose these two are: never taken for one agency.
    (report("r06", None, 2010), [observation("disclosed", 1.0)]),
    (report("r07", None, 2010), [observation("disclosed", 2.0)]),
    # A report without a year feeds no fact.
    (
        report("r08", "公安县教育局", None, region_code="421022"),
        [observation("disclosed", 3.0)],
    ),
    (
        report("r09", "国家邮政局", 2012),
        [
            observation("staff_total", 20.0, unit="person", qualifier="at_least"),
            observation("staff_full_time", 12.0, unit="person"),
            observation("staff_part_time", 9.0, unit="person"),
        ],
    ),
    (
        report("r10", "平阳县龙尾乡人民政府", 2009, region_code="330326"),
        [observation("staff_full_time", 0.0, unit="person", value_semantic="stated_zero")],
    ),
)


# Observation number, outcome, both values: received natural and total, carried in, answered and
# carried out. The column of natural persons reads the same twice, in the total one cell differs.
SECOND_LOOKS_OF_R03 = (
    (2, "same", 10.0, 10.0),
    (3, "same", 10.0, 10.0),
    (9, "same", 0.0, 0.0),
    (10, "same", 0.0, 0.0),
    (16, "same", 8.0, 8.0),
    (17, "same", 8.0, 8.0),
    (170, "differs", 1.0, 2.0),
    (171, "same", 1.0, 1.0),
)


def frames(
    reports: Sequence[tuple[Row, Sequence[Row]]] = REPORTS,
) -> dict[str, pl.DataFrame]:
    """The four staging frames of the reports given, with texts, quotes and offsets that agree."""
    rows: dict[str, list[Row]] = {name: [] for name in STAGING}
    for head, observed in reports:
        text = head["title"]
        for number, read in enumerate(observed, 1):
            quote = f"{read['indicator']}={read['value_text']}"
            start = len(text) + 1
            # the categories of a list stand in the sentence of their total, all else on lines
            text = f"{text}{',' if read.get('category') else NEW_LINE}{quote}"
            rows["observations"].append(
                {
                    "observation_id": f"{head['report_id']}-{number:04}",
                    "report_id": head["report_id"],
                    "quote": quote,
                    "char_start": start,
                    "char_end": start + len(quote),
                    **read,
                }
            )
        rows["reports"].append({**head, "text": text, "char_count": len(text)})
        rows["documents"].append(_document(head["document_id"], head["source_uri"]))
    rows["documents"].append(
        _document(
            "d-x",
            "inbox/notice.txt",
            status="quarantined",
            quarantine_code="not_a_report",
        )
    )
    rows["issues"].append(
        {
            "issue_id": "i-1",
            "document_id": "d-x",
            "source_uri": "inbox/notice.txt",
            "stage": "identify",
            "code": "not_a_report",
            "severity": "error",
            "message": "notice.txt is a notice, not a report; nothing was read from it.",
            "reader_version": READER_VERSION,
        }
    )
    return {name: pl.DataFrame(rows[name], schema=STAGING[name]) for name in STAGING}


def write_staging(
    path: Path,
    tables: Mapping[str, pl.DataFrame] | None = None,
    corrections: Sequence[Row] = (),
) -> None:
    """Write the staging tables to a DuckDB file; without tables, those of `frames()`."""
    with duckdb.connect(str(path)) as con:
        create_staging(con)
        for name, frame in (tables or frames()).items():
            con.register("incoming", frame.to_arrow())
            con.execute(f"insert into staging.{name} by name select * from incoming")
            con.unregister("incoming")
        load_corrections(con, pl.DataFrame(list(corrections), schema=CORRECTIONS, orient="row"))
        con.register("incoming", second_looks().to_arrow())
        con.execute("insert into staging.second_looks by name select * from incoming")


def second_looks() -> pl.DataFrame:
    """What a second look saw of the failing table of r03: two cells, one of them read otherwise."""
    looks = [
        {
            "observation_id": f"r03-{number:04}",
            "report_id": "r03",
            "outcome": outcome,
            "first_value": first,
            "second_value": second,
            "second_text": f"{second:g}",
            "path": "text/plain",
            "is_located": False,
            "checks": "requests_balance",
            "reader_version": READER_VERSION,
        }
        for number, outcome, first, second in SECOND_LOOKS_OF_R03
    ]
    return pl.DataFrame(looks, schema=SECOND_LOOKS)


def _document(document_id: str, source_uri: str, **columns: Any) -> Row:
    return {
        "document_id": document_id,
        "sha256": document_id,
        "source_uri": source_uri,
        "file_name": source_uri.rpartition("/")[2],
        "media_type": "text/plain",
        "encoding": "utf-8",
        "byte_count": 1,
        "status": "read",
        "landed_at": LANDED_AT,
        "reader_version": READER_VERSION,
        **columns,
    }

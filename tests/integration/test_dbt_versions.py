"""Agencies, copies and corrections in marts built by the whole dbt project.

What lives here: what needs the keys, the text pairs and the corrections together. What does not:
the logic of one model (`dbt_project/models/*/unit_tests*.yml`), what the audit does of a correction
that no longer fits (`test_refresh_corrections.py`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dbt_runs import WITHOUT_UNIT_TESTS, failures, rows, run_dbt
from staging_rows import Row, frames, observation, report, write_staging

from ingest.duplicates.signature import SIGNATURE_VALUES


def _signature(seed: int, *, changed: int = 0) -> str:
    """A signature; two of one seed share all values but those of the first `changed`."""
    values = [f"{value:04x}" for value in random.Random(seed).choices(range(65536), k=SIGNATURE_VALUES)]
    others = random.Random(-changed)
    values[:changed] = [f"{others.randrange(65536):04x}" for _ in range(changed)]
    return "".join(values)


def _figures(*values: float) -> list[Row]:
    indicators = ("disclosed", "documents_made", "requests_received", "staff_total", "inquiries")
    return [
        observation(indicator, value) for indicator, value in zip(indicators, values, strict=False)
    ]


_WATER = {"region_code": "330326"}
_CORRECTED = "r00000000000000c1"
REPORTS: list[tuple[Row, list[Row]]] = [
    # Four spellings of one bureau.
    (report("k1", "平阳县科技局", 2009, **_WATER), _figures(1)),
    (report("k2", "浙江省平阳县科学技术局", 2010, **_WATER), _figures(2)),
    (report("k3", "平阳县科学技术局", 2012, agency_as_printed="平陽縣科學技術局", **_WATER), _figures(3)),
    (report("k4", "平阳科技局", 2013, **_WATER), _figures(4)),
    # One bureau before and after two reforms, the years between missing.
    (report("s1", "平阳县国土资源局", 2010, **_WATER), _figures(1)),
    (report("s2", "平阳县国土资源局", 2014, **_WATER), _figures(1)),
    (report("s3", "平阳县自然资源和规划局", 2019, **_WATER), _figures(1)),
    # The same report on the government's site, on a mirror that lost the name, and in another town.
    (
        report("m1", "德化县浔中镇人民政府", 2011, region_code="350526", text_signature=_signature(1),
               source_uri="https://www.dehua.gov.cn/2011.html"),
        _figures(5, 6, 7, 8),
    ),
    (report("m2", None, 2011, text_signature=_signature(1, changed=9)), _figures(5, 6, 7, 8)),
    (
        report("m3", "德化县龙浔镇人民政府", 2011, region_code="350526",
               text_signature=_signature(1, changed=20)),
        _figures(9, 6, 10, 11),
    ),
    # Two versions, the second corrected after a year.
    (
        report("v1", "湄潭县卫生局", 2010, region_code="520328", text_signature=_signature(2),
               published_on=date(2011, 3, 1)),
        _figures(40, 2),
    ),
    (
        report("v2", "湄潭县卫生局", 2010, region_code="520328", text_signature=_signature(2),
               published_on=date(2012, 3, 1)),
        _figures(41, 2),
    ),
    # What a person corrects: the first is misread in every way.
    (report(_CORRECTED, "安庆市农业局", 2011, region_code="340800"), _figures(54, 3, 1)),
    (report("r00000000000000c2", "婺源县水利局", 2011, region_code="361130"), _figures(1)),
    (
        report("r00000000000000c3", "婺源县水利局", 2011, region_code="361130"),
        _figures(1, 2),
    ),
]  # fmt: skip


def _correction(number: int, kind: str, report_id: str, **columns: Any) -> Row:
    return {
        "correction_id": f"c.yml#{number}",
        "file_name": "c.yml",
        "entry_no": number,
        "kind": kind,
        "report_id": report_id,
        "reason": "as the paper copy shows",
        "source": "the paper copy",
        **columns,
    }


CORRECTIONS = [
    _correction(1, "agency", _CORRECTED, agency_name="安庆市林业局", region_code="340800",
                expect_agency_name="安庆市农业局", expect_region_code="340800"),
    _correction(2, "year", _CORRECTED, report_year=2012, expect_report_year=2011),
    _correction(3, "figure", _CORRECTED, indicator="disclosed", org_scope="own", value=45.0,
                is_withdrawn=False, expect_value=54.0),
    _correction(4, "figure", _CORRECTED, indicator="documents_made", org_scope="own",
                is_withdrawn=True, expect_value=3.0),
    _correction(5, "version", "r00000000000000c2", expect_current_report_id="r00000000000000c3"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    database = tmp_path_factory.mktemp("versions") / "work.duckdb"
    write_staging(database, frames(REPORTS), CORRECTIONS)
    assert failures(run_dbt(database, "build", *WITHOUT_UNIT_TESTS)) == []
    yield database


def test_agency_has_one_key_when_its_name_is_spelt_in_several_ways(built: Path) -> None:
    assert rows(
        built,
        """select agency_name, first_year, last_year from marts.dim_agency
           where function = '科学技术'""",
    ) == [("平阳县科学技术局", 2009, 2013)]
    assert rows(
        built,
        """select name_as_printed, agency_names.first_year, is_main_name from marts.agency_names
           join marts.dim_agency using (agency_key) where function = '科学技术'
           order by agency_names.first_year""",
    ) == [
        ("平阳县科技局", 2009, False),
        ("浙江省平阳县科学技术局", 2010, False),
        ("平陽縣科學技術局", 2012, True),
        ("平阳科技局", 2013, False),
    ]


def test_agency_is_linked_and_not_merged_when_a_reform_renamed_it(built: Path) -> None:
    assert rows(
        built,
        """select agency_name, successor_agency_name, from_year, rule_id
           from marts.agency_successors""",
    ) == [("平阳县国土资源局", "平阳县自然资源和规划局", 2019, "land_2018")]


def test_gap_is_told_from_a_year_of_the_successor_when_reports_are_missing(built: Path) -> None:
    assert rows(
        built,
        """select report_year, status, is_gap, related_agency_keys is not null from marts.coverage
           join marts.dim_agency using (agency_key) where agency_name = '平阳县国土资源局'
           and report_year in (2010, 2011, 2014, 2016, 2019) order by report_year""",
    ) == [
        (2010, "held", False, False),
        (2011, "missing", True, False),
        (2014, "held", False, False),
        (2016, "missing", False, False),
        (2019, "missing", False, True),
    ]


def test_copies_are_told_apart_when_texts_are_alike(built: Path) -> None:
    assert rows(
        built,
        """select report_id, other_report_id, kind from marts.near_duplicates order by all""",
    ) == [
        ("m1", "m2", "reposted"),
        ("m1", "m3", "copied_text"),
        ("m3", "m2", "copied_text"),
        ("v1", "v2", "same_report"),
    ]


def test_mirror_feeds_no_fact_when_the_report_it_copied_is_held(built: Path) -> None:
    assert rows(
        built,
        "select report_id, is_current, superseded_by from marts.dim_report where report_id = 'm2'",
    ) == [("m2", False, "m1")]
    assert rows(built, "select count(*) from marts.fct_requests where report_id = 'm2'") == [(0,)]


def test_both_values_are_shown_when_two_versions_differ(built: Path) -> None:
    assert rows(
        built,
        """select report_id, other_report_id, kind, indicator, value, other_value, quote, other_quote
           from marts.version_differences where report_id = 'v2'""",
    ) == [("v2", "v1", "value", "disclosed", 41.0, 40.0, "disclosed=41", "disclosed=40")]


def test_places_roll_up_when_joined_with_their_ancestors(built: Path) -> None:
    assert rows(
        built,
        """select ancestor_level, ancestor_name, region_name_pinyin, region_name_en
           from marts.region_ancestors as a
           join marts.dim_region as r on a.ancestor_key = r.region_key
           where a.region_code = '330326101' and a.is_latest order by steps""",
    )[1:] == [
        ("county", "平阳县", "Pingyang", "Pingyang County"),
        ("prefecture", "温州市", "Wenzhou", "Wenzhou City"),
        ("province", "浙江省", "Zhejiang", "Zhejiang Province"),
    ]


def test_every_place_has_one_province_when_rolled_up(built: Path) -> None:
    assert rows(
        built,
        """select region_key, count(a.ancestor_key) from marts.dim_region as r
           left join marts.region_ancestors as a using (region_key)
           where not r.is_placeholder and a.is_latest and a.ancestor_level = 'province'
           group by region_key having count(a.ancestor_key) <> 1""",
    ) == []


def test_facts_show_the_corrected_value_and_observations_the_read_one(built: Path) -> None:
    assert rows(
        built,
        f"""select agency_name, report_year, corrected_by from marts.dim_report
            where report_id = '{_CORRECTED}'""",
    ) == [("安庆市林业局", 2012, "c.yml#1, c.yml#2")]
    assert rows(
        built,
        f"""select value, value_text, quote, corrected_by from marts.fct_disclosures
            where report_id = '{_CORRECTED}'""",
    ) == [(45.0, "54", "disclosed=54", "c.yml#3")]
    assert rows(
        built,
        f"""select indicator, value, fact_use, corrected_by from marts.observations
            where report_id = '{_CORRECTED}' order by observation_id""",
    ) == [
        ("disclosed", 54.0, "fact", "c.yml#3"),
        ("documents_made", 3.0, "withdrawn", "c.yml#4"),
        ("requests_received", 1.0, "fact", None),
    ]
    assert rows(
        built,
        f"select disclosed, documents_made from marts.agency_year where report_id = '{_CORRECTED}'",
    ) == [(45.0, None)]


def test_version_a_person_chose_is_current_when_the_rules_choose_another(built: Path) -> None:
    assert rows(
        built,
        """select report_id, is_current, superseded_by, corrected_by from marts.dim_report
           where agency_name = '婺源县水利局' order by report_id""",
    ) == [
        ("r00000000000000c2", True, None, "c.yml#5"),
        ("r00000000000000c3", False, "r00000000000000c2", None),
    ]


def test_every_correction_is_accounted_for_when_applied(built: Path) -> None:
    assert rows(
        built,
        """select correction_id, status, expected_text, found_text, corrected_text
           from marts.corrections""",
    ) == [
        ("c.yml#1", "applied", "安庆市农业局, 340800", "安庆市农业局, 340800", "安庆市林业局, 340800"),
        ("c.yml#2", "applied", "2011", "2011", "2012"),
        ("c.yml#3", "applied", "54", "54", "45"),
        ("c.yml#4", "applied", "3", "3", "withdrawn"),
        ("c.yml#5", "applied", "r00000000000000c3", "r00000000000000c3", "r00000000000000c2"),
    ]  # fmt: skip

"""Correction files: what each kind becomes, and what a person reads where one is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.corrections import BrokenCorrection, read_corrections
from ingest.schema import CORRECTIONS

_SAID = """
  reason: the page lost a digit
  source: the PDF on the same site, page 2
"""
_AGENCY = f"""
- report: r0123456789abcdef
  correct: agency
  agency_name: 平阳县水利局
  region_code: "330326"
  expect: {{agency_name: 平阳县水务局, region_code: "330326"}}{_SAID}"""
_YEAR = f"""
- report: r0123456789abcdef
  correct: year
  report_year: 2011
  expect: {{report_year: null}}{_SAID}"""
_VERSION = f"""
- report: r0123456789abcdef
  correct: version
  expect: {{current_report: rfedcba9876543210}}{_SAID}"""
_FIGURE = f"""
- report: r0123456789abcdef
  correct: figure
  indicator: disclosed
  channel: website
  value: 54
  expect: {{value: 45}}{_SAID}"""
_WITHDRAWN = f"""
- report: r0123456789abcdef
  correct: figure
  indicator: disclosed
  org_scope: aggregate
  withdraw: true
  expect: {{value: 45}}{_SAID}"""


def _rows(folder: Path, **files: str) -> list[dict[str, Any]]:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf8")
    return read_corrections(folder).to_dicts()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (_AGENCY, {"kind": "agency", "agency_name": "平阳县水利局", "region_code": "330326",
                   "expect_agency_name": "平阳县水务局", "expect_region_code": "330326"}),
        (_YEAR, {"kind": "year", "report_year": 2011, "expect_report_year": None}),
        (_VERSION, {"kind": "version", "expect_current_report_id": "rfedcba9876543210"}),
        (_FIGURE, {"kind": "figure", "indicator": "disclosed", "channel": "website", "value": 54.0,
                   "org_scope": "own", "is_withdrawn": False, "expect_value": 45.0}),
        (_WITHDRAWN, {"kind": "figure", "indicator": "disclosed", "value": None,
                      "org_scope": "aggregate", "is_withdrawn": True, "expect_value": 45.0}),
    ],
)  # fmt: skip
def test_entry_becomes_a_row_when_it_is_well_formed(
    tmp_path: Path, entry: str, expected: dict[str, Any]
) -> None:
    (row,) = _rows(tmp_path, mistakes=entry)

    common = {
        "correction_id": "mistakes.yml#1",
        "file_name": "mistakes.yml",
        "entry_no": 1,
        "report_id": "r0123456789abcdef",
        "reason": "the page lost a digit",
        "source": "the PDF on the same site, page 2",
    }
    assert row == dict.fromkeys(CORRECTIONS) | common | expected


def test_entries_are_numbered_by_file_when_there_are_several(tmp_path: Path) -> None:
    rows = _rows(tmp_path, b=_YEAR, a=_YEAR + _FIGURE, only_comments="# nothing yet")

    assert [row["correction_id"] for row in rows] == ["a.yml#1", "a.yml#2", "b.yml#1"]


@pytest.mark.parametrize("folder", [".", "missing"])
def test_nothing_is_corrected_when_there_are_no_files(tmp_path: Path, folder: str) -> None:
    frame = read_corrections(tmp_path / folder)

    assert frame.schema == CORRECTIONS
    assert frame.height == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (_FIGURE.replace("channel:", "chanel:"), "entry 1: chanel: Extra inputs are not permitted"),
        (_YEAR + _AGENCY.replace("  reason: the page lost a digit\n", ""), "entry 2: reason: Field required"),
        (_AGENCY.replace('region_code: "330326"\n', "region_code: 330326\n"), "entry 1: region_code: Input should be a valid string"),
        (_FIGURE.replace("  value: 54\n", ""), "give either the right `value` or `withdraw: true`"),
        (_WITHDRAWN.replace("withdraw: true", "withdraw: true\n  value: 3"), "give either the right `value`"),
        (_YEAR.replace("r0123456789abcdef", "page-3.html"), "entry 1: report: String should match pattern"),
        (_YEAR.replace("  expect: {report_year: null}\n", ""), "entry 1: expect: Field required"),
        (_YEAR.replace("correct: year", "correct: yaer"), "'yaer'"),
        ("report: r0123456789abcdef", "is not a list of entries"),
        ("- [", "is no YAML"),
        ("- just words", "entry 1: entry:"),
    ],
)  # fmt: skip
def test_file_entry_and_way_out_are_named_when_a_file_is_broken(
    tmp_path: Path, text: str, problem: str
) -> None:
    with pytest.raises(BrokenCorrection) as caught:
        _rows(tmp_path, mistakes=text)

    message = str(caught.value)
    assert problem in message
    assert str(tmp_path / "mistakes.yml") in message
    assert "docs/corrections.md" in message

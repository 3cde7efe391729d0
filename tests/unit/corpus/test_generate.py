"""Generated corpora: the same each time, of agencies with a series, and with facts that are in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from ingest.document import Report, read_document
from ingest.landing import land
from tests.corpus.agencies import agencies
from tests.corpus.generate import FORMS, Corpus

_REPORTS = 60


def test_identity_and_facts_are_read_when_a_report_is_generated() -> None:
    corpus = Corpus(seed=3, years=5)
    for number in range(_REPORTS):
        report = corpus.report(number)
        read = read_document(report.text.encode(), report.name, report.name)
        assert isinstance(read, Report), report.text
        identity = read.identity
        assert identity.agency_name == report.agency.name
        assert identity.region_code == report.agency.region_code
        assert identity.report_year == report.year
        found = Counter((o.indicator, o.value) for o in read.observations)
        planted = Counter((fact.indicator, fact.value) for fact in report.facts)
        assert not planted - found, report.text


def test_agency_has_a_report_of_each_year_when_many_are_generated() -> None:
    corpus = Corpus(years=5)
    reports = [corpus.report(number) for number in range(0, 50)]

    assert len({report.agency.name for report in reports}) == 10
    assert len({(report.agency.name, report.year) for report in reports}) == 50
    assert len({report.text for report in reports}) == 50
    assert len({agency.name for agency in agencies()}) == len(agencies()) > 30_000


def test_parts_of_a_list_give_the_total_when_both_are_printed_in_one_sentence() -> None:
    sums = []
    for number in range(200):
        facts = Corpus(seed=2).report(number).facts
        parts = [f for f in facts if f.indicator == "disclosed" and f.dimension == "category_label"]
        totals = [f for f in facts if f.indicator == "disclosed" and not f.dimension]
        if parts and totals and abs(totals[0].start - parts[0].start) < 40:
            sums.append((sum(part.value for part in parts), totals[0].value))
    assert len(sums) > 20
    assert all(parts == total for parts, total in sums)


@pytest.mark.parametrize("form", FORMS)
def test_inbox_is_the_same_when_it_is_written_twice_and_can_be_landed(
    tmp_path: Path, form: str
) -> None:
    for name in ("one", "two"):
        Corpus(seed=4).write(tmp_path / name, 20, first=7, form=form, processes=1)

    one, two = (
        {
            str(path.relative_to(tmp_path / name)): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two
    landed = land([tmp_path / "one" / "inbox"], tmp_path / "home")
    assert (len(landed.new), landed.refusals) == (20, ())
    told = pl.read_parquet(tmp_path / "one" / "expected_reports.parquet")
    assert sorted(told["file_name"]) == sorted(document.file_name for document in landed.new)
    assert pl.read_parquet(tmp_path / "one" / "expected_facts.parquet").height > 100

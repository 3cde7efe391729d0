"""What the exports say of themselves, read by the libraries of the standards."""

from __future__ import annotations

import gzip
import logging
from pathlib import Path

import mlcroissant
import pytest
import yaml
from frictionless import Package, validate

from ingest.home import Home
from orchestration.exports.writing import ensure_exports


@pytest.fixture
def folder(home: Home) -> Path:
    return ensure_exports(home, home.candidate_db).folder


def test_every_row_is_valid_when_frictionless_reads_the_package(folder: Path) -> None:
    report = validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == 13
    package = Package.from_descriptor(str(folder / "datapackage.json"))
    field = package.get_resource("agency_year").schema.get_field("requests_received")
    assert (field.type, field.title) == (
        "number",
        "Requests newly received in the year (新)收到申请数",
    )


@pytest.mark.parametrize("file", ["csv/agency_year.csv.gz", "parquet/agency_year.parquet"])
def test_package_is_not_valid_when_a_file_is_another(folder: Path, file: str) -> None:
    path = folder / file
    data = path.read_bytes()
    changed = gzip.compress(gzip.decompress(data) + b"a3,x\n") if file.endswith("gz") else data[:-1]
    path.write_bytes(changed)

    assert not validate(str(folder / "datapackage.json")).valid


def test_records_are_those_of_the_table_when_croissant_reads_them(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    records = list(dataset.records("agency_year"))

    issues = dataset.metadata.ctx.issues
    assert not issues.errors and not issues.warnings, issues.report()
    assert "not standard" not in caplog.text
    assert [record["agency_year/report_year"] for record in records] == [2011, 2009, 2010]
    assert records[0]["agency_year/agency_name"].decode() == "甲局"


def test_croissant_refuses_when_a_type_is_none(folder: Path) -> None:
    path = folder / "croissant.json"
    path.write_text(path.read_text().replace("parquet/agency_year.parquet", "").replace('"sha256"', '"sha"'))

    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(jsonld=str(path))


def test_citation_names_the_publication_when_written(folder: Path) -> None:
    citation = yaml.safe_load((folder / "CITATION.cff").read_text())

    assert citation["version"] == folder.name
    assert citation["license"] == "CC-BY-4.0"
    assert "agency_year" in (folder / "README.md").read_text()

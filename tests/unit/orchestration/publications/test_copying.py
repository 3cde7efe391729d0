from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_home import publish_next

from ingest.home import Home
from orchestration.commands.export import export
from orchestration.exports.manifest import damaged_files, whole_exports


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(export, ["--home", str(home.path), *arguments])


@pytest.fixture
def published(home: Home) -> str:
    return publish_next(home, 1)


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_copy_is_whole_when_sent_elsewhere(
    home: Home, published: str, tmp_path: Path, form: str
) -> None:
    place = tmp_path / "elsewhere"

    for _ in range(2):  # a second time it is there already
        result = run(home, "--to", form.format(place))
        assert result.exit_code == 0, result.output

    manifest = whole_exports(place / published, published)
    assert manifest is not None
    assert damaged_files(place / published, manifest) == []
    assert [path.name for path in place.iterdir()] == [published]


def test_place_is_told_when_no_other_is_asked_for(home: Home, published: str) -> None:
    result = run(home)

    assert result.exit_code == 0
    assert str(home.exports_dir / published) in result.output


def test_exports_are_written_when_they_are_gone(home: Home, published: str) -> None:
    (home.exports_dir / published / "manifest.json").unlink()

    assert run(home).exit_code == 0

    assert whole_exports(home.exports_dir / published, published)


def test_damage_is_told_when_a_file_has_changed_its_bytes(
    home: Home, published: str, tmp_path: Path
) -> None:
    path = home.exports_dir / published / "csv" / "verdicts.csv.gz"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    result = run(home, "--to", str(tmp_path / "elsewhere"))

    assert result.exit_code == 1
    assert "csv/verdicts.csv.gz" in result.output
    assert not (tmp_path / "elsewhere").exists()


def test_half_a_copy_is_not_overwritten_when_it_is_there(
    home: Home, published: str, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere" / published).mkdir(parents=True)

    result = run(home, "--to", str(tmp_path / "elsewhere"))

    assert result.exit_code == 1
    assert "delete it" in result.output


@pytest.mark.parametrize(
    "place", ["nowhere://user:hush@host/bucket?token=hush", "s3://key:hush@/bucket"]
)
def test_no_secret_is_told_when_an_address_cannot_be_written(
    home: Home, published: str, place: str
) -> None:
    result = run(home, "--to", place)

    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert "hush" not in result.output
    assert "Traceback" not in result.output

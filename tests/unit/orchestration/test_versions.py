from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.settings import OrchestrationSettings
from orchestration.versions import dbt_version, model_version


@pytest.fixture
def settings(tmp_path: Path) -> OrchestrationSettings:
    project, reference = tmp_path / "dbt", tmp_path / "reference"
    (project / "models").mkdir(parents=True)
    (project / "models" / "a.sql").write_text("select 1")
    (project / "dbt_project.yml").write_text("name: x")
    reference.mkdir()
    (reference / "regions.csv").write_text("code\n1\n")
    return OrchestrationSettings(
        home=tmp_path / "home",
        dbt_project_dir=project,
        reference_dir=reference,
        corrections_dir=tmp_path / "corrections",
    )


def test_versions_stay_when_dbt_leaves_its_artifacts(settings: OrchestrationSettings) -> None:
    before = dbt_version(settings), model_version(settings)
    for folder in ("target", "logs"):
        (settings.dbt_project_dir / folder).mkdir()
        (settings.dbt_project_dir / folder / "made.sql").write_text("select 2")

    assert (dbt_version(settings), model_version(settings)) == before


@pytest.mark.parametrize("change", ["edit", "rename", "delete"])
def test_versions_differ_when_a_model_changes(settings: OrchestrationSettings, change: str) -> None:
    before = dbt_version(settings), model_version(settings)
    model = settings.dbt_project_dir / "models" / "a.sql"
    if change == "edit":
        model.write_text("select 2")
    elif change == "rename":
        shutil.move(model, model.with_name("b.sql"))
    else:
        model.unlink()

    assert dbt_version(settings) != before[0]
    assert model_version(settings) != before[1]


def test_model_version_differs_when_a_reference_list_changes(
    settings: OrchestrationSettings,
) -> None:
    before = model_version(settings)
    (settings.reference_dir / "regions.csv").write_text("code\n2\n")

    assert model_version(settings) != before


def test_model_version_differs_when_a_correction_is_added(settings: OrchestrationSettings) -> None:
    before = model_version(settings)
    settings.corrections_dir.mkdir()
    (settings.corrections_dir / "mistakes.yml").write_text("- report: r0123456789abcdef")

    assert model_version(settings) != before

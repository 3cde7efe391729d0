"""What Dagster shows is what `definitions_snapshot.txt` says: lineage does not change by accident.

After a change that is meant, write the snapshot anew and read its diff:
`.venv/bin/python tests/integration/test_definitions.py`
"""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.workspace.load import location_origins_from_yaml_paths

from ingest.paths import PROJECT_ROOT
from orchestration.code_location import build_definitions
from orchestration.settings import OrchestrationSettings

SNAPSHOT = Path(__file__).with_name("definitions_snapshot.txt")


def describe(definitions: dg.Definitions) -> str:
    """Every asset with its group and what it is made from, every check, job, schedule, sensor."""
    repository = definitions.get_repository_def()
    graph = repository.asset_graph
    lines = []
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        kind = "asset" if node.is_materializable else "source"
        lines.append(f"{kind} {key.to_user_string()} [{node.group_name}] <- {parents}".rstrip())
    lines += sorted(
        f"check {key.asset_key.to_user_string()}: {key.name}" for key in graph.asset_check_keys
    )
    lines += sorted(
        f"job {job.name}" for job in repository.get_all_jobs() if not job.name.startswith("__")
    )
    for schedule in repository.schedule_defs:
        when = f"{schedule.cron_schedule} {schedule.execution_timezone}"
        lines.append(f"schedule {schedule.name} -> {schedule.job_name} at {when}")
    lines += [f"sensor {sensor.name} -> {sensor.job_name}" for sensor in repository.sensor_defs]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    return build_definitions(OrchestrationSettings(home=tmp_path_factory.mktemp("home")))


def test_lineage_is_that_of_the_snapshot_when_built_for_a_new_home(
    definitions: dg.Definitions,
) -> None:
    assert describe(definitions) == SNAPSHOT.read_text(), (
        "if the change is meant: .venv/bin/python tests/integration/test_definitions.py"
    )


def test_every_asset_tells_what_it_is_when_shown(definitions: dg.Definitions) -> None:
    graph = definitions.get_repository_def().asset_graph
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert node.group_name != "default", key
        assert node.owners == ["team:gongkai"], key
        assert not node.is_materializable or node.kinds, key


def test_one_writes_at_a_time_when_assets_open_the_work_file(definitions: dg.Definitions) -> None:
    graph = definitions.get_repository_def().asset_graph
    for key in graph.materializable_asset_keys:
        opens_work_file = key.to_user_string() not in {
            "exports",
            "fetched_pages",
            "landed_documents",
            "published_warehouse",
        }
        assert graph.get(key).pools == ({"duckdb_writer"} if opens_work_file else set()), key


def test_sites_are_asked_only_by_the_job_that_says_so_when_a_job_runs(
    definitions: dg.Definitions,
) -> None:
    def runs(job: str) -> set[dg.AssetKey]:
        return set(definitions.resolve_job_def(job).asset_layer.executable_asset_keys)

    assert runs("fetch_and_refresh") - runs("refresh") == {dg.AssetKey("fetched_pages")}


def test_workspace_names_a_module_with_definitions_when_dagster_loads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    path = PROJECT_ROOT / "workspace.yaml"
    (origin,) = location_origins_from_yaml_paths([str(path)])
    module = yaml.safe_load(path.read_text())["load_from"][0]["python_module"]["module_name"]

    assert origin.location_name == "gongkai"
    assert isinstance(import_module(module).defs, dg.Definitions)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        SNAPSHOT.write_text(describe(build_definitions(OrchestrationSettings(home=Path(folder)))))

"""dbt from Dagster: the parsed project, the process that builds it, and how its nodes are shown.

What lives here: preparing the manifest, starting dbt for one home, and the translation of dbt
nodes to assets. What does not: the models (`dbt_project`), the assets (`assets/marts.py`).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliInvocation,
    DbtCliResource,
    DbtProject,
)
from packaging.version import Version

from ingest.locking import hold_lock
from orchestration.settings import OrchestrationSettings, dbt_environment
from orchestration.versions import dbt_version

logger = logging.getLogger(__name__)

PARTIAL_PARSE = "partial_parse.msgpack"


class GongkaiDbt(DbtCliResource):
    """dbt as this project runs it: in its own process, for one home, without the network."""

    @property
    def _cli_version(self) -> Version:
        # dagster-dbt asks `dbt --version`, which costs seconds and looks up newer releases in the
        # network. dbt is installed beside this package, so its metadata says the same.
        return Version(importlib.metadata.version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        # dagster-dbt would open the work file in this process too, to count rows; a second
        # configuration of the same file is what DuckDB refuses. `assets/marts.py` counts them.
        return None


def dbt_project_of(settings: OrchestrationSettings) -> DbtProject:
    """The project with its artifacts under the home, so that two homes never meet in `target`.

    Parses the project where it was never parsed for this home or has changed since.
    """
    home = settings.home_layout()
    project = DbtProject(
        project_dir=settings.dbt_project_dir,
        profiles_dir=settings.dbt_project_dir,
        target_path=home.dbt_dir,
    )
    stamp = home.dbt_dir / "parsed_version"
    version = dbt_version(settings)
    with hold_lock(home.dbt_dir / "parse.lock", wait=True):
        if not _is_parsed(project.manifest_path, stamp, version):
            logger.info("parsing the dbt project")
            stamp.unlink(missing_ok=True)  # whoever is killed here leaves half a manifest
            dbt_resource(project)
            with dbt_environment(settings):
                dbt_resource(project).cli(["parse", "--quiet"], target_path=home.dbt_dir).wait()
            stamp.write_text(version)
    return project


def dbt_resource(project: DbtProject) -> GongkaiDbt:
    """The resource that starts dbt; the executable is the one beside this Python."""
    return GongkaiDbt(
        project_dir=project,  # type: ignore[arg-type]  # a validator takes the project itself
        dbt_executable=str(Path(sys.executable).with_name("dbt")),
        global_config_flags=["--no-version-check"],
    )


def start_build(
    dbt: DbtCliResource, settings: OrchestrationSettings, context: Any
) -> DbtCliInvocation:
    """Start `dbt build` for what the run selected; unit tests of models belong to `make test`."""
    home = settings.home_layout()
    run_dir = home.dbt_dir / "run"
    run_dir.mkdir(parents=True, exist_ok=True)
    if (home.dbt_dir / PARTIAL_PARSE).exists():
        # Saves parsing the project a second time.
        shutil.copy(home.dbt_dir / PARTIAL_PARSE, run_dir / PARTIAL_PARSE)
    with dbt_environment(settings):
        return dbt.cli(
            ["build", "--exclude-resource-type", "unit_test"], context=context, target_path=run_dir
        )


class GongkaiTranslator(DagsterDbtTranslator):
    """How dbt nodes look in Dagster: keys, groups, descriptions and versions."""

    def __init__(self, macros_version: str) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=True))
        self._macros_version = macros_version

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The layer: the folder under `models/`; reference for the lists, checks for the seeds."""
        if dbt_resource_props["resource_type"] == "source":
            return str(dbt_resource_props["source_name"])
        if dbt_resource_props["resource_type"] == "seed":
            return "reference"
        return str(dbt_resource_props["fqn"][1])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The model's own words, without the SQL that dagster-dbt adds."""
        return str(dbt_resource_props.get("description") or dbt_resource_props["name"])

    def get_code_version(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """A hash of the model's SQL and, where it calls any, of the project's macros.

        A seed's is its checksum, a source has none.
        """
        own = super().get_code_version(dbt_resource_props)
        used = dbt_resource_props.get("depends_on", {}).get("macros", [])
        if own is None or not any(macro.startswith("macro.gongkai.") for macro in used):
            return own
        return hashlib.sha256(f"{own} {self._macros_version}".encode()).hexdigest()[:16]

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str]:
        """Every model has the same owner."""
        return ["team:gongkai"]


def _is_parsed(manifest: Path, stamp: Path, version: str) -> bool:
    return manifest.exists() and stamp.exists() and stamp.read_text() == version

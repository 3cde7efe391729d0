"""The layers that dbt builds: staging views, intermediate tables and marts, with their tests."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DbtProject, dbt_assets

from ingest.home import Home
from ingest.version import reader_version
from orchestration.assets import OWNERS, WRITER_POOL
from orchestration.dbt_runner import GongkaiTranslator, dbt_resource, start_build
from orchestration.metadata import describe_tables
from orchestration.publishing import stamp_models
from orchestration.settings import OrchestrationSettings
from orchestration.versions import macros_version, model_version


def build_dbt_assets(settings: OrchestrationSettings, project: DbtProject) -> dg.AssetsDefinition:
    """The assets of the dbt project, built by one `dbt build`; its data tests are asset checks."""

    @dbt_assets(
        manifest=project.manifest_path,
        name="dbt_models",
        project=project,
        dagster_dbt_translator=GongkaiTranslator(macros_version(settings.dbt_project_dir)),
        pool=WRITER_POOL,
    )
    def dbt_models(
        context: dg.AssetExecutionContext, home: dg.ResourceParam[Home]
    ) -> Iterator[Any]:
        """Build the selected models and tell how many rows each has."""
        build = start_build(dbt_resource(project), settings, context)
        yield from _described(context, home, build.stream())
        stamp_models(
            home.work_db,
            reader_version=reader_version(),
            model_version=model_version(settings),
            is_whole=not context.is_subset,
        )

    return dbt_models


_MADE_BY_PEOPLE = ("reference", "people")  # sources of the models


def build_reference_specs(project: DbtProject) -> list[dg.AssetSpec]:
    """The lists that the models read, as assets made outside: CSV files that people edit."""
    manifest = json.loads(project.manifest_path.read_text())
    translator = GongkaiTranslator("")  # for keys and descriptions only
    return [
        dg.AssetSpec(
            key=translator.get_asset_key(source),
            group_name=translator.get_group_name(source),
            description=translator.get_description(source),
            kinds={"csv"},
            owners=OWNERS,
        )
        for source in manifest["sources"].values()
        if source["source_name"] in _MADE_BY_PEOPLE
    ]


def _described(
    context: dg.AssetExecutionContext, home: Home, events: Iterable[Any]
) -> Iterator[Any]:
    """The events of a build, its outputs with row counts and previews.

    They are held back until dbt has ended and let go of the work file; those of a build that
    fails are told before its error is.
    """
    held: list[Any] = []
    try:
        for event in events:
            held.append(event)
            if isinstance(event, dg.Output):
                context.log.info(f"built {'.'.join(_asset_path(context, event))}")
    except Exception:
        yield from _with_descriptions(context, home, held)
        raise
    yield from _with_descriptions(context, home, held)


def _with_descriptions(
    context: dg.AssetExecutionContext, home: Home, events: list[Any]
) -> Iterator[Any]:
    paths = {
        event.output_name: _asset_path(context, event)
        for event in events
        if isinstance(event, dg.Output)
    }
    described = describe_tables(home.work_db, {(path[0], path[-1]) for path in paths.values()})
    for event in events:
        if isinstance(event, dg.Output):
            path = paths[event.output_name]
            metadata = described.get((path[0], path[-1]), {})
            event = event.with_metadata({**event.metadata, **metadata})
        yield event


def _asset_path(context: dg.AssetExecutionContext, event: dg.Output[Any]) -> list[str]:
    return list(context.asset_key_for_output(event.output_name).path)

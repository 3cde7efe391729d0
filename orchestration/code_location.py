"""The code location: everything that Dagster shows and runs, for one set of settings.

What lives here: putting the pieces together. What does not: the pieces. Importing this builds
nothing; `definitions.py` builds what `workspace.yaml` loads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dagster as dg

from orchestration.assets.corrections import correction_files, corrections_asset
from orchestration.assets.exports import build_exports_asset
from orchestration.assets.fetching import fetched_pages_asset
from orchestration.assets.landing import inbox, landed_documents_asset
from orchestration.assets.marts import build_dbt_assets, build_reference_specs
from orchestration.assets.published import CANDIDATE, build_candidate_asset, build_published_asset
from orchestration.assets.second_look import build_second_look_asset
from orchestration.assets.staging import staging_assets
from orchestration.dbt_runner import dbt_project_of
from orchestration.jobs import fetch_and_refresh_job, refresh_job
from orchestration.resources import build_resources
from orchestration.schedules import monthly_refresh
from orchestration.sensors import build_inbox_sensor
from orchestration.settings import OrchestrationSettings
from orchestration.validation import build_audit_checks


def build_definitions(
    settings: OrchestrationSettings | None = None,
    *,
    audit: Sequence[dg.AssetChecksDefinition] | None = None,
    loggers: Mapping[str, dg.LoggerDefinition] | None = None,
) -> dg.Definitions:
    """The definitions for these settings (default: those of the environment).

    `audit` takes the place of the checks of the candidate, `loggers` of Dagster's own. Parses the
    dbt project where that was not done for this home yet.
    """
    settings = settings or OrchestrationSettings()
    audit = build_audit_checks(CANDIDATE) if audit is None else audit
    project = dbt_project_of(settings)
    dbt_models = build_dbt_assets(settings, project)
    marts = sorted(key for key in dbt_models.keys if key.path[0] == "marts")
    return dg.Definitions(
        assets=[
            inbox,
            fetched_pages_asset,
            landed_documents_asset,
            staging_assets,
            correction_files,
            corrections_asset,
            build_second_look_asset(settings),
            *build_reference_specs(project),
            dbt_models,
            build_candidate_asset(marts),
            build_exports_asset(audit),
            build_published_asset(audit, keep=settings.keep_publications),
        ],
        asset_checks=audit,
        jobs=[refresh_job, fetch_and_refresh_job],
        schedules=[monthly_refresh],
        sensors=[build_inbox_sensor(settings.inbox, settings.home_layout())],
        resources=build_resources(settings),
        loggers=loggers,
    )

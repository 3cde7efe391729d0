"""A refresh in this process: the assets that the UI shows, run as one recorded run.

What lives here: running them and telling what came of it. What does not: arguments, exit codes
and printing (`commands/refresh.py`), the assets.

Imports Dagster and what it brings, which takes seconds: imported only when there is work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from orchestration.assets.fetching import FETCHED_PAGES
from orchestration.assets.published import PUBLISHED
from orchestration.code_location import build_definitions
from orchestration.instance import IN_PROCESS_TAG, open_instance, tidy_killed_runs
from orchestration.jobs import FETCH_AND_REFRESH, REFRESH
from orchestration.progress import Follow, following_logger
from orchestration.settings import OrchestrationSettings

_LOGGER = "progress"


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """What a run did. `reasons` say why nothing was published; empty where something was."""

    run_id: str
    is_replaced: bool  # false where the contents are those published before
    new_count: int
    read_count: int
    skipped_count: int
    quarantined: Mapping[str, int]
    changes: Mapping[str, int]  # against the publication before, such as "fact changed"
    reasons: tuple[str, ...]
    fetched: Mapping[str, int]  # pages by outcome; empty where nothing was fetched
    fetch_told: Sequence[str]  # what a person should know of the fetch

    @property
    def is_published(self) -> bool:
        """Whether what the inboxes and models give now is what readers find."""
        return not self.reasons


def run_refresh(
    settings: OrchestrationSettings,
    follow: Follow,
    *,
    full: bool,
    fetch: bool = False,
    audit: Sequence[dg.AssetChecksDefinition] | None = None,
) -> RefreshOutcome:
    """Run the refresh job here, recorded in the home's instance so that the UI shows it.

    With `fetch`, the listed sources are fetched first.

    To be called while the refresh lock is held.
    """
    with open_instance(settings.home_layout()) as instance:
        tidy_killed_runs(instance)
        definitions = build_definitions(
            settings, audit=audit, loggers={_LOGGER: following_logger(follow)}
        )
        result = definitions.resolve_job_def(
            FETCH_AND_REFRESH if fetch else REFRESH
        ).execute_in_process(
            instance=instance,
            raise_on_error=False,
            tags=IN_PROCESS_TAG,
            run_config={
                "ops": {"staging": {"config": {"full": full}}},
                "loggers": {_LOGGER: {"config": {}}},
            },
        )
    return _outcome(result)


def _outcome(result: dg.ExecuteInProcessResult) -> RefreshOutcome:
    landed = _metadata(result, dg.AssetKey("landed_documents"))
    fetched = _metadata(result, FETCHED_PAGES)
    read = _metadata(result, dg.AssetKey(["staging", "documents"]))
    return RefreshOutcome(
        run_id=result.run_id,
        is_replaced=bool(_metadata(result, PUBLISHED).get("replaced")),
        new_count=landed.get("new_documents", 0),
        read_count=read.get("read_now", 0),
        skipped_count=read.get("read_before", 0),
        quarantined=read.get("quarantined_now", {}),
        changes=_metadata(result, PUBLISHED).get("changes", {}),
        fetched=fetched.get("pages", {}),
        fetch_told=fetched.get("told", ()),
        reasons=() if result.success else tuple(_reasons(result)),
    )


def _metadata(result: dg.ExecuteInProcessResult, key: dg.AssetKey) -> dict[str, Any]:
    """The values that an asset told in this run; empty where it was not materialised."""
    for event in result.get_asset_materialization_events():
        if event.asset_key == key:
            told = event.step_materialization_data.materialization.metadata
            return {name: value.value for name, value in told.items()}
    return {}


def _reasons(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    """Why a run failed: checks that failed with an error, then steps that raised."""
    for check in result.get_asset_check_evaluations():
        if not check.passed and check.severity is dg.AssetCheckSeverity.ERROR:
            what = f"{check.asset_key.to_user_string()}: {check.check_name}"
            yield f"{what}: {check.description}" if check.description else what
    for event in result.get_step_failure_events():
        error = event.step_failure_data.error
        while error is not None and error.cause is not None:
            error = error.cause
        if error is not None and error.cls_name != "DagsterAssetCheckFailedError":
            yield f"{event.step_key}: {error.message.strip()}"

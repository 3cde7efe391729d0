"""What Dagster shows as stale after a change: what was made by the old code, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from dagster._core.definitions.data_version import CachingStaleStatusResolver, StaleStatus
from dagster._core.loader import LoadingContextForTest
from refreshing_home import Place

from ingest.paths import DBT_PROJECT_DIR
from orchestration.code_location import build_definitions
from orchestration.dbt_runner import GongkaiTranslator
from orchestration.instance import open_instance
from orchestration.settings import OrchestrationSettings
from orchestration.versions import macros_version


def stale_for_its_code(place: Place) -> set[str]:
    """Assets whose own code is another than that they were made by."""
    definitions = build_definitions(
        OrchestrationSettings(home=place.home.path, corrections_dir=place.corrections)
    )
    graph = definitions.get_repository_def().asset_graph
    with open_instance(place.home) as instance:
        resolver = CachingStaleStatusResolver(instance, graph, LoadingContextForTest(instance))
        return {
            key.to_user_string()
            for key in graph.materializable_asset_keys
            if resolver.get_status(key) is not StaleStatus.FRESH
            and any(cause.reason == "has a new code version" for cause in resolver.get_stale_causes(key))
        }


def test_what_was_read_is_stale_exactly_when_a_rule_has_changed(
    refreshed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stale_for_its_code(refreshed) == set()

    monkeypatch.setattr("orchestration.assets.staging.reader_version", lambda: "another")

    assert stale_for_its_code(refreshed) == {
        f"staging/{table}" for table in ("documents", "reports", "observations", "issues")
    }


def test_models_have_another_version_exactly_when_their_sql_or_a_macro_changes(
    tmp_path: Path,
) -> None:
    plain = {"raw_code": "select 1", "depends_on": {"macros": ["macro.dbt.is_incremental"]}}
    calling = {**plain, "depends_on": {"macros": ["macro.gongkai.facts_of"]}}
    before, after = GongkaiTranslator("1"), GongkaiTranslator("2")

    assert before.get_code_version(plain) == after.get_code_version(plain)
    assert before.get_code_version(calling) != after.get_code_version(calling)
    assert before.get_code_version({**plain, "raw_code": "select 2"}) != before.get_code_version(
        plain
    )
    assert macros_version(DBT_PROJECT_DIR) != macros_version(tmp_path)

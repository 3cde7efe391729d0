"""The asset that fetches, where there is nothing to fetch or nobody to ask for it."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from ingest.fetching.fetch import NoContact
from ingest.fetching.sources import BrokenSources
from orchestration.assets.fetching import fetched_pages_asset
from orchestration.resources import build_resources
from orchestration.settings import OrchestrationSettings

LISTED = "- {name: x, agency: 某局, pages: ['https://x.example.gov.cn/1.html']}\n"


def run(folder: Path, listed: str) -> dg.ExecuteInProcessResult:
    sources = folder / "sources.yml"
    sources.write_text(listed, encoding="utf8")
    settings = OrchestrationSettings(home=folder / "home", sources=sources, fetch_contact="")
    resources = build_resources(settings)
    return dg.materialize(
        [fetched_pages_asset],
        resources={name: resources[name] for name in ("home", "fetching")},
    )


def test_nothing_is_fetched_and_the_run_goes_on_when_no_source_is_listed(tmp_path: Path) -> None:
    result = run(tmp_path, "# none\n")
    (event,) = result.get_asset_materialization_events()
    told = event.step_materialization_data.materialization.metadata
    assert told["sources"].value == 0
    assert [check.passed for check in result.get_asset_check_evaluations()] == [True]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("listed", "error"), [(LISTED, NoContact), (LISTED + "- {name: y}\n", BrokenSources)]
)
def test_run_stops_with_the_way_out_when_fetching_is_not_set_up(
    tmp_path: Path, listed: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        run(tmp_path, listed)

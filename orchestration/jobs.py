"""Jobs: the one way from inbox to published warehouse, for the schedule, the sensor and the CLI.

Sites are asked once a month, by the schedule, or when a person says so: a file put into the inbox
or a refresh by hand is no reason to ask them again.
"""

from __future__ import annotations

import dagster as dg

from orchestration.assets.fetching import FETCHED_PAGES

REFRESH = "refresh"
FETCH_AND_REFRESH = "fetch_and_refresh"

refresh_job = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(FETCHED_PAGES),
    description="Land, read, model, audit and publish. What `gongkai refresh` runs.",
)

fetch_and_refresh_job = dg.define_asset_job(
    FETCH_AND_REFRESH,
    selection=dg.AssetSelection.all(),
    description=(
        "Fetch what is new of the listed sources, then refresh. What `gongkai refresh --fetch` runs."
    ),
)

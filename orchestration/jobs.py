"""Jobs: the one way from inbox to published warehouse, for the schedule, the sensor and the CLI."""

from __future__ import annotations

import dagster as dg

REFRESH = "refresh"

refresh_job = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all(),
    description="Land, read, model, audit and publish. What `gongkai refresh` runs.",
)

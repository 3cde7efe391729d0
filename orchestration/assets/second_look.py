"""The second look: cells of failing tables, read again before the models say whose fault it is."""

import dagster as dg

from ingest.home import Home
from ingest.schema import STAGING
from ingest.second_look.staged import look_again
from orchestration.assets import OWNERS, WRITER_POOL
from orchestration.metadata import to_counts
from orchestration.retrying import retried_if_passing
from orchestration.settings import OrchestrationSettings
from orchestration.versions import code_version

IDENTITIES = "seeds/identities.csv"


def build_second_look_asset(settings: OrchestrationSettings) -> dg.AssetsDefinition:
    """The asset `staging/second_looks`, between what was read and the models."""
    identities = settings.dbt_project_dir / IDENTITIES

    @dg.asset(
        key=["staging", "second_looks"],
        deps=[["staging", table] for table in STAGING],
        group_name="staging",
        kinds={"python", "duckdb"},
        owners=OWNERS,
        pool=WRITER_POOL,
        code_version=code_version("ingest/second_look"),
        description=(
            "Cells of tables whose sums fail, read again on an independent path: the same (the "
            "error is printed), different (gongkai may have misread), or not found."
        ),
    )
    def second_looks(home: dg.ResourceParam[Home]) -> dg.MaterializeResult[None]:
        """Look again at the cells of failing tables."""
        with retried_if_passing():
            result = look_again(home.path, identities)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(result.outcomes.values()),
                "failing_reports": result.report_count,
                "looked_at_now": result.looked_at_count,
                "outcomes": to_counts(result.outcomes, ("outcome", "cells")),
            }
        )

    return second_looks

"""The layer staging: the corrections that people made, beside what was read."""

from collections import Counter

import dagster as dg

from ingest.corrections import read_corrections
from ingest.home import Home
from ingest.load import load_corrections, open_work_db
from orchestration.assets import OWNERS, WRITER_POOL
from orchestration.metadata import to_counts
from orchestration.resources import Corrections
from orchestration.retrying import retried_if_passing
from orchestration.versions import code_version

# Written by people: seen here, made elsewhere.
correction_files = dg.AssetSpec(
    key="correction_files",
    group_name="landing",
    kinds={"yaml"},
    owners=OWNERS,
    description="The files of data/corrections: what people found to be wrong, and why.",
)


@dg.asset(
    key=["staging", "corrections"],
    deps=[correction_files],
    group_name="staging",
    kinds={"python", "duckdb"},
    owners=OWNERS,
    pool=WRITER_POOL,
    code_version=code_version("ingest/corrections"),
    description=(
        "One row per entry of the correction files. A file that cannot be understood stops the "
        "refresh; an entry that no longer fits is found by the audit."
    ),
)
def corrections_asset(
    home: dg.ResourceParam[Home], correcting: dg.ResourceParam[Corrections]
) -> dg.MaterializeResult[None]:
    """Load the corrections of today's files in place of those before."""
    corrections = read_corrections(correcting.folder)
    with retried_if_passing(), open_work_db(home.work_db) as con:
        load_corrections(con, corrections)
    kinds = Counter(corrections["kind"])
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": corrections.height,
            "kinds": to_counts(dict(sorted(kinds.items())), ("kind", "corrections")),
        }
    )

"""The layer landing: documents frozen under their hash."""

from itertools import islice

import dagster as dg

from ingest.home import Home
from ingest.landing import land
from ingest.ledger_views import view_ledger
from orchestration.assets import OWNERS
from orchestration.assets.fetching import FETCHED_PAGES
from orchestration.metadata import to_table
from orchestration.resources import Intake
from orchestration.retrying import retried_if_passing
from orchestration.versions import code_version

# Filled by people and by what fetches reports: seen here, made elsewhere.
inbox = dg.AssetSpec(
    key="inbox",
    group_name="landing",
    kinds={"file"},
    owners=OWNERS,
    description="The files and folders of GONGKAI_INBOX, where new reports are put.",
)


@dg.asset(
    name="landed_documents",
    deps=[inbox, FETCHED_PAGES],
    group_name="landing",
    kinds={"python", "file"},
    owners=OWNERS,
    code_version=code_version("ingest/landing.py", "ingest/unchanged.py", "ingest/unpacking.py", "ingest/dumps"),
    description=(
        "Every document of the inboxes and of what was fetched, frozen under its sha256 before anything reads it. Annual "
        "reports on government information disclosure (政府信息公开工作年度报告), one file each."
    ),
)
def landed_documents_asset(
    context: dg.AssetExecutionContext,
    home: dg.ResourceParam[Home],
    intake: dg.ResourceParam[Intake],
) -> dg.MaterializeResult[None]:
    """Freeze what is new in the inboxes."""
    with retried_if_passing():
        result = land(intake.inboxes, home.path, limits=intake.limits)
    documents = view_ledger(home.ledger).entries
    context.log.info(f"{len(result.new)} new documents, {result.seen_count} seen before")
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(documents),
            "new_documents": len(result.new),
            "seen_before": result.seen_count,
            "new_names_of_seen": result.sighting_count,
            "not_landed": to_table(result.refusals, ("source_uri", "code", "message")),
            "latest": to_table(list(islice(reversed(documents.values()), 10)), ("source_uri", "byte_count", "landed_at")),
        }
    )

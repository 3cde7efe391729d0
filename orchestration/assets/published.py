"""The layer published: the candidate, and the warehouse that readers open once it is audited."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import dagster as dg

from ingest.home import Home
from orchestration.assets import OWNERS, WRITER_POOL
from orchestration.audit_gate import require_audit
from orchestration.metadata import to_counts
from orchestration.publication_diff import read_diff_summary
from orchestration.publishing import Publication, build_candidate
from orchestration.refresh_state import note_published
from orchestration.releasing import release_candidate

CANDIDATE = dg.AssetKey("candidate_warehouse")
EXPORTS = dg.AssetKey("exports")
PUBLISHED = dg.AssetKey("published_warehouse")


def build_candidate_asset(marts: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset `candidate_warehouse`, behind every mart."""

    @dg.asset(
        key=CANDIDATE,
        deps=marts,
        group_name="published",
        kinds={"duckdb"},
        owners=OWNERS,
        pool=WRITER_POOL,
        code_version="1",
        description=(
            "The marts copied into a file of their own, for the audit. The checks of this asset "
            "are the audit: one that fails with an error keeps the candidate from publication."
        ),
    )
    def candidate_warehouse(home: dg.ResourceParam[Home]) -> dg.MaterializeResult[None]:
        """Copy the marts into a fresh file."""
        publication = build_candidate(
            home.work_db, home.candidate_db, published=home.published_db
        )
        changes = read_diff_summary(home.candidate_db)
        return dg.MaterializeResult(
            metadata={**_tell(publication), "changes": to_counts(changes, ("change", "rows"))}
        )

    return candidate_warehouse


def build_published_asset(
    audit: Sequence[dg.AssetChecksDefinition], *, keep: int
) -> dg.AssetsDefinition:
    """The asset `published_warehouse`, behind the candidate, its audit and its exports.

    `keep` publications stay to be returned to, this one included.
    """
    checks = [key for definition in audit for key in definition.check_keys]

    @dg.asset(
        key=PUBLISHED,
        deps=[CANDIDATE, EXPORTS],
        group_name="published",
        kinds={"duckdb"},
        owners=OWNERS,
        code_version="2",
        description=(
            "The warehouse that readers open: the audited candidate in place of the last one, "
            "whole and at once. Left alone where the contents are the same, or were rolled back."
        ),
    )
    def published_warehouse(
        context: dg.AssetExecutionContext, home: dg.ResourceParam[Home]
    ) -> dg.MaterializeResult[None]:
        """Publish the candidate if its audit has passed."""
        require_audit(context.instance, CANDIDATE, checks)
        changes = read_diff_summary(home.candidate_db)
        release = release_candidate(home, keep=keep)
        result = release.result
        note_published(home, result.publication)
        return dg.MaterializeResult(
            metadata={
                **_tell(result.publication),
                "replaced": result.is_replaced,
                "held_back_by_rollback": release.held_back is not None,
                "no_longer_kept": ", ".join(release.removed) or "none",
                "changes": dg.MetadataValue.json(changes),
                "row_count_changes": to_counts(result.row_count_changes(), ("table", "rows")),
                "path": dg.MetadataValue.path(str(home.published_db)),
            }
        )

    return published_warehouse


def _tell(publication: Publication) -> dict[str, Any]:
    told = asdict(publication)
    row_counts = told.pop("row_counts")
    return {
        "dagster/row_count": sum(row_counts.values()),
        "rows": to_counts(row_counts, ("table", "rows")),
        **{name: str(value) for name, value in told.items()},
    }

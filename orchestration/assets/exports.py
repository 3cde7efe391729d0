"""The exports: the audited candidate as files for other programs, before it is published."""

from collections.abc import Sequence

import dagster as dg

from ingest.home import Home
from orchestration.assets import OWNERS
from orchestration.assets.published import CANDIDATE, EXPORTS
from orchestration.audit_gate import require_audit
from orchestration.exports.tables import parquet_path
from orchestration.exports.workbook import TABLE
from orchestration.metadata import preview_parquet, to_table
from orchestration.releasing import export_candidate


def build_exports_asset(audit: Sequence[dg.AssetChecksDefinition]) -> dg.AssetsDefinition:
    """The asset `exports`, behind the candidate and its audit."""
    checks = [key for definition in audit for key in definition.check_keys]

    @dg.asset(
        key=EXPORTS,
        deps=[CANDIDATE],
        group_name="published",
        kinds={"parquet", "csv", "excel"},
        owners=OWNERS,
        code_version="1",
        description=(
            "Every mart of the audited candidate as Parquet and CSV, a workbook of agency_year, "
            "the descriptions for Frictionless and Croissant, licence, citation and manifest, in "
            "a folder of the publication's id. Written before the warehouse is replaced."
        ),
    )
    def exports(
        context: dg.AssetExecutionContext, home: dg.ResourceParam[Home]
    ) -> dg.MaterializeResult[None]:
        """Write the exports of the candidate if its audit has passed."""
        require_audit(context.instance, CANDIDATE, checks)
        made = export_candidate(home)
        files = made.manifest.files
        return dg.MaterializeResult(
            metadata={
                "publication_id": made.manifest.publication_id,
                "schema_version": made.manifest.schema_version,
                "written_now": made.is_new,
                "bytes": made.manifest.total_bytes(),
                "files": to_table(files, ("path", "rows", "bytes", "sha256")),
                "preview": preview_parquet(made.folder / parquet_path(TABLE)),
                "path": dg.MetadataValue.path(str(made.folder)),
            }
        )

    return exports

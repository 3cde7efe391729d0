"""What must hold of the candidate warehouse before it is published, and the audit that asks.

What lives here: suites of expectations as data (`suites/*.yml`), their loader, the run through
Great Expectations inside DuckDB, and the asset checks that show the results. What does not: keys
and relations of tables and the logic of SQL (`dbt_project`), what is done with a failed audit
(`orchestration/assets`), how reports are read (`ingest`).

Importing this package does not import Great Expectations, which takes seconds; `run_audit` does.
"""

import os

# Nothing may be sent from an audit. Great Expectations has read this at import, which is after
# this line for every module of this package; 1.24 sends nothing at all, another release may again.
# No setting of ours is read here.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

from orchestration.validation.audit import CandidateMissing, run_audit
from orchestration.validation.checks import build_audit_checks
from orchestration.validation.expectations import AuditSeverity, SuiteError, planned_expectations
from orchestration.validation.results import AuditResult

__all__ = [
    "AuditResult",
    "AuditSeverity",
    "CandidateMissing",
    "SuiteError",
    "build_audit_checks",
    "planned_expectations",
    "run_audit",
]

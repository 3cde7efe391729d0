"""The assets, one module a layer: each body loads, makes one call, writes, and tells metadata.

What lives here: asset definitions. What does not: what they call (`ingest`, `dbt_project`,
`orchestration/publishing.py`, `orchestration/validation`). The modules do without
`from __future__ import annotations`: Dagster reads the type of `context` from the signature.
"""

from __future__ import annotations

# DuckDB has one writer at a time: every step that opens the work file is in this pool of size 1.
WRITER_POOL = "duckdb_writer"
OWNERS = ["team:gongkai"]

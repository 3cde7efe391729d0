"""Corrections that people make: files that say what the reader or a report got wrong, and why.

What lives here: the files' schema, and reading them into rows of `staging.corrections`. What does
not: what a correction does to the warehouse, and whether it still fits (`dbt_project`, model
`corrections`). How to write one: docs/corrections.md.
"""

from ingest.corrections.files import BrokenCorrection, read_corrections

__all__ = ["BrokenCorrection", "read_corrections"]

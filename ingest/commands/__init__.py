"""The commands of `gongkai` that need neither Dagster nor dbt, one module each.

What lives here: arguments, printing and exit codes. What does not: what the commands do (the rest
of `ingest`), commands that need Dagster (`orchestration/commands`).
"""

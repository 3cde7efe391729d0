"""The way from inbox to published warehouse, as Dagster assets: the only package that imports it.

What belongs here: assets, checks, schedules, the audit, publishing, and the commands that run them.
What does not: reading (`ingest`), SQL (`dbt_project`).
"""

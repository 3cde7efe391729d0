"""Reading reports: bytes in, rows of the four staging tables out.

What belongs here: everything between a file in the inbox and staging in DuckDB, as pure functions
where it can be. What does not: Dagster, dbt and Great Expectations (`orchestration`), joins and
derived figures (`dbt_project`).
"""

"""The explorer: the published warehouse as pages in a browser, read-only.

What lives here: a small web application (`app.py`), its pages (`pages`), the SQL behind them
(`queries`), charts, templates and words in two languages. What does not: the tables themselves
(`dbt_project`), reading reports (`ingest`), Dagster (`orchestration`, never imported here).
"""

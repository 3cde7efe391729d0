"""Many queries, one after another: typed at a prompt, or out of a pipe.

What lives here: where a statement ends, what may be completed, how a mistake is told, the prompt.
What does not: running a query and printing its rows (`ingest/commands/sql.py`), opening the
warehouse (`ingest/published.py`).
"""

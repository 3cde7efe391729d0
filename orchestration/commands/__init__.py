"""The commands of `gongkai` that need Dagster, one module each, registered as entry points.

What lives here: arguments, printing and exit codes. What does not: the runs they start
(`orchestration/refreshing.py`). Heavy imports happen inside the commands, so that listing them is
quick.
"""

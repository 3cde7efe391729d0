"""Soak: refreshes killed at any moment, readers that never stop; what `make soak` runs at length.

What lives here: killing refreshes, reading while they run, and what must hold of what is published.
What does not: the short form that `make test` runs (`tests/integration/test_soak.py`), speed
(`tests/bench`).
"""

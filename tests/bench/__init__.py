"""Benchmarks: what `make bench` measures and writes into docs/performance.md.

What lives here: corpora of any size, measurements with a floor run beside each, the page. What
does not: tests (no test of this repository looks at a clock), the generator (`tests/corpus`).
"""

"""The arithmetic of the official tables, used as evidence and never to change a number.

What lives here: the identities of the standard forms over values just read. What does not: checks
over whole reports and years (dbt).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ingest.tables.forms import TableForm

Values = Mapping[tuple[int, int], Decimal | None]  # (row index, column index) -> number
LEAVES = 6
TOTAL = 6


def broken_sums(form: TableForm, values: Values) -> list[str]:
    """The identities that the printed numbers break; those with a missing operand are left out."""
    if form.table == "t3":
        return _requests(len(form.rows), values)
    if form.table == "t4":
        return _proceedings(values)
    return []


def _requests(rows: int, values: Values) -> list[str]:
    """Rows add up to their total, results to theirs, received and carried over to each other."""
    grid = [[values.get((r, c)) for c in range(LEAVES + 1)] for r in range(rows)]
    broken = []
    for number, row in enumerate(grid, 1):
        known = [n for n in row if n is not None]
        if len(known) == len(row) and sum(known[:LEAVES]) != known[TOTAL]:
            broken.append(f"row {number}: {_plus(known[:LEAVES])} ≠ {known[TOTAL]}")
    for number, column in enumerate(zip(*grid, strict=True), 1):
        known = [n for n in column if n is not None]
        if len(known) < len(column):
            continue
        received, carried_in, *results, total, carried_out = known
        if sum(results) != total:
            broken.append(f"column {number}: results add up to {sum(results)} ≠ {total}")
        if received + carried_in != total + carried_out:
            broken.append(f"column {number}: {received} + {carried_in} ≠ {total} + {carried_out}")
    return broken


def _proceedings(values: Values) -> list[str]:
    broken = []
    for block in range(3):
        cells = [values.get((0, block * 5 + i)) for i in range(5)]
        known = [c for c in cells if c is not None]
        if len(known) == 5 and sum(known[:4]) != known[4]:
            broken.append(f"block {block + 1}: {_plus(known[:4])} ≠ {known[4]}")
    return broken


def _plus(numbers: list[Decimal]) -> str:
    return " + ".join(map(str, numbers))

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
FIRST_RESULT = 2


def broken_sums(form: TableForm, values: Values) -> list[str]:
    """The identities that the printed numbers break; those with a missing operand are left out."""
    if form.table == "t3":
        return _requests(len(form.rows), values)
    if form.table == "t4":
        return _proceedings(values)
    return []


def _requests(rows: int, values: Values) -> list[str]:
    broken = []
    total_row, carried_out = rows - 2, rows - 1
    for row in range(rows):
        cells = [values.get((row, c)) for c in range(LEAVES + 1)]
        known = [c for c in cells if c is not None]
        if len(known) == LEAVES + 1 and sum(known[:LEAVES]) != known[TOTAL]:
            broken.append(f"row {row + 1}: {_plus(known[:LEAVES])} ≠ {known[TOTAL]}")
    for column in range(LEAVES + 1):
        results = [values.get((r, column)) for r in range(FIRST_RESULT, total_row + 1)]
        known = [r for r in results if r is not None]
        if len(known) == len(results) and sum(known[:-1]) != known[-1]:
            broken.append(f"column {column + 1}: results add up to {sum(known[:-1])} ≠ {known[-1]}")
        balance = [values.get((r, column)) for r in (0, 1, total_row, carried_out)]
        four = [b for b in balance if b is not None]
        if len(four) == len(balance) and four[0] + four[1] != four[2] + four[3]:
            broken.append(f"column {column + 1}: {four[0]} + {four[1]} ≠ {four[2]} + {four[3]}")
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

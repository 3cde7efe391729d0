"""Which cell is wrong: the one whose error alone explains every equation that fails.

What lives here: the arithmetic. What does not: reading a cell again (`look.py`). A wrong cell
breaks exactly the equations it stands in, all by the same amount; two cells of one row exchanged
break those in which only one of them stands, and exchanging them back mends all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from ingest.second_look.equations import Code, Equation

Values = Mapping[Code, float | None]

# Sums of counts are whole numbers; only the noise of binary fractions is forgiven.
_NOISE = 1e-6


def failing(equations: Sequence[Equation], values: Values) -> tuple[Equation, ...]:
    """The equations of which every cell has a number and whose sum is not zero."""
    return tuple(e for e in equations if (r := _residue(e, values)) is not None and abs(r) > _NOISE)


def wrong_cells(equations: Sequence[Equation], values: Values) -> tuple[Code, ...]:
    """The one cell, or the two exchanged cells, that explain all failing equations.

    Empty where nothing fails, or where no explanation, or more than one, is left.
    """
    broken = failing(equations, values)
    if not broken:
        return ()
    whole = [e for e in equations if _residue(e, values) is not None]
    codes = sorted({code for e in broken for _, code in e.terms})
    single = [code for code in codes if _explains(code, whole, broken, values)]
    if single:
        return (single[0],) if len(single) == 1 else ()
    pairs = [
        pair
        for pair in combinations(codes, 2)
        if _in_one_line(*pair) and _exchange_explains(pair, whole, broken, values)
    ]
    return pairs[0] if len(pairs) == 1 else ()


def _residue(equation: Equation, values: Values) -> float | None:
    total = 0.0
    for sign, code in equation.terms:
        value = values.get(code)
        if value is None:
            return None
        total += sign * value
    return total


def _explains(
    code: Code, whole: Sequence[Equation], broken: Sequence[Equation], values: Values
) -> bool:
    corrections = []
    for equation in whole:
        sign = _sign_in(equation, code)
        if (sign != 0) != (equation in broken):
            return False
        if sign:
            residue = _residue(equation, values)
            assert residue is not None
            corrections.append(-residue / sign)
    value = values[code]
    assert value is not None
    # A count cannot be corrected to less than nothing.
    return max(corrections) - min(corrections) < _NOISE and value + corrections[0] > -_NOISE


def _exchange_explains(
    pair: tuple[Code, Code],
    whole: Sequence[Equation],
    broken: Sequence[Equation],
    values: Values,
) -> bool:
    one, other = pair
    if values[one] == values[other]:
        return False
    touched = [e for e in whole if _sign_in(e, one) != _sign_in(e, other)]
    if set(touched) != set(broken):
        return False
    exchanged = {**values, one: values[other], other: values[one]}
    return not failing(touched, exchanged)


def _sign_in(equation: Equation, code: Code) -> int:
    return sum(sign for sign, term in equation.terms if term == code)


def _in_one_line(one: Code, other: Code) -> bool:
    """Whether two cells differ in one dimension only: they stand in one row or one column."""
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1

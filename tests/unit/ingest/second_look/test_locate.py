"""Which cell is wrong: found where arithmetic can see it, and never made up."""

from __future__ import annotations

import random

import pytest

from ingest.second_look.locate import failing, wrong_cells
from tests.unit.ingest.second_look.grid_values import correct_tables, equations_of, values_of

FORMS = {"std_2021": 42, "std_2019": 40}


@pytest.mark.parametrize(("form", "count"), FORMS.items())
def test_form_has_its_hard_identities(form: str, count: int) -> None:
    assert len(equations_of(form)) == count


@pytest.mark.parametrize("form", FORMS)
def test_nothing_fails_when_tables_are_correct(form: str) -> None:
    for seed in range(200):
        for density in ("zero", "sparse", "dense"):
            values = values_of(correct_tables(form, density, seed))
            assert failing(equations_of(form), values) == ()
            assert wrong_cells(equations_of(form), values) == ()


@pytest.mark.parametrize("form", FORMS)
def test_cell_of_table_3_is_located_when_it_alone_is_wrong(form: str) -> None:
    for seed in range(3):
        tables = correct_tables(form, "dense", seed)
        values = values_of(tables)
        cells = values_of([grid for grid in tables if grid.table == "t3"])
        for code, value in cells.items():
            wrong = {**values, code: (value or 0) + 7}
            assert wrong_cells(equations_of(form), wrong) == (code,)


@pytest.mark.parametrize("form", FORMS)
def test_error_in_table_4_is_detected_and_not_located_when_five_cells_could_be_it(
    form: str,
) -> None:
    tables = correct_tables(form, "dense", 1)
    values = values_of(tables)
    for code, value in values_of([grid for grid in tables if grid.table == "t4"]).items():
        wrong = {**values, code: (value or 0) + 7}
        assert len(failing(equations_of(form), wrong)) == 1
        assert wrong_cells(equations_of(form), wrong) == ()


@pytest.mark.parametrize("form", FORMS)
def test_two_cells_are_located_when_they_are_exchanged_in_one_row(form: str) -> None:
    rng = random.Random(4)
    located = 0
    for seed in range(40):
        values = values_of(correct_tables(form, "dense", seed))
        outcome = rng.choice(["granted", "partial", "unable_not_held", "rejected_petition"])
        first = ("requests_answered", "", "natural", outcome)
        second = ("requests_answered", "", "enterprise", outcome)
        if values[first] == values[second]:
            continue
        wrong = {**values, first: values[second], second: values[first]}
        assert len(failing(equations_of(form), wrong)) == 2  # both columns, and the row holds
        found = wrong_cells(equations_of(form), wrong)
        assert found in ((), (second, first), (first, second))
        located += bool(found)
    assert located  # another row with the same difference is as good an explanation


def test_nothing_is_located_when_two_cells_are_wrong() -> None:
    values = values_of(correct_tables("std_2021", "dense", 2))
    wrong = {
        **values,
        ("requests_answered", "", "natural", "granted"): 1e6,
        ("requests_received", "", "research", ""): 2e6,
    }

    assert len(failing(equations_of("std_2021"), wrong)) == 4
    assert wrong_cells(equations_of("std_2021"), wrong) == ()


def test_sum_is_not_assessed_when_a_cell_is_blank() -> None:
    values = values_of(correct_tables("std_2021", "dense", 3))
    code = ("requests_answered", "", "natural", "granted")
    blank = {**values, code: None}

    assert failing(equations_of("std_2021"), blank) == ()

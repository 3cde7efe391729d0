"""Every rendering of every form is read exactly; damage is read exactly or told."""

from __future__ import annotations

import random

import pytest
from opencc import OpenCC

from ingest.model import Page
from tests.unit.ingest.tables.forms_grid import Grid, blank_some
from tests.unit.ingest.tables.mutations import MUTATIONS
from tests.unit.ingest.tables.reading import DENSITIES, FORMS, compare, grids, truth_of
from tests.unit.ingest.tables.renderer import (
    EXPLICIT_BLANKS,
    RENDERINGS,
    blanks_vanish,
    full_width,
)

SEEDS = range(2)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_cell_is_read_when_a_table_is_undamaged(rendering: str, form: str) -> None:
    for density in DENSITIES:
        for seed in SEEDS:
            tables = grids(form, density, seed)
            result = compare(RENDERINGS[rendering](tables), truth_of(tables))
            assert result.exact, (density, seed, result.wrong[:3], result.missing[:3])
            assert {f.value for f in result.reading.forms.values()} == {form}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("variant", ["s2t", "s2twp"])
def test_every_cell_is_read_when_the_script_is_traditional(variant: str, form: str) -> None:
    tables = grids(form, "dense", 0)
    for name in ("pipes_both_ends", "cell_a_line", "pdf_raw"):
        page = RENDERINGS[name](tables)
        result = compare(Page(OpenCC(variant).convert(page.text)), truth_of(tables))
        assert result.exact, (name, result.wrong[:3], result.missing[:3])


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_is_read_when_digits_are_full_width(form: str) -> None:
    tables = grids(form, "dense", 0)
    for name in ("markdown", "pipe_alone", "pdf_raw", "parsed_table"):
        result = compare(full_width(RENDERINGS[name](tables)), truth_of(tables))
        assert result.exact, (name, result.wrong[:3], result.missing[:3])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rendering", EXPLICIT_BLANKS)
def test_no_number_is_stored_for_a_blank_when_cells_are_empty(rendering: str, form: str) -> None:
    for share in (0.05, 0.3, 1.0):
        rng = random.Random(f"{rendering} {form} {share}")
        tables = [blank_some(grid, rng, share) for grid in grids(form, "sparse", 1)]
        result = compare(RENDERINGS[rendering](tables), truth_of(tables))
        assert not result.wrong
        if result.missing:  # blank cells beside merged ones cannot be told from lost cells
            assert any(i.code == "table_row_unresolved" for i in result.reading.issues)


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_told_when_blanks_leave_no_trace(form: str) -> None:
    rng = random.Random(form)
    tables = [blank_some(grid, rng, 0.4) for grid in grids(form, "dense", 2)]
    result = compare(blanks_vanish(tables), truth_of(tables))
    assert not result.wrong
    assert result.reading.issues


def _damaged(form: str, density: str, seed: int, mutation: str) -> tuple[list[Grid], dict]:
    tables = grids(form, density, seed)
    truth = truth_of(tables)
    rng = random.Random(f"{mutation} {form} {density} {seed}")
    which = seed % len(tables)
    tables[which] = MUTATIONS[mutation](tables[which], rng)
    return tables, truth


# Two damages at once: a header that lost what tells its columns apart cannot tell their order.
UNKNOWABLE = {("columns_swapped", "header_cut")}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_damage_is_read_exactly_or_told_when_a_table_is_mutated(
    rendering: str, mutation: str
) -> None:
    if (mutation, rendering) in UNKNOWABLE:
        pytest.skip("two damages at once")
    for form in FORMS:
        for density in DENSITIES:
            for seed in range(3):
                tables, truth = _damaged(form, density, seed, mutation)
                result = compare(RENDERINGS[rendering](tables), truth)
                silent = not result.reading.issues
                told = [i.code for i in result.reading.issues]
                assert not (result.wrong and silent), (form, density, seed, result.wrong[:3])
                assert not (result.missing and silent), (form, density, seed, result.missing[:3])
                assert mutation != "label_broken" or result.exact, (form, seed, told)


@pytest.mark.parametrize("mutation", ["cell_lost", "label_lost", "values_a_row_down", "row_lost"])
def test_no_wrong_number_is_stored_when_cells_or_labels_are_lost(mutation: str) -> None:
    for rendering, render in RENDERINGS.items():
        for form in FORMS:
            for density in ("sparse", "dense"):
                tables, truth = _damaged(form, density, 1, mutation)
                result = compare(render(tables), truth)
                assert not result.wrong, (rendering, form, density, result.wrong[:3])


@pytest.mark.parametrize("form", ["std_2021", "std_2019"])
@pytest.mark.parametrize("density", DENSITIES)
def test_nothing_is_read_when_repeated_words_were_taken_out(form: str, density: str) -> None:
    tables = grids(form, density, 0)
    seen: set[str] = set()
    lines = []
    for line in RENDERINGS["cell_a_line"](tables).text.split("\n"):
        if line and line not in seen:
            seen.add(line)
            lines.append(line)
    result = compare(Page("\n".join(lines)), truth_of(tables))
    assert not result.reading.observations
    assert {i.code for i in result.reading.issues} == {"table_unrecoverable"}

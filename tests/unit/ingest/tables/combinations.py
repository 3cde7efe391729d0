"""Renderings × forms × fillings × spellings × damages, seeded, and what may not happen in any.

What lives here: running one combination and saying what is wrong with it. The suite runs some of
them (`test_combinations.py`); `python -m tests.unit.ingest.tables.combinations SEEDS` runs all.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from opencc import OpenCC

from ingest.formats import read_page
from ingest.model import Page
from tests.unit.ingest.tables.fills import FILLS, LEAVES_BLANKS
from tests.unit.ingest.tables.forms_grid import Grid, make_grid
from tests.unit.ingest.tables.html_documents import HTML_DOCUMENTS
from tests.unit.ingest.tables.manners import MANNERS
from tests.unit.ingest.tables.mutations import MUTATIONS
from tests.unit.ingest.tables.oddities import ODDITIES
from tests.unit.ingest.tables.office_documents import pdf_file, pdf_over_pages, word_file
from tests.unit.ingest.tables.reading import DENSITIES, Comparison, compare, truth_of
from tests.unit.ingest.tables.renderer import BEFORE, RENDERINGS
from tests.unit.ingest.tables.spellings import SPELLINGS
from tests.unit.ingest.tables.surroundings import CONTENTS, PROSE

Write = Callable[[Sequence[Grid]], Page]
REPORTS = {
    "std_2021": (("std_2021", "t2"), ("std_2021", "t3"), ("std_2021", "t4")),
    "std_2019": (("std_2019", "t2"), ("std_2019", "t3"), ("std_2019", "t4")),
    "new_and_old": (("std_2021", "t2"), ("std_2019", "t3"), ("std_2019", "t4")),
    "old_and_new": (("std_2019", "t2"), ("std_2021", "t3"), ("std_2021", "t4")),
    "annex_2014": (("annex_2014", "annex"),),
}
# Two damages at once: a header cut off cannot tell that columns changed places, and the text of a
# PDF does not tell the order of columns that its header prints at several heights; one rendering
# writes a header of its own.
UNKNOWABLE = {
    ("columns_swapped", w)
    for w in ("header_cut", "pdf_raw", "pdf_middle", "pdf_before", "proceedings_in_rows")
}


def _in_report(write: Callable[[Sequence[Grid]], Page]) -> Write:
    """A flattened table behind a table of contents and prose that names the same things."""

    def page(grids: Sequence[Grid]) -> Page:
        written = write(grids)
        if written.tables:
            return written
        return Page(written.text.replace(BEFORE, CONTENTS + PROSE, 1))

    return page


def _as_file(write: Callable[[Sequence[Grid]], bytes], name: str) -> Write:
    return lambda grids: read_page(write(grids), name)


TEXTS: dict[str, Write] = {n: _in_report(w) for n, w in RENDERINGS.items()} | MANNERS | ODDITIES
FILES: dict[str, Write] = {n: _as_file(w, "a.html") for n, w in HTML_DOCUMENTS.items()}
SLOW_FILES: dict[str, Write] = {
    "word_file": _as_file(word_file, "a.docx"),
    "pdf_file": _as_file(pdf_file, "a.pdf"), "pdf_over_pages": _as_file(pdf_over_pages, "a.pdf"),
}  # fmt: skip
WRITERS = TEXTS | FILES | SLOW_FILES
PARSED = {*FILES, *SLOW_FILES, "parsed_table", "parsed_over_pages"} - {"spans_repeated"}

GUESSED = {"numbers_stuck_to_labels"}  # a dash or a unit that sticks to a label is part of it


@dataclass(frozen=True)
class Case:
    """One report to be written and read."""

    writer: str
    report: str
    density: str = "sparse"
    fill: str = "as_printed"
    spelling: str = "official"
    script: str = ""
    mutation: str = ""
    which: int = 0  # the table that is damaged
    seed: int = 0


def run(case: Case) -> str | None:
    """What is wrong with the reading of a case, or None."""
    rng = random.Random(str(case))
    tables = []
    for form, table in REPORTS[case.report]:
        grid = FILLS[case.fill](make_grid(form, table, case.density, rng), rng)
        tables.append(SPELLINGS[case.spelling](grid, rng))
    truth = truth_of(tables)
    if case.mutation:
        tables[case.which] = MUTATIONS[case.mutation](tables[case.which], rng)
    page = WRITERS[case.writer](tables)
    if case.script:
        page = Page(OpenCC(case.script).convert(page.text), page.tables)
    result = compare(page, truth)
    return _problem(case, result)


def _problem(case: Case, result: Comparison) -> str | None:
    told = {i.code for i in result.reading.issues}
    lost = result.missing + result.blank
    if case.mutation:
        bad = bool(result.wrong or lost) and not told
    elif case.writer in PARSED or not (case.fill in LEAVES_BLANKS or case.writer in GUESSED):
        bad = bool(result.wrong or lost)
    else:  # empty cells that leave no trace, or one that a lost cell leaves as well
        bad = bool(result.wrong) or (bool(lost) and not told)
    if not bad:
        return None
    return f"{case}: wrong {result.wrong[:3]}, lost {lost[:3]} of {len(lost)}, told {sorted(told)}"


def whole_cases(writer: str, seed: int) -> Iterator[Case]:
    """Undamaged reports: every filling, every spelling, both scripts."""
    for report in REPORTS:
        for density in DENSITIES:
            yield Case(writer, report, density, seed=seed)
        for fill in FILLS:
            yield Case(writer, report, fill=fill, seed=seed)
        for spelling in SPELLINGS:
            yield Case(writer, report, "dense", spelling=spelling, seed=seed)
        if writer not in PARSED:
            yield Case(writer, report, "dense", script="s2t", seed=seed)
            yield Case(writer, report, "dense", script="s2twp", seed=seed)


def damaged_cases(writer: str, seed: int) -> Iterator[Case]:
    """Every damage to every table."""
    for report, tables in REPORTS.items():
        for mutation in MUTATIONS:
            if (mutation, writer) in UNKNOWABLE:
                continue
            for density in DENSITIES:
                for which in range(len(tables)):
                    yield Case(
                        writer, report, density, mutation=mutation, which=which, seed=seed
                    )  # fmt: skip


def main(seeds: int) -> int:
    """Run everything and print what is wrong; the number of problems."""
    count = problems = 0
    for seed in range(seeds):
        for writer in WRITERS:
            cases = list(whole_cases(writer, seed))
            if writer not in SLOW_FILES:
                cases += damaged_cases(writer, seed)
            for case in cases:
                count += 1
                problem = run(case)
                if problem is not None:
                    problems += 1
                    print(problem, flush=True)
    print(f"{count} combinations, {problems} problems")
    return problems


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]))))

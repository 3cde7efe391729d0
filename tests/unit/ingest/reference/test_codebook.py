from __future__ import annotations

from ingest.reference import codebook


def test_every_list_has_entries_when_loaded() -> None:
    for load in (
        codebook.indicators, codebook.categories, codebook.channels,
        codebook.applicant_types, codebook.outcomes, codebook.org_groups,
    ):  # fmt: skip
        assert load()


def test_breakdowns_are_known_dimensions_when_an_indicator_names_them() -> None:
    known = {"category", "channel", "applicant_type", "outcome", "org_group"}
    for indicator in codebook.indicators().values():
        assert set(indicator.dimensions) <= known, indicator


def test_official_cells_use_known_codes_when_loaded() -> None:
    for cells in codebook.official_cells().values():
        for cell in cells:
            assert cell.outcome is None or cell.outcome in codebook.outcomes()
            assert cell.applicant_type is None or cell.applicant_type in codebook.applicant_types()
            assert cell.channel is None or cell.channel in codebook.channels()


def test_standard_table_three_has_seven_cells_a_row_when_laid_out() -> None:
    rows: dict[int, int] = {}
    for cell in codebook.official_cells()["std_2021", "t3"]:
        rows[cell.row_no] = rows.get(cell.row_no, 0) + 1
    assert len(rows) == 25
    assert set(rows.values()) == {7}

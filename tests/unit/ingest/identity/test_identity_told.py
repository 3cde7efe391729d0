"""What reports tell of themselves, case by case (titles, agencies, places, dates: *.toml)."""

from __future__ import annotations

import pytest
from identity_cases import Case, cases, check


@pytest.mark.parametrize("case", cases("titles"), ids=lambda c: c.id)
def test_agency_is_told_when_the_title_takes_any_of_its_forms(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("agencies"), ids=lambda c: c.id)
def test_agency_is_told_when_other_words_of_the_report_name_it(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("places"), ids=lambda c: c.id)
def test_place_is_told_when_the_name_alone_does_not_settle_it(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("dates"), ids=lambda c: c.id)
def test_dates_and_year_are_told_when_printed_in_any_form(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("heads"), ids=lambda c: c.id)
def test_agency_and_year_are_told_when_the_head_is_unusual(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("evidence"), ids=lambda c: c.id)
def test_place_is_told_when_only_other_evidence_tells_it(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("bodies"), ids=lambda c: c.id)
def test_home_is_told_when_the_body_is_no_department_of_a_place(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("years"), ids=lambda c: c.id)
def test_year_is_told_when_dates_are_damaged_or_disagree(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("in_passing"), ids=lambda c: c.id)
def test_agency_is_told_when_it_is_named_only_in_passing(case: Case) -> None:
    check(case)

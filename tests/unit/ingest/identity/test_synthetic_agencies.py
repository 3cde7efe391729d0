"""Agencies are told apart and told alike over years and spellings (a small form of `measure`)."""

from __future__ import annotations

from collections import Counter

import pytest
import synthetic_agencies
from identity_cases import body, identity_of
from synthetic_agencies import FIRST_YEAR, LAST_YEAR, measure, reports

_REPORTS, _AGENCIES, _SEED = 360, 90, 11


def test_agencies_are_neither_mixed_nor_split_when_their_names_are_spelt_in_many_ways() -> None:
    told = measure(_REPORTS, _AGENCIES, _SEED)
    assert told.reports == _REPORTS
    assert told.refused == 0
    assert told.wrong_year == 0
    assert told.shared_keys == ()
    assert told.split_agencies == ()
    assert told.wrong_region == 0
    assert told.unresolved == 0


def test_generator_covers_provinces_levels_and_years_when_it_makes_a_series() -> None:
    made = list(reports(_REPORTS, _AGENCIES, _SEED))
    assert {report.year for report in made} == set(range(FIRST_YEAR, LAST_YEAR + 1))
    places = {report.agency.place for report in made if report.agency.place}
    assert len({place.province for place in places}) >= 30
    assert {place.level for place in places} == {"province", "prefecture", "county"}
    assert min(Counter(report.agency for report in made).values()) == _REPORTS // _AGENCIES


def test_split_and_shared_agencies_are_counted_when_names_are_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The measure can fail: with one name for all, agencies of a place are mixed."""
    told = identity_of("平阳县教育局2012年政府信息公开年报\n" + body())
    monkeypatch.setattr(synthetic_agencies, "identity_of", lambda text: told)
    measured = measure(40, 20, _SEED)
    assert len(measured.shared_keys) == 1
    assert measured.wrong_region > 0

"""Finding agencies: by parts of names, old names, pinyin, initials, codes; the best first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.agency_index import Agency, AgencyIndex
from explorer.spelling import Speller, fold_name, letters

FORESTRY = Agency("a71daa456ea9bec36", "安庆市林业局", ("安慶市林業局", "安庆市园林局"), "prefecture", "340800", 2009, 2021, 4)  # fmt: skip
HEALTH = Agency("ade92a3c2c0fb8dab", "安庆市卫生局", (), "prefecture", "340800", 2009, 2012, 3)
COUNTY = Agency("ac00000000000001", "怀宁县林业局", (), "county", "340822", 2010, 2010, 1)
LUOHE = Agency("ac00000000000002", "漯河市林业局", (), "prefecture", "411100", 2010, 2010, 1)
LULIANG = Agency("ac00000000000003", "吕梁市林业局", (), "prefecture", "141100", 2010, 2010, 1)
UNKNOWN = Agency("unresolved_5b", "?", (), None, None, 2010, 2010, 1)
PLACES = [("安庆市", "Anqing"), ("漯河市", "Luohe"), ("吕梁市", "Lüliang"), ("怀宁县", "Huaining")]


@pytest.fixture(scope="module")
def index() -> AgencyIndex:
    return AgencyIndex([FORESTRY, HEALTH, COUNTY, LUOHE, LULIANG, UNKNOWN], PLACES)


@pytest.mark.parametrize(
    "query",
    [
        "安庆市林业局", "安庆林业", "安慶市林業局", "慶市林業", "园林", "ａｎｑｉｎｇshilinye",
        "anqingshi linyeju", "anqingshilinyeju", "ANQING linye", "anqing lyj", "aqsly", "aqslyj",
        "a71daa456ea9bec36", "a71daa", "安庆 linye", " 安庆市林业局 ", "ānqìngshì línyèjú", "340800 林业",
    ],
)  # fmt: skip
def test_agency_is_first_when_searched(index: AgencyIndex, query: str) -> None:
    hits, total = index.find(query)

    assert hits, query
    assert hits[0].agency is FORESTRY
    assert total == len(hits)


def test_a_region_code_finds_all_below_it(index: AgencyIndex) -> None:
    hits, _ = index.find("3408")

    assert {hit.agency.key for hit in hits} == {FORESTRY.key, HEALTH.key, COUNTY.key}


def test_a_whole_code_goes_before_codes_below_it(index: AgencyIndex) -> None:
    hits, _ = index.find("340822")

    assert [hit.agency for hit in hits] == [COUNTY]


def test_the_old_name_that_fits_is_told(index: AgencyIndex) -> None:
    (hit,), _ = index.find("园林局")

    assert (hit.agency, hit.matched_name) == (FORESTRY, "安庆市园林局")


def test_the_main_name_goes_before_old_names() -> None:
    old = Agency("a1", "甲市林业局", ("乙市林业局",))
    new = Agency("a2", "乙市林业局")

    hits, _ = AgencyIndex([old, new]).find("乙市林业局")

    assert [hit.agency.key for hit in hits] == ["a2", "a1"]


def test_places_are_found_by_their_local_reading(index: AgencyIndex) -> None:
    assert index.find("luohe")[0][0].agency is LUOHE
    for spelling in ("lvliang", "lüliang", "luliang"):
        assert index.find(spelling)[0][0].agency is LULIANG


def test_pinyin_begins_with_a_syllable(index: AgencyIndex) -> None:
    assert index.find("ingshi")[1] == 0  # the middle of qing
    assert index.find("qingshi")[1] == 2


def test_letters_of_two_syllables_are_not_taken_for_one() -> None:
    xian = Agency("a1", "西安市林业局")

    assert AgencyIndex([xian]).find("xianshi")[1] == 1
    assert AgencyIndex([xian]).find("anshi")[1] == 1
    assert AgencyIndex([xian]).find("nshi")[1] == 0


def test_higher_levels_go_first_when_names_fit_alike(index: AgencyIndex) -> None:
    hits, _ = index.find("林业局")

    assert [hit.agency.level for hit in hits][-1] == "county"


def test_nothing_is_found_when_nothing_fits(index: AgencyIndex) -> None:
    for query in ("", "   ", "乌鲁木齐", "zzz", "999999", "安庆市林业局之外"):
        assert index.find(query) == ([], 0)


def test_limit_cuts_hits_and_not_the_count(index: AgencyIndex) -> None:
    hits, total = index.find("林业", limit=2)

    assert (len(hits), total) == (2, 4)


@given(st.text(max_size=100))
def test_any_text_may_be_searched(query: str) -> None:
    hits, total = AgencyIndex([FORESTRY, UNKNOWN], PLACES).find(query)

    assert len(hits) == total


@given(st.text(max_size=20))
def test_letters_are_letters_whatever_is_typed(text: str) -> None:
    assert set(letters(text)) <= set("abcdefghijklmnopqrstuwxyz")  # v is u
    assert fold_name(fold_name(text)) == fold_name(text)


def test_a_speller_without_places_spells_by_the_dictionary() -> None:
    assert Speller().spellings("重庆市") == [("chong", "qing", "shi")]
    assert ("luo", "he", "shi") in Speller(PLACES).spellings("漯河市")
    assert ("shaan", "xi", "sheng") in Speller([("陕西省", "Shaanxi")]).spellings("陕西省")

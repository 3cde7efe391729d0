from __future__ import annotations

from ingest.reference.dialling import places_of_area_code, places_of_postcode
from ingest.reference.pinyin import places_spelled
from ingest.reference.regions import Level, gazetteer, nearest_in_time, stem_of


def codes(name: str) -> set[str]:
    return {place.code for place in gazetteer().named(name)}


def test_place_of_the_year_is_chosen_when_a_name_moved() -> None:
    bijie = gazetteer().named("毕节市")
    assert [p.code for p in nearest_in_time(bijie, 2009)] == ["522401"]
    assert [p.code for p in nearest_in_time(bijie, 2013)] == ["520500"]


def test_abolished_district_is_found_when_named() -> None:
    assert codes("崇文区") == {"110103"}


def test_all_places_are_kept_when_provinces_share_a_name() -> None:
    assert codes("普陀区") == {"310107", "330903"}


def test_everyday_name_is_found_when_the_peoples_are_left_out() -> None:
    assert codes("景宁县") == {"331127"}
    assert codes("湘西州") == {"433100"}
    assert codes("广西自治区") == {"450000"}


def test_stem_is_empty_when_the_name_is_one_character_and_its_kind() -> None:
    assert stem_of("费县") == ""
    assert stem_of("满洲里市") == "满洲里"


def test_longest_name_is_taken_when_names_nest() -> None:
    assert gazetteer().name_at("吉林市丰满区", 0) == "吉林市"
    assert gazetteer().name_at("西双版纳傣族自治州教育局", 0) == "西双版纳傣族自治州"
    assert gazetteer().name_ending_at("由洛阳市栾川县", 7) == "栾川县"


def test_county_lies_within_its_prefecture_and_province_when_asked() -> None:
    county = gazetteer().named("平阳县")[0]
    assert county.level is Level.COUNTY
    assert county.is_within(gazetteer().named("温州市")[0])
    assert county.is_within(gazetteer().named("浙江省")[0])
    assert not county.is_within(gazetteer().named("江苏省")[0])


def test_township_belongs_to_its_county_when_looked_up() -> None:
    assert {town.county_code for town in gazetteer().towns_named("青街畲族乡")} == {"330326"}


def test_area_code_gives_prefectures_when_known() -> None:
    assert places_of_area_code("05367212345") == ("370700",)
    assert places_of_area_code("01065551234") == ("110000",)
    assert places_of_area_code("0999") == ("654000",)
    assert places_of_area_code("0000") == ()


def test_postcode_gives_the_nearest_sure_place_when_known() -> None:
    assert places_of_postcode("471300") == ("410300",)
    assert places_of_postcode("162750") == ("150700",)
    assert places_of_postcode("999999") == ()


def test_reference_codes_exist_when_listed() -> None:
    from ingest.reference.dialling import _area_codes, _postcode_prefixes

    for table in (_area_codes(), _postcode_prefixes()):
        for listed in table.values():
            assert all(gazetteer().at_code(code) for code in listed)


def test_place_is_spelled_when_a_domain_names_it() -> None:
    assert {p.code for p in places_spelled("manzhouli")} == {"150781"}
    assert {p.name for p in places_spelled("feixian")} == {"费县"}
    assert {p.name for p in places_spelled("suzhou")} >= {"苏州市", "宿州市"}
    assert places_spelled("qwertz") == ()


def test_place_is_found_when_folding_misspelt_its_name() -> None:
    assert codes("干县") == {"610424"}
    county = gazetteer().named("干县")[0]
    assert gazetteer().as_listed("干县教育局", county) == "乾县教育局"


def test_predecessor_is_found_when_the_place_was_founded_later() -> None:
    district = gazetteer().named("上虞区")[0]
    assert gazetteer().in_year(district, 2011).name == "上虞市"
    assert gazetteer().in_year(district, 2023) == district

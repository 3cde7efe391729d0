"""The questions of the search: every agency with its names, the agencies that were found."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.queries.query import Condition, Query, build

# Everything the index is built from, a row per agency.
ALL_AGENCIES = build("""
select
    agencies.agency_key,
    agencies.agency_name,
    agencies.level,
    agencies.region_code,
    agencies.first_year,
    agencies.last_year,
    coalesce(reports.report_count, 0) as report_count,
    names.other_names
from dim_agency as agencies
left join (
    select agency_key, count(*) as report_count
    from dim_report
    where is_current
    group by agency_key
) as reports on agencies.agency_key = reports.agency_key
left join (
    select agency_key, list_sort(list_distinct(list(name_as_printed) || list(agency_name))) as other_names
    from agency_names
    group by agency_key
) as names on agencies.agency_key = names.agency_key
order by agencies.agency_key
""")

PLACES = build("""
select distinct region_name, region_name_pinyin
from dim_region
where region_name_pinyin is not null
order by region_name, region_name_pinyin
""")

_COLUMNS = """
select
    agencies.agency_key,
    agencies.agency_name,
    agencies.level,
    agencies.kind,
    agencies.function,
    agencies.function_en,
    agencies.region_code,
    agencies.province,
    agencies.prefecture,
    agencies.county,
    agencies.first_year,
    agencies.last_year,
    coalesce(reports.reports, 0) as reports
from dim_agency as agencies
left join (
    select agency_key, count(*) as reports
    from dim_report
    where is_current
    group by agency_key
) as reports on agencies.agency_key = reports.agency_key
"""

_FOUND = (
    _COLUMNS
    + """
where list_contains($keys, agencies.agency_key)
order by list_position($keys, agencies.agency_key)
"""
)

_ALL = (
    _COLUMNS
    + """
{where}
order by
    list_position(['national', 'province', 'prefecture', 'county', 'township'], agencies.level),
    agencies.region_code nulls first,
    agencies.agency_name,
    agencies.agency_key
"""
)

_FUNCTIONS = """
select function_code, any_value(function) as function, any_value(function_en) as function_en
from dim_agency
where function_code is not null
group by function_code
order by function_code
"""

_PROVINCES = """
select distinct province from dim_agency where province is not null order by province
"""


def found(keys: Sequence[str]) -> Query:
    """The agencies of these keys, in their order."""
    return build(_FOUND, keys=list(keys))


def all_agencies(level: str | None, function: str | None, province: str | None) -> Query:
    """Every agency, or those of a level, function or province, from the top down."""
    return build(
        _ALL,
        Condition("agencies.level = $level", "level", level),
        Condition("agencies.function_code = $function", "function", function),
        Condition("agencies.province = $province", "province", province),
    )


FUNCTIONS = build(_FUNCTIONS)
PROVINCES = build(_PROVINCES)


def reports_like(text: str) -> Query:
    """Reports whose key, hash or file name begins as `text` does; keys first."""
    return build(
        """
        select report_id, agency_name, report_year, file_name, is_current
        from dim_report
        where starts_with(report_id, $text) or starts_with(sha256, $text) or file_name = $text
        order by report_id = $text desc, agency_name, report_year, report_id
        """,
        text=text,
    )

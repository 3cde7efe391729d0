"""The questions of the coverage: which agency is held for which year, which places are missing.

Missing means that this warehouse holds no report, and never that none was published.
"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.queries.query import Condition, Query, build

LEVELS = ("national", "province", "prefecture", "county", "township")
# With a year: whether it is held. Without: whether all years between first and last are.
STATES = ("held", "missing")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters: place, level, and whether a year is held or missing."""

    province: str | None = None
    prefecture: str | None = None
    level: str | None = None
    year: int | None = None
    state: str | None = None

    @property
    def step(self) -> str:
        """The smallest place chosen: prefecture, province or the country."""
        if self.prefecture is not None:
            return "prefecture"
        return "country" if self.province is None else "province"

    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on `agencies`."""
        return (
            Condition("agencies.province = $province", "province", self.province),
            Condition("agencies.prefecture = $prefecture", "prefecture", self.prefecture),
            Condition("agencies.level = $level", "level", self.level),
        )

    def of_the_year(self) -> tuple[Condition, ...]:
        """The condition on years: of a chosen year, or a gap between first and last."""
        if self.state is None:
            return ()
        if self.year is None:
            return (
                Condition("(covered.gaps > 0) = $has_gaps", "has_gaps", self.state == "missing"),
            )
        years = "held_years" if self.state == "held" else "missing_years"
        return (Condition(f"list_contains(covered.{years}, $year)", "year", self.year),)


_AGENCIES = """
with held as (
    select *, min(report_year) filter (where is_held) over (partition by agency_key) as since
    from coverage
),
covered as (
    select
        agency_key,
        count(*) filter (where is_held) as years_held,
        count(*) filter (where is_gap) as gaps,
        min(report_year) filter (where is_held) as first_year,
        max(report_year) filter (where is_held) as last_year,
        list(report_year order by report_year) filter (where is_held) as held_years,
        list(report_year order by report_year) filter (where is_gap) as gap_years,
        -- From its first year on, unless the agency before or after it has one.
        list(report_year order by report_year) filter (
            where not is_held and report_year > since and related_agency_keys is null
        ) as missing_years
    from held
    group by agency_key
)
select
    agencies.agency_key,
    agencies.agency_name,
    agencies.level,
    agencies.province,
    agencies.prefecture,
    agencies.county,
    covered.years_held,
    covered.gaps,
    covered.first_year,
    covered.last_year,
    array_to_string(covered.gap_years, ', ') as gap_years
from dim_agency as agencies
inner join covered on agencies.agency_key = covered.agency_key
{where}
order by
    agencies.province nulls first, agencies.prefecture nulls first, agencies.county nulls first,
    list_position(['national', 'province', 'prefecture', 'county', 'township'], agencies.level),
    agencies.agency_name, agencies.agency_key
"""

_CELLS = """
select agency_key, report_year, status, is_held, is_gap, related_agency_keys, form, org_scopes, figure_count,
    current_report_ids
from coverage
where list_contains($keys, agency_key)
order by agency_key, report_year
"""

_YEARS = """
select
    coverage.report_year,
    count(*) filter (where coverage.is_held) as held,
    count(*) filter (where coverage.is_gap) as gaps,
    count(*) filter (where coverage.related_agency_keys is not null) as held_of_a_related_agency
from coverage
inner join dim_agency as agencies on coverage.agency_key = agencies.agency_key
{where}
group by coverage.report_year
order by coverage.report_year
"""

# The places one step below the chosen one, those of which nothing is held first. Counties that stand
# right below a province are told beside its prefectures.
_PLACES = """
with held as (
    select
        {place} as place,
        count(distinct agencies.agency_key) as agencies,
        count(*) as reports
    from dim_agency as agencies
    inner join dim_report as reports on agencies.agency_key = reports.agency_key and reports.is_current
    {where}
    group by place
),
places as (
    select {place} as place, any_value(region_name_en) as place_en
    from dim_region as agencies
    where is_latest and not is_placeholder and {level}
        and region_code < '71' -- the regulation is not in force in Taiwan, Hong Kong and Macao
        {and_where}
    group by place
)
select
    places.place,
    places.place_en,
    coalesce(held.agencies, 0) as agencies,
    coalesce(held.reports, 0) as reports
from places
left join held on places.place = held.place
where places.place is not null
order by reports, places.place
"""
# What is chosen → what a place below is called, and its level.
_BELOW = {
    "country": ("agencies.province", "level = 'province'"),
    "province": (
        "coalesce(agencies.prefecture, agencies.county)",
        "(level = 'prefecture' or level = 'county' and prefecture is null)",
    ),
    "prefecture": ("agencies.county", "level = 'county'"),
}


def agencies(chosen: Chosen) -> Query:
    """A row per agency: how many years are held, which are missing between."""
    return build(_AGENCIES, *chosen.conditions(), *chosen.of_the_year())


def cells(keys: list[str]) -> Query:
    """A row per year of these agencies."""
    return build(_CELLS, keys=keys)


def years(chosen: Chosen) -> Query:
    """A row per year: agencies held, and missing between their first and last year."""
    return build(_YEARS, *chosen.conditions())


def places(chosen: Chosen) -> Query:
    """Provinces; prefectures of a chosen province; counties of a chosen prefecture."""
    place, level = _BELOW[chosen.step]
    province, prefecture, _ = chosen.conditions()
    return build(_PLACES.replace("{place}", place).replace("{level}", level), province, prefecture)


PROVINCES = build(
    "select distinct province from dim_agency where province is not null order by province"
)


def prefectures(province: str) -> Query:
    """The prefectures of a province that agencies are held of."""
    return build(
        "select distinct prefecture from dim_agency\n"
        "where province = $province and prefecture is not null\norder by prefecture",
        province=province,
    )

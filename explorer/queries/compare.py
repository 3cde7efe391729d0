"""The questions of the comparison: figures of several agencies, by year and side by side.

A difference stands only where both numbers are reported: what is missing is null and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.queries.query import Condition, Query, build

# Headline figures of `agency_year`, in the order of a report.
FIGURES = (
    "disclosed", "normative_documents_issued", "normative_documents_in_force",
    "policy_interpretations", "press_conferences",
    "requests_received", "requests_carried_in", "requests_completed", "requests_answered",
    "requests_granted", "requests_partly_granted", "requests_denied", "requests_carried_out",
    "request_fee_amount", "reconsideration_cases", "litigation_cases",
    "litigation_direct_cases", "litigation_post_cases", "complaint_cases",
    "staff_total", "staff_full_time", "staff_part_time", "training_sessions", "training_attendees",
)  # fmt: skip

_COLUMNS = ",\n        ".join(", ".join(FIGURES[at : at + 4]) for at in range(0, len(FIGURES), 4))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which agencies, the first being the one the others are held against; which years."""

    agencies: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


_AGENCIES = """
select
    agencies.agency_key,
    agencies.agency_name,
    agencies.level,
    agencies.province,
    agencies.prefecture,
    agencies.county,
    agencies.first_year,
    agencies.last_year,
    count(reports.report_id) as reports
from dim_agency as agencies
left join dim_report as reports on agencies.agency_key = reports.agency_key and reports.is_current
where list_contains($agencies, agencies.agency_key)
group by all
order by list_position($agencies, any_value(agencies.agency_key))
"""

# Where an agency reports a year for itself and for all below it, its own figures are compared.
_FIGURES = f"""
with chosen as (
    select
        agency_key, report_year, org_scope, report_id,
        {_COLUMNS}
    from agency_year
    where list_contains($agencies, agency_key)
    qualify
        row_number() over (
            partition by agency_key, report_year order by org_scope = 'own' desc, report_id
        ) = 1
),
told as (
    unpivot chosen
    on
        {_COLUMNS}
    into name figure value reported
),
compared as (
    select
        told.figure,
        told.agency_key,
        told.report_year,
        told.org_scope,
        told.report_id,
        told.reported,
        told.reported - lag(told.reported) over before as change,
        lag(told.report_year) over before as change_since,
        told.reported - first.reported as difference_to_first
    from told
    left join told as first
        on told.figure = first.figure and told.report_year = first.report_year
        and told.org_scope = first.org_scope and first.agency_key = $agencies[1]
        and told.agency_key <> first.agency_key
    window before as (
        partition by told.figure, told.agency_key, told.org_scope order by told.report_year
    )
)
select
    compared.figure,
    indicators.label_en,
    indicators.label_zh,
    indicators.unit,
    agencies.agency_key,
    agencies.agency_name,
    compared.report_year,
    compared.org_scope,
    reports.form,
    compared.reported,
    compared.change,
    compared.change_since,
    compared.difference_to_first,
    compared.report_id
from compared
inner join dim_agency as agencies on compared.agency_key = agencies.agency_key
inner join dim_report as reports on compared.report_id = reports.report_id
left join dim_indicator as indicators on compared.figure = indicators.indicator
{{where}}
order by {{order}}
"""
_BY_YEAR = "compared.report_year, list_position($agencies, compared.agency_key), compared.figure"
_BY_FIGURE = "compared.figure, list_position($agencies, compared.agency_key), compared.report_year"

_HELD_YEARS = """
select agency_years.report_year, count(distinct agency_years.agency_key) as agencies
from agency_year as agency_years
where list_contains($agencies, agency_years.agency_key)
{and_where}
group by agency_years.report_year
order by agencies desc, agency_years.report_year desc
"""

_FORMS = """
select report_year, form_in_force
from dim_year
qualify form_in_force <> lag(form_in_force) over (order by report_year)
order by report_year
"""


def agencies(chosen: Chosen) -> Query:
    """The agencies compared, in the order chosen."""
    return build(_AGENCIES, agencies=list(chosen.agencies))


def years(chosen: Chosen, figure: str) -> Query:
    """One figure of the agencies over the years, with the change since the last year that is reported."""
    return build(
        _FIGURES.replace("{order}", _BY_YEAR),
        Condition("compared.figure = $figure", "figure", figure),
        Condition("compared.report_year >= $first_year", "first_year", chosen.first_year),
        Condition("compared.report_year <= $last_year", "last_year", chosen.last_year),
        agencies=list(chosen.agencies),
    )


def figures(chosen: Chosen, year: int) -> Query:
    """Every headline figure of the agencies in one year."""
    return build(
        _FIGURES.replace("{order}", _BY_FIGURE),
        Condition("compared.report_year = $year", "year", year),
        agencies=list(chosen.agencies),
    )


def held_years(chosen: Chosen) -> Query:
    """Years that the agencies are held of, those of most of them first, then the latest."""
    return build(
        _HELD_YEARS,
        Condition("agency_years.report_year >= $first_year", "first_year", chosen.first_year),
        Condition("agency_years.report_year <= $last_year", "last_year", chosen.last_year),
        agencies=list(chosen.agencies),
    )


# Years in which another form came into force than the year before.
FORM_CHANGES = build(_FORMS)

# Whom to begin with, where nobody is chosen: agencies with the most years.
LONGEST_SERIES = build("""
select agencies.agency_key, agencies.agency_name, count(distinct reports.report_year) as years
from dim_agency as agencies
inner join dim_report as reports on agencies.agency_key = reports.agency_key
where reports.is_current and agencies.is_resolved
group by all
order by years desc, any_value(agencies.agency_key)
""")

LABELS = build("select indicator, label_en, label_zh from dim_indicator order by indicator")

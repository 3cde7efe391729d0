"""The questions of one agency: its years, its outcomes, its peers, its names, its reports."""

from __future__ import annotations

from explorer.queries.query import Query, build

_AGENCY = """
select agencies.*, parents.agency_name as parent_name
from dim_agency as agencies
left join dim_agency as parents on agencies.parent_agency_key = parents.agency_key
where agencies.agency_key = $agency_key
order by agencies.agency_key
"""

# Whose figures: those asked for, or the scope that most of its reports have.
_SCOPE = """
chosen as (
    select
        coalesce(
            $scope,
            (
                select org_scope
                from agency_year
                where agency_key = $agency_key
                group by org_scope
                order by count(*) desc, org_scope desc
                limit 1
            )
        ) as org_scope
)
"""

_YEARS = f"""
with {_SCOPE.strip()}

select
    coverage.report_year,
    coverage.status,
    coverage.is_gap,
    coverage.related_agency_keys,
    years.report_id,
    years.org_scope,
    reports.form,
    reports.published_on,
    years.figure_count,
    years.disclosed,
    years.requests_received,
    years.requests_answered,
    years.requests_granted,
    years.reconsideration_cases,
    coalesce(
        years.litigation_cases, years.litigation_direct_cases + years.litigation_post_cases
    ) as litigation_cases,
    coalesce(years.staff_total, years.staff_full_time + years.staff_part_time) as staff_total,
    years.normative_documents_issued,
    years.policy_interpretations,
    years.training_attendees,
    years.staff_full_time,
    years.staff_part_time,
    years.approximate_indicators
from coverage
inner join dim_agency as agencies on coverage.agency_key = agencies.agency_key
cross join chosen
left join agency_year as years
    on
        coverage.agency_key = years.agency_key
        and coverage.report_year = years.report_year
        and chosen.org_scope = years.org_scope
left join dim_report as reports on years.report_id = reports.report_id
where
    coverage.agency_key = $agency_key
    and coverage.report_year between agencies.first_year and agencies.last_year
order by coverage.report_year
"""

_OUTCOMES = f"""
with {_SCOPE.strip()},

-- The annex prints a total of refusals and its reasons, the standard forms print reasons only.
printed as (
    select
        facts.report_year,
        facts.outcome,
        facts.value,
        coalesce(
            nullif(regexp_extract(facts.outcome, '^(denied|unable|rejected|other)(_|$)', 1), ''),
            facts.outcome
        ) as parent
    from fct_requests as facts
    inner join chosen on facts.org_scope = chosen.org_scope
    where
        facts.agency_key = $agency_key
        and facts.indicator = 'requests_answered'
        and facts.outcome is not null
        and facts.applicant_type is null
        and facts.value is not null
),

counted as (
    select
        report_year,
        parent,
        coalesce(
            max(value) filter (outcome = parent), sum(value) filter (outcome <> parent)
        ) as requests
    from printed
    group by report_year, parent
)

select
    report_year,
    case
        when parent in ('granted', 'partial', 'already_public', 'denied') then parent
        when parent in ('unable', 'not_own', 'not_exist') then 'not_available'
        else 'other'
    end as outcome_group,
    sum(requests) as requests
from counted
group by all
order by report_year, outcome_group
"""

_PEERS = f"""
with {_SCOPE.strip()},

this as (
    select agency_key, level, function_code
    from dim_agency
    where agency_key = $agency_key and level is not null and function_code is not null
),

compared as (
    select coalesce($year, max(years.report_year)) as report_year, any_value(chosen.org_scope) as org_scope
    from agency_year as years
    cross join chosen
    where years.agency_key = $agency_key and years.org_scope = chosen.org_scope
),

held as (
    select
        years.agency_key,
        years.disclosed,
        years.requests_received,
        years.requests_answered,
        years.requests_granted,
        years.reconsideration_cases,
        coalesce(
            years.litigation_cases, years.litigation_direct_cases + years.litigation_post_cases
        ) as litigation_cases,
        coalesce(years.staff_total, years.staff_full_time + years.staff_part_time) as staff_total
    from agency_year as years
    inner join dim_agency as agencies on years.agency_key = agencies.agency_key
    inner join compared
        on years.report_year = compared.report_year and years.org_scope = compared.org_scope
    inner join this
        on agencies.level = this.level and agencies.function_code = this.function_code
),

figures as (
    unpivot held
    on disclosed, requests_received, requests_answered, requests_granted,
        reconsideration_cases, litigation_cases, staff_total
    into name indicator value value
),

own as (select indicator, value from figures where agency_key = $agency_key),

others as (select indicator, value from figures where agency_key <> $agency_key)

select
    compared.report_year,
    own.indicator,
    own.value as own_value,
    count(others.value) as peers,
    count(others.value) filter (others.value < own.value) as peers_below,
    count(others.value) filter (others.value = own.value) as peers_equal,
    min(others.value) as least,
    quantile_cont(others.value, 0.25) as lower_quartile,
    quantile_cont(others.value, 0.5) as median,
    quantile_cont(others.value, 0.75) as upper_quartile,
    max(others.value) as most
from own
cross join compared
left join others on own.indicator = others.indicator
group by compared.report_year, own.indicator, own.value
order by
    list_position(
        [
            'disclosed', 'requests_received', 'requests_answered', 'requests_granted',
            'reconsideration_cases', 'litigation_cases', 'staff_total'
        ],
        own.indicator
    )
"""

_REPORTS = """
select
    reports.report_id,
    reports.report_year,
    reports.title,
    reports.form,
    reports.org_scope,
    reports.published_on,
    reports.figure_count,
    reports.is_current,
    reports.superseded_by,
    reports.source_uri,
    count(findings.finding_id) as findings
from dim_report as reports
left join findings on reports.report_id = findings.report_id
where reports.agency_key = $agency_key
group by all
order by reports.report_year desc nulls last, reports.is_current desc, reports.report_id
"""

_FINDINGS = """
select *
from findings
where agency_key = $agency_key
order by report_year desc, severity, check_id, finding_id
"""

_NAMES = """
select *
from agency_names
where agency_key = $agency_key
order by first_year, last_year, name_as_printed, agency_name
"""

_SUCCESSION = """
select *
from agency_successors
where agency_key = $agency_key or successor_agency_key = $agency_key
order by from_year, agency_key, successor_agency_key
"""

_SCOPES = """
select org_scope, count(*) as years
from agency_year
where agency_key = $agency_key
group by org_scope
order by years desc, org_scope desc
"""


def agency(key: str) -> Query:
    """The agency itself."""
    return build(_AGENCY, agency_key=key)


def years(key: str, scope: str | None) -> Query:
    """Every year from its first report to its last, with its headline figures, null where none.

    Cases in court and staff are the sum of their printed parts where no total is printed.
    """
    return build(_YEARS, agency_key=key, scope=scope)


def outcomes(key: str, scope: str | None) -> Query:
    """Requests by how they were answered, in groups that all forms have."""
    return build(_OUTCOMES, agency_key=key, scope=scope)


def peers(key: str, scope: str | None, year: int | None) -> Query:
    """Each headline figure of a year against the agencies of the same level and function.

    Quantiles are of the others that report the figure; the agency itself is left out.
    """
    return build(_PEERS, agency_key=key, scope=scope, year=year)


def reports(key: str) -> Query:
    """All its reports, every version."""
    return build(_REPORTS, agency_key=key)


def findings(key: str) -> Query:
    """Where its reports contradict themselves."""
    return build(_FINDINGS, agency_key=key)


def names(key: str) -> Query:
    """The names it was seen under."""
    return build(_NAMES, agency_key=key)


def succession(key: str) -> Query:
    """What it came from and what came after it."""
    return build(_SUCCESSION, agency_key=key)


def scopes(key: str) -> Query:
    """Whose figures its reports give, the most usual first."""
    return build(_SCOPES, agency_key=key)

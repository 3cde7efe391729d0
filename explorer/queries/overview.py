"""The questions of the overview: how much is held, what it says in all, what changed last.

Sums and medians are of current reports. What agencies say of themselves (`own`) and what governments
say of all below them (`aggregate`) hold the same figures twice, and are never added.
"""

from __future__ import annotations

from explorer.queries.query import Query, build

# One row: how much there is.
_HELD = """
select
    (select count(*) from dim_report where is_current) as reports,
    (select count(distinct agency_key) from dim_report where is_current) as agencies,
    (select min(report_year) from dim_report where is_current) as first_year,
    (select max(report_year) from dim_report where is_current) as last_year,
    (select row_count from tables where table_name = 'observations') as numbers_read,
    (select count(*) from findings) as findings,
    (select count(distinct report_id) from findings) as reports_with_findings,
    (select count(*) from documents where status = 'quarantined') as documents_not_read
order by reports
"""

_YEARS = """
select
    years.report_year,
    years.form_in_force,
    reports.form,
    count(reports.report_id) as reports
from dim_year as years
left join dim_report as reports
    on years.report_year = reports.report_year and reports.is_current
group by years.report_year, years.form_in_force, reports.form
order by years.report_year, reports.form
"""

# A stock, such as staff, is not summed over years.
_TOTALS = """
with figures as (
    unpivot (
        select
            report_year, org_scope, disclosed, requests_received, requests_granted,
            requests_denied, reconsideration_cases, litigation_cases, request_fee_amount,
            staff_total
        from agency_year
    )
    on disclosed, requests_received, requests_granted, requests_denied, reconsideration_cases,
        litigation_cases, request_fee_amount, staff_total
    into name figure value reported
),
reports as (
    select org_scope, count(*) as reports from agency_year group by org_scope
)
select
    figures.figure,
    figures.org_scope,
    count(*) as reports_stating_it,
    any_value(reports.reports) as reports,
    count(*) filter (where reported = 0) as reports_stating_zero,
    median(reported) as median,
    case when figure <> 'staff_total' then sum(reported) end as total
from figures
inner join reports on figures.org_scope = reports.org_scope
group by figures.figure, figures.org_scope
order by figures.figure, figures.org_scope desc
"""

_PROVINCES = """
with reports as (
    select agency_key, count(*) as reports from dim_report where is_current group by agency_key
),
requests as (
    select
        agency_key,
        count(requests_received) as reports_stating_requests,
        sum(requests_received) as requests_own
    from agency_year
    where org_scope = 'own'
    group by agency_key
),
found as (
    select agency_key, count(*) as findings from findings group by agency_key
),
names as (
    select province, any_value(region_name_en) as province_en
    from dim_region
    where level = 'province' and is_latest
    group by province
)
select
    agencies.province,
    any_value(names.province_en) as province_en,
    count(*) as agencies,
    sum(reports.reports) as reports,
    coalesce(sum(requests.reports_stating_requests), 0) as reports_stating_requests,
    sum(requests.requests_own) as requests_own,
    coalesce(sum(found.findings), 0) as findings
from dim_agency as agencies
inner join reports on agencies.agency_key = reports.agency_key
left join requests on agencies.agency_key = requests.agency_key
left join found on agencies.agency_key = found.agency_key
left join names on agencies.province = names.province
group by agencies.province
order by {rank} desc nulls last, agencies.province
"""
# What provinces are ranked by → the column.
RANKS = {"reports": "reports", "requests": "requests_own", "findings": "findings"}

_CHANGES = """
select kind, change, count(*) as changes, count(distinct agency_key) as agencies
from publication_diff
group by kind, change
order by kind, change
"""

_CHANGED_YEARS = """
select cast(name as integer) as report_year, facts_before, facts_after,
    facts_after - facts_before as difference
from publication_envelope
where scope = 'year' and facts_before <> facts_after
order by report_year
"""

_CHANGED = """
select
    changed.kind,
    changed.change,
    changed.agency_key,
    agencies.agency_name,
    changed.report_year,
    changed.item,
    changed.before,
    changed.after
from publication_diff as changed
left join dim_agency as agencies on changed.agency_key = agencies.agency_key
order by
    list_position(['current_report', 'finding', 'fact'], changed.kind),
    changed.change, changed.agency_key, changed.report_year, changed.item
"""


_ENVELOPE = """
select scope, name, facts_before, facts_after from publication_envelope order by scope, name
"""


def held() -> Query:
    """One row: how much the warehouse holds."""
    return build(_HELD)


def years() -> Query:
    """Current reports by year and form; a year without reports has one row without a form."""
    return build(_YEARS)


def totals() -> Query:
    """Headline figures: how many reports state each, how many state zero, median and sum."""
    return build(_TOTALS)


def provinces(rank: str) -> Query:
    """Provinces by one of RANKS; bodies of the state, and unplaced ones, have none."""
    return build(_PROVINCES.replace("{rank}", RANKS[rank]))


def changes() -> Query:
    """How much the latest publication changed, by kind."""
    return build(_CHANGES)


def changed_years() -> Query:
    """Years whose number of facts the latest publication changed."""
    return build(_CHANGED_YEARS)


def envelope() -> Query:
    """How many facts there were and are; empty where nothing was compared (a first publication)."""
    return build(_ENVELOPE)


def changed() -> Query:
    """Everything the latest publication changed, reports first."""
    return build(_CHANGED)

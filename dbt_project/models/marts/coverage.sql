-- Every agency in every year from the first to the last year of any report. Missing means that
-- this warehouse holds no report, never that none was published. Agencies that could not be told
-- apart (unresolved) appear only in the year of their report.
with span as (
    select
        min(report_year) as first_year,
        max(report_year) as last_year
    from {{ ref('int_report_version') }}
),

years as (
    select cast(unnest(generate_series(first_year, last_year)) as integer) as report_year
    from span
),

agencies as (
    select
        agency_key,
        is_resolved,
        first_year,
        last_year
    from {{ ref('int_agency_place') }}
),

held as (
    select
        versions.agency_key,
        versions.report_year,
        count(*) as report_count,
        sum(versions.figures_of_the_year) filter (where versions.is_current) as figure_count,
        string_agg(distinct reports.form, ', ' order by reports.form)
        filter (where versions.is_current) as form,
        string_agg(distinct versions.org_scope, ', ' order by versions.org_scope) as org_scopes,
        list(versions.report_id order by versions.report_id)
        filter (where versions.is_current) as current_report_ids
    from {{ ref('int_report_version') }} as versions
    inner join {{ ref('stg_reports') }} as reports on versions.report_id = reports.report_id
    where versions.report_year is not null
    group by versions.agency_key, versions.report_year
),

grid as (
    select
        agencies.agency_key,
        agencies.is_resolved,
        years.report_year,
        coalesce(
            years.report_year between agencies.first_year and agencies.last_year, false
        ) as is_within
    from agencies
    cross join years
),

-- An agency before and after a reform is two; where one has no report, the other may have.
related as (
    select
        agency_key,
        successor_agency_key as related_agency_key
    from {{ ref('agency_successors') }}
    union all
    select
        successor_agency_key as agency_key,
        agency_key as related_agency_key
    from {{ ref('agency_successors') }}
),

continued as (
    select
        related.agency_key,
        held.report_year,
        string_agg(related.related_agency_key, ', ' order by related.related_agency_key)
            as related_agency_keys
    from related
    inner join held on related.related_agency_key = held.agency_key
    group by related.agency_key, held.report_year
)

select
    grid.agency_key,
    grid.report_year,
    case
        when held.report_count is null then 'missing'
        when held.figure_count = 0 then 'held_without_figures'
        else 'held'
    end as status,
    held.report_count is not null as is_held,
    held.report_count is null and grid.is_within and continued.related_agency_keys is null as is_gap,
    case when held.report_count is null then continued.related_agency_keys end as related_agency_keys,
    coalesce(held.report_count, 0) as report_count,
    held.form,
    held.org_scopes,
    cast(held.figure_count as bigint) as figure_count,
    array_to_string(held.current_report_ids, ', ') as current_report_ids
from grid
left join held
    on
        grid.agency_key = held.agency_key
        and grid.report_year = held.report_year
left join continued
    on
        grid.agency_key = continued.agency_key
        and grid.report_year = continued.report_year
where grid.is_resolved or held.report_count is not null
order by grid.agency_key, grid.report_year

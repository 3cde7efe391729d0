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
        is_resolved
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
        years.report_year
    from agencies
    cross join years
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
where grid.is_resolved or held.report_count is not null
order by grid.agency_key, grid.report_year

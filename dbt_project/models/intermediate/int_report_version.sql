-- Which report of an agency, year and scope is the current version. Order: most figures of the
-- year, then published last, then landed last, then the smallest report_id. Reports of an agency
-- for itself and for all below it are two reports, not two versions. A report without a year is
-- never current: its figures belong to no year.
with reports as (
    select
        stg_reports.report_id,
        stg_reports.report_year,
        stg_reports.published_on,
        stg_reports.landed_at,
        int_report_agency.agency_key,
        coalesce(stg_reports.org_scope, 'own') as org_scope
    from {{ ref('stg_reports') }} as stg_reports
    inner join {{ ref('int_report_agency') }} as int_report_agency
        on stg_reports.report_id = int_report_agency.report_id
),

figures as (
    select
        report_id,
        count(*) as figures_of_the_year
    from {{ ref('stg_observations') }}
    where
        time_scope = 'year'
        and (value is not null or share_pct is not null)
    group by report_id
),

ranked as (
    select
        reports.report_id,
        reports.agency_key,
        reports.report_year,
        reports.org_scope,
        -- a report without any row in figures has none: a count, not a reported value
        coalesce(figures.figures_of_the_year, 0) as figures_of_the_year,
        row_number() over versions as version_rank,
        first_value(reports.report_id) over versions as current_report_id
    from reports
    left join figures on reports.report_id = figures.report_id
    window versions as (
        partition by reports.agency_key, reports.report_year, reports.org_scope
        order by
            coalesce(figures.figures_of_the_year, 0) desc,
            reports.published_on desc nulls last,
            reports.landed_at desc nulls last,
            reports.report_id asc
    )
)

select
    report_id,
    agency_key,
    report_year,
    org_scope,
    figures_of_the_year,
    report_year is not null and version_rank = 1 as is_current,
    case
        when report_year is not null and version_rank > 1 then current_report_id
    end as superseded_by
from ranked

-- Whose report it is and of which year: as read, or as a person corrected it. A correction that
-- expects something else than was read changes nothing: the model `corrections` says so.
with reports as (
    select
        report_id,
        nullif(trim(agency_name), '') as agency_name,
        nullif(trim(region_code), '') as region_code,
        report_year,
        coalesce(org_scope, 'own') as org_scope
    from {{ ref('stg_reports') }}
),

agencies as (
    select
        corrections.report_id,
        corrections.agency_name,
        corrections.region_code,
        corrections.correction_id
    from {{ ref('stg_corrections') }} as corrections
    inner join reports on corrections.report_id = reports.report_id
    where
        corrections.kind = 'agency'
        and corrections.expect_agency_name is not distinct from reports.agency_name
        and corrections.expect_region_code is not distinct from reports.region_code
    -- two entries of one kind for one report: none of them is right by itself
    qualify count(*) over (partition by corrections.report_id) = 1
),

years as (
    select
        corrections.report_id,
        corrections.report_year,
        corrections.correction_id
    from {{ ref('stg_corrections') }} as corrections
    inner join reports on corrections.report_id = reports.report_id
    where
        corrections.kind = 'year'
        and corrections.expect_report_year is not distinct from reports.report_year
    qualify count(*) over (partition by corrections.report_id) = 1
)

select
    reports.report_id,
    case when agencies.report_id is null then reports.agency_name else agencies.agency_name end
        as agency_name,
    case when agencies.report_id is null then reports.region_code else agencies.region_code end
        as region_code,
    coalesce(years.report_year, reports.report_year) as report_year,
    reports.org_scope,
    reports.agency_name as agency_name_as_read,
    reports.region_code as region_code_as_read,
    reports.report_year as report_year_as_read,
    agencies.correction_id as agency_correction_id,
    years.correction_id as year_correction_id
from reports
left join agencies on reports.report_id = agencies.report_id
left join years on reports.report_id = years.report_id

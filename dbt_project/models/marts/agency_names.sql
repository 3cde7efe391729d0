-- Every name an agency was seen under, as printed, with the years: its history of names.
with reports as (
    select
        agencies.agency_key,
        agencies.agency_name,
        coalesce(reports.agency_as_printed, agencies.agency_name) as name_as_printed,
        agencies.report_year
    from {{ ref('int_report_agency') }} as agencies
    inner join {{ ref('stg_reports') }} as reports on agencies.report_id = reports.report_id
    where agencies.is_resolved
)

select
    reports.agency_key,
    reports.name_as_printed,
    reports.agency_name,
    min(reports.report_year) as first_year,
    max(reports.report_year) as last_year,
    count(*) as report_count,
    reports.agency_name = agencies.agency_name as is_main_name
from reports
inner join {{ ref('int_agency_place') }} as agencies on reports.agency_key = agencies.agency_key
group by
    reports.agency_key, reports.name_as_printed, reports.agency_name, agencies.agency_name
order by reports.agency_key, first_year, reports.name_as_printed, reports.agency_name

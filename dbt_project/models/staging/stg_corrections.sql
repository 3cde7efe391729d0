with source as (
    select * from {{ source('raw', 'corrections') }}
)

select
    cast(correction_id as varchar) as correction_id,
    cast(file_name as varchar) as file_name,
    cast(entry_no as integer) as entry_no,
    cast(kind as varchar) as kind,
    cast(report_id as varchar) as report_id,
    cast(agency_name as varchar) as agency_name,
    cast(region_code as varchar) as region_code,
    cast(report_year as integer) as report_year,
    cast(indicator as varchar) as indicator,
    cast(category as varchar) as category,
    cast(category_label as varchar) as category_label,
    cast(channel as varchar) as channel,
    cast(applicant_type as varchar) as applicant_type,
    cast(outcome as varchar) as outcome,
    cast(org_group as varchar) as org_group,
    cast(org_scope as varchar) as org_scope,
    cast(value as double) as value,
    cast(is_withdrawn as boolean) as is_withdrawn,
    cast(expect_agency_name as varchar) as expect_agency_name,
    cast(expect_region_code as varchar) as expect_region_code,
    cast(expect_report_year as integer) as expect_report_year,
    cast(expect_current_report_id as varchar) as expect_current_report_id,
    cast(expect_value as double) as expect_value,
    cast(reason as varchar) as reason,
    cast(source as varchar) as correction_source
from source

-- Whose report it is: the key of the agency. A report whose agency could not be told gets a key
-- of its own, so that two unknown agencies are never taken for one.
with reports as (
    select
        report_id,
        nullif(trim(agency_name), '') as agency_name,
        nullif(trim(region_code), '') as region_code,
        report_year
    from {{ ref('stg_reports') }}
)

select
    report_id,
    agency_name,
    region_code,
    report_year,
    agency_name is not null as is_resolved,
    case
        when agency_name is null then 'unresolved_' || report_id
        else 'a' || substr(md5(agency_name || '|' || coalesce(region_code, '')), 1, 16)
    end as agency_key
from reports

-- How far an agency's current reports agree with themselves, by year.
with checks as (
    select
        agency_key,
        report_year,
        status,
        severity,
        fault
    from {{ ref('check_counts') }}
    where is_current
    union all
    select
        agency_key,
        report_year,
        case status
            when 'exact' then 'holds' when 'rounded' then 'holds' when 'truncated' then 'holds' else status
        end
            as status,
        'soft' as severity,
        cast(null as varchar) as fault
    from {{ ref('check_shares') }}
    where is_current
),

counted as (
    select
        agency_key,
        report_year,
        count(*) filter (where status in ('holds', 'fails')) as assessed_count,
        count(*) filter (where status = 'holds') as held_count,
        count(*) filter (where fault = 'reading_doubt') as reading_doubt_count
    from checks
    group by agency_key, report_year
),

found as (
    select
        agency_key,
        report_year,
        count(*) as finding_count,
        count(*) filter (where severity = 'hard') as hard_count,
        count(*) filter (where fault = 'printed_error') as printed_error_count,
        count(*) filter (where fault = 'scope_difference') as scope_difference_count,
        count(*) filter (where verdict = 'confirmed') as confirmed_count,
        count(*) filter (where verdict = 'dismissed') as dismissed_count
    from {{ ref('findings') }}
    group by agency_key, report_year
),

agencies as (
    select
        agency_key,
        agency_name
    from {{ ref('dim_agency') }}
)

-- counts of findings, no reported values: where there is none there are none
select
    counted.agency_key,
    agencies.agency_name,
    counted.report_year,
    counted.assessed_count,
    counted.held_count,
    coalesce(found.finding_count, 0) as finding_count,
    coalesce(found.hard_count, 0) as hard_count,
    coalesce(found.printed_error_count, 0) as printed_error_count,
    coalesce(found.scope_difference_count, 0) as scope_difference_count,
    coalesce(found.confirmed_count, 0) as confirmed_count,
    coalesce(found.dismissed_count, 0) as dismissed_count,
    counted.reading_doubt_count
from counted
left join found
    on
        counted.agency_key = found.agency_key
        and counted.report_year = found.report_year
left join agencies on counted.agency_key = agencies.agency_key
order by counted.agency_key, counted.report_year

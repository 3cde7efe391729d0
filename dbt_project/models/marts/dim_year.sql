with held as (
    select
        report_year,
        count(*) as report_count,
        count(*) filter (where is_current) as current_report_count,
        count(distinct agency_key) as agency_count
    from {{ ref('int_report_version') }}
    where report_year is not null
    group by report_year
),

-- From the first year of the Regulations, or of the reports where a city began earlier, to the
-- last year of any report. Years without a report are rows too.
span as (
    select
        least(2008, min(report_year)) as first_year,
        greatest(2008, max(report_year)) as last_year
    from held
),

years as (
    select cast(unnest(generate_series(first_year, last_year)) as integer) as report_year
    from span
)

select
    years.report_year,
    case
        when years.report_year < 2014 then 'narrative'
        when years.report_year < 2019 then 'annex_2014'
        when years.report_year < 2021 then 'std_2019'
        else 'std_2021'
    end as form_in_force,
    case
        when years.report_year < 2008 then 'local rules only'
        when years.report_year < 2019 then 'State Council Decree 492 (2007)'
        else 'State Council Decree 711 (2019)'
    end as regulation,
    case
        when years.report_year < 2008 then '地方规定'
        when years.report_year < 2019 then '国务院令第492号'
        else '国务院令第711号'
    end as regulation_zh,
    coalesce(held.report_count, 0) as reports_held,
    coalesce(held.current_report_count, 0) as current_reports_held,
    coalesce(held.agency_count, 0) as agencies_held
from years
left join held on years.report_year = held.report_year
order by years.report_year

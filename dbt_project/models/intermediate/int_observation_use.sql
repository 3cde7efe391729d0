-- Every observation with its report's keys, its place among those that give the same breakdown,
-- and what becomes of it: a fact, or why not.
with observations as (
    select
        stg_observations.*,
        stg_reports.source_uri,
        int_report_agency.agency_name,
        int_report_agency.agency_key,
        int_report_agency.region_code,
        int_report_version.report_year,
        int_report_version.is_current,
        int_report_version.org_scope as report_org_scope,
        stg_indicators.fact as fact_family,
        stg_observations.table_name is not null or stg_observations.row_no is not null as is_from_table
    from {{ ref('stg_observations') }} as stg_observations
    left join {{ ref('stg_reports') }} as stg_reports
        on stg_observations.report_id = stg_reports.report_id
    left join {{ ref('int_report_agency') }} as int_report_agency
        on stg_observations.report_id = int_report_agency.report_id
    left join {{ ref('int_report_version') }} as int_report_version
        on stg_observations.report_id = int_report_version.report_id
    left join {{ ref('stg_indicators') }} as stg_indicators
        on stg_observations.indicator = stg_indicators.indicator
),

classified as (
    select
        *,
        case
            when value is null and share_pct is null then 'blank'
            when time_scope <> 'year' then 'other_time'
            when org_scope = 'sub_unit' then 'sub_unit'
            when not is_current then 'not_current'
        end as reason_not_used
    from observations
),

-- Of two readings of one breakdown the official table is preferred to the narrative, a number to
-- a share alone, an exact number to an approximate one, and then what stands first.
ranked as (
    select
        *,
        row_number() over (
            partition by
                reason_not_used, report_id, indicator, org_scope,
                category, category_label, channel, applicant_type, outcome, org_group
            order by
                is_from_table desc,
                (value is not null) desc,
                (qualifier = 'exact') desc,
                char_start asc,
                observation_id asc
        ) as reading_rank
    from classified
)

select
    * exclude (reason_not_used, reading_rank),
    coalesce(reason_not_used, case when reading_rank = 1 then 'fact' else 'repeated' end) as fact_use
from ranked

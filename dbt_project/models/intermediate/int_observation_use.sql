-- Every observation with its report's keys, its place among those that give the same breakdown,
-- and what becomes of it: a fact, or why not. `value` is what was read; `fact_value` is what the
-- facts show, which is the same unless a person corrected it.
with observations as (
    select
        stg_observations.*,
        stg_reports.source_uri,
        agencies.agency_name,
        agencies.agency_key,
        agencies.region_code,
        versions.report_year,
        versions.is_current,
        versions.superseded_by,
        versions.org_scope as report_org_scope,
        indicators.fact as fact_family,
        stg_observations.table_name is not null or stg_observations.row_no is not null as is_from_table
    from {{ ref('stg_observations') }} as stg_observations
    left join {{ ref('stg_reports') }} as stg_reports
        on stg_observations.report_id = stg_reports.report_id
    left join {{ ref('int_report_agency') }} as agencies
        on stg_observations.report_id = agencies.report_id
    left join {{ ref('int_report_version') }} as versions
        on stg_observations.report_id = versions.report_id
    left join {{ ref('stg_indicators') }} as indicators
        on stg_observations.indicator = indicators.indicator
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
        coalesce(reason_not_used, 'not_current') = 'not_current'
        and row_number() over (
            partition by
                reason_not_used, report_id, indicator, org_scope,
                category, category_label, channel, applicant_type, outcome, org_group
            order by
                is_from_table desc,
                (value is not null) desc,
                (qualifier = 'exact') desc,
                char_start asc,
                observation_id asc
        ) = 1 as is_figure
    from classified
),

-- A correction is of the figure of its breakdown, as long as that is what it expects.
corrections as (
    select
        ranked.observation_id,
        corrections.correction_id,
        corrections.value as corrected_value,
        corrections.is_withdrawn
    from {{ ref('stg_corrections') }} as corrections
    inner join ranked
        on
            corrections.report_id = ranked.report_id
            and corrections.indicator = ranked.indicator
            and corrections.org_scope = ranked.org_scope
            and corrections.category is not distinct from ranked.category
            and corrections.category_label is not distinct from ranked.category_label
            and corrections.channel is not distinct from ranked.channel
            and corrections.applicant_type is not distinct from ranked.applicant_type
            and corrections.outcome is not distinct from ranked.outcome
            and corrections.org_group is not distinct from ranked.org_group
    where
        corrections.kind = 'figure'
        and ranked.is_figure
        and corrections.expect_value is not distinct from ranked.value
    -- two entries for one figure: none of them is right by itself
    qualify count(*) over (partition by ranked.observation_id) = 1
)

select
    ranked.* exclude (reason_not_used),
    case
        when corrections.correction_id is null then ranked.value
        when not corrections.is_withdrawn then corrections.corrected_value
    end as fact_value,
    corrections.correction_id as corrected_by,
    coalesce(
        ranked.reason_not_used,
        case
            when corrections.is_withdrawn then 'withdrawn'
            when ranked.is_figure then 'fact'
            else 'repeated'
        end
    ) as fact_use
from ranked
left join corrections on ranked.observation_id = corrections.observation_id

-- Every observation with its report's keys, its place among those that give the same breakdown,
-- and what becomes of it: a fact, or why not. `value` is what was read; `fact_value` is what the
-- facts show, which is the same unless a person corrected it.
--   Millions of rows: only breakdowns that are given twice are ranked, and only reports with
--   corrections are held against them.
{%- set breakdown = [
    'report_id', 'indicator', 'org_scope', 'category', 'category_label', 'channel',
    'applicant_type', 'outcome', 'org_group'
] | join(', ') %}
{%- set is_figure_of_the_year -%}
time_scope = 'year' and org_scope <> 'sub_unit' and (value is not null or share_pct is not null)
{%- endset %}

with given_twice as (
    select hash({{ breakdown }}) as breakdown
    from {{ ref('stg_observations') }}
    where {{ is_figure_of_the_year }}
    group by hash({{ breakdown }})
    having count(*) > 1
),

-- Of two readings of one breakdown the official table is preferred to the narrative, a number to
-- a share alone, an exact number to an approximate one, and then what stands first.
repeated as (
    select observation_id
    from {{ ref('stg_observations') }}
    where
        {{ is_figure_of_the_year }}
        and hash({{ breakdown }}) in (select given_twice.breakdown from given_twice)
    qualify
        row_number() over (
            partition by {{ breakdown }}
            order by
                (table_name is not null or row_no is not null) desc,
                (value is not null) desc,
                (qualifier = 'exact') desc,
                char_start asc,
                observation_id asc
        ) > 1
),

-- A correction is of the figure of its breakdown, as long as that is what it expects.
corrections as (
    select
        observations.observation_id,
        corrections.correction_id,
        corrections.value as corrected_value,
        corrections.is_withdrawn
    from {{ ref('stg_corrections') }} as corrections
    inner join {{ ref('stg_observations') }} as observations
        on
            corrections.report_id = observations.report_id
            and corrections.indicator = observations.indicator
            and corrections.org_scope = observations.org_scope
            and corrections.category is not distinct from observations.category
            and corrections.category_label is not distinct from observations.category_label
            and corrections.channel is not distinct from observations.channel
            and corrections.applicant_type is not distinct from observations.applicant_type
            and corrections.outcome is not distinct from observations.outcome
            and corrections.org_group is not distinct from observations.org_group
    where
        corrections.kind = 'figure'
        and observations.time_scope = 'year'
        and observations.org_scope <> 'sub_unit'
        and (observations.value is not null or observations.share_pct is not null)
        and observations.observation_id not in (select repeated.observation_id from repeated)
        and corrections.expect_value is not distinct from observations.value
    -- two entries for one figure: none of them is right by itself
    qualify count(*) over (partition by observations.observation_id) = 1
),

reports as (
    select
        stg_reports.report_id,
        stg_reports.source_uri,
        agencies.agency_name,
        agencies.agency_key,
        agencies.region_code,
        versions.report_year,
        versions.is_current,
        versions.superseded_by,
        versions.org_scope as report_org_scope
    from {{ ref('stg_reports') }} as stg_reports
    left join {{ ref('int_report_agency') }} as agencies
        on stg_reports.report_id = agencies.report_id
    left join {{ ref('int_report_version') }} as versions
        on stg_reports.report_id = versions.report_id
),

classified as (
    select
        observations.*,
        reports.source_uri,
        reports.agency_name,
        reports.agency_key,
        reports.region_code,
        reports.report_year,
        reports.is_current,
        reports.superseded_by,
        reports.report_org_scope,
        indicators.fact as fact_family,
        observations.table_name is not null or observations.row_no is not null as is_from_table,
        case
            when observations.value is null and observations.share_pct is null then 'blank'
            when observations.time_scope <> 'year' then 'other_time'
            when observations.org_scope = 'sub_unit' then 'sub_unit'
        end as reason_not_used,
        repeated.observation_id is not null as is_repeated,
        corrections.correction_id as corrected_by,
        coalesce(corrections.is_withdrawn, false) as is_withdrawn,
        corrections.corrected_value,
        -- a person who has looked settles the doubt
        coalesce(looks.outcome = 'differs' and corrections.correction_id is null, false) as is_doubtful
    from {{ ref('stg_observations') }} as observations
    left join reports on observations.report_id = reports.report_id
    left join {{ ref('stg_indicators') }} as indicators
        on observations.indicator = indicators.indicator
    left join repeated on observations.observation_id = repeated.observation_id
    left join corrections on observations.observation_id = corrections.observation_id
    left join {{ ref('stg_second_looks') }} as looks
        on observations.observation_id = looks.observation_id
)

select
    * exclude (reason_not_used, is_repeated, is_withdrawn, corrected_value, is_doubtful),
    reason_not_used is null and not is_repeated as is_figure,
    case when corrected_by is null then value else corrected_value end as fact_value,
    coalesce(
        reason_not_used,
        case
            when not is_current then 'not_current'
            when is_withdrawn then 'withdrawn'
            when is_doubtful then 'doubtful'
            when is_repeated then 'repeated'
            else 'fact'
        end
    ) as fact_use
from classified

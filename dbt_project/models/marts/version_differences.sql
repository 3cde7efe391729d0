-- What two versions of one report say differently: every figure of the year of a version that was
-- superseded against the current one, where they are not the same. An approximate number beside an
-- exact one is told apart: it may be the same number.
with versions as (
    select
        report_id,
        superseded_by
    from {{ ref('int_report_version') }}
    where superseded_by is not null
),

-- Few reports have versions: only their figures are read.
figures as (
    select
        observation_id,
        report_id,
        indicator,
        org_scope,
        category,
        category_label,
        channel,
        applicant_type,
        outcome,
        org_group,
        value,
        share_pct,
        qualifier,
        quote,
        char_start,
        char_end
    from {{ ref('int_observation_use') }}
    where
        is_figure
        and report_id in (
            select versions.report_id from versions
            union all
            select versions.superseded_by from versions
        )
),

older as (
    select
        versions.superseded_by as current_report_id,
        figures.*
    from versions
    inner join figures on versions.report_id = figures.report_id
),

newer as (
    select
        versions.report_id as other_report_id,
        figures.*
    from versions
    inner join figures on versions.superseded_by = figures.report_id
),

paired as (
    select
        coalesce(newer.report_id, older.current_report_id) as report_id,
        coalesce(older.report_id, newer.other_report_id) as other_report_id,
        coalesce(newer.indicator, older.indicator) as indicator,
        coalesce(newer.org_scope, older.org_scope) as org_scope,
        coalesce(newer.category, older.category) as category,
        coalesce(newer.category_label, older.category_label) as category_label,
        coalesce(newer.channel, older.channel) as channel,
        coalesce(newer.applicant_type, older.applicant_type) as applicant_type,
        coalesce(newer.outcome, older.outcome) as outcome,
        coalesce(newer.org_group, older.org_group) as org_group,
        newer.observation_id,
        newer.value,
        newer.share_pct,
        newer.qualifier,
        newer.quote,
        newer.char_start,
        newer.char_end,
        older.observation_id as other_observation_id,
        older.value as other_value,
        older.share_pct as other_share_pct,
        older.qualifier as other_qualifier,
        older.quote as other_quote,
        older.char_start as other_char_start,
        older.char_end as other_char_end
    from newer
    full join older
        on
            newer.other_report_id = older.report_id
            and newer.indicator = older.indicator
            and newer.org_scope = older.org_scope
            and newer.category is not distinct from older.category
            and newer.category_label is not distinct from older.category_label
            and newer.channel is not distinct from older.channel
            and newer.applicant_type is not distinct from older.applicant_type
            and newer.outcome is not distinct from older.outcome
            and newer.org_group is not distinct from older.org_group
),

compared as (
    select
        *,
        case
            when other_observation_id is null then 'only_in_current'
            when observation_id is null then 'only_in_other'
            when not coalesce(value = other_value, value is null and other_value is null) then 'value'
            when not coalesce(share_pct = other_share_pct, share_pct is null and other_share_pct is null)
                then 'share'
        end as kind
    from paired
)

select
    md5(concat_ws(
        '|', compared.report_id, compared.other_report_id,
        coalesce(compared.observation_id, ''), coalesce(compared.other_observation_id, '')
    )) as difference_id,
    compared.kind,
    compared.report_id,
    compared.other_report_id,
    reports.agency_key,
    reports.report_year,
    compared.indicator,
    compared.org_scope,
    compared.category,
    compared.category_label,
    compared.channel,
    compared.applicant_type,
    compared.outcome,
    compared.org_group,
    compared.value,
    compared.other_value,
    compared.share_pct,
    compared.other_share_pct,
    coalesce(compared.qualifier, 'exact') <> 'exact'
    or coalesce(compared.other_qualifier, 'exact') <> 'exact' as is_approximate,
    compared.observation_id,
    compared.quote,
    compared.char_start,
    compared.char_end,
    compared.other_observation_id,
    compared.other_quote,
    compared.other_char_start,
    compared.other_char_end
from compared
inner join {{ ref('int_report_version') }} as reports on compared.report_id = reports.report_id
where compared.kind is not null
order by compared.report_id, compared.other_report_id, difference_id

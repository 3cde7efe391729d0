-- Lists of parts as sentences print them: each part of a list with its total. The parts are those
-- of one indicator and dimension, one scope and one time; a part below another part of the list
-- (a reason of refusal below 不予公开) is left out, and what is told twice counts once.
with lists as (
    select
        check_id,
        reading_no,
        indicator,
        place,
        case
            when category = '+' then 'category'
            when channel = '+' then 'channel'
            when applicant_type = '+' then 'applicant_type'
            when outcome = '+' then 'outcome'
            when org_group = '+' then 'org_group'
        end as dimension
    from {{ ref('int_identity_terms') }}
    where frame = 'list' and side = 'rhs' and reading_no = 1
),

total_terms as (
    select
        check_id,
        reading_no,
        indicator,
        literal_value
    from {{ ref('int_identity_terms') }}
    where frame = 'list' and side = 'lhs'
),

parents as (
    select
        'outcome' as dimension,
        outcome as code,
        parent
    from {{ ref('stg_outcomes') }}
    where parent is not null
    union all
    select
        'applicant_type' as dimension,
        applicant_type as code,
        parent
    from {{ ref('stg_applicant_types') }}
    where parent is not null
),

-- What sentences print, broken down by one dimension or none; of what is told twice the first.
readings as (
    select
        observation_id,
        report_id,
        indicator,
        org_scope,
        time_scope,
        category,
        category_label,
        channel,
        applicant_type,
        outcome,
        org_group,
        value,
        share_pct,
        qualifier,
        value_semantic,
        quote,
        char_start,
        char_end,
        case
            when category_label is not null or category is not null then 'category'
            when channel is not null then 'channel'
            when applicant_type is not null then 'applicant_type'
            when outcome is not null then 'outcome'
            when org_group is not null then 'org_group'
        end as dimension,
        coalesce(channel, applicant_type, outcome, org_group, category_label, category) as code
    from {{ ref('int_observation_use') }}
    where
        not is_from_table
        and form = 'narrative'
        and time_scope in ('year', 'cumulative')
        and org_scope <> 'sub_unit'
        and (value is not null or share_pct is not null)
        and 1 >= (
            cast(category_label is not null or category is not null as integer)
            + cast(channel is not null as integer)
            + cast(applicant_type is not null as integer)
            + cast(outcome is not null as integer)
            + cast(org_group is not null as integer)
        )
    qualify
        row_number() over (
            partition by
                report_id, indicator, org_scope, time_scope, dimension, code,
                -- every total stays: the list's own is the one before it
                case when dimension is null then observation_id end
            order by (value is not null) desc, char_start asc, observation_id asc
        ) = 1
),

parts as (
    select
        lists.check_id,
        lists.place,
        readings.*,
        case when lists.place = 'share' then readings.share_pct else readings.value end as part_value
    from readings
    inner join lists
        on
            readings.indicator = lists.indicator
            and readings.dimension = lists.dimension
),

topmost as (
    select parts.*
    from parts
    left join parents
        on
            parts.dimension = parents.dimension
            and parts.code = parents.code
    left join parts as above
        on
            parts.check_id = above.check_id
            and parts.report_id = above.report_id
            and parts.org_scope = above.org_scope
            and parts.time_scope = above.time_scope
            and parents.parent = above.code
    where above.code is null
),

grouped as (
    select
        *,
        count(*) over list as part_count,
        min(char_start) over list as list_start,
        max(char_end) over list as list_end
    from topmost
    window list as (partition by check_id, report_id, org_scope, time_scope)
),

-- The total: the one that stands last before the list, else the first behind it.
totals as (
    select
        heads.check_id,
        heads.report_id,
        heads.org_scope,
        heads.time_scope,
        total_terms.reading_no,
        total_terms.literal_value,
        totals.observation_id,
        totals.indicator,
        coalesce(totals.value, total_terms.literal_value) as value,
        totals.qualifier,
        totals.value_semantic,
        totals.quote,
        totals.char_start,
        totals.char_end
    from (
        select distinct
            check_id,
            report_id,
            org_scope,
            time_scope,
            list_start
        from grouped
        where part_count > 1
    ) as heads
    inner join total_terms on heads.check_id = total_terms.check_id
    left join readings as totals
        on
            heads.report_id = totals.report_id
            and heads.org_scope = totals.org_scope
            and heads.time_scope = totals.time_scope
            and total_terms.indicator = totals.indicator
            and totals.dimension is null
            and totals.value is not null
    where total_terms.literal_value is not null or totals.observation_id is not null
    qualify
        row_number() over (
            partition by
                heads.check_id, heads.report_id, heads.org_scope, heads.time_scope, total_terms.reading_no
            order by
                (totals.char_start <= heads.list_start) desc,
                abs(totals.char_start - heads.list_start) asc, totals.observation_id asc
        ) = 1
)

select
    grouped.check_id,
    grouped.report_id,
    grouped.org_scope,
    grouped.time_scope,
    grouped.place,
    grouped.dimension,
    grouped.code,
    grouped.indicator,
    grouped.category,
    grouped.category_label,
    grouped.channel,
    grouped.applicant_type,
    grouped.outcome,
    grouped.org_group,
    grouped.observation_id,
    grouped.part_value,
    grouped.value,
    grouped.share_pct,
    grouped.qualifier,
    grouped.value_semantic,
    grouped.quote,
    grouped.char_start,
    grouped.char_end,
    grouped.part_count,
    grouped.list_start,
    grouped.list_end,
    totals.reading_no,
    totals.literal_value as literal_total,
    totals.indicator as total_indicator,
    totals.observation_id as total_observation_id,
    totals.value as total,
    totals.qualifier as total_qualifier,
    totals.value_semantic as total_value_semantic,
    totals.quote as total_quote,
    totals.char_start as total_char_start,
    totals.char_end as total_char_end
from grouped
left join totals
    on
        grouped.check_id = totals.check_id
        and grouped.report_id = totals.report_id
        and grouped.org_scope = totals.org_scope
        and grouped.time_scope = totals.time_scope
where grouped.part_count > 1

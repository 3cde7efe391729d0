-- Every printed share with each whole that it may be a share of (seeds/share_bases.csv).
with bases as (
    select * from {{ ref('share_bases') }}
),

observations as (
    select * from {{ ref('int_observation_use') }}
    where time_scope in ('year', 'cumulative') and org_scope <> 'sub_unit'
),

parts as (
    select
        observations.*,
        outcomes.parent as parent_outcome
    from observations
    left join {{ ref('stg_outcomes') }} as outcomes on observations.outcome = outcomes.outcome
    where observations.share_pct is not null
),

-- Reports that print no share need no bases.
numbers as (
    select
        *,
        category is null and category_label is null and channel is null
        and applicant_type is null and outcome is null and org_group is null as is_undimensioned
    from observations
    where
        value is not null
        and report_id in (select parts.report_id from parts)
),

preferred as (
    select * from numbers
    qualify
        row_number() over (
            partition by
                report_id, indicator, org_scope, time_scope,
                category, category_label, channel, applicant_type, outcome, org_group
            order by
                is_from_table desc, (qualifier = 'exact') desc, char_start asc, observation_id asc
        ) = 1
),

-- A total told twice differently is tried twice, the table's first.
undimensioned as (
    select * from numbers
    where is_undimensioned
),

found as (
    select
        parts.observation_id,
        bases.base,
        bases.rank,
        row_number() over (
            partition by parts.observation_id, bases.base
            order by wholes.is_from_table desc, (wholes.qualifier = 'exact') desc, wholes.char_start asc
        ) as candidate_no,
        wholes.value as total,
        wholes.qualifier as total_qualifier,
        wholes.observation_id as total_observation_id,
        wholes.quote as total_quote,
        wholes.char_start as total_char_start,
        wholes.char_end as total_char_end
    from parts
    inner join bases
        on
            bases.relation = 'undimensioned'
            and bases.part_indicator in ('*', parts.indicator)
            and not contains(bases.base_indicator, ' + ')
    inner join undimensioned as wholes
        on
            parts.report_id = wholes.report_id
            and parts.org_scope = wholes.org_scope
            and parts.time_scope = wholes.time_scope
            and parts.observation_id <> wholes.observation_id
            and case bases.base_indicator when '=' then parts.indicator else bases.base_indicator end
            = wholes.indicator

    union all
    select
        parts.observation_id,
        bases.base,
        bases.rank,
        1 as candidate_no,
        one.value + other.value as total,
        case when one.qualifier = 'exact' then other.qualifier else one.qualifier end as total_qualifier,
        one.observation_id as total_observation_id,
        one.quote as total_quote,
        one.char_start as total_char_start,
        one.char_end as total_char_end
    from parts
    inner join bases
        on
            bases.relation = 'undimensioned'
            and bases.part_indicator in ('*', parts.indicator)
            and contains(bases.base_indicator, ' + ')
    inner join preferred as one
        on
            parts.report_id = one.report_id
            and parts.org_scope = one.org_scope
            and parts.time_scope = one.time_scope
            and split_part(bases.base_indicator, ' + ', 1) = one.indicator
            and one.is_undimensioned
    inner join preferred as other
        on
            parts.report_id = other.report_id
            and parts.org_scope = other.org_scope
            and parts.time_scope = other.time_scope
            and split_part(bases.base_indicator, ' + ', 2) = other.indicator
            and other.is_undimensioned

    union all
    select
        parts.observation_id,
        bases.base,
        bases.rank,
        1 as candidate_no,
        wholes.value as total,
        wholes.qualifier as total_qualifier,
        wholes.observation_id as total_observation_id,
        wholes.quote as total_quote,
        wholes.char_start as total_char_start,
        wholes.char_end as total_char_end
    from parts
    inner join bases on bases.relation in ('parent', 'channel', 'stock')
    inner join preferred as wholes
        on
            parts.report_id = wholes.report_id
            and parts.org_scope = wholes.org_scope
            and parts.indicator = wholes.indicator
            and parts.observation_id <> wholes.observation_id
            and case bases.relation
                when 'parent'
                    then
                        parts.time_scope = wholes.time_scope
                        and parts.parent_outcome = wholes.outcome
                        and wholes.channel is null and wholes.applicant_type is null
                when 'channel'
                    then
                        parts.time_scope = wholes.time_scope
                        and coalesce(parts.category_label, parts.category) is not null
                        and parts.channel = wholes.channel
                        and wholes.category is null and wholes.category_label is null
                else
                    wholes.is_undimensioned and wholes.time_scope = 'cumulative' and parts.time_scope = 'year'
            end

    union all
    select
        listed.observation_id,
        bases.base,
        bases.rank,
        1 as candidate_no,
        round(sum(listed.value) over list, 6) as total,
        case when bool_or(listed.qualifier <> 'exact') over list then 'approx' else 'exact' end
            as total_qualifier,
        null as total_observation_id,
        null as total_quote,
        null as total_char_start,
        null as total_char_end
    from {{ ref('int_list_parts') }} as listed
    inner join bases on bases.relation = 'list_sum'
    where listed.place = '' and coalesce(listed.reading_no, 1) = 1
    window list as (partition by listed.check_id, listed.report_id, listed.org_scope, listed.time_scope)
)

select * from found

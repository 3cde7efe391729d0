-- A printed share against its count and total. The total is the undimensioned number of the same
-- indicator, report, scope and year; the share is held against it at the decimals it is printed
-- with. What cannot be computed, or rests on an approximate number that does not fit, is not
-- assessable: it is never called wrong.
with observations as (
    select * from {{ ref('int_observation_use') }}
    where time_scope = 'year' and org_scope <> 'sub_unit'
),

totals as (
    select *
    from observations
    where
        value is not null
        and category is null and category_label is null and channel is null
        and applicant_type is null and outcome is null and org_group is null
    qualify
        row_number() over (
            partition by report_id, indicator, org_scope
            order by
                is_from_table desc, (qualifier = 'exact') desc, char_start asc, observation_id asc
        ) = 1
),

paired as (
    select
        parts.*,
        totals.observation_id as total_observation_id,
        totals.value as total,
        totals.qualifier as total_qualifier,
        totals.quote as total_quote,
        totals.char_start as total_char_start,
        totals.char_end as total_char_end,
        case
            when totals.value > 0 then 100 * parts.value / totals.value
        end as computed_pct,
        case
            when parts.share_pct = round(parts.share_pct, 0) then 0
            when parts.share_pct = round(parts.share_pct, 1) then 1
            when parts.share_pct = round(parts.share_pct, 2) then 2
            else 3
        end as decimals,
        -- a share is a quotient of two numbers: with "more than" in either, it proves nothing
        parts.qualifier = 'exact' and totals.qualifier = 'exact' as is_exact
    from observations as parts
    left join totals
        on
            parts.report_id = totals.report_id
            and parts.indicator = totals.indicator
            and parts.org_scope = totals.org_scope
            and parts.observation_id <> totals.observation_id
    where parts.share_pct is not null
),

-- 1e-9: the noise of binary fractions, far below the last printed decimal
compared as (
    select
        *,
        share_pct - computed_pct as difference,
        power(10, -decimals) as last_decimal
    from paired
)

select
    observation_id,
    report_id,
    agency_key,
    report_year,
    is_current,
    indicator,
    category,
    category_label,
    channel,
    applicant_type,
    outcome,
    org_group,
    org_scope,
    value,
    total,
    share_pct,
    computed_pct,
    difference,
    decimals,
    case
        when computed_pct is null then 'not_assessable'
        when abs(difference) < 1e-9 then 'exact'
        when abs(difference) <= last_decimal / 2 + 1e-9 then 'rounded'
        when difference < 0 and -difference < last_decimal + 1e-9 then 'truncated'
        when not is_exact then 'not_assessable'
        else 'fails'
    end as status,
    quote,
    char_start,
    char_end,
    total_observation_id,
    total_quote,
    total_char_start,
    total_char_end
from compared
order by observation_id

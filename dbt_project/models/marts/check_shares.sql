-- A printed share against its count and the whole it is of. The first base of share_bases.csv that
-- it fits, at the decimals it is printed with, is its base; the total goes before all others. What
-- cannot be computed, rests on an approximate number, or names a whole that is not counted here, is
-- not assessable: it is never called wrong.
with parts as (
    select
        *,
        -- the share's own digits: 30.0% is printed to one decimal
        list_filter(
            regexp_extract_all(
                translate(quote, '０１２３４５６７８９．％', '0123456789.%'), '([0-9]+(?:\.[0-9]+)?) *%', 1
            ),
            lambda digits: try_cast(digits as double) = share_pct
        )[1] as share_text
    from {{ ref('int_observation_use') }}
    where time_scope in ('year', 'cumulative') and org_scope <> 'sub_unit' and share_pct is not null
),

named as (
    select
        label_en,
        label_zh,
        pattern
    from {{ ref('share_bases') }}
    where relation = 'named'
),

measured as (
    select
        parts.*,
        bases.base,
        bases.rank,
        bases.candidate_no,
        bases.total,
        bases.total_qualifier,
        bases.total_observation_id,
        bases.total_quote,
        bases.total_char_start,
        bases.total_char_end,
        case
            when bases.total > 0 then 100 * parts.value / bases.total
        end as computed_pct,
        cast(case
            when parts.share_text is not null then length(split_part(parts.share_text, '.', 2))
            when parts.share_pct = round(parts.share_pct, 0) then 0
            when parts.share_pct = round(parts.share_pct, 1) then 1
            when parts.share_pct = round(parts.share_pct, 2) then 2
            else 3
        end as integer) as decimals,
        -- a share is a quotient of two numbers: with "more than" in either, it proves nothing
        parts.qualifier = 'exact' and coalesce(bases.total_qualifier, 'exact') = 'exact' as is_exact
    from parts
    left join {{ ref('int_share_bases') }} as bases on parts.observation_id = bases.observation_id
),

-- 1e-9: the noise of binary fractions, far below the last printed decimal
compared as (
    select
        *,
        share_pct - computed_pct as difference,
        power(10, -decimals) as last_decimal,
        case
            when computed_pct is null then 'not_assessable'
            when abs(share_pct - computed_pct) < 1e-9 then 'exact'
            when abs(share_pct - computed_pct) <= power(10, -decimals) / 2 + 1e-9 then 'rounded'
            when
                share_pct < computed_pct and computed_pct - share_pct < power(10, -decimals) + 1e-9
                then 'truncated'
            when not is_exact then 'not_assessable'
            else 'fails'
        end as fit
    from measured
),

-- Bases other than the total count only where they fit.
chosen as (
    select
        *,
        fit in ('exact', 'rounded', 'truncated') as is_fitting
    from compared
    qualify
        row_number() over (
            partition by observation_id
            order by
                is_fitting desc,
                -- of what does not fit, the total is told
                rank asc nulls last,
                candidate_no asc
        ) = 1
),

-- A sentence that names a whole of its own for one part may mean it for the other parts as well.
judged as (
    select
        chosen.*,
        bool_or(regexp_matches(chosen.quote, named.pattern)) over (
            partition by
                chosen.report_id, chosen.indicator, chosen.org_scope, chosen.time_scope,
                chosen.org_group is not null, chosen.category_label is not null, chosen.outcome is not null
        ) as has_named_base,
        named.label_en as named_label_en,
        named.label_zh as named_label_zh
    from chosen
    cross join named
)

select
    judged.observation_id,
    judged.report_id,
    judged.agency_key,
    judged.report_year,
    judged.is_current,
    judged.indicator,
    judged.category,
    judged.category_label,
    judged.channel,
    judged.applicant_type,
    judged.outcome,
    judged.org_group,
    judged.org_scope,
    judged.value,
    judged.total,
    judged.share_pct,
    judged.computed_pct,
    judged.difference,
    judged.decimals,
    case
        when judged.fit = 'fails' and (judged.has_named_base or judged.base <> 'total') then 'not_assessable'
        else judged.fit
    end as status,
    case
        when judged.fit = 'fails' and judged.has_named_base then 'named'
        when judged.is_fitting or judged.base = 'total' then judged.base
    end as base,
    case
        when judged.fit = 'fails' and judged.has_named_base then judged.named_label_en
        when judged.is_fitting or judged.base = 'total' then bases.label_en
    end as base_en,
    case
        when judged.fit = 'fails' and judged.has_named_base then judged.named_label_zh
        when judged.is_fitting or judged.base = 'total' then bases.label_zh
    end as base_zh,
    judged.quote,
    judged.char_start,
    judged.char_end,
    judged.total_observation_id,
    judged.total_quote,
    judged.total_char_start,
    judged.total_char_end
from judged
left join {{ ref('share_bases') }} as bases on judged.base = bases.base
order by judged.observation_id

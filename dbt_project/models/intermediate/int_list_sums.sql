-- Lists of parts that sentences print, summed: one row per list and reading of its total, with its
-- operands. What such a sum claims is for int_list_checks to say.
with parts as (
    select
        *,
        hash(check_id, report_id, org_scope, time_scope, coalesce(reading_no, 1)) as list_hash
    from {{ ref('int_list_parts') }}
),

-- Shares: half of the last decimal up, a whole one down (truncated) for each part.
summed as (
    select
        list_hash,
        any_value(check_id) as check_id,
        any_value(report_id) as report_id,
        any_value(org_scope) as org_scope,
        any_value(time_scope) as time_scope,
        any_value(coalesce(reading_no, 1)) as reading_no,
        any_value(place) as place,
        any_value(total) as total,
        any_value(part_count) as part_count,
        any_value(list_start) as list_start,
        any_value(list_end) as list_end,
        any_value(total_char_end) as total_char_end,
        {{ steady_sum('part_value') }} as part_sum,
        {{ steady_sum('value') }} as value_sum,
        {{ steady_sum('share_pct') }} as share_sum,
        count(*) filter (where part_value is null) as missing_count,
        count(*) filter (where share_pct is null) as without_share,
        bool_or(qualifier <> 'exact' or coalesce(total_qualifier, 'exact') <> 'exact') as has_approximate,
        -- 其他处理 is an outcome like others, and no rest
        bool_or(
            dimension <> 'outcome'
            and (code in ('other', 'other_request') or regexp_matches(code, '其他|其它|其余'))
        ) as has_rest,
        max(
            case
                when share_pct = round(share_pct, 0) then 1
                when share_pct = round(share_pct, 1) then 0.1
                else 0.01
            end
        ) as last_decimal
    from parts
    group by list_hash
),

-- Each operand is written once as text and only then gathered, a quarter of the lists at a time:
-- what is being gathered cannot wait on the disk.
written as (
    {%- for part in range(4) %}
    select
        list_hash,
        any_value(cast(to_json({
            'side': 'lhs',
            'indicator': coalesce(total_indicator, indicator),
            'category_label': cast(null as varchar),
            'channel': cast(null as varchar),
            'applicant_type': cast(null as varchar),
            'outcome': cast(null as varchar),
            'org_group': cast(null as varchar),
            'value': total,
            'share_pct': cast(null as double),
            'qualifier': total_qualifier,
            'value_semantic': total_value_semantic,
            'quote': total_quote,
            'char_start': total_char_start,
            'char_end': total_char_end,
            'observation_id': total_observation_id
        }) as varchar)) as whole,
        string_agg(
            cast(to_json({
                'side': 'rhs',
                'indicator': indicator,
                'category_label': category_label,
                'channel': channel,
                'applicant_type': applicant_type,
                'outcome': outcome,
                'org_group': org_group,
                'value': value,
                'share_pct': share_pct,
                'qualifier': qualifier,
                'value_semantic': value_semantic,
                'quote': quote,
                'char_start': char_start,
                'char_end': char_end,
                'observation_id': observation_id
            }) as varchar), ','
            order by char_start, observation_id
        ) as terms
    from parts
    where list_hash % 4 = {{ part }}
    group by list_hash
    {{ "union all" if not loop.last }}
    {%- endfor %}
)

select
    summed.* exclude (summed.list_hash),
    '[' || written.whole || ',' || written.terms || ']' as operands,
    case
        when summed.place = 'share'
            then
                summed.share_sum between summed.total - summed.part_count * summed.last_decimal - 1e-6
                and summed.total + summed.part_count * summed.last_decimal / 2 + 1e-6
        else abs(summed.part_sum - summed.total) < 1e-6
    end as is_equal,
    summed.without_share = 0
    and summed.share_sum between 100 - summed.part_count * summed.last_decimal - 1e-6
    and 100 + summed.part_count * summed.last_decimal / 2 + 1e-6 as is_closed_by_shares
from summed
inner join written on summed.list_hash = written.list_hash

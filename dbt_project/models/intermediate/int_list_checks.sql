-- Does a list of parts that sentences print give its total? A list fails only where its own words
-- leave no other way: every number between total and last part was read as a part, the parts stand
-- together behind the total, and none is told to be inside another. Parts that are less than the
-- whole fail only where the list is closed, by shares that reach 100 % or by a rest (其他): what
-- 其中, 主要 or nothing at all introduces may be a choice. Parts that exceed the whole always fail.
with parts as (
    select * from {{ ref('int_list_parts') }}
),

reports as (
    select
        report_id,
        text
    from {{ ref('stg_reports') }}
),

-- Shares: half of the last decimal up, a whole one down (truncated) for each part.
summed as (
    select
        check_id,
        report_id,
        org_scope,
        time_scope,
        coalesce(reading_no, 1) as reading_no,
        any_value(place) as place,
        any_value(total) as total,
        any_value(part_count) as part_count,
        any_value(list_start) as list_start,
        any_value(list_end) as list_end,
        any_value(total_char_end) as total_char_end,
        sum(part_value) as part_sum,
        sum(value) as value_sum,
        sum(share_pct) as share_sum,
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
        ) as last_decimal,
        cast(to_json(list_prepend(
            {
                'side': 'lhs',
                'indicator': coalesce(any_value(total_indicator), any_value(indicator)),
                'category_label': cast(null as varchar),
                'channel': cast(null as varchar),
                'applicant_type': cast(null as varchar),
                'outcome': cast(null as varchar),
                'org_group': cast(null as varchar),
                'value': any_value(total),
                'share_pct': cast(null as double),
                'qualifier': any_value(total_qualifier),
                'value_semantic': any_value(total_value_semantic),
                'quote': any_value(total_quote),
                'char_start': any_value(total_char_start),
                'char_end': any_value(total_char_end),
                'observation_id': any_value(total_observation_id)
            },
            list({
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
            } order by char_start, observation_id)
        )) as varchar) as operands
    from parts
    group by check_id, report_id, org_scope, time_scope, coalesce(reading_no, 1)
),

compared as (
    select
        *,
        case
            when place = 'share'
                then share_sum between total - part_count * last_decimal - 1e-6
                    and total + part_count * last_decimal / 2 + 1e-6
            else abs(part_sum - total) < 1e-6
        end as is_equal,
        without_share = 0
        and share_sum between 100 - part_count * last_decimal - 1e-6
            and 100 + part_count * last_decimal / 2 + 1e-6 as is_closed_by_shares
    from summed
),

-- Only lists that do not fit are looked at in the text: what stands before the first part, between
-- the parts, and behind the last up to the end of the sentence (80 characters at most: a clause of
-- a list is shorter).
unequal as (
    select * from compared
    where not is_equal
),

stretches as (
    select
        check_id,
        report_id,
        org_scope,
        time_scope,
        reading_no,
        'lead' as place_in_list,
        total_char_end as stretch_start,
        list_start as stretch_end
    from unequal
    where total_char_end is not null
    union all
    select
        check_id,
        report_id,
        org_scope,
        time_scope,
        reading_no,
        'tail' as place_in_list,
        list_end as stretch_start,
        list_end + 80 as stretch_end
    from unequal
    union all
    select
        parts.check_id,
        parts.report_id,
        parts.org_scope,
        parts.time_scope,
        coalesce(parts.reading_no, 1) as reading_no,
        'between' as place_in_list,
        lag(parts.char_end) over (
            partition by parts.check_id, parts.report_id, parts.org_scope, parts.time_scope, parts.reading_no
            order by parts.char_start asc, parts.observation_id asc
        ) as stretch_start,
        parts.char_start as stretch_end
    from parts
    inner join unequal
        on
            parts.check_id = unequal.check_id
            and parts.report_id = unequal.report_id
            and parts.org_scope = unequal.org_scope
            and parts.time_scope = unequal.time_scope
            and coalesce(parts.reading_no, 1) = unequal.reading_no
),

-- Without what was read as something else (信息5479条 beside 子网站85个) and without rates (100%).
quotes as (
    select
        observations.report_id,
        list(observations.quote order by length(observations.quote) desc, observations.observation_id asc) as quotes
    from {{ ref('int_observation_use') }} as observations
    where
        not observations.is_from_table
        and observations.report_id in (select unequal.report_id from unequal)
    group by observations.report_id
),

cleaned as (
    select
        stretches.* exclude (stretch_start, stretch_end),
        regexp_replace(
            list_reduce(
                list_prepend(
                    case stretches.place_in_list
                        when 'tail' then regexp_extract(
                            substr(reports.text, stretches.stretch_start + 1, stretches.stretch_end - stretches.stretch_start),
                            '^[^。\n]*'
                        )
                        else substr(
                            reports.text, stretches.stretch_start + 1,
                            greatest(stretches.stretch_end - stretches.stretch_start, 0)
                        )
                    end,
                    quotes.quotes
                ),
                lambda words, quote: replace(words, quote, '')
            ),
            '[0-9０-９.．]+ *[%％]', '', 'g'
        ) as words
    from stretches
    inner join reports on stretches.report_id = reports.report_id
    inner join quotes on stretches.report_id = quotes.report_id
    where stretches.stretch_start is not null
),

gaps as (
    select
        check_id,
        report_id,
        org_scope,
        time_scope,
        reading_no,
        string_agg(words, '|') filter (where place_in_list = 'lead') as lead_in,
        string_agg(words, '|') filter (where place_in_list = 'tail') as tail,
        string_agg(words, '|') filter (where place_in_list = 'between') as between_parts,
        max(length(words)) filter (where place_in_list = 'between') as widest_gap,
        max(length(words)) filter (where place_in_list = 'lead') as lead_length
    from cleaned
    group by check_id, report_id, org_scope, time_scope, reading_no
),

looked_at as (
    select
        compared.*,
        coalesce(gaps.widest_gap, 0) as widest_gap,
        coalesce(gaps.between_parts, '') as between_parts,
        coalesce(gaps.lead_in, '') as lead_in,
        coalesce(gaps.lead_length, 0) as lead_length,
        coalesce(gaps.tail, '') as tail,
        coalesce(compared.list_start >= compared.total_char_end, compared.place = 'share') as is_behind_total
    from compared
    left join gaps
        on
            compared.check_id = gaps.check_id
            and compared.report_id = gaps.report_id
            and compared.org_scope = gaps.org_scope
            and compared.time_scope = gaps.time_scope
            and compared.reading_no = gaps.reading_no
),

judged as (
    select
        *,
        -- a number that was not read as a part may be one
        regexp_matches(lead_in || between_parts || tail, '[0-9０-９]') as has_unread_number,
        regexp_matches(between_parts, '[（(含]|其中|包括') as is_nested,
        is_behind_total and lead_length <= 60 and widest_gap <= 30
        -- what another sentence tells is another list
        and not regexp_matches(between_parts, '[。\n]') as stands_together
    from looked_at
),

decided as (
    select
        *,
        case
            when total is null or missing_count > 0 then 'not_assessable'
            when is_equal then 'holds'
            when has_approximate then 'approximate'
            when place = 'share' and (without_share > 0 or share_sum < total and not has_rest) then 'not_assessable'
            when has_unread_number or is_nested or not stands_together then 'not_assessable'
            when part_sum > total then 'fails'
            when is_closed_by_shares or has_rest then 'fails'
            else 'not_assessable'
        end as status
    from judged
)

select
    check_id,
    report_id,
    cast(null as varchar) as other_report_id,
    'narrative' as form,
    org_scope,
    time_scope,
    false as is_from_table,
    '' as per_code,
    cast(reading_no as integer) as reading_no,
    part_sum as rhs_sum,
    total as lhs_sum,
    part_count + 1 as term_count,
    missing_count + cast(total is null as integer) as missing_count,
    status,
    operands
from decided

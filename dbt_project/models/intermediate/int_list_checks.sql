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

lists as (
    select * from {{ ref('int_list_sums') }}
),

-- Only lists that do not fit are looked at in the text: what stands before the first part, between
-- the parts, and behind the last up to the end of the sentence (80 characters at most: a clause of
-- a list is shorter).
unequal as (
    select * from lists
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

numbered as (
    select
        *,
        row_number() over () as stretch_no
    from stretches
    where stretch_start is not null
),

printed as (
    select
        stretches.* exclude (stretches.stretch_start, stretches.stretch_end),
        case stretches.place_in_list
            when 'tail'
                then regexp_extract(
                    substr(
                        reports.text,
                        stretches.stretch_start + 1,
                        stretches.stretch_end - stretches.stretch_start
                    ),
                    '^[^。\n]*'
                )
            else substr(
                reports.text, stretches.stretch_start + 1,
                greatest(stretches.stretch_end - stretches.stretch_start, 0)
            )
        end as words
    from numbered as stretches
    inner join reports on stretches.report_id = reports.report_id
),

-- What was read as something else (信息5479条 beside 子网站85个), the longest first, as one pattern.
quotes as (
    select distinct
        report_id,
        quote
    from {{ ref('int_observation_use') }}
    where
        not is_from_table
        and report_id in (select unequal.report_id from unequal)
),

quoted as (
    select
        printed.stretch_no,
        string_agg(
            regexp_escape(quotes.quote), '|'
            order by length(quotes.quote) desc, quotes.quote asc
        ) as pattern
    from printed
    inner join quotes
        on
            printed.report_id = quotes.report_id
            and contains(printed.words, quotes.quote)
    group by printed.stretch_no
),

-- Without it, and without rates (100%).
cleaned as (
    select
        printed.* exclude (printed.words),
        regexp_replace(
            case
                when quoted.pattern is null then printed.words
                else regexp_replace(printed.words, quoted.pattern, '', 'g')
            end,
            '[0-9０-９.．]+ *[%％]', '', 'g'
        ) as words
    from printed
    left join quoted on printed.stretch_no = quoted.stretch_no
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
        lists.*,
        coalesce(gaps.widest_gap, 0) as widest_gap,
        coalesce(gaps.between_parts, '') as between_parts,
        coalesce(gaps.lead_in, '') as lead_in,
        coalesce(gaps.lead_length, 0) as lead_length,
        coalesce(gaps.tail, '') as tail,
        coalesce(lists.list_start >= lists.total_char_end, lists.place = 'share') as is_behind_total
    from lists
    left join gaps
        on
            lists.check_id = gaps.check_id
            and lists.report_id = gaps.report_id
            and lists.org_scope = gaps.org_scope
            and lists.time_scope = gaps.time_scope
            and lists.reading_no = gaps.reading_no
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
            when
                place = 'share' and (without_share > 0 or share_sum < total and not has_rest)
                then 'not_assessable'
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

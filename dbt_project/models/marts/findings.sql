-- One row per failing check of a current report, in words. An error of the agency is data: it is
-- told here and stops nothing.
with reports as (
    select
        report_id,
        agency_key,
        agency_name,
        report_year,
        title
    from {{ ref('dim_report') }}
    where is_current
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

-- What the code of a breakdown is called in Chinese.
labels as (
    select
        'category' as dimension,
        category as code,
        label_zh
    from {{ ref('stg_categories') }}
    union all
    select
        'channel' as dimension,
        channel as code,
        label_zh
    from {{ ref('stg_channels') }}
    union all
    select
        'applicant_type' as dimension,
        applicant_type as code,
        label_zh
    from {{ ref('stg_applicant_types') }}
    union all
    select
        'outcome' as dimension,
        outcome as code,
        label_zh
    from {{ ref('stg_outcomes') }}
    union all
    select
        'org_group' as dimension,
        org_group as code,
        label_zh
    from {{ ref('stg_org_groups') }}
),

failing_counts as (
    select
        checks.*,
        checks.title_en || coalesce(' [' || checks.per_code || ']', '') as words_en,
        checks.title_zh || coalesce('〔' || labels.label_zh || '〕', '') as words_zh,
        -- 12 digits: no count is printed in powers of ten
        format('{:.12g}', checks.actual) as actual_text,
        format('{:.12g}', checks.expected) as expected_text,
        format('{:+.12g}', checks.difference) as difference_text
    from {{ ref('check_counts') }} as checks
    left join labels
        on
            checks.per_dimension = labels.dimension
            and checks.per_code = labels.code
    where checks.status = 'fails'
),

counts as (
    select
        check_key as finding_id,
        'check_counts' as check_table,
        check_id,
        report_id,
        kind,
        severity,
        expected,
        actual,
        difference,
        case kind
            when 'balance'
                then format(
                    '{}: {} on the left, {} on the right (difference {}).',
                    words_en, actual_text, expected_text, difference_text
                )
            else format(
                '{}: printed {}, but the parts add up to {} (difference {}).',
                words_en, actual_text, expected_text, difference_text
            )
        end as message_en,
        case kind
            when 'balance'
                then format(
                    '{}：左边为{}，右边为{}（相差{}）。',
                    words_zh, actual_text, expected_text, difference_text
                )
            else format(
                '{}：报告为{}，分项之和为{}（相差{}）。',
                words_zh, actual_text, expected_text, difference_text
            )
        end as message_zh,
        operands as evidence
    from failing_counts
),

-- The first dimension a number is broken down by says which part it is.
broken_down_shares as (
    select
        *,
        case
            when category is not null then 'category'
            when channel is not null then 'channel'
            when applicant_type is not null then 'applicant_type'
            when outcome is not null then 'outcome'
            when org_group is not null then 'org_group'
        end as dimension,
        coalesce(category, channel, applicant_type, outcome, org_group) as code
    from {{ ref('check_shares') }}
    where status = 'fails'
),

failing_shares as (
    select
        checks.*,
        indicators.label_en
        || coalesce(' (' || coalesce(checks.category_label, checks.code) || ')', '') as words_en,
        indicators.label_zh
        || coalesce('（' || coalesce(checks.category_label, labels.label_zh) || '）', '') as words_zh
    from broken_down_shares as checks
    inner join indicators on checks.indicator = indicators.indicator
    left join labels
        on
            checks.dimension = labels.dimension
            and checks.code = labels.code
),

shares as (
    select
        'share-' || observation_id as finding_id,
        'check_shares' as check_table,
        'printed_share' as check_id,
        report_id,
        'share' as kind,
        'soft' as severity,
        computed_pct as expected,
        share_pct as actual,
        difference,
        format(
            '{}: the printed share is {:.12g}%, but {:.12g} of {:.12g} is {:.2f}%.',
            words_en, share_pct, value, total, computed_pct
        ) as message_en,
        format(
            '{}：报告称占{:.12g}%，而{:.12g}占{:.12g}的{:.2f}%。',
            words_zh, share_pct, value, total, computed_pct
        ) as message_zh,
        cast(to_json([
            {
                'quote': quote, 'char_start': char_start, 'char_end': char_end,
                'observation_id': observation_id
            },
            {
                'quote': total_quote, 'char_start': total_char_start,
                'char_end': total_char_end, 'observation_id': total_observation_id
            }
        ]) as varchar) as evidence
    from failing_shares
),

failing as (
    select * from counts
    union all
    select * from shares
)

select
    failing.finding_id,
    failing.check_table,
    failing.check_id,
    failing.kind,
    failing.severity,
    failing.report_id,
    reports.agency_key,
    reports.agency_name,
    reports.report_year,
    failing.expected,
    failing.actual,
    failing.difference,
    failing.message_en,
    failing.message_zh,
    failing.evidence
from failing
inner join reports on failing.report_id = reports.report_id
order by failing.finding_id

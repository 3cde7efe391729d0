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
    union all
    select
        'indicator' as dimension,
        indicator as code,
        label_zh
    from indicators
),

-- What gongkai may have misread is no finding: it is an issue (reading_doubt).
failing_counts as (
    select
        checks.*,
        checks.title_en || coalesce(' [' || checks.per_code || ']', '') as words_en,
        checks.title_zh || coalesce('〔' || coalesce(labels.label_zh, checks.per_code) || '〕', '') as words_zh,
        -- 12 digits: no count is printed in powers of ten
        format('{:.12g}', checks.actual) as actual_text,
        format('{:.12g}', checks.expected) as expected_text,
        format('{:+.12g}', checks.difference) as difference_text
    from {{ ref('check_counts') }} as checks
    left join labels
        on
            -- an identity of every indicator (*) is told apart by it, and by no dimension
            coalesce(checks.per_dimension, 'indicator') = labels.dimension
            and checks.per_code = labels.code
    where checks.status = 'fails' and checks.fault <> 'reading_doubt'
),

-- The one cell whose error explains all that fails, in words.
located as (
    select
        cells.observation_id,
        cells.value_text,
        concat_ws(', ', cells.indicator, cells.outcome, cells.applicant_type, cells.channel) as cell_name_en,
        concat_ws(
            '，', indicators.label_zh, outcomes.label_zh, applicants.label_zh, channels.label_zh
        ) as cell_name_zh
    from {{ ref('observations') }} as cells
    inner join indicators on cells.indicator = indicators.indicator
    left join labels as outcomes on cells.outcome = outcomes.code and outcomes.dimension = 'outcome'
    left join labels as applicants
        on
            cells.applicant_type = applicants.code
            and applicants.dimension = 'applicant_type'
    left join labels as channels on cells.channel = channels.code and channels.dimension = 'channel'
    where cells.observation_id in (select failing_counts.located_observation_id from failing_counts)
),

counts as (
    select
        failing_counts.check_key as finding_id,
        'check_counts' as check_table,
        failing_counts.check_id,
        failing_counts.report_id,
        failing_counts.other_report_id,
        failing_counts.kind,
        failing_counts.severity,
        failing_counts.fault,
        failing_counts.located_observation_id,
        failing_counts.expected,
        failing_counts.actual,
        failing_counts.difference,
        {{ finding_words('en') }} || {{ fault_words('en') }} || coalesce(format(
            ' The cell at fault is most likely {}, printed {}.', located.cell_name_en, located.value_text
        ), '') as message_en,
        {{ finding_words('zh') }} || {{ fault_words('zh') }} || coalesce(
            format('最可能有误的单元格：{}，原文为{}。', located.cell_name_zh, located.value_text), ''
        ) as message_zh,
        failing_counts.operands as evidence
    from failing_counts
    left join located on failing_counts.located_observation_id = located.observation_id
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
        cast(null as varchar) as other_report_id,
        'share' as kind,
        'soft' as severity,
        case
            when
                contains(translate(quote, '０１２３４５６７８９．', '0123456789.'), format('{:.12g}', share_pct))
                then 'printed_error'
            else 'undetermined'
        end as fault,
        cast(null as varchar) as located_observation_id,
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
                'side': 'lhs', 'value': value, 'share_pct': share_pct, 'quote': quote,
                'char_start': char_start, 'char_end': char_end, 'observation_id': observation_id
            },
            {
                'side': 'rhs', 'value': total, 'share_pct': cast(null as double), 'quote': total_quote,
                'char_start': total_char_start, 'char_end': total_char_end,
                'observation_id': total_observation_id
            }
        ]) as varchar) as evidence
    from failing_shares
),

failing as (
    select * from counts
    union all
    select * from shares
),

-- What a verdict is about: the numbers, not where they stand in the document.
hashed as (
    select
        *,
        md5(cast(from_json(
            evidence,
            '[{"side": "VARCHAR", "indicator": "VARCHAR", "outcome": "VARCHAR", "applicant_type": "VARCHAR", '
            || '"channel": "VARCHAR", "category_label": "VARCHAR", "value": "DOUBLE", "share_pct": "DOUBLE"}]'
        ) as varchar)) as operands_hash
    from failing
),

verdicts as (
    select * from {{ ref('stg_verdicts') }}
)

select
    hashed.finding_id,
    hashed.check_table,
    hashed.check_id,
    hashed.kind,
    hashed.severity,
    hashed.fault,
    hashed.report_id,
    hashed.other_report_id,
    reports.agency_key,
    reports.agency_name,
    reports.report_year,
    hashed.expected,
    hashed.actual,
    hashed.difference,
    hashed.message_en,
    hashed.message_zh,
    hashed.located_observation_id,
    hashed.evidence,
    hashed.operands_hash,
    verdicts.verdict,
    verdicts.comment as verdict_comment,
    verdicts.decided_by as verdict_by,
    verdicts.decided_on as verdict_on
from hashed
inner join reports on hashed.report_id = reports.report_id
left join verdicts
    on
        hashed.finding_id = verdicts.finding_id
        and hashed.operands_hash = verdicts.operands_hash
order by hashed.finding_id

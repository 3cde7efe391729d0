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
        title_en || coalesce(' [' || per_code || ']', '')
        || ': printed ' || format('{:.12g}', actual) || ', the parts give ' || format('{:.12g}', expected)
        || ' (difference ' || format('{:+.12g}', difference) || ').' as message_en,
        title_zh || coalesce('〔' || per_code || '〕', '')
        || '：报告为' || format('{:.12g}', actual) || '，按分项计算为' || format('{:.12g}', expected)
        || '（相差' || format('{:+.12g}', difference) || '）。' as message_zh,
        operands as evidence
    from {{ ref('check_counts') }}
    where status = 'fails'
),

shares as (
    select
        'share-' || shares.observation_id as finding_id,
        'check_shares' as check_table,
        'printed_share' as check_id,
        shares.report_id,
        'share' as kind,
        'soft' as severity,
        shares.computed_pct as expected,
        shares.share_pct as actual,
        shares.difference,
        indicators.label_en || coalesce(' (' || coalesce(shares.category_label, shares.category, shares.channel, shares.applicant_type, shares.outcome, shares.org_group) || ')', '')
        || ': printed share ' || format('{:.12g}', shares.share_pct) || '%, but '
        || format('{:.12g}', shares.value) || ' of ' || format('{:.12g}', shares.total) || ' is '
        || format('{:.2f}', shares.computed_pct) || '%.' as message_en,
        indicators.label_zh || coalesce('（' || coalesce(shares.category_label, shares.category, shares.channel, shares.applicant_type, shares.outcome, shares.org_group) || '）', '')
        || '：报告称占' || format('{:.12g}', shares.share_pct) || '%，而'
        || format('{:.12g}', shares.value) || '占' || format('{:.12g}', shares.total) || '的'
        || format('{:.2f}', shares.computed_pct) || '%。' as message_zh,
        cast(to_json([
            {'quote': shares.quote, 'char_start': shares.char_start, 'char_end': shares.char_end,
             'observation_id': shares.observation_id},
            {'quote': shares.total_quote, 'char_start': shares.total_char_start,
             'char_end': shares.total_char_end, 'observation_id': shares.total_observation_id}
        ]) as varchar) as evidence
    from {{ ref('check_shares') }} as shares
    inner join indicators on shares.indicator = indicators.indicator
    where shares.status = 'fails'
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

-- Pairs of reports with much the same sentences, found by their MinHash signatures: reports that
-- share one of 24 bands of 5 values are compared. Time and space grow with the number of reports:
-- within a band a report is held against the three before it and the first, whatever the number of
-- copies, and of its pairs the five most similar are kept.
{% set bands = 24 %}
{% set band_digits = 20 %} -- 5 values of 4 hex digits
{% set values = 120 %}
{% set least_similarity = 0.75 %} -- unrelated reports of one form share up to half (ingest/duplicates)
{% set most_pairs = 5 %}

with signatures as (
    select
        report_id,
        text_signature
    from {{ ref('stg_reports') }}
    where text_signature is not null
),

numbered as (
    select
        report_id,
        text_signature,
        unnest(range({{ bands }})) as band_no
    from signatures
),

bands as (
    select
        report_id,
        band_no,
        hash(substr(text_signature, 1 + band_no * {{ band_digits }}, {{ band_digits }})) as band
    from numbered
),

-- Most bands are of one report only.
shared as (
    select
        report_id,
        band_no,
        band
    from bands
    qualify count(*) over (partition by band_no, band) > 1
),

neighbours as (
    select
        report_id,
        unnest([
            lag(report_id, 1) over in_band,
            lag(report_id, 2) over in_band,
            lag(report_id, 3) over in_band,
            first_value(report_id) over in_band
        ]) as other_report_id
    from shared
    window in_band as (partition by band_no, band order by report_id asc)
),

candidates as (
    select distinct
        other_report_id as report_id,
        report_id as other_report_id
    from neighbours
    where other_report_id < report_id
),

beside as (
    select
        candidates.report_id,
        candidates.other_report_id,
        one.text_signature,
        other.text_signature as other_signature
    from candidates
    inner join signatures as one on candidates.report_id = one.report_id
    inner join signatures as other on candidates.other_report_id = other.report_id
),

compared as (
    select
        report_id,
        other_report_id,
        len(list_filter(
            range({{ values }}),
            lambda no: substr(text_signature, 1 + 4 * no, 4) = substr(other_signature, 1 + 4 * no, 4)
        )) / {{ values }} as similarity
    from beside
),

alike as (
    select * from compared
    where similarity >= {{ least_similarity }}
),

sides as (
    select
        report_id,
        other_report_id,
        similarity,
        report_id as side
    from alike
    union all
    select
        report_id,
        other_report_id,
        similarity,
        other_report_id as side
    from alike
),

nearest as (
    select
        report_id,
        other_report_id,
        similarity
    from sides
    qualify
        row_number() over (
            partition by side
            order by similarity desc, report_id asc, other_report_id asc
        ) <= {{ most_pairs }}
),

kept as (
    select distinct * from nearest
),

-- The numbers of the year, each breakdown with its value.
figures as (
    select distinct
        report_id,
        hash(
            indicator, org_group, category, category_label, channel, applicant_type, outcome,
            value, share_pct
        ) as figure
    from {{ ref('stg_observations') }}
    where
        time_scope = 'year'
        and (value is not null or share_pct is not null)
        and report_id in (
            select kept.report_id from kept
            union all
            select kept.other_report_id from kept
        )
),

counts as (
    select
        report_id,
        count(*) as figure_count
    from figures
    group by report_id
),

agreed as (
    select
        kept.report_id,
        kept.other_report_id,
        count(*) as shared_count
    from kept
    inner join figures as one on kept.report_id = one.report_id
    inner join figures as other
        on
            kept.other_report_id = other.report_id
            and one.figure = other.figure
    group by kept.report_id, kept.other_report_id
)

select
    kept.report_id,
    kept.other_report_id,
    kept.similarity,
    -- counts of rows: none is zero
    coalesce(agreed.shared_count, 0) as shared_figure_count,
    greatest(coalesce(one.figure_count, 0), coalesce(other.figure_count, 0)) as figure_count,
    -- a few equal numbers are chance (all zero); the shorter copy may lack some
    coalesce(agreed.shared_count >= 3, false)
    and agreed.shared_count >= 0.8 * greatest(one.figure_count, other.figure_count) as has_same_figures
from kept
left join counts as one on kept.report_id = one.report_id
left join counts as other on kept.other_report_id = other.report_id
left join agreed
    on
        kept.report_id = agreed.report_id
        and kept.other_report_id = agreed.other_report_id

-- Every identity on every report: one row per term, with the number that stands for it, or none.
-- The terms of one identity come from one form of one report (a sentence is not added to a cell)
-- and one scope. An identity of which a report gives no term at all has no rows.
with identities as (
    select
        check_id,
        per,
        string_split(forms, '|') as forms
    from {{ ref('identities') }}
),

terms as (
    select
        terms.*,
        identities.per,
        identities.forms
    from {{ ref('int_identity_terms') }} as terms
    inner join identities on terms.check_id = identities.check_id
),

-- One reading for each breakdown within a form: a table's number before a sentence's, a number
-- before a blank, then what stands first.
readings as (
    select
        observation_id,
        report_id,
        indicator,
        form,
        org_scope,
        is_from_table,
        coalesce(channel, '') as channel,
        coalesce(applicant_type, '') as applicant_type,
        coalesce(outcome, '') as outcome,
        value,
        qualifier,
        value_semantic,
        quote,
        char_start,
        char_end
    from {{ ref('int_observation_use') }}
    where
        time_scope = 'year'
        and org_scope <> 'sub_unit'
        and value_semantic <> 'share_only'
        and category is null and category_label is null and org_group is null
    qualify
        row_number() over (
            partition by
                report_id, indicator, form, org_scope, is_from_table,
                channel, applicant_type, outcome
            order by (value is not null) desc, char_start asc, observation_id asc
        ) = 1
),

matched as (
    select
        terms.check_id,
        terms.side,
        terms.term_no,
        case terms.per
            when 'channel' then readings.channel
            when 'applicant_type' then readings.applicant_type
            when 'outcome' then readings.outcome
            else ''
        end as per_code,
        readings.*
    from readings
    inner join terms
        on
            readings.indicator = terms.indicator
            and (terms.forms = ['*'] or list_contains(terms.forms, readings.form))
            and terms.channel in (readings.channel, '*')
            and terms.applicant_type in (readings.applicant_type, '*')
            and terms.outcome in (readings.outcome, '*')
),

evaluated as (
    select distinct
        check_id,
        report_id,
        form,
        org_scope,
        is_from_table,
        per_code
    from matched
)

select
    evaluated.check_id,
    evaluated.report_id,
    evaluated.form,
    evaluated.org_scope,
    evaluated.is_from_table,
    evaluated.per_code,
    terms.side,
    terms.term_no,
    terms.indicator,
    nullif(case terms.channel when '*' then evaluated.per_code else terms.channel end, '') as channel,
    nullif(
        case terms.applicant_type when '*' then evaluated.per_code else terms.applicant_type end, ''
    ) as applicant_type,
    nullif(case terms.outcome when '*' then evaluated.per_code else terms.outcome end, '') as outcome,
    matched.observation_id,
    matched.value,
    matched.qualifier,
    matched.value_semantic,
    matched.quote,
    matched.char_start,
    matched.char_end
from evaluated
inner join terms on evaluated.check_id = terms.check_id
left join matched
    on
        evaluated.check_id = matched.check_id
        and evaluated.report_id = matched.report_id
        and evaluated.form = matched.form
        and evaluated.org_scope = matched.org_scope
        and evaluated.is_from_table = matched.is_from_table
        and evaluated.per_code = matched.per_code
        and terms.side = matched.side
        and terms.term_no = matched.term_no

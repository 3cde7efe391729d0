-- The headline numbers of an agency and year side by side, as reported: null where the report
-- gives none. Where a report gives a number for itself and for all below it, taken is the one
-- of the report's own scope.
{%- set headlines = [
    'disclosed', 'documents_made', 'normative_documents_issued', 'normative_documents_in_force',
    'license_decisions', 'penalty_decisions', 'coercion_decisions', 'charge_amount',
    'requests_received', 'requests_carried_in', 'requests_completed', 'requests_answered',
    'requests_carried_out', 'requests_completion_rate',
    'reconsideration_cases', 'litigation_cases', 'litigation_direct_cases',
    'litigation_post_cases', 'complaint_cases',
    'request_fee_amount', 'request_fee_waived_amount',
    'staff_total', 'staff_full_time', 'staff_part_time', 'dedicated_bodies', 'reading_points',
    'budget_amount', 'meetings_held', 'training_sessions', 'training_attendees',
    'page_views', 'inquiries', 'mailbox_received', 'hot_topic_responses', 'press_conferences',
    'policy_interpretations'
] %}
{%- set broken_down = [
    ('disclosed_on_website', 'disclosed', 'channel', 'website'),
    ('disclosed_in_gazette', 'disclosed', 'channel', 'gazette'),
    ('disclosed_on_weibo', 'disclosed', 'channel', 'weibo'),
    ('disclosed_on_wechat', 'disclosed', 'channel', 'wechat'),
    ('requests_granted', 'requests_answered', 'outcome', 'granted'),
    ('requests_partly_granted', 'requests_answered', 'outcome', 'partial'),
    ('requests_denied', 'requests_answered', 'outcome', 'denied'),
] %}

with reports as (
    select
        report_id,
        agency_key,
        report_year,
        org_scope
    from {{ ref('int_report_version') }}
    where is_current
),

facts as (
    select
        report_id,
        org_scope,
        report_org_scope,
        indicator,
        channel,
        outcome,
        fact_value as value,
        qualifier,
        concat(
            category, category_label, channel, applicant_type, outcome, org_group
        ) as breakdown,
        concat_ws(
            '|',
            coalesce(category, ''),
            coalesce(category_label, ''),
            coalesce(channel, ''),
            coalesce(applicant_type, ''),
            coalesce(outcome, ''),
            coalesce(org_group, '')
        ) as breakdown_key
    from {{ ref('int_observation_use') }}
    where
        fact_use = 'fact'
        and fact_value is not null
),

-- Few reports give numbers of two scopes: only there is one to be chosen.
of_two_scopes as (
    select distinct report_id
    from facts
    where org_scope <> report_org_scope
),

chosen as (
    select * exclude (breakdown_key)
    from facts
    where report_id not in (select of_two_scopes.report_id from of_two_scopes)
    union all
    select * exclude (breakdown_key)
    from facts
    where report_id in (select of_two_scopes.report_id from of_two_scopes)
    qualify
        row_number() over (
            partition by report_id, indicator, breakdown_key
            order by (org_scope = report_org_scope) desc, org_scope asc
        ) = 1
),

wide as (
    select
        report_id,
        {%- for indicator in headlines %}
        max(value) filter (where indicator = '{{ indicator }}' and breakdown = '')
            as {{ indicator }},
        {%- endfor %}
        {%- for column, indicator, dimension, code in broken_down %}
        max(value) filter (
            where indicator = '{{ indicator }}' and {{ dimension }} = '{{ code }}'
            and breakdown = '{{ code }}'
        ) as {{ column }},
        {%- endfor %}
        string_agg(distinct indicator, ', ' order by indicator)
        filter (where qualifier <> 'exact' and breakdown = '') as approximate_indicators,
        count(*) as figure_count
    from chosen
    group by report_id
)

select
    reports.agency_key,
    agencies.agency_name,
    reports.report_year,
    reports.org_scope,
    reports.report_id,
    {%- for indicator in headlines %}
    wide.{{ indicator }},
    {%- endfor %}
    {%- for column, _, _, _ in broken_down %}
    wide.{{ column }},
    {%- endfor %}
    wide.approximate_indicators,
    coalesce(wide.figure_count, 0) as figure_count
from reports
left join wide on reports.report_id = wide.report_id
left join {{ ref('dim_agency') }} as agencies on reports.agency_key = agencies.agency_key
order by reports.agency_key, reports.report_year, reports.org_scope

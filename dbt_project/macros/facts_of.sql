{#- The facts of one family of indicators: what int_observation_use kept, with keys and evidence.
    All fact tables have the same columns, so that a query moves from one to the other. -#}
{% macro facts_of(family) -%}
select
    observation_id,
    agency_key,
    report_year,
    report_id,
    indicator,
    org_scope,
    category,
    category_label,
    channel,
    applicant_type,
    outcome,
    org_group,
    fact_value as value,
    unit,
    value_text,
    qualifier,
    share_pct,
    value_semantic,
    form,
    section,
    table_name,
    quote,
    char_start,
    char_end,
    rule_id,
    corrected_by
from {{ ref('int_observation_use') }}
where fact_use = 'fact' and fact_family = '{{ family }}'
{%- endmacro %}

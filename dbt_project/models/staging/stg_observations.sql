with source as (
    select * from {{ source('raw', 'observations') }}
)

select
    cast(observation_id as varchar) as observation_id,
    cast(report_id as varchar) as report_id,
    cast(indicator as varchar) as indicator,
    cast(category as varchar) as category,
    cast(category_label as varchar) as category_label,
    cast(channel as varchar) as channel,
    cast(applicant_type as varchar) as applicant_type,
    cast(outcome as varchar) as outcome,
    cast(org_group as varchar) as org_group,
    cast(value as double) as value,
    cast(unit as varchar) as unit,
    cast(value_text as varchar) as value_text,
    cast(qualifier as varchar) as qualifier,
    cast(share_pct as double) as share_pct,
    cast(value_semantic as varchar) as value_semantic,
    cast(org_scope as varchar) as org_scope,
    cast(time_scope as varchar) as time_scope,
    cast(form as varchar) as form,
    cast(section as varchar) as section,
    cast(table_name as varchar) as table_name,
    cast(row_no as integer) as row_no,
    cast(column_no as integer) as column_no,
    cast(quote as varchar) as quote,
    cast(char_start as integer) as char_start,
    cast(char_end as integer) as char_end,
    cast(rule_id as varchar) as rule_id,
    cast(reader_version as varchar) as reader_version
from source

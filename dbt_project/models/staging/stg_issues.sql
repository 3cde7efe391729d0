with source as (
    select * from {{ source('raw', 'issues') }}
)

select
    cast(issue_id as varchar) as issue_id,
    cast(document_id as varchar) as document_id,
    cast(report_id as varchar) as report_id,
    cast(source_uri as varchar) as source_uri,
    cast(stage as varchar) as stage,
    cast(code as varchar) as code,
    cast(severity as varchar) as severity,
    cast(message as varchar) as message,
    cast(evidence as varchar) as evidence,
    cast(char_start as integer) as char_start,
    cast(char_end as integer) as char_end,
    cast(reader_version as varchar) as reader_version
from source

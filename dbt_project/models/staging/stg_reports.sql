with source as (
    select * from {{ source('raw', 'reports') }}
)

select
    cast(report_id as varchar) as report_id,
    cast(document_id as varchar) as document_id,
    cast(source_uri as varchar) as source_uri,
    cast(sha256 as varchar) as sha256,
    cast(title as varchar) as title,
    cast(agency_name as varchar) as agency_name,
    cast(agency_as_printed as varchar) as agency_as_printed,
    cast(agency_evidence as varchar) as agency_evidence,
    cast(region_code as varchar) as region_code,
    cast(region_evidence as varchar) as region_evidence,
    cast(report_year as integer) as report_year,
    cast(year_evidence as varchar) as year_evidence,
    cast(published_on as date) as published_on,
    cast(signed_on as date) as signed_on,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    cast(script as varchar) as script,
    cast(form as varchar) as form,
    cast(org_scope as varchar) as org_scope,
    cast(media_type as varchar) as media_type,
    cast(char_count as bigint) as char_count,
    cast(text as varchar) as text,
    cast(text_signature as varchar) as text_signature,
    cast(identity_confidence as double) as identity_confidence,
    cast(landed_at as timestamp) as landed_at,
    cast(reader_version as varchar) as reader_version
from source

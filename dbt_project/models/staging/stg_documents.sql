with source as (
    select * from {{ source('raw', 'documents') }}
)

select
    cast(document_id as varchar) as document_id,
    cast(sha256 as varchar) as sha256,
    cast(source_uri as varchar) as source_uri,
    cast(file_name as varchar) as file_name,
    cast(media_type as varchar) as media_type,
    cast(encoding as varchar) as encoding,
    cast(byte_count as bigint) as byte_count,
    cast(status as varchar) as status,
    cast(quarantine_code as varchar) as quarantine_code,
    cast(landed_at as timestamp) as landed_at,
    cast(reader_version as varchar) as reader_version
from source

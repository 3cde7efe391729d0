-- Every landed document, read or not: with it anyone can count that nothing was lost.
select
    document_id,
    sha256,
    source_uri,
    file_name,
    media_type,
    encoding,
    byte_count,
    status,
    quarantine_code,
    landed_at,
    reader_version
from {{ ref('stg_documents') }}
order by document_id

select
    issues.issue_id,
    issues.document_id,
    issues.report_id,
    issues.source_uri,
    coalesce(
        documents.file_name, regexp_extract(issues.source_uri, '[^/]*$')
    ) as file_name,
    issues.stage,
    issues.code,
    issues.severity,
    issues.message,
    issues.evidence,
    issues.char_start,
    issues.char_end,
    issues.reader_version
from {{ ref('stg_issues') }} as issues
left join {{ ref('stg_documents') }} as documents
    on issues.document_id = documents.document_id
order by issues.issue_id

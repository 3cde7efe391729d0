-- What the reader could not read or finds doubtful, and every cell of which two looks differ.
with read_issues as (
    select
        issue_id,
        document_id,
        report_id,
        source_uri,
        stage,
        code,
        severity,
        message,
        evidence,
        char_start,
        char_end,
        reader_version
    from {{ ref('stg_issues') }}
),

doubts as (
    select
        'doubt-' || looks.observation_id as issue_id,
        reports.document_id,
        looks.report_id,
        reports.source_uri,
        'check' as stage,
        'reading_doubt' as code,
        'warning' as severity,
        format(
            'The sums of table {} fail, and the cell of {} in row {} is read as {} at first and as {} at the '
            || 'second look. The figure is withheld: look at the document.',
            observations.table_name, observations.indicator, observations.row_no,
            coalesce(format('{:.12g}', looks.first_value), 'blank'),
            coalesce(format('{:.12g}', looks.second_value), 'blank')
        ) as message,
        observations.quote as evidence,
        observations.char_start,
        observations.char_end,
        looks.reader_version
    from {{ ref('stg_second_looks') }} as looks
    inner join {{ ref('stg_observations') }} as observations
        on looks.observation_id = observations.observation_id
    inner join {{ ref('stg_reports') }} as reports on looks.report_id = reports.report_id
    where looks.outcome = 'differs'
),

issues as (
    select * from read_issues
    union all
    select * from doubts
)

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
from issues
left join {{ ref('stg_documents') }} as documents
    on issues.document_id = documents.document_id
order by issues.issue_id

with reports as (
    select * from {{ ref('stg_reports') }}
),

agencies as (
    select
        keys.report_id,
        keys.agency_key,
        keys.agency_name,
        keys.region_code,
        keys.report_year,
        identities.agency_correction_id,
        identities.year_correction_id
    from {{ ref('int_report_agency') }} as keys
    inner join {{ ref('int_report_identity') }} as identities on keys.report_id = identities.report_id
),

versions as (
    select * from {{ ref('int_report_version') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
)

select
    reports.report_id,
    reports.document_id,
    reports.source_uri,
    documents.file_name,
    reports.sha256,
    agencies.agency_key,
    agencies.agency_name,
    reports.agency_as_printed,
    agencies.region_code,
    agencies.report_year,
    reports.title,
    reports.published_on,
    reports.signed_on,
    reports.period_start,
    reports.period_end,
    reports.script,
    reports.form,
    versions.org_scope,
    reports.media_type,
    reports.char_count,
    versions.figures_of_the_year as figure_count,
    versions.is_current,
    versions.superseded_by,
    versions.host,
    versions.is_official_host,
    nullif(
        concat_ws(
            ', ',
            agencies.agency_correction_id,
            agencies.year_correction_id,
            versions.version_correction_id
        ),
        ''
    ) as corrected_by,
    reports.identity_confidence,
    reports.agency_evidence,
    reports.region_evidence,
    reports.year_evidence,
    reports.reader_version,
    reports.landed_at,
    reports.text
from reports
left join agencies on reports.report_id = agencies.report_id
left join versions on reports.report_id = versions.report_id
left join documents on reports.document_id = documents.document_id

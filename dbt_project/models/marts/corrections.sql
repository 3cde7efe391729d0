-- Every correction that a person made, with what it found and whether it was applied. One that was
-- not is an error of the audit: the warehouse has changed under it, and nothing is published until
-- the person has looked again.
with corrections as (
    select * from {{ ref('stg_corrections') }}
),

reports as (
    select
        identities.*,
        versions.ruled_report_id,
        versions.version_correction_id
    from {{ ref('int_report_identity') }} as identities
    inner join {{ ref('int_report_version') }} as versions
        on identities.report_id = versions.report_id
),

-- The figure that an entry is about, whatever its value.
figures as (
    select
        corrections.correction_id,
        observations.observation_id,
        observations.value,
        observations.quote,
        observations.corrected_by
    from corrections
    inner join {{ ref('int_observation_use') }} as observations
        on
            corrections.report_id = observations.report_id
            and corrections.indicator = observations.indicator
            and corrections.org_scope = observations.org_scope
            and corrections.category is not distinct from observations.category
            and corrections.category_label is not distinct from observations.category_label
            and corrections.channel is not distinct from observations.channel
            and corrections.applicant_type is not distinct from observations.applicant_type
            and corrections.outcome is not distinct from observations.outcome
            and corrections.org_group is not distinct from observations.org_group
    where corrections.kind = 'figure' and observations.is_figure
),

looked_up as (
    select
        corrections.*,
        figures.observation_id,
        figures.quote,
        reports.report_id is not null
        and (corrections.kind <> 'figure' or figures.observation_id is not null) as is_found,
        coalesce(case corrections.kind
            when 'agency' then reports.agency_correction_id
            when 'year' then reports.year_correction_id
            when 'version' then reports.version_correction_id
            when 'figure' then figures.corrected_by
        end = corrections.correction_id, false) as is_applied,
        case corrections.kind
            when 'agency' then concat_ws(', ', corrections.expect_agency_name, corrections.expect_region_code)
            when 'year' then cast(corrections.expect_report_year as varchar)
            when 'version' then corrections.expect_current_report_id
            when 'figure' then format('{:.12g}', corrections.expect_value)
        end as expected_text,
        case corrections.kind
            when 'agency' then concat_ws(', ', reports.agency_name_as_read, reports.region_code_as_read)
            when 'year' then cast(reports.report_year_as_read as varchar)
            when 'version' then reports.ruled_report_id
            when 'figure' then format('{:.12g}', figures.value)
        end as found_text,
        case corrections.kind
            when 'agency' then concat_ws(', ', corrections.agency_name, corrections.region_code)
            when 'year' then cast(corrections.report_year as varchar)
            when 'version' then corrections.report_id
            when 'figure'
                then if(corrections.is_withdrawn, 'withdrawn', format('{:.12g}', corrections.value))
        end as corrected_text
    from corrections
    left join reports on corrections.report_id = reports.report_id
    left join figures on corrections.correction_id = figures.correction_id
)

select
    correction_id,
    file_name,
    entry_no,
    kind,
    report_id,
    indicator,
    observation_id,
    case
        when is_applied then 'applied'
        when not is_found then 'not_found'
        when coalesce(expected_text, '') <> coalesce(found_text, '') then 'unexpected'
        else 'ambiguous'
    end as status,
    nullif(expected_text, '') as expected_text,
    nullif(found_text, '') as found_text,
    corrected_text,
    quote,
    reason,
    correction_source,
    format(
        '{}, entry {}: {}',
        file_name,
        entry_no,
        case
            when is_applied then 'applied.'
            when not is_found and kind = 'figure'
                then format(
                    'report {} has no figure of {} with this breakdown. Look it up in observations '
                    || 'and mend the entry, or delete it.', report_id, indicator
                )
            when not is_found
                then format('no report {} is held. Mend `report`, or delete the entry.', report_id)
            when coalesce(expected_text, '') <> coalesce(found_text, '')
                then format(
                    'it expects {}, the warehouse says {}. If the warehouse is right now, delete the '
                    || 'entry; if not, put what it says into `expect`.',
                    coalesce(nullif(expected_text, ''), 'nothing'),
                    coalesce(nullif(found_text, ''), 'nothing')
                )
            else 'another entry corrects the same, or there is nothing to correct. Delete one.'
        end
    ) as message
from looked_up
order by correction_id

-- Which report of an agency, year and scope is the current version. Order: one with figures, then
-- one from a government's own site (.gov.cn), then most figures of the year, then published last,
-- then landed last, then the smallest report_id; unless a person says otherwise. Reports of an
-- agency for itself and for all below it are two reports, not two versions. A report without a
-- year is never current: its figures belong to no year. Nor is a copy whose agency cannot be told
-- (a mirror that lost the name) where the report it was copied from is held.
with figures as (
    select
        report_id,
        count(*) as figures_of_the_year
    from {{ ref('stg_observations') }}
    where
        time_scope = 'year'
        and (value is not null or share_pct is not null)
    group by report_id
),

-- The host that a document was found on, where its address tells it: of a URL, or of a folder or
-- file that is named after one.
hosts as (
    select
        report_id,
        lower(nullif(coalesce(
            nullif(regexp_extract(source_uri, '^[A-Za-z]+://([^/:?#]+)', 1), ''),
            regexp_extract(
                source_uri,
                '(?:^|[/_])((?:[A-Za-z0-9-]+\.)+(?:cn|com|net|org|info|cc|tw|hk|top|xyz))(?:[/_:]|$)',
                1
            )
        ), '')) as host
    from {{ ref('stg_reports') }}
),

reports as (
    select
        stg_reports.report_id,
        stg_reports.published_on,
        stg_reports.landed_at,
        agencies.agency_key,
        agencies.is_resolved,
        agencies.report_year,
        agencies.org_scope,
        hosts.host,
        hosts.host like '%.gov.cn' as is_official_host,
        -- a report without any row in figures has none: a count, not a reported value
        coalesce(figures.figures_of_the_year, 0) as figures_of_the_year
    from {{ ref('stg_reports') }} as stg_reports
    inner join {{ ref('int_report_agency') }} as agencies on stg_reports.report_id = agencies.report_id
    inner join hosts on stg_reports.report_id = hosts.report_id
    left join figures on stg_reports.report_id = figures.report_id
),

copies as (
    select
        copies.report_id,
        originals.report_id as original_report_id
    from (
        select
            report_id,
            other_report_id,
            similarity
        from {{ ref('int_text_pair') }}
        where has_same_figures
        union all
        select
            other_report_id as report_id,
            report_id as other_report_id,
            similarity
        from {{ ref('int_text_pair') }}
        where has_same_figures
    ) as pairs
    inner join reports as copies on pairs.report_id = copies.report_id
    inner join reports as originals on pairs.other_report_id = originals.report_id
    where
        not copies.is_resolved
        and originals.is_resolved
        and originals.report_year is not null
        and coalesce(copies.report_year, originals.report_year) = originals.report_year
    qualify
        row_number() over (
            partition by copies.report_id
            order by pairs.similarity desc, originals.report_id asc
        ) = 1
),

ranked as (
    select
        *,
        row_number() over versions as version_rank,
        first_value(report_id) over versions as first_report_id
    from reports
    window versions as (
        partition by agency_key, report_year, org_scope
        order by
            figures_of_the_year > 0 desc,
            -- nothing known of the host lies between official and foreign
            case is_official_host when true then 0 when false then 2 else 1 end asc,
            figures_of_the_year desc,
            published_on desc nulls last,
            landed_at desc nulls last,
            report_id asc
    )
),

-- A person's choice, as long as the rules still choose what it expects.
chosen as (
    select
        ranked.agency_key,
        ranked.report_year,
        ranked.org_scope,
        ranked.report_id,
        corrections.correction_id
    from {{ ref('stg_corrections') }} as corrections
    inner join ranked on corrections.report_id = ranked.report_id
    where
        corrections.kind = 'version'
        and corrections.expect_current_report_id = ranked.first_report_id
        and ranked.version_rank > 1
        and ranked.report_year is not null
    qualify
        count(*) over (partition by ranked.agency_key, ranked.report_year, ranked.org_scope) = 1
),

decided as (
    select
        ranked.*,
        coalesce(chosen.report_id, ranked.first_report_id) as current_report_id,
        case when chosen.report_id = ranked.report_id then chosen.correction_id end
            as version_correction_id
    from ranked
    left join chosen
        on
            ranked.agency_key = chosen.agency_key
            and ranked.report_year = chosen.report_year
            and ranked.org_scope = chosen.org_scope
)

select
    decided.report_id,
    decided.agency_key,
    decided.report_year,
    decided.org_scope,
    decided.host,
    decided.is_official_host,
    decided.figures_of_the_year,
    decided.report_year is not null
    and decided.report_id = decided.current_report_id
    and copies.report_id is null as is_current,
    case
        when copies.report_id is not null then originals.current_report_id
        when decided.report_year is not null and decided.report_id <> decided.current_report_id
            then decided.current_report_id
    end as superseded_by,
    copies.report_id is not null as is_copy,
    case when decided.report_year is not null then decided.first_report_id end as ruled_report_id,
    decided.version_correction_id
from decided
left join copies on decided.report_id = copies.report_id
left join decided as originals on copies.original_report_id = originals.report_id

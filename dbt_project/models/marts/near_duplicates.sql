-- Reports with much the same sentences, told apart by whose they are and by their figures.
--   same_report: one agency, year and scope: another version of it.
--   reposted: the same figures under another name or year: a mirror that lost or changed the name.
--   copied_text: the same sentences with other figures: written off another report.
with reports as (
    select
        agencies.report_id,
        agencies.agency_key,
        agencies.agency_name,
        agencies.is_resolved,
        agencies.report_year,
        agencies.org_scope,
        versions.is_official_host,
        stg_reports.published_on
    from {{ ref('int_report_agency') }} as agencies
    inner join {{ ref('int_report_version') }} as versions on agencies.report_id = versions.report_id
    inner join {{ ref('stg_reports') }} as stg_reports on agencies.report_id = stg_reports.report_id
),

-- First the one that was likelier there before: told whose it is, from an official site, of the
-- earlier year, published earlier.
sides as (
    select
        pairs.*,
        unnest([pairs.report_id, pairs.other_report_id]) as side
    from {{ ref('int_text_pair') }} as pairs
),

ordered as (
    select
        sides.*,
        row_number() over (
            partition by sides.report_id, sides.other_report_id
            order by
                reports.is_resolved desc,
                coalesce(reports.is_official_host, false) desc,
                reports.report_year asc nulls last,
                reports.published_on asc nulls last,
                sides.side asc
        ) = 1 as is_first
    from sides
    inner join reports on sides.side = reports.report_id
),

turned as (
    select
        case when is_first then report_id else other_report_id end as report_id,
        case when is_first then other_report_id else report_id end as other_report_id,
        similarity,
        shared_figure_count,
        figure_count,
        has_same_figures
    from ordered
    where side = report_id
)

select
    turned.report_id,
    turned.other_report_id,
    turned.similarity,
    case
        when
            one.agency_key = other.agency_key
            and one.report_year = other.report_year
            and one.org_scope = other.org_scope
            then 'same_report'
        when turned.has_same_figures then 'reposted'
        else 'copied_text'
    end as kind,
    one.agency_key = other.agency_key as is_same_agency,
    coalesce(one.report_year = other.report_year, false) as is_same_year,
    one.agency_key,
    one.agency_name,
    one.report_year,
    other.agency_key as other_agency_key,
    other.agency_name as other_agency_name,
    other.report_year as other_report_year,
    turned.shared_figure_count,
    turned.figure_count
from turned
inner join reports as one on turned.report_id = one.report_id
inner join reports as other on turned.other_report_id = other.report_id
order by turned.report_id, turned.other_report_id

-- Whose report it is: the key of the agency, made of its place and its body, so that it is the
-- same across years and spellings. A report whose agency could not be told gets a key of its own;
-- so does one whose name is told but not of which of several places (教育局, of nowhere): two
-- agencies are never taken for one.
with reports as (
    select * from {{ ref('int_report_identity') }}
),

names as (
    select
        parts.agency_name,
        parts.region_code,
        parts.bare_name,
        parts.place_key,
        bodies.body_name,
        -- a central body, an enterprise or a school is known by its name alone
        parts.place_key is not null
        or kinds.level_of_name = 'national'
        or regexp_matches(
            parts.agency_name,
            '^.{2,}(兵团|大学|学院|集团|公司|银行|协会|铁路局|开发区|园区|新区|示范区|保税区)'
        ) as is_anchored
    from {{ ref('int_agency_name') }} as parts
    inner join {{ ref('int_agency_body') }} as bodies on parts.bare_name = bodies.bare_name
    left join {{ ref('int_agency_kind') }} as kinds on parts.bare_name = kinds.bare_name
)

select
    reports.report_id,
    reports.agency_name,
    reports.region_code,
    reports.report_year,
    reports.org_scope,
    reports.agency_name is not null as is_resolved,
    names.bare_name,
    names.body_name,
    names.place_key,
    case
        when reports.agency_name is null then 'unresolved_' || reports.report_id
        when names.is_anchored
            then 'a' || substr(md5(concat(names.place_key, '|', names.body_name)), 1, 16)
        else 'a' || substr(md5(concat(reports.agency_name, '|', reports.report_id)), 1, 16)
    end as agency_key
from reports
left join names
    on
        reports.agency_name = names.agency_name
        and reports.region_code is not distinct from names.region_code

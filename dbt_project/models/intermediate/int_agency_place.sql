-- One row per agency: the name that stands for it, and its place. Of several names stands the one
-- with its place, in its long form, on the most reports, of the latest year; of several codes the
-- one of the town if any report tells it, then the latest.
with reports as (
    select
        reports.*,
        places.region_key,
        places.region_code as place_code,
        places.level as place_level,
        -- 科学技术局 goes before 科技局, 平阳县水利局 before 水利局
        length(reports.body_name) <= length(reports.bare_name) as is_long_form,
        reports.bare_name <> reports.agency_name as is_with_place
    from {{ ref('int_report_agency') }} as reports
    left join {{ ref('int_agency_name') }} as parts
        on
            reports.agency_name = parts.agency_name
            and reports.region_code is not distinct from parts.region_code
    left join {{ ref('int_place_hierarchy') }} as places on parts.region_key = places.region_key
),

names as (
    select
        agency_key,
        agency_name,
        min(bare_name) as bare_name
    from reports
    group by agency_key, agency_name
    qualify
        row_number() over (
            partition by agency_key
            order by
                bool_or(is_with_place) desc,
                bool_or(is_long_form) desc,
                count(*) desc,
                max(report_year) desc nulls last,
                length(agency_name) asc,
                agency_name asc
        ) = 1
),

codes as (
    select
        agency_key,
        coalesce(place_code, region_code) as region_code,
        region_key,
        place_level
    from reports
    qualify
        row_number() over (
            partition by agency_key
            order by
                (place_level is not distinct from 'township') desc,
                report_year desc nulls last,
                place_code desc nulls last,
                region_code desc nulls last,
                region_key desc nulls last
        ) = 1
),

agencies as (
    select
        agency_key,
        bool_or(is_resolved) as is_resolved,
        min(body_name) as body_name,
        min(place_key) as place_key,
        min(report_year) as first_year,
        max(report_year) as last_year
    from reports
    group by agency_key
)

select
    agencies.agency_key,
    names.agency_name,
    codes.region_code,
    agencies.is_resolved,
    agencies.first_year,
    agencies.last_year,
    codes.region_key,
    codes.place_level,
    places.province,
    places.prefecture,
    places.county,
    places.township,
    names.bare_name,
    agencies.body_name,
    agencies.place_key
from agencies
inner join names on agencies.agency_key = names.agency_key
inner join codes on agencies.agency_key = codes.agency_key
left join {{ ref('int_place_hierarchy') }} as places on codes.region_key = places.region_key

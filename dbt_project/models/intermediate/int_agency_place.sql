-- One row per agency with the place it belongs to. A code that was given to a renamed place has
-- several rows in GB/T 2260: taken is the one in force in the agency's last year, else the one
-- the agency's name speaks of, else the latest.
with agencies as (
    select
        agency_key,
        agency_name,
        region_code,
        is_resolved,
        min(report_year) as first_year,
        max(report_year) as last_year
    from {{ ref('int_report_agency') }}
    group by agency_key, agency_name, region_code, is_resolved
),

placed as (
    select
        agencies.*,
        places.region_key,
        places.level as place_level,
        places.province,
        places.prefecture,
        places.county,
        places.township,
        row_number() over (
            partition by agencies.agency_key
            order by
                coalesce(agencies.last_year between places.first_seen and places.last_seen, false) desc,
                coalesce(contains(agencies.agency_name, places.region_name), false) desc,
                places.last_seen desc,
                places.region_key desc
        ) as place_rank
    from agencies
    left join {{ ref('int_place_hierarchy') }} as places
        on agencies.region_code = places.region_code
),

-- What is left of the name without the names of its places: 公安县公安局 is 公安局, and
-- 公安县教育局 must not be taken for police.
named as (
    select
        * exclude (place_rank),
        concat_ws('|', province, prefecture, county, township) as place_names,
        regexp_replace(agency_name, '[（(][^（()）]*[）)]$', '') as name_without_brackets
    from placed
    where place_rank = 1
)

select
    * exclude (place_names, name_without_brackets),
    case
        when place_names = '' then name_without_brackets
        else regexp_replace(name_without_brackets, place_names, '', 'g')
    end as bare_name
from named

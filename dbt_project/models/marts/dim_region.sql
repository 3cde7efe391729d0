with places as (
    select
        hierarchy.*,
        spelled.pinyin,
        spelled.name_en
    from {{ ref('int_place_hierarchy') }} as hierarchy
    left join {{ ref('stg_region_pinyin') }} as spelled
        on
            hierarchy.region_name = spelled.region_name
            and hierarchy.level <> 'township'
)

select
    region_key,
    region_code,
    region_name,
    pinyin as region_name_pinyin,
    name_en as region_name_en,
    level,
    parent_code,
    province,
    prefecture,
    county,
    concat(province, prefecture, county, township) as full_name,
    is_placeholder,
    is_latest,
    first_seen as first_year,
    last_seen as last_year
from places
order by region_key

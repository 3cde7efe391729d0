with places as (
    select * from {{ ref('int_place_hierarchy') }}
)

select
    region_key,
    region_code,
    region_name,
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

select
    region_key,
    region_code,
    ancestor_key,
    ancestor_code,
    ancestor_name,
    ancestor_level,
    steps,
    first_year,
    last_year,
    is_latest
from {{ ref('int_region_ancestor') }}
order by region_key, steps, ancestor_key

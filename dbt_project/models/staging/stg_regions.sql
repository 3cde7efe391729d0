with source as (
    select * from {{ source('reference', 'regions') }}
)

select
    region_code,
    region_name,
    level,
    parent_code,
    cast(first_seen as integer) as first_seen,
    cast(last_seen as integer) as last_seen
from source

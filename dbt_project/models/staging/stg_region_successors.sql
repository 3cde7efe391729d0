with source as (
    select * from {{ source('reference', 'region_successors') }}
)

select
    region_code,
    region_name,
    successor_code,
    successor_name,
    relation,
    cast(year_from as integer) as year_from,
    note
from source

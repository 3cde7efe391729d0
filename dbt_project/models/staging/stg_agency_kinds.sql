with source as (
    select * from {{ source('reference', 'agency_kinds') }}
)

select
    rule_id,
    kind,
    level,
    pattern,
    cast(priority as integer) as priority,
    example,
    near_miss,
    note
from source

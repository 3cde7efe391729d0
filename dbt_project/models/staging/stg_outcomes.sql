with source as (
    select * from {{ source('reference', 'outcomes') }}
)

select
    outcome,
    parent,
    used_for,
    label_zh
from source

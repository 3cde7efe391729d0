with source as (
    select * from {{ source('reference', 'agency_functions') }}
)

select
    function_code,
    label_zh,
    label_en,
    pattern,
    cast(priority as integer) as priority,
    example,
    near_miss
from source

with source as (
    select * from {{ source('reference', 'indicators') }}
)

select
    indicator,
    fact,
    label_zh,
    label_en,
    unit,
    dimensions,
    note
from source

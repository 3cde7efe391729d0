with source as (
    select * from {{ source('reference', 'categories') }}
)

select
    category,
    label_zh,
    synonyms
from source

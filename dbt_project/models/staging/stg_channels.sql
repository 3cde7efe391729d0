with source as (
    select * from {{ source('reference', 'channels') }}
)

select
    channel,
    used_for,
    label_zh,
    synonyms
from source

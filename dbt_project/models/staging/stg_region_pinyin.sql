with source as (
    select * from {{ source('reference', 'region_pinyin') }}
)

select
    region_name,
    pinyin,
    name_en
from source

with source as (
    select * from {{ source('reference', 'org_groups') }}
)

select
    org_group,
    label_zh
from source

with source as (
    select * from {{ source('reference', 'applicant_types') }}
)

select
    applicant_type,
    parent,
    label_zh
from source

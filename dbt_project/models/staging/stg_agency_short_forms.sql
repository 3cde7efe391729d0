with source as (
    select * from {{ source('reference', 'agency_short_forms') }}
)

select
    short_form,
    long_form,
    applies_to,
    example,
    example_long,
    near_miss
from source

with source as (
    select * from {{ source('reference', 'agency_successors') }}
)

select
    rule_id,
    predecessor_names,
    successor_names,
    relation,
    level,
    cast(year_from as integer) as year_from,
    cast(year_to as integer) as year_to,
    reason,
    source as legal_source
from source

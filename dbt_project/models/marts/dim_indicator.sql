select
    indicator,
    fact,
    label_zh,
    label_en,
    unit,
    dimensions,
    note
from {{ ref('stg_indicators') }}
order by indicator

select
    observation_id,
    report_id,
    outcome,
    first_value,
    second_value,
    second_text,
    path,
    is_located,
    checks,
    reader_version
from {{ source('raw', 'second_looks') }}

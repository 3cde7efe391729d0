-- Of several verdicts on one finding and the same numbers the last one counts.
select
    finding_id,
    operands_hash,
    verdict,
    comment,
    decided_by,
    cast(decided_on as date) as decided_on
from {{ source('people', 'verdicts') }}
qualify
    row_number() over (
        partition by finding_id, operands_hash
        order by decided_on desc, verdict asc
    ) = 1

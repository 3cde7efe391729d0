-- Every verdict of a person, and whether it still speaks of a finding: a verdict is about certain
-- numbers, and goes stale when these change or the finding is gone.
with verdicts as (
    select * from {{ ref('stg_verdicts') }}
),

findings as (
    select
        finding_id,
        operands_hash,
        message_en
    from {{ ref('findings') }}
)

select
    verdicts.finding_id,
    verdicts.operands_hash,
    verdicts.verdict,
    verdicts.comment,
    verdicts.decided_by,
    verdicts.decided_on,
    case
        when findings.finding_id is null then 'finding_gone'
        when findings.operands_hash <> verdicts.operands_hash then 'operands_changed'
        else 'applies'
    end as state,
    findings.message_en
from verdicts
left join findings on verdicts.finding_id = findings.finding_id
order by verdicts.finding_id, verdicts.operands_hash

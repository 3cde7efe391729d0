-- Every identity of seeds/identities.csv on every report that gives a term of it, and whose fault
-- it is where it fails.
with results as (
    select * from {{ ref('int_check_results') }}
),

operands as (
    select * from {{ ref('int_within_operands') }}
),

identities as (
    select * from {{ ref('identities') }}
),

faults as (
    select * from {{ ref('int_check_faults') }}
),

versions as (
    select * from {{ ref('int_report_version') }}
)

select
    results.check_key,
    results.check_id,
    results.frame,
    results.report_id,
    results.other_report_id,
    versions.agency_key,
    versions.report_year,
    versions.is_current,
    results.form,
    results.org_scope,
    results.time_scope,
    results.is_from_table,
    identities.per as per_dimension,
    results.per_code,
    identities.kind,
    identities.severity,
    identities.title_en,
    identities.title_zh,
    identities.lhs || ' ' || identities.relation || ' ' || identities.rhs as formula,
    results.expected,
    results.actual,
    results.actual - results.expected as difference,
    results.status,
    faults.fault,
    faults.located_observation_id,
    results.matched_reading,
    results.term_count,
    results.missing_count,
    coalesce(results.operands, operands.operands) as operands
from results
inner join identities on results.check_id = identities.check_id
left join operands on results.check_key = operands.check_key
left join faults on results.check_key = faults.check_key
left join versions on results.report_id = versions.report_id
order by results.check_key

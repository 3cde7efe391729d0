-- The operands of the identities within a report, with their quotes: in full for what fails, cannot
-- be told or stands in sentences; value, quote and observation for the sums of tables that hold,
-- which are nearly all.
with equations as (
    select * from {{ ref('int_identity_equations') }}
    where frame = 'within'
),

readings as (
    select * from {{ ref('int_identity_readings') }}
    where time_scope = 'year'
),

results as (
    select
        check_key,
        case_hash,
        equation_no,
        hash(case_hash, equation_no) as check_hash,
        status = 'holds' and is_from_table as is_brief
    from {{ ref('int_check_results') }}
    where frame = 'within'
),

told_in_full as (
    select
        results.check_key,
        cast(to_json(list({{ operand_struct('equations', 'readings') }} order by equations.side, equations.term_no)) as varchar)
            as operands
    from results
    inner join equations on results.equation_no = equations.equation_no
    left join readings
        on
            results.case_hash = readings.case_hash
            and equations.code_hash = readings.code_hash
    where not results.is_brief
    group by results.check_key
),

listed_in_brief as (
    select
        results.check_hash,
        list({
            'side': equations.side,
            'observation_id': readings.observation_id,
            'value': readings.value,
            'quote': readings.quote
        }) as operands
    from readings
    inner join equations
        on
            readings.code_hash = equations.code_hash
            and readings.form = equations.form
    inner join results
        on
            readings.case_hash = results.case_hash
            and equations.equation_no = results.equation_no
            and results.is_brief
    group by results.check_hash
)

select * from told_in_full
union all
select
    results.check_key,
    cast(to_json(list_sort(listed_in_brief.operands)) as varchar) as operands
from results
inner join listed_in_brief on results.check_hash = listed_in_brief.check_hash
where results.is_brief

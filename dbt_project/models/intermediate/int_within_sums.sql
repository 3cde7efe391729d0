-- Identities within one form of one report, summed: one row per equation of which the report gives
-- a term. The terms come from one form (a sentence is not added to a cell) and one scope. What is
-- not given is missing: it is counted, and never taken for zero.
with equations as (
    select * from {{ ref('int_identity_equations') }}
    where frame = 'within'
),

-- Numbers in the formula itself.
literals as (
    select
        equation_no,
        sum(sign * literal_value) filter (where side = 'lhs') as lhs_literal,
        sum(sign * literal_value) filter (where side = 'rhs') as rhs_literal,
        count(literal_value) as literal_count
    from equations
    where literal_value is not null
    group by equation_no
),

heads as (
    select distinct
        equation_no,
        check_id,
        per_code,
        reading_no,
        term_count
    from equations
),

-- One number for report, form, scope and place: cheaper to group by than four words.
summed as (
    select
        readings.case_hash,
        equations.equation_no,
        min(readings.report_id) as report_id,
        min(readings.form) as form,
        min(readings.org_scope) as org_scope,
        bool_and(readings.is_from_table) as is_from_table,
        {{ steady_sum('equations.sign * readings.value', "equations.side = 'lhs'") }} as lhs_sum,
        {{ steady_sum('equations.sign * readings.value', "equations.side = 'rhs'") }} as rhs_sum,
        count(readings.value) as known_count,
        bool_or(readings.qualifier <> 'exact') as has_approximate,
        max(readings.char_end) - min(readings.char_start) as span
    from {{ ref('int_identity_readings') }} as readings
    inner join equations
        on
            readings.code_hash = equations.code_hash
            and readings.form = equations.form
    where readings.time_scope = 'year'
    group by readings.case_hash, equations.equation_no
)

select
    heads.check_id,
    summed.report_id,
    cast(null as varchar) as other_report_id,
    summed.form,
    summed.org_scope,
    summed.is_from_table,
    heads.per_code,
    heads.reading_no,
    summed.equation_no,
    summed.case_hash,
    case
        when literals.lhs_literal is null then summed.lhs_sum
        else coalesce(summed.lhs_sum, 0) + literals.lhs_literal
    end as lhs_sum,
    case
        when literals.rhs_literal is null then summed.rhs_sum
        else coalesce(summed.rhs_sum, 0) + literals.rhs_literal
    end as rhs_sum,
    heads.term_count,
    heads.term_count - summed.known_count - coalesce(literals.literal_count, 0) as missing_count,
    coalesce(summed.has_approximate, false) as has_approximate,
    summed.span
from summed
inner join heads on summed.equation_no = heads.equation_no
left join literals on summed.equation_no = literals.equation_no

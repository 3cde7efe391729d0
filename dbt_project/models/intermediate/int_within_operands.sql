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

-- A quarter of the cases at a time: what is being gathered cannot wait on the disk.
told_in_full as (
    {%- for part in range(4) %}
    select
        results.check_key,
        '[' || string_agg(
            cast(to_json({{ operand_struct('equations', 'readings') }}) as varchar), ','
            order by equations.side, equations.term_no
        ) || ']' as operands
    from results
    inner join equations on results.equation_no = equations.equation_no
    left join readings
        on
            results.case_hash = readings.case_hash
            and equations.code_hash = readings.code_hash
            and readings.case_hash % 4 = {{ part }}
    where not results.is_brief and results.case_hash % 4 = {{ part }}
    group by results.check_key
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

-- Ten million terms: each is written once as text and only then gathered, a tenth of the cost of
-- gathering structures. Values are those of sums that hold: none is null.
listed_in_brief as (
    {%- for part in range(8) %}
    select
        hash(readings.case_hash, equations.equation_no) as check_hash,
        '[' || array_to_string(list_sort(list(
            '{"side":"' || equations.side || '","observation_id":"' || readings.observation_id
            || '","value":' || format('{:.12g}', readings.value)
            || ',"quote":' || to_json(readings.quote) || '}'
        )), ',') || ']' as operands
    from readings
    inner join equations
        on
            readings.code_hash = equations.code_hash
            and readings.form = equations.form
    where
        readings.is_from_table
        and readings.case_hash % 8 = {{ part }}
    group by hash(readings.case_hash, equations.equation_no)
    {{ "union all" if not loop.last }}
    {%- endfor %}
)

select * from told_in_full
union all
select
    results.check_key,
    listed_in_brief.operands
from results
inner join listed_in_brief on results.check_hash = listed_in_brief.check_hash
where results.is_brief

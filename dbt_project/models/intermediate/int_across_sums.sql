-- Identities between places: sentences and tables of a report, or two reports. One row per case and
-- reading, with its operands. A case needs a number from either place: what only one of them tells
-- is not told twice.
with equations as (
    select
        equations.*,
        case
            when equations.place in ('next', 'next_stock', 'aggregate') then 'other'
            when equations.frame = 'table_text' then equations.place
            else 'own'
        end as part,
        case when equations.place in ('stock', 'next_stock') then 'cumulative' else 'year' end as time_scope,
        string_split(identities.forms, '|') as forms
    from {{ ref('int_identity_equations') }} as equations
    inner join {{ ref('identities') }} as identities on equations.check_id = identities.check_id
    where equations.frame in ('table_text', 'next_year', 'aggregate')
),

readings as (
    select * from {{ ref('int_identity_readings') }}
),

versions as (
    select
        report_id,
        org_scope
    from {{ ref('int_report_version') }}
),

sides as (
    select
        frame,
        report_id as read_report_id,
        'own' as part,
        report_id,
        other_report_id
    from {{ ref('int_report_pairs') }}
    union all
    select
        frame,
        other_report_id as read_report_id,
        'other' as part,
        report_id,
        other_report_id
    from {{ ref('int_report_pairs') }}
),

-- What a report tells of itself, its tables before its sentences.
of_pairs as (
    select
        equations.equation_no,
        equations.part,
        equations.side,
        equations.term_no,
        sides.report_id,
        sides.other_report_id,
        hash(sides.report_id, sides.other_report_id, equations.equation_no) as case_key,
        readings.* exclude (readings.report_id, readings.case_hash, readings.code_hash)
    from readings
    inner join sides on readings.report_id = sides.read_report_id
    inner join versions
        on
            sides.read_report_id = versions.report_id
            and readings.org_scope = versions.org_scope
    inner join equations
        on
            readings.code_hash = equations.code_hash
            and sides.frame = equations.frame
            and sides.part = equations.part
            and readings.time_scope = equations.time_scope
            and (equations.forms = ['*'] or list_contains(equations.forms, readings.form))
    qualify
        row_number() over (
            partition by case_key, equations.side, equations.term_no
            order by
                (readings.value is not null) desc, readings.is_from_table desc,
                readings.char_start asc, readings.observation_id asc
        ) = 1
),

-- What sentences tell, and only then the cells that tell the same.
told as (
    select
        equations.equation_no,
        equations.part,
        equations.side,
        equations.term_no,
        readings.report_id,
        cast(null as varchar) as other_report_id,
        hash(readings.report_id, readings.org_scope, equations.equation_no) as case_key,
        readings.* exclude (readings.report_id, readings.case_hash, readings.code_hash)
    from readings
    inner join equations
        on
            readings.code_hash = equations.code_hash
            and equations.frame = 'table_text'
            and equations.part = 'text'
    where
        readings.time_scope = 'year'
        and not readings.is_from_table
        and readings.form = 'narrative'
),

tabled as (
    select
        equations.equation_no,
        equations.part,
        equations.side,
        equations.term_no,
        readings.report_id,
        cast(null as varchar) as other_report_id,
        cases.case_key,
        readings.* exclude (readings.report_id, readings.case_hash, readings.code_hash)
    from (
        select distinct
            case_key,
            report_id,
            org_scope,
            equation_no
        from told
    ) as cases
    inner join equations
        on
            cases.equation_no = equations.equation_no
            and equations.part = 'table'
    inner join readings
        on
            hash(cases.report_id, equations.form, cases.org_scope, 'year', true) = readings.case_hash
            and equations.code_hash = readings.code_hash
),

matched as (
    select * from of_pairs
    union all
    select * from told
    where
        exists (
            select 1 from tabled
            where tabled.case_key = told.case_key
        )
    union all
    select * from tabled
),

-- Between two reports the scope is that of the first.
cases as (
    select
        case_key,
        min(equation_no) as equation_no,
        min(report_id) as report_id,
        min(other_report_id) as other_report_id,
        coalesce(min(org_scope) filter (where part <> 'other'), min(org_scope)) as org_scope,
        min(form) filter (where part in ('table', 'own')) as form,
        bool_and(is_from_table) as is_from_table
    from matched
    where value is not null
    group by case_key
    having count(distinct part) = 2
),

summed as (
    select
        cases.case_key,
        any_value(cases.report_id) as report_id,
        any_value(cases.other_report_id) as other_report_id,
        any_value(cases.form) as form,
        any_value(cases.org_scope) as org_scope,
        any_value(cases.is_from_table) as is_from_table,
        any_value(cases.equation_no) as equation_no,
        any_value(equations.check_id) as check_id,
        any_value(equations.per_code) as per_code,
        any_value(equations.reading_no) as reading_no,
        any_value(equations.term_count) as term_count,
        {{ steady_sum('equations.sign * matched.value', "equations.side = 'lhs'") }} as lhs_sum,
        {{ steady_sum('equations.sign * matched.value', "equations.side = 'rhs'") }} as rhs_sum,
        count(*) filter (where matched.value is null) as missing_count,
        coalesce(bool_or(matched.qualifier <> 'exact'), false) as has_approximate,
        cast(null as integer) as span,
        min(matched.quote) filter (where equations.side = 'lhs') as lhs_quote,
        list_sort(list({{ operand_struct('equations', 'matched') }})) as operands
    from cases
    inner join equations on cases.equation_no = equations.equation_no
    left join matched
        on
            cases.case_key = matched.case_key
            and equations.side = matched.side
            and equations.term_no = matched.term_no
    group by cases.case_key
)

select * exclude (case_key) from summed

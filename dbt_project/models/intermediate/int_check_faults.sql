-- Whose fault a failing check is. Every number of it is looked at a second time: a cell of a table
-- by the second look (another reader over the untouched bytes), a number of a sentence by whether
-- its digits stand in the quote as printed.
--   scope_difference  another reading of the sentence, or another scope, explains it
--   reading_doubt     the two looks differ somewhere: gongkai may have misread
--   printed_error     both looks read the same everywhere: the disagreement is printed
--   undetermined      some number could not be looked at again
-- A report whose tables hold all their own identities vouches for its cells by that.
with failing as (
    select
        results.* exclude (operands),
        coalesce(results.operands, operands.operands) as operands
    from {{ ref('int_check_results') }} as results
    left join {{ ref('int_within_operands') }} as operands on results.check_key = operands.check_key
    where results.status = 'fails'
),

opened as (
    select
        check_key,
        unnest(from_json(
            operands,
            '[{"observation_id": "VARCHAR", "value": "DOUBLE", "share_pct": "DOUBLE", "quote": "VARCHAR"}]'
        )) as operand
    from failing
),

operands as (
    select
        opened.check_key,
        opened.operand.observation_id,
        opened.operand.value,
        opened.operand.share_pct,
        opened.operand.quote
    from opened
),

tables_that_hold as (
    select
        report_id,
        form,
        count(*) filter (where status = 'fails') as fail_count,
        count(*) filter (where status = 'holds') as hold_count
    from {{ ref('int_check_results') }}
    where is_from_table and frame = 'within'
    group by report_id, form
),

looked_at as (
    select
        operands.check_key,
        observations.is_from_table,
        looks.outcome,
        looks.is_located,
        operands.observation_id,
        case
            when looks.outcome = 'same' then 'same'
            when looks.outcome = 'differs' then 'differs'
            when looks.outcome is not null then 'unknown'
            when
                observations.is_from_table
                and tables_that_hold.fail_count = 0
                and tables_that_hold.hold_count > 0
                then 'same'
            when observations.is_from_table then 'unknown'
            when list_contains(
                cast(regexp_extract_all(
                    translate(replace(operands.quote, ',', ''), '０１２３４５６７８９．', '0123456789.'),
                    '[0-9]+(?:\.[0-9]+)?'
                ) as double[]),
                coalesce(operands.share_pct, operands.value)
            ) then 'same'
            when operands.value = 0 and observations.value_semantic = 'stated_zero' then 'same'
            else 'unknown'
        end as look
    from operands
    left join {{ ref('int_observation_use') }} as observations
        on operands.observation_id = observations.observation_id
    left join {{ ref('stg_second_looks') }} as looks
        on operands.observation_id = looks.observation_id
    left join tables_that_hold
        on
            observations.report_id = tables_that_hold.report_id
            and observations.form = tables_that_hold.form
    where operands.observation_id is not null
),

summed as (
    select
        check_key,
        bool_or(look = 'differs') as differs,
        bool_and(look = 'same') as is_same,
        min(observation_id) filter (where is_located) as located_observation_id
    from looked_at
    group by check_key
)

select
    failing.check_key,
    summed.located_observation_id,
    case
        when summed.differs then 'reading_doubt'
        when failing.is_explained then 'scope_difference'
        when summed.is_same then 'printed_error'
        else 'undetermined'
    end as fault
from failing
left join summed on failing.check_key = summed.check_key

-- The rules of data/reference/agency_successors.csv as pairs of bodies, and what follows from them
-- over up to three reforms (卫生局 → 卫生和计划生育局 → 卫生健康局).
with rules as (
    select
        *,
        unnest(string_split(predecessor_names, '|')) as predecessor_name
    from {{ ref('stg_agency_successors') }}
),

pairs as (
    select
        *,
        unnest(string_split(successor_names, '|')) as successor_name
    from rules
),

steps as (
    select distinct
        pairs.rule_id,
        before.body_name,
        after.body_name as successor_body_name,
        pairs.relation,
        pairs.level,
        pairs.year_from,
        pairs.year_to,
        pairs.reason,
        pairs.legal_source
    from pairs
    inner join {{ ref('int_agency_body') }} as before on pairs.predecessor_name = before.bare_name
    inner join {{ ref('int_agency_body') }} as after on pairs.successor_name = after.bare_name
    where before.body_name <> after.body_name
),

path_1 as (
    select
        *,
        1 as reforms
    from steps
),

{% for reforms in [2, 3] -%}
path_{{ reforms }} as (
    select
        steps.rule_id,
        before.body_name,
        steps.successor_body_name,
        steps.relation,
        steps.level,
        steps.year_from,
        steps.year_to,
        steps.reason,
        steps.legal_source,
        {{ reforms }} as reforms
    from path_{{ reforms - 1 }} as before
    inner join steps
        on
            before.successor_body_name = steps.body_name
            and before.body_name <> steps.successor_body_name
            -- a later reform
            and before.year_from < steps.year_from
            and before.level in (steps.level, 'all')
),

{% endfor -%}
paths as (
    select * from path_1
    union
    select * from path_2
    union
    select * from path_3
)

select * from paths

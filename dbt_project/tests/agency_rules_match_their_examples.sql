-- Every rule of agency_kinds.csv and agency_functions.csv wins on its example and loses on its
-- near misses (several are separated by |). A rule that a rule above it hides shows up here.
with rules as (
    select
        'agency_kinds' as rule_file,
        rule_id,
        pattern,
        priority,
        example,
        near_miss
    from {{ ref('stg_agency_kinds') }}
    union all
    select
        'agency_functions' as rule_file,
        function_code as rule_id,
        pattern,
        priority,
        example,
        near_miss
    from {{ ref('stg_agency_functions') }}
),

names as (
    select
        rule_file,
        rule_id,
        true as must_win,
        unnest(string_split(example, '|')) as agency_name
    from rules
    union all
    select
        rule_file,
        rule_id,
        false as must_win,
        unnest(string_split(near_miss, '|')) as agency_name
    from rules
),

winners as (
    select
        names.rule_file,
        names.agency_name,
        arg_min(rules.rule_id, rules.priority) as winner
    from names
    inner join rules
        on
            names.rule_file = rules.rule_file
            and regexp_matches(names.agency_name, rules.pattern)
    group by names.rule_file, names.agency_name
)

select
    names.*,
    winners.winner
from names
left join winners
    on
        names.rule_file = winners.rule_file
        and names.agency_name = winners.agency_name
where names.must_win <> coalesce(winners.winner = names.rule_id, false)

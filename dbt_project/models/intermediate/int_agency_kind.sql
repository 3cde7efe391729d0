-- The kind of each agency, and the level where its name alone tells it: the first rule of
-- data/reference/agency_kinds.csv (by priority) whose pattern its name matches.
with agency_names as (
    select distinct name_without_brackets
    from {{ ref('int_agency_place') }}
    where is_resolved
),

matched as (
    select
        agency_names.name_without_brackets,
        rules.rule_id as kind_rule_id,
        rules.kind,
        rules.level as level_of_name,
        row_number() over (
            partition by agency_names.name_without_brackets
            order by rules.priority asc, rules.rule_id asc
        ) as rule_rank
    from agency_names
    inner join {{ ref('stg_agency_kinds') }} as rules
        on regexp_matches(agency_names.name_without_brackets, rules.pattern)
)

select * exclude (rule_rank)
from matched
where rule_rank = 1
